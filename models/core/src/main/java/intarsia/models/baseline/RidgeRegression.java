package intarsia.models.baseline;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.data.ResponseEncoding;
import intarsia.models.response.Classes;
import intarsia.models.response.Count;
import intarsia.models.response.GroupedHazard;
import intarsia.models.response.Ordered;
import intarsia.models.response.ResponseBaseline;
import intarsia.models.response.ResponseFamily;
import intarsia.models.response.Survival;
import intarsia.optim.solve.Cox;
import intarsia.optim.solve.CumulativeLogit;
import intarsia.optim.solve.LinearFit;
import intarsia.optim.solve.LinearModel;
import intarsia.optim.solve.Multinomial;
import intarsia.optim.solve.NegativeBinomial;
import intarsia.optim.solve.SolverOptions;
import intarsia.optim.solve.SolverOutcome;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A linear model with a ridge for each kind of response, of rows that may belong to several tasks:
 *
 * <pre>
 * continuous, binary   least squares, logistic regression                    {@link RidgeSolver}
 * count                Poisson or negative binomial, log link                {@link NegativeBinomial}
 * classes              multinomial                                           {@link Multinomial}
 * ordered              proportional odds; thresholds common to all rows      {@link CumulativeLogit}
 * survival             Cox, Efron's ties, each task a stratum                {@link Cox}
 *   in discrete time   complementary log-log, each task a stratum            {@link GroupedHazards}
 * </pre>
 *
 * @param family of all responses
 * @param ridge  positive
 */
record RidgeRegression(ResponseFamily family, double ridge) {
    private static final SolverOptions SOLVER = new SolverOptions(1e-10, 200);

    /**
     * Rows to learn from.
     *
     * @param x         features, rows x p
     * @param p         how many features
     * @param responses as they were given
     * @param weights   how much each row counts
     * @param encoding  of each task's responses
     * @param task      the number of each row's task
     */
    record Rows(double[] x, int p, double[] responses, double[] weights, List<ResponseEncoding> encoding, int[] task) {
        int count() {
            return task.length;
        }

        private Tensor design() {
            return Tensor.of(Shape.of(count(), p), x);
        }
    }

    /**
     * The minimum.
     *
     * @param coefficients {@code (p + 1) x predictors}, row-major, intercepts last
     * @param encoding     of each task's responses, with the baseline of the fit
     * @param converged    whether the gradient vanishes there
     */
    record Solution(double[] coefficients, List<ResponseEncoding> encoding, boolean converged) {}

    Solution solve(Rows rows) {
        return switch (family) {
            case Count count -> counts(rows);
            case Classes classes -> {
                Levels seen = levels(rows);
                yield linear(rows, new Multinomial(seen.design, seen.of, family.width(), seen.weights));
            }
            case Ordered ordered -> {
                Levels seen = levels(rows);
                yield linear(rows, new CumulativeLogit(seen.design, seen.of, family.width(), seen.weights));
            }
            case Survival survival when survival.discrete() -> linear(rows,
                    new GroupedHazard(survival).regression(rows.x, rows.p, rows.responses, rows.task, rows.weights));
            case Survival survival -> linear(rows, cox(rows));
            default -> {
                RidgeSolver.Solution solution = new RidgeSolver(family.glm(), ridge).solve(new RidgeSolver.Rows(rows.x, rows.p,
                        plain(rows), offsets(rows), rows.weights));
                yield new Solution(solution.coefficients(), rows.encoding, solution.converged());
            }
        };
    }

    /** Quantities less their offsets, as they are learned; 0 and 1. */
    private double[] plain(Rows rows) {
        return family.standardized() ? learned(rows) : IntStream.range(0, rows.count()).mapToDouble(i -> rows.responses[i
                * family.columns()]).toArray();
    }

    private double[] offsets(Rows rows) {
        return family.standardized() || !family.hasOffset() ? null : IntStream.range(0, rows.count()).mapToDouble(i ->
                family.offset(rows.responses, i * family.columns())).toArray();
    }

    private double[] learned(Rows rows) {
        double[] learned = new double[rows.count() * family.learned()];
        int columns = family.columns();
        for (int i = 0; i < rows.count(); i++) {
            double[] own = rows.encoding.get(rows.task[i]).encode(family,
                    Arrays.copyOfRange(rows.responses, i * columns, (i + 1) * columns));
            System.arraycopy(own, 0, learned, i * own.length, own.length);
        }
        return learned;
    }

    /** One dispersion for all rows; exposures are the numbers expected of rows that are alike. */
    private Solution counts(Rows rows) {
        int learned = family.learned();
        double[] y = learned(rows);
        NegativeBinomial.Fit found = NegativeBinomial.fit(rows.design(),
                IntStream.range(0, rows.count()).mapToDouble(i -> y[i * learned]).toArray(),
                IntStream.range(0, rows.count()).mapToDouble(i -> y[i * learned + 1]).toArray(), rows.weights, ridge, SOLVER);
        double[] coefficients = Arrays.copyOf(found.fit().coefficients(), rows.p + 1);
        coefficients[rows.p] = found.fit().intercept();
        List<ResponseEncoding> encoding = rows.encoding.stream().map(of -> new ResponseEncoding(of.moments(),
                Count.baseline(of.baseline().values().getFirst(), found.dispersion()))).toList();
        return new Solution(coefficients, encoding, found.fit().outcome() == SolverOutcome.CONVERGED);
    }

    private Solution linear(Rows rows, LinearModel model) {
        LinearFit fit = model.fit(ridge, SOLVER);
        int q = family.predictors();
        double[] coefficients = Arrays.copyOf(fit.coefficients().toDoubles(), (rows.p + 1) * q);
        List<ResponseEncoding> encoding = rows.encoding;
        switch (family) {
            case Classes classes -> System.arraycopy(fit.intercepts(), 0, coefficients, rows.p * q, q);
            case Ordered ordered -> {
                ResponseBaseline thresholds = new ResponseBaseline(List.of(), DoubleStream.of(fit.intercepts()).boxed().toList());
                encoding = encoding.stream().map(of -> new ResponseEncoding(of.moments(), thresholds)).toList();
            }
            default -> {
                double[] eta = fit.predictors(rows.design()).toDoubles();
                encoding = IntStream.range(0, encoding.size()).mapToObj(t -> own(rows, eta, t)).toList();
            }
        }
        return new Solution(coefficients, encoding, fit.outcome() == SolverOutcome.CONVERGED);
    }

    /** Levels of rows with their weights. */
    private record Levels(Tensor design, int[] of, double[] weights) {}

    /** The rows' levels; where one was not seen, half a row of each with features 0 besides, as in what is expected of a response. */
    private Levels levels(Rows rows) {
        int n = rows.count();
        boolean all = IntStream.range(0, family.width()).allMatch(k -> Arrays.stream(rows.responses).anyMatch(y -> y == k));
        int[] levels = IntStream.concat(Arrays.stream(rows.responses).mapToInt(y -> (int) y), IntStream.range(0, all ? 0 : family.width()))
                .toArray();
        double[] weights = new double[levels.length];
        System.arraycopy(rows.weights, 0, weights, 0, n);
        Arrays.fill(weights, n, weights.length, 0.5);
        return new Levels(Tensor.of(Shape.of(levels.length, rows.p), Arrays.copyOf(rows.x, levels.length * rows.p)), levels, weights);
    }

    /** The cumulative hazard of a task's rows, given their linear predictors. */
    private ResponseEncoding own(Rows rows, double[] eta, int task) {
        int[] of = IntStream.range(0, rows.count()).filter(i -> rows.task[i] == task).toArray();
        double[] responses = IntStream.of(of).boxed().flatMapToDouble(i -> Arrays.stream(rows.responses, 3 * i, 3 * i + 3)).toArray();
        ResponseBaseline baseline = family.baseline(responses, IntStream.of(of).mapToDouble(i -> rows.weights[i]).toArray(),
                IntStream.of(of).mapToDouble(i -> eta[i]).toArray());
        return new ResponseEncoding(rows.encoding.get(task).moments(), baseline);
    }

    private static Cox cox(Rows rows) {
        double[] times = new double[rows.count()];
        boolean[] events = new boolean[times.length];
        double[] entries = new double[times.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = rows.responses[3 * i];
            events[i] = rows.responses[3 * i + 1] == 1;
            entries[i] = rows.responses[3 * i + 2];
        }
        return Cox.of(rows.design(), times, events).withEntries(entries).withStrata(rows.task).withWeights(rows.weights);
    }

    /** {@code b + x' w} of rows, for each linear predictor; intercepts last among the coefficients. */
    static double[] linear(double[] x, int rows, int p, int q, double[] w) {
        double[] z = new double[rows * q];
        int together = q == 1 ? rows / 4 * 4 : 0;
        // Four sums at once, each in the order of the features: one alone waits for every addition.
        for (int i = 0; i < together; i += 4) {
            double a = w[p];
            double b = w[p];
            double c = w[p];
            double d = w[p];
            for (int j = 0; j < p; j++) {
                a += x[i * p + j] * w[j];
                b += x[(i + 1) * p + j] * w[j];
                c += x[(i + 2) * p + j] * w[j];
                d += x[(i + 3) * p + j] * w[j];
            }
            z[i] = a;
            z[i + 1] = b;
            z[i + 2] = c;
            z[i + 3] = d;
        }
        for (int i = together; i < rows; i++) {
            for (int k = 0; k < q; k++) {
                double sum = w[p * q + k];
                for (int j = 0; j < p; j++) {
                    sum += x[i * p + j] * w[j * q + k];
                }
                z[i * q + k] = sum;
            }
        }
        return z;
    }
}
