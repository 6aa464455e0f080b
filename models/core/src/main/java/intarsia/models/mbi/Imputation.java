package intarsia.models.mbi;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.LeastSquares;
import intarsia.linalg.decomposition.Matrices;
import intarsia.optim.solve.Family;
import intarsia.optim.solve.Glm;
import intarsia.optim.solve.GlmFit;
import intarsia.optim.solve.GlmProblem;
import intarsia.optim.solve.SolverOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A layer of imputation of a pattern: each missing source is regressed, in a donor pattern that observes it, on the columns that both observe; by least
 * squares if the donor has more rows than those columns, else by the lasso, its weight chosen by BIC.
 */
final class Imputation {
    private static final SolverOptions SOLVER = SolverOptions.DEFAULT.withTolerance(1e-5);
    private static final int LASSO_WEIGHTS = 20;

    private record Block(int[] predictors, int from, int to, double[] coefficients) {}

    private final int width;
    private final boolean[] common;
    private final List<Block> blocks = new ArrayList<>();

    Imputation(Pattern pattern, List<Pattern> all, int layer) {
        width = pattern.width();
        List<Pattern> used = new ArrayList<>();
        for (int s = 0; s < pattern.observed().length; s++) {
            if (!pattern.observed()[s]) {
                List<Pattern> donors = Pattern.donors(s, all);
                Pattern donor = donors.get(layer % donors.size());
                used.add(donor);
                boolean[] both = pattern.common(List.of(donor));
                int[] predictors = IntStream.range(0, width).filter(j -> both[j]).toArray();
                blocks.add(new Block(predictors, pattern.from()[s], pattern.from()[s + 1],
                        regress(donor, predictors, pattern.from()[s], pattern.from()[s + 1])));
            }
        }
        common = pattern.common(used);
    }

    /** The columns observed in the pattern and in all its donors. */
    boolean[] common() {
        return common;
    }

    /** Rows with the missing sources filled in. */
    double[] rows(double[] x, int rows) {
        double[] whole = x.clone();
        for (Block block : blocks) {
            int targets = block.to - block.from;
            for (int i = 0; i < rows; i++) {
                for (int c = 0; c < targets; c++) {
                    double sum = 0;
                    for (int j = 0; j < block.predictors.length; j++) {
                        sum += x[i * width + block.predictors[j]] * block.coefficients[j * targets + c];
                    }
                    whole[i * width + block.from + c] = sum;
                }
            }
        }
        return whole;
    }

    /** Coefficients, predictors x targets. The first predictor is the column of ones. */
    private static double[] regress(Pattern donor, int[] predictors, int from, int to) {
        int n = donor.y().length;
        int width = donor.width();
        double[] x = new double[n * predictors.length];
        double[] targets = new double[n * (to - from)];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < predictors.length; j++) {
                x[i * predictors.length + j] = donor.x()[i * width + predictors[j]];
            }
            System.arraycopy(donor.x(), i * width + from, targets, i * (to - from), to - from);
        }
        Tensor design = Tensor.of(Shape.of(n, predictors.length), x);
        Tensor wanted = Tensor.of(Shape.of(n, to - from), targets);
        return n > predictors.length ? LeastSquares.of(design, wanted).solution().doubles() : lasso(design, wanted);
    }

    private static double[] lasso(Tensor design, Tensor wanted) {
        int n = design.shape().rows();
        int p = design.shape().columns();
        int targets = wanted.shape().columns();
        // The column of ones is left out: a lasso's intercept is its own.
        Tensor predictors = Matrices.transpose(design);
        double[] without = Matrices.transpose(Tensor.of(Shape.of(p - 1, n), Arrays.copyOfRange(predictors.doubles(), n, p * n))).doubles();
        double[] coefficients = new double[p * targets];
        for (int c = 0; c < targets; c++) {
            double[] y = new double[n];
            for (int i = 0; i < n; i++) {
                y[i] = wanted.get(i, c);
            }
            GlmProblem problem = GlmProblem.of(Family.GAUSSIAN, Tensor.of(Shape.of(n, p - 1), without), y);
            GlmFit best = null;
            double bestCriterion = Double.POSITIVE_INFINITY;
            for (GlmFit fit : Glm.path(problem, 1, Glm.weights(problem, 1, LASSO_WEIGHTS, 0.01, SOLVER), SOLVER)) {
                double[] fitted = Glm.eta(problem, fit);
                double squares = IntStream.range(0, n).mapToDouble(i -> (y[i] - fitted[i]) * (y[i] - fitted[i])).sum();
                double criterion = n * intarsia.linalg.Elementary.log(Math.max(squares / n, 1e-300)) + fit.nonzeros() * intarsia.linalg.Elementary.log((double) n);
                if (criterion < bestCriterion) {
                    bestCriterion = criterion;
                    best = fit;
                }
            }
            coefficients[c] = best.intercept();
            for (int j = 1; j < p; j++) {
                coefficients[j * targets + c] = best.coefficients()[j - 1];
            }
        }
        return coefficients;
    }
}
