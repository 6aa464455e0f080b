package intarsia.models.tenmtl;

import intarsia.linalg.Elementary;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.data.Individual;
import intarsia.models.response.Classes;
import intarsia.models.response.ResponseFamily;
import intarsia.optim.solve.Family;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The loss of rows by their linear predictors. A generalized linear model has one a row. Of K classes there are K, which stand as K rows
 * one after another: a response is 1 at the class that was seen and 0 at the others, predictors have one more mode, of size K, with X at
 * the place of the class and 0 elsewhere, and each has a K-th of the row's weight. So eta is linear in coefficients [p_1 x ... x p_d x K]
 * as in any others, and only the loss looks at K rows at once (ours):
 *
 * <pre>  log sum_k exp(eta_k) - sum_k y_k eta_k,   mean_k = exp(eta_k) / sum_l exp(eta_l),   curvature diag(mean) - mean mean'</pre>
 *
 * @param family of a generalized linear model; null of classes
 * @param group  how many rows are one: K of classes, else 1
 */
record RowLoss(Family family, int group) {
    static RowLoss of(ResponseFamily response) {
        return new RowLoss(response.glm(), group(response));
    }

    /** How many linear predictors, and so intercepts, an individual has. */
    static int group(ResponseFamily response) {
        return response instanceof Classes classes ? classes.levels().size() : 1;
    }

    boolean gaussian() {
        return family == Family.GAUSSIAN;
    }

    /** How many intercepts of an individual's centered rows are free; those of Gaussian responses are 0. */
    int intercepts() {
        return gaussian() ? 0 : group;
    }

    /**
     * The largest ranks of coefficients of this shape: its sizes, but one less for classes, since what is the same for all of them tells
     * none from another.
     */
    Shape ranks(Shape coefficients) {
        int last = coefficients.rank() - 1;
        return group == 1 ? coefficients : coefficients.with(last, coefficients.size(last) - 1);
    }

    /** What a row weighs of which these are parts. */
    double whole(double weight) {
        return group * weight;
    }

    /** An individual's rows as they stand here. */
    Individual rows(Individual individual) {
        if (family == null && individual.modalities().shapes().size() > 1) {
            throw new IllegalArgumentException("individual " + individual.name() + ": classes are not learned of several modalities");
        }
        return family != null ? individual : new Individual(individual.name(), rows(individual.predictors()),
                IntStream.range(0, group * individual.rows()).mapToDouble(n -> individual.response()[n / group] == n % group ? 1 : 0)
                        .toArray(),
                IntStream.range(0, group * individual.rows()).mapToDouble(n -> individual.weights()[n / group] / group).toArray());
    }

    /** Tensors of rows [n x ...], of classes as [n K x ... x K]. */
    Tensor rows(Tensor x) {
        if (family != null) {
            return x;
        }
        int n = x.shape().size(0);
        int p = x.size() / n;
        int[] sizes = Arrays.copyOf(x.shape().sizes(), x.shape().rank() + 1);
        sizes[0] = n * group;
        sizes[sizes.length - 1] = group;
        Tensor rows = Tensor.zeros(sizes);
        for (int row = 0; row < n * group; row++) {
            for (int j = 0; j < p; j++) {
                rows.doubles()[(row * p + j) * group + row % group] = x.at(row / group * p + j);
            }
        }
        return rows;
    }

    /** {@code sum_n w_n loss} of some rows, from the first of a group on. */
    double sum(double[] y, double[] weights, double[] eta, int from, int to) {
        double sum = 0;
        for (int n = from; n < to; n += group) {
            sum += family == null ? whole(weights[n]) * softmax(y, eta, n) : weights[n] * family.loss(y[n], eta[n]);
        }
        return sum;
    }

    /** Without the difference of large numbers: {@code largest - sum_k y_k eta_k + log sum_k exp(eta_k - largest)}. */
    private double softmax(double[] y, double[] eta, int from) {
        int largest = ResponseFamily.likeliest(eta, from, group);
        double below = 0;
        double others = 0;
        for (int k = 0; k < group; k++) {
            double less = eta[from + largest] - eta[from + k];
            below += y[from + k] * less;
            others += k == largest ? 0 : Elementary.exp(-less);
        }
        return below + Elementary.log1p(others);
    }

    /** The mean responses of rows from one to another. */
    double[] means(double[] eta, int from, int to) {
        double[] means = new double[to - from];
        for (int n = from; n < to; n += group) {
            if (family != null) {
                means[n - from] = family.mean(eta[n]);
                continue;
            }
            double largest = eta[n + ResponseFamily.likeliest(eta, n, group)];
            double all = 0;
            for (int k = 0; k < group; k++) {
                means[n - from + k] = Elementary.exp(eta[n + k] - largest);
                all += means[n - from + k];
            }
            for (int k = 0; k < group; k++) {
                means[n - from + k] /= all;
            }
        }
        return means;
    }

    /** The weight of a row's squared feature, {@link #deviations}, in the loss's curvature. */
    double curvature(double mean) {
        return family == null ? mean : family.curvature(mean);
    }

    /**
     * Features whose weighted squares are the loss's curvature: of classes less their mean over a group's rows, weighted by the means,
     * as {@code Z' (diag(m) - m m') Z = sum_k m_k (z_k - Z'm)(z_k - Z'm)'}.
     *
     * @param features [N x columns]
     * @param from     the first row
     * @param means    of the rows wanted
     * @return a copy
     */
    double[] deviations(double[] features, int columns, int from, double... means) {
        double[] deviations = Arrays.copyOfRange(features, from * columns, (from + means.length) * columns);
        for (int n = 0; family == null && n < means.length; n += group) {
            for (int j = 0; j < columns; j++) {
                double mean = 0;
                for (int k = 0; k < group; k++) {
                    mean = Math.fma(means[n + k], deviations[(n + k) * columns + j], mean);
                }
                for (int k = 0; k < group; k++) {
                    deviations[(n + k) * columns + j] -= mean;
                }
            }
        }
        return deviations;
    }

    /**
     * Writes where an individual's intercepts of centered rows start: 0 for Gaussian responses, else the log odds of its labels or, less
     * their mean, the logarithms of its classes' shares, half a label of each class added.
     *
     * @param own   what each row counts
     * @param total what the individual's rows count in all
     */
    void startIntercepts(double[] y, double[] own, int from, int to, double total, double[] b, int at) {
        double[] seen = new double[group];
        Arrays.fill(seen, 0.5);
        for (int n = from; n < to; n++) {
            seen[(n - from) % group] += whole(own[n]) * y[n];
        }
        if (family == Family.BINOMIAL) {
            double share = seen[0] / (total + 1);
            b[at] = Elementary.log(share / (1 - share));
        } else if (family == null) {
            double mean = 0;
            for (int k = 0; k < group; k++) {
                b[at + k] = Elementary.log(seen[k]);
                mean += b[at + k] / group;
            }
            for (int k = 0; k < group; k++) {
                b[at + k] -= mean;
            }
        }
    }
}
