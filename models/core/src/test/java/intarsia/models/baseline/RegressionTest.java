package intarsia.models.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Progress;
import intarsia.models.Weights;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Observations;
import intarsia.models.data.ResponseEncoding;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.response.Alike;
import intarsia.models.response.Binomial;
import intarsia.models.response.Gaussian;
import intarsia.models.response.Metric;
import intarsia.models.response.ResponseFamily;
import intarsia.optim.solve.Family;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Solutions by their optimality condition and, for one feature, in closed form. */
class RegressionTest {
    private static final int N = 60;
    private static final int P = 4;

    private static double[] x() {
        RandomStream random = RandomStream.of(1);
        double[] x = new double[N * P];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextGaussian();
        }
        return x;
    }

    private static double[] y(boolean binary) {
        RandomStream random = RandomStream.of(2);
        double[] x = x();
        double[] y = new double[N];
        for (int i = 0; i < N; i++) {
            double z = x[i * P] - 2 * x[i * P + 1] + 0.5 + random.nextGaussian();
            y[i] = binary ? (z > 0 ? 1 : 0) : z;
        }
        return y;
    }

    @Test
    void theGradientVanishes() {
        for (boolean logistic : new boolean[] {false, true}) {
            for (double ridge : new double[] {0.01, 1, 100}) {
                RidgeSolver.Solution solution = new RidgeSolver(logistic ? Family.BINOMIAL : Family.GAUSSIAN, ridge)
                        .solve(new RidgeSolver.Rows(x(), P, y(logistic), null, Alike.ones(N)));
                assertThat(solution.converged()).isTrue();
                double[] w = solution.coefficients();
                double[] gradient = new double[P + 1];
                for (int i = 0; i < N; i++) {
                    double z = w[P];
                    for (int j = 0; j < P; j++) {
                        z += x()[i * P + j] * w[j];
                    }
                    double mean = logistic ? 1 / (1 + Math.exp(-z)) : z;
                    for (int j = 0; j <= P; j++) {
                        gradient[j] += (mean - y(logistic)[i]) * (j < P ? x()[i * P + j] : 1);
                    }
                }
                for (int j = 0; j < P; j++) {
                    gradient[j] += ridge * w[j];
                }
                assertThat(gradient).as("logistic %s, ridge %s", logistic, ridge).containsExactly(new double[P + 1], within(1e-6));
            }
        }
    }

    @Test
    void oneFeatureInClosedForm() {
        double[] x = {1, 2, 4, 5};
        double[] y = {2, 3, 7, 8};
        // centered: x -2 -1 1 2, y -3 -2 2 3; w = Sxy / (Sxx + ridge) = 16 / (10 + 6)
        double[] w = new RidgeSolver(Family.GAUSSIAN, 6).solve(new RidgeSolver.Rows(x, 1, y, null, Alike.ones(y.length))).coefficients();
        assertThat(w).containsExactly(new double[] {1, 5 - 3}, within(1e-9));
    }

    /**
     * R's {@code glm(b ~ x1 + x2, binomial, offset = o)}, its deviance, the mean of {@code glm(b ~ 1, ...)}, and
     * {@code glm(z ~ x1 + x2, offset = o)}.
     */
    @Test
    void offsetsAreThoseOfGlm() {
        double[] x1 = {0.5, -1.25, 2, 0.75, -0.5, 1.5, -2, 0.25, 1, -0.75, -1.5, 1.75};
        double[] x2 = {1, 0, 1, 1, 0, 0, 1, 0, 1, 1, 0, 0};
        double[] o = {0.3, -0.7, 1.1, 0, 0.4, -1.2, 0.9, -0.1, 0.6, -0.4, 0.2, -0.9};
        double[] b = {1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 1};
        double[] z = {2.5, -1, 4.25, 1.5, 0.75, 0, -1.5, 1.25, 3, -0.5, -1.75, 2};
        assertGlm(new Binomial(true), x1, x2, b, o, BINOMIAL);
        assertGlm(new Gaussian(true), x1, x2, z, o, GAUSSIAN);
        double[] responses = new double[24];
        Arrays.setAll(responses, i -> i % 2 == 0 ? b[i / 2] : o[i / 2]);
        assertThat(new Binomial(true).expected(responses, Alike.ones(12))).containsExactly(new double[] {MEAN}, within(1e-10));
        double[] predicted = new double[12];
        Arrays.setAll(predicted, i -> 1 / (1 + Math.exp(-BINOMIAL[0] * x1[i] - BINOMIAL[1] * x2[i] - BINOMIAL[2])));
        assertThat(12 * 2 * Metric.LOG_LOSS.of(new Binomial(true), responses, predicted)).isCloseTo(DEVIANCE, within(1e-8));
    }

    private static final double[] BINOMIAL = {1.227531775307, -1.001969092992, 0.279030474456};
    private static final double[] GAUSSIAN = {1.250938337802, 0.272721179625, 0.539544235925};
    private static final double MEAN = 0.49458138711;
    private static final double DEVIANCE = 9.82987020849;

    private static void assertGlm(ResponseFamily family, double[] x1, double[] x2, double[] y, double[] offsets, double[] wanted) {
        double[] x = new double[24];
        double[] responses = new double[24];
        for (int i = 0; i < 12; i++) {
            x[2 * i] = x1[i];
            x[2 * i + 1] = x2[i];
            responses[2 * i] = y[i];
            responses[2 * i + 1] = offsets[i];
        }
        RidgeRegression.Solution found = new RidgeRegression(family, 1e-9).solve(new RidgeRegression.Rows(x, 2, responses, Alike.ones(12),
                List.of(ResponseEncoding.NONE), new int[12]));
        assertThat(found.converged()).isTrue();
        assertThat(found.coefficients()).containsExactly(wanted, within(1e-6));
    }

    @Test
    void separableLabelsHaveASolution() {
        double[] w = new RidgeSolver(Family.BINOMIAL, 1).solve(new RidgeSolver.Rows(new double[] {-2, -1, 1, 2}, 1,
                new double[] {0, 0, 1, 1}, null, Alike.ones(4)))
                .coefficients();
        assertThat(w[0]).isPositive().isFinite();
        assertThat(w[1]).isCloseTo(0, within(1e-6));
    }

    @Test
    void predictsOnTheResponsesScale() {
        Source exam = Source.of("exam", "a", "b", "c", "d");
        double[][] rows = new double[N][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(x(), i * P, i * P + P));
        double[] y = Arrays.stream(y(false)).map(v -> 1000 + 50 * v).toArray();
        TaskSet data = TaskSet.builder().task(Task.continuous("amount").block(exam, rows).response(y))
                .task(Task.binary("event").block(exam, rows).response(y(true))).build();
        Model predictor = fit(new Regression(1e-6), data);
        double[] amounts = predictor.predict("amount", Observations.of(data.task("amount")));
        double[] events = predictor.predict("event", Observations.of(data.task("event")));
        double error = 0;
        for (int i = 0; i < N; i++) {
            error += Math.pow(amounts[i] - y[i], 2) / N;
            assertThat(events[i]).isBetween(0.0, 1.0);
        }
        assertThat(Math.sqrt(error)).as("noise is 50").isBetween(30.0, 65.0);
        assertThatThrownBy(() -> predictor.predict("event", new Observations(List.of("new"), Map.of()))).isInstanceOf(DataException.class)
                .hasMessage("the rows lack source 'exam' with columns [a, b, c, d], which the model needs for every row");
        assertThatThrownBy(() -> predictor.predict("other", new Observations(List.of(), Map.of()))).isInstanceOf(DataException.class)
                .hasMessage("no task 'other'; the model has amount, event");
    }

    private static Model fit(Estimator estimator, TaskSet data) {
        try (Engine engine = Engine.open()) {
            return estimator.fit(new FitContext(engine, DataSplit.random(data, 0, 0.2, RandomStream.of(1)), RandomStream.of(2),
                    Progress.NONE)).orThrow();
        }
    }

    @Test
    void pooledTasksShareTheirSlopesAndDifferInTheirIntercept() {
        Source exam = Source.of("exam", "a", "b");
        Source labs = Source.of("labs", "c");
        RandomStream random = RandomStream.of(7);
        TaskSet.Builder data = TaskSet.builder();
        for (int t = 0; t < 3; t++) {
            double[][] seen = new double[300][2];
            double[][] measured = new double[300][1];
            double[] y = new double[300];
            for (int i = 0; i < y.length; i++) {
                seen[i] = new double[] {random.nextGaussian(), 10 + 5 * random.nextGaussian()};
                measured[i][0] = random.nextGaussian();
                double eta = 2 * t - 2 + seen[i][0] - 0.2 * (seen[i][1] - 10) + 0.5 * measured[i][0];
                y[i] = random.nextDouble() < 1 / (1 + Math.exp(-eta)) ? 1 : 0;
            }
            Task.Builder task = Task.binary("t" + t).block(exam, seen);
            data.task((t == 2 ? task : task.block(labs, measured)).response(y));
        }
        RegressionModel model = (RegressionModel) fit(new Regression(2, true), data.build());
        double[] first = model.coefficients("t0");
        double[] second = model.coefficients("t1");
        double[] third = model.coefficients("t2");
        assertThat(first).hasSize(4);
        assertThat(Arrays.copyOf(second, 3)).isEqualTo(Arrays.copyOf(first, 3));
        assertThat(third).as("without labs").hasSize(3);
        assertThat(Arrays.copyOf(third, 2)).isEqualTo(Arrays.copyOf(first, 2));
        assertThat(first[3]).isLessThan(second[3] - 1);
        assertThat(second[3]).isLessThan(third[2] - 1);
        assertThat(first[0]).isBetween(0.7, 1.4);
        assertThat(first[1]).isBetween(-1.4, -0.7);
        assertThat(first[2]).isBetween(0.2, 0.8);
    }

    @Test
    void oneTaskPooledIsOneTaskAlone() {
        Source exam = Source.of("exam", "a", "b", "c", "d");
        double[][] rows = new double[N][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(x(), i * P, i * P + P));
        TaskSet data = TaskSet.builder().task(Task.continuous("amount").block(exam, rows).response(y(false))).build();
        double[] alone = fit(new Regression(3), data).predict("amount", Observations.of(data.task("amount")));
        assertThat(fit(new Regression(3, true), data).predict("amount", Observations.of(data.task("amount"))))
                .containsExactly(alone, within(1e-6));
    }

    @Test
    void moreFeaturesThanRowsHaveTheSameMinimum() {
        double[] wide = new double[8 * 20];
        RandomStream random = RandomStream.of(4);
        for (int i = 0; i < wide.length; i++) {
            wide[i] = random.nextGaussian();
        }
        double[] y = {0, 1, 1, 0, 1, 0, 0, 1};
        double[] w = new RidgeSolver(Family.BINOMIAL, 0.5).solve(new RidgeSolver.Rows(wide, 20, y, null, Alike.ones(8))).coefficients();
        double[] z = RidgeSolver.linear(wide, 8, 20, w);
        for (int j = 0; j <= 20; j++) {
            double gradient = j < 20 ? 0.5 * w[j] : 0;
            for (int i = 0; i < 8; i++) {
                gradient += (1 / (1 + Math.exp(-z[i])) - y[i]) * (j < 20 ? wide[i * 20 + j] : 1);
            }
            assertThat(gradient).isCloseTo(0, within(1e-6));
        }
    }

    @Test
    void isReadBackFromItsState() {
        Source exam = Source.of("exam", "a", "b", "c", "d");
        double[][] rows = new double[N][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(x(), i * P, i * P + P));
        TaskSet data = TaskSet.builder().task(Task.continuous("amount").block(exam, rows).response(y(false))).build();
        RegressionModel model = (RegressionModel) fit(Regression.DEFAULT, data);
        RegressionModel.Settings settings = (RegressionModel.Settings) model.state().settings();
        RegressionModel read = new RegressionModel(settings.options(), settings.tasks(), model.state().weights());
        assertThat(read.predict("amount", Observations.of(data.task("amount"))))
                .isEqualTo(model.predict("amount", Observations.of(data.task("amount"))));
        assertThatThrownBy(() -> new RegressionModel(settings.options(), settings.tasks(), Weights.NONE))
                .hasMessage("weights 'coefficients/amount' should be [5] and are missing");
        assertThat(model.coefficients("amount")).hasSize(5);
        assertThat(model.state().kind()).isEqualTo("regression");
    }

    @Test
    void theRidgeMustBePositive() {
        assertThatThrownBy(() -> new Regression(0)).hasMessage("ridge 0.0: must be positive, else the solution need not be unique");
    }
}
