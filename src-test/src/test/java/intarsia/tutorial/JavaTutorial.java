package intarsia.tutorial;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.BoundModel;
import intarsia.models.Estimator;
import intarsia.models.ImputesBlocks;
import intarsia.models.Model;
import intarsia.models.Outcome.Converged;
import intarsia.models.Outcome.Diverged;
import intarsia.models.Outcome.Stopped;
import intarsia.models.data.Column;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.explanation.Explanation;
import intarsia.models.gp.MultitaskGp;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Two hospitals whose patients are records; one of them has no laboratory. */
public final class JavaTutorial implements Tutorial {
    // @start region="records"
    record Patient(int age, boolean smokes, double pressure) {
        double[] exam() {
            return new double[] {age, smokes ? 1 : 0, pressure};
        }
    }

    record Blood(double crp, double albumin) {
        double[] cells() {
            return new double[] {crp, albumin};
        }
    }

    static final Source EXAM = Source.of("exam",
            Column.continuous("age"), Column.binary("smokes"), Column.continuous("pressure"));
    static final Source LABS = Source.of("labs", "crp", "albumin");
    // @end

    @Override
    public void run(Transcript page) {
        Ward oslo = Ward.drawn(120, 1);
        Ward bergen = Ward.drawn(80, 2);
        // @start region="tasks"
        TaskSet data = TaskSet.builder()
                .task(Task.binary("oslo").block(EXAM, oslo.exams()).block(LABS, oslo.labs())
                        .response(oslo.ill()))
                // no laboratory: simply not given
                .task(Task.binary("bergen").block(EXAM, bergen.exams()).response(bergen.ill()))
                .build();
        IO.println(data.missingness());
        // @end
        page.printed("tasks");
        // @start region="fit"
        Estimator estimator = MultitaskGp.options().missing(MultitaskGp.MissingBlocks.IMPUTED);
        Model model = switch (estimator.fit(data, 42)) {
            case Converged(var fitted, int epochs) -> fitted;
            // a limit ended it; the best until then
            case Stopped(var fitted, String why) -> fitted;
            case Diverged(int epoch, String where) -> throw new IllegalStateException(where);
        };
        // @end
        // @start region="predict"
        List<Patient> patients = List.of(new Patient(71, true, 160), new Patient(34, false, 118));
        double[][] exams = patients.stream().map(Patient::exam).toArray(double[][]::new);
        Observations rows = Observations.of(Map.of(EXAM, exams));
        try (Engine engine = Engine.open(); BoundModel bound = model.bind(engine)) {
            // microseconds a row, from as many threads as you like
            double[] risk = bound.predict("bergen", rows);
            IO.println(Arrays.stream(risk).mapToObj("%.3f"::formatted).toList());
        }
        // @end
        page.printed("predict");
        // @start region="impute"
        if (model instanceof ImputesBlocks imputer && imputer.imputes()) {
            try (Engine engine = Engine.open()) {
                double[][] labs = imputer.impute(engine, "oslo", rows).get(LABS);
                for (double[] blood : labs) {
                    IO.println("crp %.1f, albumin %.1f".formatted(blood[0], blood[1]));
                }
            }
        }
        // @end
        page.printed("impute");
        // @start region="explain"
        Explanation why = Explanation.of(model, model, "bergen", rows, Explanation.By.COLUMN,
                RandomStream.of(1));
        IO.println("log odds %.3f = %.3f for anyone".formatted(why.prediction()[0], why.baseline()[0]));
        for (int i = 0; i < why.players().size(); i++) {
            IO.println("               %+.3f for %s".formatted(why.part(i, 0), why.names().get(i)));
        }
        // @end
        page.printed("explain");
    }

    /** Simulated patients. */
    private record Ward(List<Patient> patients, List<Blood> blood, double[] ill) {
        static Ward drawn(int count, long seed) {
            RandomStream random = RandomStream.of(seed, "ward");
            Patient[] patients = new Patient[count];
            Blood[] blood = new Blood[count];
            double[] ill = new double[count];
            for (int i = 0; i < count; i++) {
                patients[i] = new Patient(30 + random.nextInt(50), random.nextInt(3) == 0, 120 + 15 * random.nextGaussian());
                double inflamed = 0.05 * (patients[i].age - 55) + (patients[i].smokes ? 1 : 0) + 0.7 * random.nextGaussian();
                blood[i] = new Blood(8 + 3 * inflamed + random.nextGaussian(), 42 - 2 * inflamed + random.nextGaussian());
                ill[i] = 2 * inflamed + 0.03 * (patients[i].pressure - 120) + random.nextGaussian() > 1 ? 1 : 0;
            }
            return new Ward(List.of(patients), List.of(blood), ill);
        }

        double[][] exams() {
            return patients.stream().map(Patient::exam).toArray(double[][]::new);
        }

        double[][] labs() {
            return blood.stream().map(Blood::cells).toArray(double[][]::new);
        }
    }
}
