package intarsia.models.mbi;

import intarsia.linalg.Elementary;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.LeastSquares;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.SymmetricEigen;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Outcome;
import intarsia.models.Weights;
import intarsia.models.data.DataSplit;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Layout;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * MBI, multiple block-wise imputation (Xue &amp; Qu 2021): one linear model with the same coefficients in all tasks. Every task is a
 * pattern r of missing sources.
 *
 * <pre>
 * X^(r,k)   rows of pattern r, its missing sources imputed linearly from what r and the donor patterns of layer k both observe
 * g^(r,k)(beta) = X_J' (y - X^(r,k) beta) / n_r,   J = columns observed in r and in all donors of layer k
 * minimize  g' W g + sum_j SCAD(|beta_j|; lambda, a = 3.7)
 * </pre>
 *
 * g stacks all g^(r,k); W is block diagonal, a block for each pattern: the inverse of the covariance of its functions at a first estimate
 * (W = I), over those of its principal components only that are not small. lambda is chosen by BIC. A pattern that lacks nothing has one
 * layer and J all columns.
 *
 * <p>Layer k takes as a source's donor the k-th pattern (cyclically) that observes it, so that sources missing together may have different
 * donors where no pattern observes them all: this, and the common intercept (an always observed, unpenalized column), are ours. Works on
 * training and validation rows, since it needs none to stop by; continuous responses only.
 *
 * @param smallestComponent principal components whose variance is below this share of the largest one's are dropped
 * @param lambdas           how many penalty weights are tried
 * @param scaling           whether continuous quantities are standardized; the paper's are not
 */
public record MultipleBlockImputation(double smallestComponent, int lambdas, FeatureEncoding.Scaling scaling) implements Estimator {
    /** Its name in files. */
    public static final String KEY = "mbi";
    /** Components from 1e-6 of the largest, 30 penalty weights, standardized. */
    public static final MultipleBlockImputation DEFAULT = new MultipleBlockImputation(1e-6, 30, FeatureEncoding.Scaling.STANDARDIZED);

    /** Checks that both numbers are in range. */
    public MultipleBlockImputation {
        if (!(smallestComponent > 0 && smallestComponent < 1) || lambdas < 1 || scaling == null) {
            throw new IllegalArgumentException("mbi: smallest component " + smallestComponent + " must lie between 0 and 1, lambdas "
                    + lambdas + " be at least 1, scaling given");
        }
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public String name() {
        return "MBI";
    }

    @Override
    public String reference() {
        return "Xue, Qu: Integrating multisource block-wise missing data in model selection. Journal of the American Statistical "
                + "Association "
                + "116 (2021).";
    }

    /** With continuous quantities standardized or raw. */
    public MultipleBlockImputation scaling(FeatureEncoding.Scaling other) {
        return new MultipleBlockImputation(smallestComponent, lambdas, other);
    }

    @Override
    public boolean learns(ResponseFamily family) {
        return family.equals(ResponseFamily.CONTINUOUS);
    }

    @Override
    public Outcome<MbiModel> fit(FitContext context) {
        requireLearned(context.split());
        DataSplit split = context.split().withoutValidation();
        FeatureEncoding encoding = FeatureEncoding.of(split, scaling);
        Layout layout = Layout.of(split.data(), encoding);
        List<Pattern> patterns = Pattern.all(layout);
        List<PatternRows> rows = IntStream.range(0, patterns.size())
                .mapToObj(r -> PatternRows.of(patterns.get(r), layout, encoding, split.tasks().get(r))).toList();
        List<List<double[]>> layers = new ArrayList<>();
        List<Equations> equations = new ArrayList<>();
        Weights weights = Weights.NONE;
        boolean converged = true;
        for (int r = 0; r < patterns.size(); r++) {
            List<double[]> imputed = new ArrayList<>();
            List<boolean[]> common = new ArrayList<>();
            List<Imputation> imputations = MbiModel.layers(layout, encoding, patterns.get(r));
            for (int k = 0; k < imputations.size(); k++) {
                List<double[]> coefficients = new ArrayList<>();
                for (Imputation.Block block : imputations.get(k).blocks()) {
                    BlockRegression regression = BlockRegression.of(rows.get(block.donor()), block);
                    coefficients.add(regression.coefficients().doubles());
                    weights = weights.and(MbiModel.name(patterns.get(r), k, block), regression.coefficients());
                    converged &= regression.converged();
                }
                imputed.add(imputations.get(k).fill(rows.get(r).x(), coefficients));
                common.add(imputations.get(k).common());
            }
            layers.add(imputed);
            equations.add(Equations.of(rows.get(r).y(), rows.get(r).v(), imputed, common));
        }
        Scad.Solution solution = estimate(equations, rows, layers);
        MbiModel model = new MbiModel(this, layout, encoding, weights.and(MbiModel.COEFFICIENTS, Tensor.vector(solution.coefficients())));
        return converged && solution.converged() ? new Outcome.Converged<>(model, 1)
                : new Outcome.Stopped<>(model, "a lasso of MBI reached its limit of iterations");
    }

    private Scad.Solution estimate(List<Equations> equations, List<PatternRows> patterns, List<List<double[]>> layers) {
        int p = equations.getFirst().left().shape().columns();
        List<double[]> rows = new ArrayList<>();
        List<Double> right = new ArrayList<>();
        equations.forEach(of -> of.append(rows, right, Matrices.identity(of.size())));
        double[] first = LeastSquares.of(matrix(rows, p), vector(right), 1e-6).solution().doubles();
        rows.clear();
        right.clear();
        for (Equations of : equations) {
            of.append(rows, right, whitening(of.covariance(first)));
        }
        return new Scad(matrix(rows, p), vector(right).doubles()).best(lambdas, beta -> criterion(beta, patterns, layers));
    }

    /**
     * {@code L^(-1/2) V'} of the leading components of a covariance: what turns it into an identity. Where nothing varies, equations count
     * as they are.
     */
    private Tensor whitening(Tensor covariance) {
        SymmetricEigen eigen = SymmetricEigen.of(covariance);
        int m = covariance.shape().rows();
        double[] values = eigen.values().toDoubles();
        Integer[] order = IntStream.range(0, m).boxed().sorted((a, b) -> Double.compare(values[b], values[a])).toArray(Integer[]::new);
        if (!(values[order[0]] > 0)) {
            return Matrices.identity(m);
        }
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

    /** BIC: {@code N log(RSS / N) + df log N}, N the rows' weights, the residuals of a pattern's rows averaged over its layers. */
    private static double criterion(double[] beta, List<PatternRows> patterns, List<List<double[]>> layers) {
        double squares = 0;
        double n = 0;
        for (int r = 0; r < patterns.size(); r++) {
            double[] y = patterns.get(r).y();
            for (int i = 0; i < y.length; i++) {
                double residual = 0;
                for (double[] x : layers.get(r)) {
                    residual += (y[i] - Equations.dot(x, i, beta)) / layers.get(r).size();
                }
                squares += patterns.get(r).v()[i] * residual * residual;
                n += patterns.get(r).v()[i];
            }
        }
        long df = Arrays.stream(beta).filter(b -> b != 0).count();
        return n * Elementary.log(squares / n) + df * Elementary.log(n);
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
}
