package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import intarsia.models.response.ResponseBaseline;
import intarsia.models.response.ResponseFamily;
import java.util.List;

/**
 * A generalized linear model for each individual: {@code eta = b_i + <B_i, X>}, the mean being eta itself or its logistic function; of K
 * classes {@code eta_k = b_ik + <B_ik, X>}, the means being their softmax.
 *
 * @param family       of the responses
 * @param names        of the individuals
 * @param coefficients B [individuals x p_1 x ... x p_d], of classes [individuals x p_1 x ... x p_d x K]
 * @param intercepts   b [individuals], of classes [individuals K], individual after individual
 */
public record PersonalCoefficients(ResponseFamily family, List<String> names, Tensor coefficients, double[] intercepts) {
    /** Copies the names. */
    public PersonalCoefficients {
        names = List.copyOf(names);
        int group = RowLoss.group(family);
        if (names.size() * group != intercepts.length || coefficients.shape().size(0) != names.size()
                || group > 1 && coefficients.shape().size(coefficients.shape().rank() - 1) != group) {
            throw new ShapeException("personal models: coefficients " + coefficients.shape() + " and " + intercepts.length
                    + " intercepts for " + names.size() + " individuals" + (group > 1 ? " and " + group + " classes" : ""));
        }
    }

    /** The coefficients of one individual [p_1 x ... x p_d], of classes [p_1 x ... x p_d x K]. */
    public Tensor coefficients(int individual) {
        Shape shape = coefficients.shape().without(0);
        double[] part = new double[shape.size()];
        System.arraycopy(coefficients.doubles(), individual * part.length, part, 0, part.length);
        return Tensor.of(shape, part);
    }

    /**
     * The mean responses of an individual's rows [n x p_1 x ... x p_d], of classes the probability of each, row after row.
     *
     * @throws ShapeException if the rows have another shape
     */
    public double[] predict(int individual, Tensor predictors) {
        Shape row = predictors.shape().without(0);
        Shape own = coefficients.shape().without(0);
        Shape read = RowLoss.group(family) > 1 ? own.without(own.rank() - 1) : own;
        if (!row.equals(read)) {
            throw new ShapeException("predict for " + names.get(individual) + ": rows are " + row + ", the model's " + read);
        }
        return predict(individual, predictors.doubles(), predictors.shape().size(0));
    }

    /** The same of rows that lie one after another. */
    double[] predict(int individual, double[] predictors, int rows) {
        int numbers = coefficients.size() / names.size();
        return predict(individual, coefficients.doubles(), individual * numbers, predictors, rows);
    }

    /** The same with an individual's intercepts and the mean of all individuals' coefficients. */
    double[] predictByMean(int individual, double[] predictors, int rows) {
        int numbers = coefficients.size() / names.size();
        double[] mean = new double[numbers];
        for (int i = 0; i < names.size(); i++) {
            for (int j = 0; j < numbers; j++) {
                mean[j] += coefficients.doubles()[i * numbers + j] / names.size();
            }
        }
        return predict(individual, mean, 0, predictors, rows);
    }

    private double[] predict(int individual, double[] by, int from, double[] predictors, int rows) {
        int group = RowLoss.group(family);
        int p = coefficients.size() / names.size() / group;
        double[] eta = new double[rows * group];
        double[] means = new double[eta.length];
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < group; k++) {
                double sum = intercepts[individual * group + k];
                for (int j = 0; j < p; j++) {
                    sum = Math.fma(predictors[i * p + j], by[from + j * group + k], sum);
                }
                eta[i * group + k] = sum;
            }
            family.respond(eta, i * group, ResponseBaseline.NONE, means, i * group);
        }
        return means;
    }
}
