package intarsia.models.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.Classes;
import intarsia.models.response.Ordered;
import intarsia.models.response.ResponseFamily;
import intarsia.models.response.Survival;
import intarsia.optim.solve.Cox;
import intarsia.optim.solve.LinearFit;
import intarsia.optim.solve.SolverOptions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RegressionFamiliesTest {
    static List<ResponseFamily> families() {
        return PlantedResponses.families();
    }

    private static Model fit(Regression regression, DataSplit split) {
        try (Engine engine = Engine.open()) {
            Outcome<? extends Model> outcome = regression.fit(new FitContext(engine, split, RandomStream.of(1), Progress.NONE));
            assertThat(outcome).isInstanceOf(Outcome.Converged.class);
            return outcome.orThrow();
        }
    }

    private static Model mean(DataSplit split) {
        try (Engine engine = Engine.open()) {
            return new MeanPredictor().fit(new FitContext(engine, split, RandomStream.of(1), Progress.NONE)).orThrow();
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void comesNearTheTruth(ResponseFamily family) {
        PlantedResponses planted = new PlantedResponses(family, 400);
        Model mean = mean(planted.split());
        for (Regression regression : List.of(Regression.DEFAULT, Regression.POOLED)) {
            Model model = fit(regression, planted.split());
            for (TaskSplit task : planted.split().tasks()) {
                String name = task.task().name();
                double own = planted.deviance(name, model.predict(name, task.observations(task.test())));
                double least = planted.least(name);
                double most = planted.deviance(name, mean.predict(name, task.observations(task.test())));
                // the tasks' own coefficients of 0.3 are not the pooled one's
                assertThat((own - least) / (most - least)).as("%s %s %s", family.key(), regression.key(), name).isLessThan(0.2);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void oneTaskPooledIsOneTaskAlone(ResponseFamily family) {
        PlantedResponses planted = new PlantedResponses(family, 60);
        TaskSplit first = planted.split().tasks().getFirst();
        DataSplit one = DataSplit.of(TaskSet.builder().task(first.task()).build(), task ->
                new TaskSplit(task, first.train(), first.validation(), first.test()));
        Observations rows = first.observations(first.test());
        assertThat(fit(Regression.POOLED, one).predict("t0", rows)).containsExactly(fit(Regression.DEFAULT, one).predict("t0", rows),
                within(1e-6));
    }

    /** Coefficients are those of Cox's partial likelihood, survival that of Breslow's hazard. */
    @Test
    void survivalIsCoxs() {
        Survival family = new Survival(List.of(0.5, 1.0));
        PlantedResponses planted = new PlantedResponses(family, 80);
        RegressionModel model = (RegressionModel) fit(new Regression(0.5), planted.split());
        TaskSplit task = planted.split().tasks().get(1);
        double[] x = model.observed().features("t1").dense(task.observations(task.train()));
        double[] y = task.responses(task.train());
        double[] times = new double[80];
        boolean[] events = new boolean[80];
        for (int i = 0; i < 80; i++) {
            times[i] = y[3 * i];
            events[i] = y[3 * i + 1] == 1;
        }
        double[] ones = new double[80];
        Arrays.fill(ones, 1);
        Cox cox = Cox.of(Tensor.of(Shape.of(80, 4), x), times, events).withWeights(ones);
        LinearFit fit = cox.fit(0.5, new SolverOptions(1e-12, 100));
        double[] coefficients = model.coefficients("t1");
        assertThat(Arrays.copyOf(coefficients, 4)).containsExactly(fit.coefficients().toDoubles(), within(1e-6));
        assertThat(coefficients[4]).isZero();
        double[] eta = fit.predictors(cox.predictors()).toDoubles();
        double[] predicted = model.predict("t1", task.observations(task.train()));
        double hazard = 0;
        for (int i = 0; i < 80; i++) {
            double risk = 0;
            for (int j = 0; j < 80; j++) {
                risk += times[j] >= times[i] ? Math.exp(eta[j]) : 0;
            }
            hazard += events[i] && times[i] <= 0.5 ? 1 / risk : 0;
        }
        assertThat(predicted[0]).isCloseTo(Math.exp(-hazard * Math.exp(eta[0])), within(1e-6));
    }

    /** A level that a task does not have is expected there as half a row. */
    @Test
    void levelsThatWereNotSeenArePossible() {
        Source source = Source.of("exam", "a");
        double[][] x = {{-1}, {0}, {1}, {2}, {-2}, {0.5}};
        for (ResponseFamily family : List.of(new Classes(List.of("I", "II", "III")), new Ordered(List.of("I", "II", "III")))) {
            for (double[] y : List.of(new double[] {0, 1, 1, 1, 0, 0}, new double[] {0, 2, 0, 2, 0, 2}, new double[6])) {
                Task task = Task.of("t", family).block(source, x).response(y);
                double[] predicted = fit(Regression.DEFAULT, DataSplit.all(TaskSet.builder().task(task).build()))
                        .predict("t", Observations.of(task));
                for (int i = 0; i < 6; i++) {
                    double[] own = Arrays.copyOfRange(predicted, 3 * i, 3 * i + 3);
                    assertThat(Arrays.stream(own).sum()).isCloseTo(1, within(1e-12));
                    assertThat(Arrays.stream(own).boxed()).as(family.key()).allSatisfy(p -> assertThat(p).isBetween(0.002, 0.998));
                }
            }
        }
    }
}
