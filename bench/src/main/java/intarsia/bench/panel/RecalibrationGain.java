package intarsia.bench.panel;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.BoundModel;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Progress;
import intarsia.models.data.DataSplit;
import intarsia.models.data.TaskSplit;
import intarsia.models.evaluation.Calibration;
import intarsia.models.evaluation.Evaluation;
import intarsia.models.files.model.FitOptions;
import intarsia.models.response.Metric;
import intarsia.models.stacking.Recalibration;
import intarsia.models.stacking.StackedModel;
import intarsia.models.stacking.Stacking;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What recalibrated probabilities gain on rows that nothing has seen: {@code bench/coverage --recalibration STUDY [REPEATS [METHOD,...]]}.
 * Methods other than auto are mixtures of one.
 */
public final class RecalibrationGain {
    private RecalibrationGain() {}

    /** Log loss and calibration of test rows, over tasks and splits. */
    private record Figures(double logLoss, double slope, double miscalibration) {
        Figures and(Figures other, double share) {
            return new Figures(logLoss + share * other.logLoss, slope + share * other.slope, miscalibration + share * other.miscalibration);
        }
    }

    /** Runs as asked. */
    public static void main(String[] args) {
        PanelStudy study = PanelStudy.read(Path.of(args[0]).toAbsolutePath());
        int repeats = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        List<String> methods = args.length > 2 ? List.of(args[2].split(",")) : List.of("regression", "mtl-hmb", "dual-encoder", "boosting",
                "forest", "auto");
        System.out.println("| method | used in | log loss as it is | recalibrated | gain ± SE over splits | slope as it is | "
                + "recalibrated | miscalibration as it is | recalibrated |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        for (String method : methods) {
            System.out.println(line(study, method, repeats));
        }
    }

    private static String line(PanelStudy study, String method, int repeats) {
        Estimator asked = FitOptions.read(study.study(), method).model();
        Stacking stacking = asked instanceof Stacking auto ? auto : new Stacking(List.of(asked), 5);
        Figures before = new Figures(0, 0, 0);
        Figures after = before;
        int used = 0;
        double[] gains = new double[repeats];
        for (int repeat = 0; repeat < repeats; repeat++) {
            RandomStream random = PanelStudy.random(1, repeat);
            DataSplit split = study.split(1, repeat);
            try (Engine engine = Engine.open()) {
                StackedModel model = stacking.fit(new FitContext(engine, split, random.child(stacking.key()), Progress.NONE)).orThrow();
                StackedModel plain = new StackedModel(model.settings().with(Recalibration.NONE), model.members());
                Figures with = figures(model, split, engine);
                Figures without = figures(plain, split, engine);
                gains[repeat] = without.logLoss - with.logLoss;
                before = before.and(without, 1.0 / repeats);
                after = after.and(with, 1.0 / repeats);
                used += model.settings().recalibration().tasks().isEmpty() ? 0 : 1;
            }
        }
        double mean = Arrays.stream(gains).average().orElseThrow();
        double squares = Arrays.stream(gains).map(gain -> (gain - mean) * (gain - mean)).sum();
        double error = Math.sqrt(squares / Math.max(1, repeats - 1) / repeats);
        return String.format(Locale.ROOT, "| %s | %d of %d | %.4f | %.4f | %+.4f ± %.4f | %.2f | %.2f | %.4f | %.4f |", method, used,
                repeats, before.logLoss, after.logLoss, mean, error, before.slope, after.slope, before.miscalibration,
                after.miscalibration);
    }

    /** Log loss as the mean over tasks; calibration of all test rows together. */
    private static Figures figures(StackedModel model, DataSplit split, Engine engine) {
        try (BoundModel bound = model.bind(engine)) {
            List<Evaluation.HeldOut> held = split.tasks().stream().map(task -> Evaluation.HeldOut.of(bound, task)).toList();
            double loss = IntStream.range(0, held.size()).mapToDouble(t -> {
                TaskSplit task = split.tasks().get(t);
                return Metric.LOG_LOSS.of(task.task().family(), task.responses(task.test()), held.get(t).predicted());
            }).average().orElseThrow();
            double[] truth = split.tasks().stream().flatMapToDouble(task -> Arrays.stream(task.responses(task.test()))).toArray();
            double[] p = held.stream().flatMapToDouble(of -> Arrays.stream(of.predicted())).toArray();
            double[] ones = new double[p.length];
            Arrays.fill(ones, 1);
            Calibration of = Calibration.of(truth, p, ones);
            return new Figures(loss, of.slope().value(), of.brier().miscalibration());
        }
    }
}
