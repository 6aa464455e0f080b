package intarsia.optim.solve;

import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import java.util.Arrays;

/**
 * The data of a generalized linear model: minimize over b_0 and b
 * <pre>  sum_i w_i loss(y_i, o_i + b_0 + x_i' b) + sum_j f_j (l1 |b_j| + l2 / 2 b_j^2)</pre>
 *
 * <p>Unless changed, the weights w_i are 1/n, the offsets o_i 0, the penalty factors f_j 1, and there is an intercept b_0, never penalized.
 * Immutable; the arrays given are kept, not copied.
 *
 * @param family     of the responses
 * @param predictors rows x_i [n x p]
 * @param response   y [n]
 * @param weights    w [n], not negative, not all 0
 * @param offsets    o [n]
 * @param factors    f [p], not negative; 0 leaves a coefficient unpenalized
 * @param intercept  whether there is a b_0
 */
public record GlmProblem(Family family, Tensor predictors, double[] response, double[] weights, double[] offsets, double[] factors,
        boolean intercept) {
    /** Checks sizes and ranges. */
    public GlmProblem {
        if (predictors.shape().rank() != 2 || predictors.shape().rows() < 1) {
            throw new ShapeException("glm: predictors " + predictors.shape() + ": wants a matrix with at least one row");
        }
        int n = predictors.shape().rows();
        int p = predictors.shape().columns();
        check("response", response, n, "rows", -Double.MAX_VALUE);
        check("weights", weights, n, "rows", 0);
        check("offsets", offsets, n, "rows", -Double.MAX_VALUE);
        check("penalty factors", factors, p, "columns", 0);
        check("predictors", predictors.doubles(), n * p, "entries", -Double.MAX_VALUE);
        if (Arrays.stream(weights).allMatch(w -> w == 0)) {
            throw new IllegalArgumentException("glm: all " + n + " weights are 0");
        }
        for (int i = 0; family == Family.BINOMIAL && i < n; i++) {
            if (!(response[i] >= 0 && response[i] <= 1)) {
                throw new IllegalArgumentException("glm: response " + i + " is " + response[i] + "; a binomial response is from 0 to 1");
            }
        }
        for (int i = 0; family == Family.POISSON && i < n; i++) {
            if (response[i] < 0) {
                throw new IllegalArgumentException("glm: response " + i + " is " + response[i] + "; a Poisson response is not negative");
            }
        }
    }

    /** A problem with weights 1/n, no offsets, factors of 1 and an intercept. */
    public static GlmProblem of(Family family, Tensor predictors, double... response) {
        double[] weights = new double[response.length];
        Arrays.fill(weights, 1.0 / response.length);
        double[] factors = new double[predictors.shape().columns()];
        Arrays.fill(factors, 1);
        return new GlmProblem(family, predictors, response, weights, new double[response.length], factors, true);
    }

    /** Other weights. */
    public GlmProblem withWeights(double... other) {
        return new GlmProblem(family, predictors, response, other, offsets, factors, intercept);
    }

    /** Other offsets. */
    public GlmProblem withOffsets(double... other) {
        return new GlmProblem(family, predictors, response, weights, other, factors, intercept);
    }

    /** Other penalty factors. */
    public GlmProblem withFactors(double... other) {
        return new GlmProblem(family, predictors, response, weights, offsets, other, intercept);
    }

    /** The same problem without an intercept. */
    public GlmProblem withoutIntercept() {
        return new GlmProblem(family, predictors, response, weights, offsets, factors, false);
    }

    /** n. */
    public int rows() {
        return predictors.shape().rows();
    }

    /** p. */
    public int columns() {
        return predictors.shape().columns();
    }

    private static void check(String what, double[] values, int length, String of, double lowest) {
        if (values.length != length) {
            throw new ShapeException("glm: " + values.length + " " + what + " for " + length + " " + of);
        }
        for (int i = 0; i < length; i++) {
            if (!(values[i] >= lowest && values[i] <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("glm: " + what + ": number " + i + " is " + values[i] + "; must be finite"
                        + (lowest == 0 ? " and not negative" : ""));
            }
        }
    }
}
