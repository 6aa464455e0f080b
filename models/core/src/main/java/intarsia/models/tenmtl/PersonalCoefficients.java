package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import intarsia.models.response.ResponseFamily;
import java.util.List;

/**
 * A generalized linear model for each individual: {@code eta = b_i + <B_i, X>}, the mean being eta itself or its logistic function.
 *
 * @param family       of the responses
 * @param names        of the individuals
 * @param coefficients B [individuals x p_1 x ... x p_d]
 * @param intercepts   b [individuals]
 */
public record PersonalCoefficients(ResponseFamily family, List<String> names, Tensor coefficients, double[] intercepts) {
    /** Copies the names. */
    public PersonalCoefficients {
        names = List.copyOf(names);
        if (names.size() != intercepts.length || coefficients.shape().size(0) != intercepts.length) {
            throw new ShapeException("personal models: coefficients " + coefficients.shape() + " and " + intercepts.length
                    + " intercepts for " + names.size() + " individuals");
        }
    }

    /** The coefficients of one individual [p_1 x ... x p_d]. */
    public Tensor coefficients(int individual) {
        Shape shape = coefficients.shape().without(0);
        double[] part = new double[shape.size()];
        System.arraycopy(coefficients.doubles(), individual * part.length, part, 0, part.length);
        return Tensor.of(shape, part);
    }

    /**
     * The mean responses of an individual's rows [n x p_1 x ... x p_d].
     *
     * @throws ShapeException if the rows have another shape
     */
    public double[] predict(int individual, Tensor predictors) {
        Shape row = predictors.shape().without(0);
        if (!row.equals(coefficients.shape().without(0))) {
            throw new ShapeException("predict for " + names.get(individual) + ": rows are " + row + ", the model's "
                    + coefficients.shape().without(0));
        }
        return predict(individual, predictors.doubles(), predictors.shape().size(0));
    }

    /** The same of rows that lie one after another. */
    double[] predict(int individual, double[] predictors, int rows) {
        int p = coefficients.size() / intercepts.length;
        return predict(intercepts[individual], coefficients.doubles(), individual * p, p, predictors, rows);
    }

    /** The same with an individual's intercept and the mean of all individuals' coefficients. */
    double[] predictByMean(int individual, double[] predictors, int rows) {
        int p = coefficients.size() / intercepts.length;
        double[] mean = new double[p];
        for (int i = 0; i < intercepts.length; i++) {
            for (int j = 0; j < p; j++) {
                mean[j] += coefficients.doubles()[i * p + j] / intercepts.length;
            }
        }
        return predict(intercepts[individual], mean, 0, p, predictors, rows);
    }

    private double[] predict(double intercept, double[] by, int from, int p, double[] predictors, int rows) {
        double[] means = new double[rows];
        for (int i = 0; i < rows; i++) {
            double eta = intercept;
            for (int j = 0; j < p; j++) {
                eta = Math.fma(predictors[i * p + j], by[from + j], eta);
            }
            means[i] = family.glm().mean(eta);
        }
        return means;
    }
}
