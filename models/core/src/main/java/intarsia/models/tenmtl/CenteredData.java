package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import intarsia.models.data.Individual;
import intarsia.models.data.Modalities;
import intarsia.models.data.Moments;
import intarsia.models.response.ResponseFamily;
import intarsia.optim.solve.Family;
import intarsia.optim.solve.GlmProblem;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows of all individuals in one tensor, each individual's predictors centered to mean 0, and so its responses if they are Gaussian.
 * Centering changes only the intercepts: {@code b_i + <B_i, X> = (b_i + <B_i, mean_i>) + <B_i, X - mean_i>}, and Gaussian intercepts of
 * centered rows are 0 whatever B_i. What does not vary within an individual is exactly 0. Every row has weight {@code v / n_i}, v its own
 * and n_i their sum: {@code 1 / n_i} where rows count alike.
 */
final class CenteredData {
    final ResponseFamily response;
    final Family family;
    /** Of classes a row stands as several. */
    final RowLoss losses;
    final List<String> names;
    /** All rows [N x p_1 x ... x p_d]. */
    final Tensor predictors;
    final double[] y;
    final double[] weights;
    /** Individual i has the rows from {@code first[i]} to {@code first[i + 1]}. */
    final int[] first;
    /** How a row's numbers divide. */
    final List<Shape> modalities;
    /** For each individual, which modalities it has. */
    final List<List<Boolean>> observed;
    /** How many numbers a row has as it came. */
    private final int width;
    /** How many individuals have any of these numbers. */
    private final int having;
    private final double[][] predictorMeans;
    private final double[] responseMeans;
    /** v [N], and n_i. */
    final double[] own;
    final double[] totals;
    /** What these rows are a compressed form of, or null. */
    private final CenteredData whole;
    /** In what coordinates these rows are. */
    final RowSpans spans;

    CenteredData(List<Individual> given, ResponseFamily response) {
        if (given.isEmpty()) {
            throw new IllegalArgumentException("no individuals: at least one is needed");
        }
        this.response = response;
        this.family = response.glm();
        this.losses = RowLoss.of(response);
        List<Individual> individuals = given.stream().map(losses::rows).toList();
        this.names = individuals.stream().map(Individual::name).toList();
        Modalities rows = individuals.getFirst().modalities();
        Shape row = rows.row();
        modalities = rows.shapes();
        observed = individuals.stream().map(individual -> individual.modalities().observed()).toList();
        int count = individuals.size();
        first = new int[count + 1];
        for (int i = 0; i < count; i++) {
            Modalities other = individuals.get(i).modalities();
            if (!other.shapes().equals(modalities)) {
                throw new ShapeException("individual " + names.get(i) + ": rows are " + other + ", those of " + names.getFirst() + " "
                        + rows);
            }
            first[i + 1] = first[i] + individuals.get(i).rows();
        }
        int p = row.size();
        predictors = Tensor.zeros(individuals.getFirst().predictors().shape().with(0, first[count]).sizes());
        y = new double[first[count]];
        weights = new double[first[count]];
        predictorMeans = new double[count][p];
        responseMeans = new double[count];
        own = new double[first[count]];
        totals = new double[count];
        whole = null;
        spans = RowSpans.NONE;
        width = p;
        having = count;
        for (int i = 0; i < count; i++) {
            fill(i, individuals.get(i), p);
        }
    }

    /**
     * Rows with other predictors.
     *
     * @param whole  what they are a compressed form of, or null
     * @param spans  in what coordinates they are
     * @param width  how many numbers of a row as it came they stand for
     * @param having how many individuals have any of these
     */
    CenteredData(CenteredData from, CenteredData whole, Tensor predictors, RowSpans spans, int width, int having) {
        this.whole = whole;
        this.width = width;
        this.having = having;
        this.modalities = from.modalities;
        this.observed = from.observed;
        this.response = from.response;
        this.family = from.family;
        this.losses = from.losses;
        this.names = from.names;
        this.predictors = predictors;
        this.y = from.y;
        this.weights = from.weights;
        this.first = from.first;
        this.predictorMeans = from.predictorMeans;
        this.responseMeans = from.responseMeans;
        this.own = from.own;
        this.totals = from.totals;
        this.spans = spans;
    }

    /**
     * The same rows in coordinates of their span, in modes that are wider than all rows together: for methods that do not change when
     * predictors are rotated, whose solutions lie in that span.
     */
    CenteredData compressed() {
        RowSpans narrow = RowSpans.of(predictors);
        return new CenteredData(this, this, narrow.rows(), narrow, width, having);
    }

    private void fill(int i, Individual individual, int p) {
        int n = individual.rows();
        double[] x = individual.predictors().doubles();
        System.arraycopy(individual.weights(), 0, own, first[i], n);
        int group = losses.group();
        double[] column = new double[n / group];
        double[] counts = IntStream.range(0, column.length).mapToDouble(row -> individual.weights()[row * group]).toArray();
        totals[i] = individual.total();
        for (int j = 0; j < p; j++) {
            for (int row = 0; row < column.length; row++) {
                column[row] = x[(row * group + j % group) * p + j];
            }
            Moments moments = Moments.of(column, counts);
            predictorMeans[i][j] = moments.mean();
            for (int row = 0; row < column.length; row++) {
                int at = first[i] + row * group + j % group;
                predictors.doubles()[at * p + j] = moments.constant() ? 0 : column[row] - moments.mean();
            }
        }
        Moments moments = family == Family.GAUSSIAN ? Moments.of(individual.response(), individual.weights()) : Moments.NONE;
        responseMeans[i] = moments.mean();
        for (int row = 0; row < n; row++) {
            y[first[i] + row] = moments.constant() ? 0 : individual.response()[row] - moments.mean();
            weights[first[i] + row] = individual.weights()[row] / totals[i];
        }
    }

    int individuals() {
        return names.size();
    }

    /** N. */
    int rows() {
        return y.length;
    }

    /** How many rows an individual has. */
    int rows(int individual) {
        return first[individual + 1] - first[individual];
    }

    /** How many numbers a row has as it came. */
    int width() {
        return width;
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

    /** A regression of an individual's rows on these features, an array [N x k] over all rows; its intercept is that of centered rows. */
    GlmProblem problem(int i, double[] features, int k, double[] offsets) {
        int from = first[i];
        int to = first[i + 1];
        GlmProblem problem = GlmProblem.of(family, Tensor.of(Shape.of(to - from, k), Arrays.copyOfRange(features, from * k, to * k)),
                Arrays.copyOfRange(y, from, to)).withWeights(Arrays.copyOfRange(weights, from, to))
                .withOffsets(Arrays.copyOfRange(offsets, from, to));
        return family == Family.GAUSSIAN || oneClass(i) ? problem.withoutIntercept() : problem;
    }

    /** A regression of all rows on features [N x k], without an intercept. */
    GlmProblem problem(double[] features, int k, double[] offsets) {
        return GlmProblem.of(family, Tensor.of(Shape.of(rows(), k), features), y).withWeights(weights).withOffsets(offsets)
                .withoutIntercept();
    }

    /** Whether an individual's labels are of one class, so that no finite intercept fits them best. */
    boolean oneClass(int i) {
        for (int row = first[i]; row < first[i + 1]; row++) {
            if (y[row] != y[first[i]] || (y[row] != 0 && y[row] != 1)) {
                return false;
            }
        }
        return true;
    }

    /** Where intercepts of centered rows start, {@link RowLoss#startIntercepts}. */
    double[] startIntercepts() {
        double[] b = new double[individuals() * losses.group()];
        for (int i = 0; i < individuals(); i++) {
            losses.startIntercepts(y, own, first[i], first[i + 1], totals[i], b, i * losses.group());
        }
        return b;
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
        double[] linear = spread(intercepts);
        for (int n = 0; n < linear.length; n++) {
            linear[n] += eta[n];
        }
        return losses.sum(y, weights, linear, 0, linear.length);
    }

    /** The weighted root of the sum of squared differences between two numbers for each row. */
    double distance(double[] one, double[] other) {
        double sum = 0;
        for (int n = 0; n < one.length; n++) {
            sum += weights[n] * (one[n] - other[n]) * (one[n] - other[n]);
        }
        return Math.sqrt(sum);
    }

    /** The mean, over individuals that have any of these numbers, of the mean squared norm of their centered rows. */
    double meanSquaredNorm() {
        int p = rowShape().size();
        double sum = 0;
        for (int j = 0; j < predictors.size(); j++) {
            sum += weights[j / p] * predictors.at(j) * predictors.at(j);
        }
        return sum / Math.max(1, having);
    }

    /** Coefficients with the intercepts of rows as they came. */
    PersonalCoefficients uncentered(Tensor coefficients, double[] centeredIntercepts) {
        if (whole != null) {
            return whole.uncentered(spans.expanded(coefficients), centeredIntercepts);
        }
        int p = width();
        int group = losses.group();
        double[] b = centeredIntercepts.clone();
        for (int i = 0; i < individuals(); i++) {
            b[i * group] += responseMeans[i];
            for (int j = 0; j < p; j++) {
                b[i * group + j % group] -= coefficients.doubles()[i * p + j] * predictorMeans[i][j];
            }
        }
        return new PersonalCoefficients(response, names, coefficients, b);
    }

    /** An intercept for every row; an individual has one, or one for each class. */
    double[] spread(double[] intercepts) {
        int[] owners = owners();
        int group = losses.group();
        return IntStream.range(0, rows()).mapToDouble(n -> intercepts[owners[n] * group + n % group]).toArray();
    }

    /** The stacked shape {@code individuals x p_1 x ... x p_d}. */
    Shape stacked() {
        return predictors.shape().with(0, individuals());
    }
}
