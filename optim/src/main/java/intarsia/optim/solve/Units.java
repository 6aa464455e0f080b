package intarsia.optim.solve;

import intarsia.linalg.Tensor;
import intarsia.optim.prox.ElasticNet;
import java.util.Arrays;

/**
 * A problem whose numbers are of ordinary size, so that their squares and the products of those neither overflow nor vanish: each column is
 * divided by a power of two 2^c_j, a Gaussian response by 2^r, the weights by 2^w, which is exact. The problem stays the same:
 * <pre>  b'_j = 2^(c_j - r) b_j,   objective' = 2^(-2r - w) objective,   l1'_j = 2^(-c_j - r - w) l1_j,   l2'_j = 2^(-2 c_j - w) l2_j</pre>
 *
 * <p>Columns and responses of ordinary size keep their unit: c_j and r are then 0. The largest weight is always from 1 to 2: whatever unit
 * weights are in, the numbers are the same, square roots too. Rows without weight do not count and become zeros where
 * something is divided.
 *
 * @param problem  with the numbers divided
 * @param columns  c [p]
 * @param response r; 0 unless the response is Gaussian
 * @param weights  w
 */
record Units(GlmProblem problem, int[] columns, int response, int weights) {
    /** From 2^-200 to 2^200, or about 1e-60 to 1e60, numbers are ordinary. */
    private static final int ORDINARY = 200;

    static Units of(GlmProblem given) {
        int n = given.rows();
        int p = given.columns();
        double[] w = given.weights();
        double[] x = given.predictors().doubles();
        double[] largest = new double[p];
        double largestResponse = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < p && w[i] > 0; j++) {
                largest[j] = Math.max(largest[j], Math.abs(x[i * p + j]));
            }
            if (w[i] > 0 && given.family() == Family.GAUSSIAN) {
                largestResponse = Math.max(largestResponse, Math.max(Math.abs(given.response()[i]), Math.abs(given.offsets()[i])));
            }
        }
        int[] columns = Arrays.stream(largest).mapToInt(v -> exponent(v, ORDINARY)).toArray();
        int response = exponent(largestResponse, ORDINARY);
        int weights = exponent(Arrays.stream(w).max().orElseThrow(), 0);
        boolean ordinary = response == 0 && Arrays.stream(columns).allMatch(c -> c == 0);
        GlmProblem problem = ordinary ? given.withWeights(Arrays.stream(w).map(v -> Math.scalb(v, -weights)).toArray())
                : divided(given, columns, response, weights);
        return new Units(problem, columns, response, weights);
    }

    /** What brings the largest of some numbers to ordinary size. */
    private static int exponent(double largest, int ordinary) {
        int exponent = largest == 0 ? 0 : Math.getExponent(largest);
        return exponent - Math.clamp(exponent, -ordinary, ordinary);
    }

    private static GlmProblem divided(GlmProblem given, int[] columns, int response, int weights) {
        int p = columns.length;
        double[] w = given.weights();
        double[] scaled = new double[w.length];
        double[] x = new double[given.predictors().size()];
        double[] y = new double[w.length];
        double[] offsets = new double[w.length];
        for (int i = 0; i < w.length; i++) {
            if (w[i] > 0) {
                scaled[i] = Math.scalb(w[i], -weights);
                y[i] = Math.scalb(given.response()[i], -response);
                offsets[i] = Math.scalb(given.offsets()[i], -response);
                for (int j = 0; j < p; j++) {
                    x[i * p + j] = Math.scalb(given.predictors().at(i * p + j), -columns[j]);
                }
            }
        }
        Tensor predictors = Tensor.of(given.predictors().shape(), x);
        return new GlmProblem(given.family(), predictors, y, scaled, offsets, given.factors(), given.intercept());
    }

    /** The weight of each coefficient's magnitude. */
    double[] l1(ElasticNet penalty) {
        double[] l1 = scaled(penalty.l1(), 1, -response - weights);
        for (int j = 0; j < l1.length; j++) {
            // beyond the range of doubles there is no difference: the coefficient is 0
            l1[j] = Math.min(Double.MAX_VALUE, l1[j]);
        }
        return l1;
    }

    /**
     * The weight of half of each coefficient's square.
     *
     * @throws IllegalArgumentException if a column is so small that it is beyond the range of doubles
     */
    double[] l2(ElasticNet penalty) {
        double[] l2 = scaled(penalty.l2(), 2, -weights);
        for (int j = 0; j < l2.length; j++) {
            if (Double.isInfinite(l2[j])) {
                throw new IllegalArgumentException("glm: column " + j + " is about 1e" + Math.round((columns[j] - ORDINARY) * 0.30103)
                        + ", too small for a ridge of " + problem.factors()[j] * penalty.l2() + "; multiply the column by a power of ten");
            }
        }
        return l2;
    }

    /** Weights of each column, times {@code 2^(exponent - power c_j)}. */
    private double[] scaled(double weight, int power, int exponent) {
        double[] factors = problem.factors();
        double[] scaled = new double[columns.length];
        // most columns have the same exponent, and a product by a power of two is as exact
        double common = Math.scalb(1.0, exponent);
        boolean normal = Math.abs(exponent) < Double.MAX_EXPONENT;
        for (int j = 0; j < scaled.length; j++) {
            double given = factors[j] * weight;
            scaled[j] = columns[j] == 0 && normal ? given * common : Math.scalb(given, exponent - power * columns[j]);
        }
        return scaled;
    }

    /** Coefficients to start from; what they are does not matter, only how near. */
    double[] start(double[] coefficients) {
        double[] start = new double[columns.length];
        for (int j = 0; j < start.length; j++) {
            double b = Math.scalb(coefficients[j], columns[j] - response);
            start[j] = Double.isFinite(b) ? b : 0;
        }
        return start;
    }

    /** An intercept to start from. */
    double intercept(double given) {
        double scaled = Math.scalb(given, -response);
        return Double.isFinite(scaled) ? scaled : 0;
    }

    /**
     * The solution of the problem given.
     *
     * @throws IllegalArgumentException if a coefficient is more than a double holds
     */
    GlmFit back(GlmFit fit) {
        double[] b = new double[columns.length];
        for (int j = 0; j < b.length; j++) {
            b[j] = fit.coefficients()[j] == 0 ? 0 : Math.scalb(fit.coefficients()[j], response - columns[j]);
            if (!Double.isFinite(b[j])) {
                throw beyond("coefficient " + j);
            }
        }
        double intercept = Math.scalb(fit.intercept(), response);
        if (!Double.isFinite(intercept)) {
            throw beyond("the intercept");
        }
        return new GlmFit(intercept, b, Math.scalb(fit.objective(), 2 * response + weights), Math.scalb(fit.gap(), 2 * response + weights),
                fit.iterations(), fit.outcome());
    }

    /** A penalty weight of the problem given, from one of column j. */
    double weight(int j, double scaled) {
        double weight = Math.scalb(scaled, columns[j] + response + weights);
        if (!Double.isFinite(weight)) {
            throw beyond("the largest weight");
        }
        return weight;
    }

    private static IllegalArgumentException beyond(String what) {
        return new IllegalArgumentException("glm: " + what + " is beyond " + Double.MAX_VALUE
                + ", the largest double; multiply columns or divide the response by a power of ten");
    }
}
