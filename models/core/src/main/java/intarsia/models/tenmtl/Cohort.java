package intarsia.models.tenmtl;

import intarsia.linalg.Elementary;
import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import intarsia.optim.prox.Penalty;
import intarsia.optim.solve.Family;
import intarsia.optim.solve.Glm;
import intarsia.optim.solve.GlmProblem;
import intarsia.optim.solve.SolverOptions;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of all individuals in one tensor, each individual's predictors shifted to mean 0, and so its responses if they are Gaussian. The
 * shift moves only the intercepts: {@code b_i + <B_i, X> = (b_i + <B_i, mean_i>) + <B_i, X - mean_i>}, and Gaussian intercepts in shifted
 * terms are then 0 whatever B_i. Every row has weight {@code 1 / n_i}.
 */
final class Cohort {
    final Family family;
    final List<String> names;
    /** All rows [N x p_1 x ... x p_d]. */
    final Tensor predictors;
    final double[] response;
    final double[] weights;
    /** Individual i has the rows from {@code first[i]} to {@code first[i + 1]}. */
    final int[] first;
    private final double[][] predictorMeans;
    private final double[] responseMeans;

    Cohort(List<Individual> individuals, Family family) {
        if (individuals.isEmpty()) {
            throw new IllegalArgumentException("no individuals: at least one is needed");
        }
        this.family = family;
        this.names = individuals.stream().map(Individual::name).toList();
        Shape row = individuals.getFirst().predictors().shape().without(0);
        int count = individuals.size();
        first = new int[count + 1];
        for (int i = 0; i < count; i++) {
            Shape other = individuals.get(i).predictors().shape().without(0);
            if (!other.equals(row)) {
                throw new ShapeException("individual " + names.get(i) + ": rows are " + other + ", those of " + names.getFirst() + " "
                        + row);
            }
            first[i + 1] = first[i] + individuals.get(i).rows();
        }
        int p = row.size();
        predictors = Tensor.zeros(individuals.getFirst().predictors().shape().with(0, first[count]).sizes());
        response = new double[first[count]];
        weights = new double[first[count]];
        predictorMeans = new double[count][p];
        responseMeans = new double[count];
        for (int i = 0; i < count; i++) {
            fill(i, individuals.get(i), p);
        }
    }

    private void fill(int i, Individual individual, int p) {
        int n = individual.rows();
        double[] x = individual.predictors().doubles();
        double[] mean = predictorMeans[i];
        for (int row = 0; row < n; row++) {
            for (int j = 0; j < p; j++) {
                mean[j] += x[row * p + j] / n;
            }
            responseMeans[i] += family == Family.GAUSSIAN ? individual.response()[row] / n : 0;
        }
        for (int row = 0; row < n; row++) {
            int to = first[i] + row;
            for (int j = 0; j < p; j++) {
                predictors.doubles()[to * p + j] = x[row * p + j] - mean[j];
            }
            response[to] = individual.response()[row] - responseMeans[i];
            weights[to] = 1.0 / n;
        }
    }

    int individuals() {
        return names.size();
    }

    int rows() {
        return response.length;
    }

    /** {@code p_1 x ... x p_d}. */
    Shape rowShape() {
        return predictors.shape().without(0);
    }

    /** The individual of each row. */
    int[] owners() {
        int[] owners = new int[rows()];
        for (int i = 0; i < individuals(); i++) {
            Arrays.fill(owners, first[i], first[i + 1], i);
        }
        return owners;
    }

    /** A regression of an individual's rows on these features, an array [N x k] over all rows; intercept and offsets in shifted terms. */
    GlmProblem problem(int i, double[] features, int k, double[] offsets) {
        int from = first[i];
        int to = first[i + 1];
        Tensor x = Tensor.of(Shape.of(to - from, k), Arrays.copyOfRange(features, from * k, to * k));
        GlmProblem problem = GlmProblem.of(family, x, Arrays.copyOfRange(response, from, to))
                .withWeights(Arrays.copyOfRange(weights, from, to)).withOffsets(Arrays.copyOfRange(offsets, from, to));
        return family == Family.GAUSSIAN || alike(i) ? problem.withoutIntercept() : problem;
    }

    /** A regression of all rows on features [N x k], without an intercept. */
    GlmProblem problem(double[] features, int k, double[] offsets) {
        return GlmProblem.of(family, Tensor.of(Shape.of(rows(), k), features), response).withWeights(weights).withOffsets(offsets)
                .withoutIntercept();
    }

    /** Whether an individual's labels are all alike, so that no finite intercept fits them best. */
    boolean alike(int i) {
        for (int row = first[i]; row < first[i + 1]; row++) {
            if (response[row] != response[first[i]] || (response[row] != 0 && response[row] != 1)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Where intercepts start, in shifted terms: 0 for Gaussian responses, else the logit of the labels with half a label of each kind
     * added.
     */
    double[] startIntercepts() {
        double[] b = new double[individuals()];
        for (int i = 0; family == Family.BINOMIAL && i < b.length; i++) {
            double ones = 0.5;
            for (int row = first[i]; row < first[i + 1]; row++) {
                ones += response[row];
            }
            double share = ones / (first[i + 1] - first[i] + 1);
            b[i] = Elementary.log(share / (1 - share));
        }
        return b;
    }

    /** The intercepts that fit best beside these linear predictors. */
    double[] bestIntercepts(double[] eta) {
        double[] intercepts = startIntercepts();
        for (int i = 0; family == Family.BINOMIAL && i < intercepts.length; i++) {
            if (!alike(i)) {
                intercepts[i] = Glm.fit(problem(i, new double[0], 0, eta), Penalty.l1(0), new SolverOptions(1e-12, 100)).intercept();
            }
        }
        return intercepts;
    }

    /** {@code <B_i, X>} of every row, for B [individuals x p_1 x ... x p_d]. */
    double[] eta(Tensor coefficients) {
        int p = rowShape().size();
        double[] eta = new double[rows()];
        for (int i = 0; i < individuals(); i++) {
            for (int row = first[i]; row < first[i + 1]; row++) {
                double sum = 0;
                for (int j = 0; j < p; j++) {
                    sum = Math.fma(predictors.doubles()[row * p + j], coefficients.doubles()[i * p + j], sum);
                }
                eta[row] = sum;
            }
        }
        return eta;
    }

    /** {@code sum_i 1/n_i sum_n loss(y, b_i + eta)}. */
    double loss(double[] eta, double[] intercepts) {
        double sum = 0;
        for (int i = 0; i < individuals(); i++) {
            for (int row = first[i]; row < first[i + 1]; row++) {
                sum += weights[row] * family.loss(response[row], intercepts[i] + eta[row]);
            }
        }
        return sum;
    }

    /** The weighted root of the sum of squared differences between two numbers for each row. */
    double distance(double[] one, double[] other) {
        double sum = 0;
        for (int n = 0; n < one.length; n++) {
            sum += weights[n] * (one[n] - other[n]) * (one[n] - other[n]);
        }
        return Math.sqrt(sum);
    }

    /** Models in the individuals' own terms. */
    PersonalModels models(Tensor coefficients, double[] shiftedIntercepts) {
        int p = rowShape().size();
        double[] b = new double[individuals()];
        for (int i = 0; i < b.length; i++) {
            b[i] = responseMeans[i] + shiftedIntercepts[i];
            for (int j = 0; j < p; j++) {
                b[i] -= coefficients.doubles()[i * p + j] * predictorMeans[i][j];
            }
        }
        return new PersonalModels(family, names, coefficients, b);
    }

    /** The rows with one predictor vector each [N x p]. */
    Tensor flat() {
        return predictors.reshape(Shape.of(rows(), rowShape().size()));
    }

    /** An intercept for every row. */
    double[] spread(double[] intercepts) {
        double[] spread = new double[rows()];
        for (int i = 0; i < individuals(); i++) {
            Arrays.fill(spread, first[i], first[i + 1], intercepts[i]);
        }
        return spread;
    }

    /** The stacked shape {@code individuals x p_1 x ... x p_d}. */
    Shape stacked() {
        return predictors.shape().with(0, individuals());
    }
}
