package intarsia.optim.solve;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Classes by softmax: {@code P(y_i = k) = exp(eta_ik) / sum_l exp(eta_il)} with {@code eta_ik = c_k + x_i' b_k}, in the symmetric
 * parametrization, and the loss {@code -sum_i w_i log P(y_i)}.
 *
 * <p>Intercepts sum to 0, and so do each column's coefficients: with ridge that is the minimum, and without it, where adding a number to
 * all classes changes nothing, this one is given. (Subtract those of a class to have it as reference.)
 *
 * <p>A class without rows has no minimum, as its intercept falls for ever: the others are then fitted by themselves, and it has
 * coefficients 0 and an intercept that leaves no row of these more than exp(-20) for it; the outcome is {@link SolverOutcome#NO_MINIMUM}.
 *
 * @param predictors x_i [n x p]
 * @param response   y [n], classes from 0 to K - 1
 * @param classes    K, at least 1
 * @param weights    w [n]
 */
public record Multinomial(Tensor predictors, int[] response, int classes, double[] weights) implements SparseModel {
    private static final double IMPROBABLE = 20;

    /** Checks sizes and ranges. */
    public Multinomial {
        LinearModel.check("multinomial", predictors, response.length, weights);
        for (int i = 0; i < response.length; i++) {
            if (response[i] < 0 || response[i] >= classes) {
                throw new IllegalArgumentException("multinomial: response " + i + " is " + response[i] + "; classes are 0 to "
                        + (classes - 1));
            }
        }
    }

    /** Rows of weight 1/n. */
    public static Multinomial of(Tensor predictors, int classes, int... response) {
        double[] weights = new double[response.length];
        Arrays.fill(weights, 1.0 / response.length);
        return new Multinomial(predictors, response, classes, weights);
    }

    /** Other weights. */
    public Multinomial withWeights(double... other) {
        return new Multinomial(predictors, response, classes, other);
    }

    @Override
    public LinearFit fit(double ridge, SolverOptions options) {
        int[] seen = seen();
        Multinomial dense = seen.length == classes ? this : ofClasses(seen);
        return expanded(RidgeNewton.fit(dense, dense.loss(), ridge, options), seen);
    }

    MultinomialLoss loss() {
        return new MultinomialLoss(response, classes, weights);
    }

    /** The probabilities of the classes [n x K] of rows [n x p]. */
    public static Tensor probabilities(LinearFit fit, Tensor rows) {
        Tensor eta = fit.predictors(rows);
        int classes = fit.intercepts().length;
        double[] p = eta.toDoubles();
        for (int i = 0; i < rows.shape().rows(); i++) {
            MultinomialLoss.softmax(p, i * classes, fit.intercepts());
        }
        return Tensor.of(eta.shape(), p);
    }

    /** The classes that have rows with weight. */
    int[] seen() {
        return IntStream.range(0, classes)
                .filter(k -> IntStream.range(0, response.length).anyMatch(i -> response[i] == k && weights[i] > 0)).toArray();
    }

    /** The same rows where these are all classes; rows without weight may be of any. */
    Multinomial ofClasses(int[] seen) {
        int[] index = new int[classes];
        for (int k = 0; k < seen.length; k++) {
            index[seen[k]] = k;
        }
        return new Multinomial(predictors, Arrays.stream(response).map(y -> index[y]).toArray(), seen.length, weights);
    }

    /** The fit of some classes as one of all. */
    LinearFit expanded(LinearFit fit, int[] seen) {
        if (seen.length == classes) {
            return fit;
        }
        double[] eta = fit.predictors(predictors).toDoubles();
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < response.length; i++) {
            double highest = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < seen.length; k++) {
                highest = Math.max(highest, eta[i * seen.length + k] + fit.intercepts()[k]);
            }
            lowest = weights[i] > 0 ? Math.min(lowest, highest) : lowest;
        }
        int p = predictors.shape().columns();
        double[] intercepts = new double[classes];
        Arrays.fill(intercepts, lowest - IMPROBABLE);
        Tensor b = Tensor.of(Shape.of(p, classes), new double[p * classes]);
        for (int k = 0; k < seen.length; k++) {
            intercepts[seen[k]] = fit.intercepts()[k];
            for (int j = 0; j < p; j++) {
                b.set(fit.coefficients().get(j, k), j, seen[k]);
            }
        }
        double mean = Arrays.stream(intercepts).sum() / classes;
        return new LinearFit(b, Arrays.stream(intercepts).map(c -> c - mean).toArray(), fit.objective(), Double.POSITIVE_INFINITY,
                fit.iterations(), SolverOutcome.NO_MINIMUM);
    }
}
