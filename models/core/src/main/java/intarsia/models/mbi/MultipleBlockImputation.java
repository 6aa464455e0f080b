package intarsia.models.mbi;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.LeastSquares;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.SymmetricEigen;
import intarsia.models.Predictor;
import intarsia.models.data.DataException;
import intarsia.models.data.Encoding;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Split;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * MBI, multiple block-wise imputation (Xue &amp; Qu 2021): one linear model with the same coefficients in all tasks. Every task is a pattern r of missing
 * sources.
 *
 * <pre>
 * X^(r,k)   rows of pattern r, its missing sources imputed linearly from what r and the donor patterns of layer k both observe
 * g^(r,k)(beta) = X_J' (y - X^(r,k) beta) / n_r,   J = columns observed in r and in all donors of layer k
 * minimize  g' W g + sum_j SCAD(|beta_j|; lambda, a = 3.7)
 * </pre>
 *
 * g stacks all g^(r,k); W is block diagonal, a block for each pattern: the inverse of the covariance of its functions at a first estimate (W = I), over
 * those of its principal components only that are not small. lambda is chosen by BIC. A pattern that lacks nothing has one layer and J all columns.
 *
 * <p>Layer k takes as a source's donor the k-th pattern (cyclically) that observes it, so that sources missing together may have different donors where no
 * pattern observes them all: this, and the common intercept (an always observed, unpenalized column), are ours. Works on training and validation rows,
 * since it needs none to stop by; continuous responses only.
 *
 * @param smallestComponent principal components whose variance is below this share of the largest one's are dropped
 * @param lambdas           how many weights are tried
 */
public record MultipleBlockImputation(double smallestComponent, int lambdas) {
    /** Components from 1e-6 of the largest, 30 weights. */
    public static final MultipleBlockImputation DEFAULT = new MultipleBlockImputation(1e-6, 30);

    /** Checks both. */
    public MultipleBlockImputation {
        if (!(smallestComponent > 0 && smallestComponent < 1) || lambdas < 1) {
            throw new IllegalArgumentException("mbi: smallest component " + smallestComponent + " must lie between 0 and 1, lambdas " + lambdas
                    + " be at least 1");
        }
    }

    /** Fits all tasks. */
    public Predictor fit(TaskSet data, List<Split> splits, Encoding.Scaling scaling) {
        for (Task task : data.tasks()) {
            if (task.responseKind() != Task.ResponseKind.CONTINUOUS) {
                throw new DataException("task '" + task.name() + "': MBI is for continuous responses");
            }
        }
        Encoding encoding = Encoding.of(data, splits.stream().map(Split::known).toList(), scaling);
        List<Source> sources = new ArrayList<>(data.anchors());
        sources.addAll(data.others());
        List<Pattern> patterns = new ArrayList<>();
        for (int t = 0; t < data.tasks().size(); t++) {
            patterns.add(Pattern.of(data.tasks().get(t), splits.get(t).known(), sources, encoding));
        }
        List<List<double[]>> layers = new ArrayList<>();
        List<Equations> equations = new ArrayList<>();
        for (Pattern pattern : patterns) {
            List<double[]> imputed = new ArrayList<>();
            List<boolean[]> common = new ArrayList<>();
            for (int k = 0; k < pattern.layers(patterns); k++) {
                Imputation imputation = new Imputation(pattern, patterns, k);
                imputed.add(imputation.rows(pattern.x(), pattern.y().length));
                common.add(imputation.common());
            }
            layers.add(imputed);
            equations.add(Equations.of(pattern, imputed, common));
        }
        double[] beta = estimate(equations, patterns, layers);
        return new Fitted(patterns, sources, encoding, beta);
    }

    private double[] estimate(List<Equations> equations, List<Pattern> patterns, List<List<double[]>> layers) {
        int p = patterns.getFirst().width();
        List<double[]> rows = new ArrayList<>();
        List<Double> right = new ArrayList<>();
        equations.forEach(of -> of.append(rows, right, Matrices.identity(of.size())));
        double[] first = LeastSquares.of(matrix(rows, p), vector(right), 1e-6).solution().doubles();
        rows.clear();
        right.clear();
        for (int r = 0; r < equations.size(); r++) {
            equations.get(r).append(rows, right, whitening(equations.get(r).covariance(first)));
        }
        return new Scad(matrix(rows, p), vector(right).doubles()).best(lambdas, beta -> criterion(beta, patterns, layers));
    }

    /** {@code L^(-1/2) V'} of the leading components of a covariance: what turns it into an identity. */
    private Tensor whitening(Tensor covariance) {
        SymmetricEigen eigen = SymmetricEigen.of(covariance);
        int m = covariance.shape().rows();
        double[] values = eigen.values().toDoubles();
        Integer[] order = IntStream.range(0, m).boxed().sorted((a, b) -> Double.compare(values[b], values[a])).toArray(Integer[]::new);
        List<double[]> kept = new ArrayList<>();
        for (int c = 0; c < m && values[order[c]] > smallestComponent * values[order[0]]; c++) {
            double[] row = new double[m];
            for (int i = 0; i < m; i++) {
                row[i] = eigen.vectors().get(i, order[c]) / Math.sqrt(values[order[c]]);
            }
            kept.add(row);
        }
        return Tensor.matrix(kept.toArray(double[][]::new));
    }

    /** BIC: {@code N log(RSS / N) + df log N}, the residuals of a pattern's rows averaged over its layers. */
    private static double criterion(double[] beta, List<Pattern> patterns, List<List<double[]>> layers) {
        double squares = 0;
        int n = 0;
        for (int r = 0; r < patterns.size(); r++) {
            double[] y = patterns.get(r).y();
            for (int i = 0; i < y.length; i++) {
                double residual = 0;
                for (double[] x : layers.get(r)) {
                    residual += (y[i] - dot(x, i, beta)) / layers.get(r).size();
                }
                squares += residual * residual;
            }
            n += y.length;
        }
        long df = Arrays.stream(beta).filter(b -> b != 0).count();
        return n * intarsia.linalg.Elementary.log(squares / n) + df * intarsia.linalg.Elementary.log((double) n);
    }

    static double dot(double[] x, int row, double[] beta) {
        double sum = 0;
        for (int j = 0; j < beta.length; j++) {
            sum += x[row * beta.length + j] * beta[j];
        }
        return sum;
    }

    private static Tensor matrix(List<double[]> rows, int p) {
        double[] values = new double[rows.size() * p];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, values, i * p, p);
        }
        return Tensor.of(Shape.of(rows.size(), p), values);
    }

    private static Tensor vector(List<Double> values) {
        return Tensor.vector(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Predicts with a pattern's imputations averaged over layers. */
    private record Fitted(Map<String, List<Imputation>> imputations, Map<String, Pattern> patterns, List<Source> sources, Encoding encoding,
            double[] beta) implements Predictor {
        Fitted(List<Pattern> patterns, List<Source> sources, Encoding encoding, double[] beta) {
            this(new LinkedHashMap<>(), new LinkedHashMap<>(), sources, encoding, beta);
            for (Pattern pattern : patterns) {
                this.patterns.put(pattern.task(), pattern);
                imputations.put(pattern.task(), IntStream.range(0, pattern.layers(patterns)).mapToObj(k -> new Imputation(pattern, patterns, k)).toList());
            }
        }

        @Override
        public double[] predict(String task, Observations rows) {
            double[] x = Pattern.dense(task, rows, sources, encoding);
            double[] mean = new double[rows.size()];
            for (Imputation imputation : imputations.get(task)) {
                double[] whole = imputation.rows(x, rows.size());
                for (int i = 0; i < mean.length; i++) {
                    mean[i] += dot(whole, i, beta) / imputations.get(task).size();
                }
            }
            for (int i = 0; i < mean.length; i++) {
                mean[i] = encoding.decodeResponse(task, mean[i]);
            }
            return mean;
        }
    }
}
