package intarsia.models.mbi;

import intarsia.linalg.Elementary;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.LeastSquares;
import intarsia.linalg.decomposition.Matrices;
import intarsia.optim.solve.Family;
import intarsia.optim.solve.Glm;
import intarsia.optim.solve.GlmFit;
import intarsia.optim.solve.GlmProblem;
import intarsia.optim.solve.SolverOutcome;
import intarsia.optim.solve.SolverOptions;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A missing source's regression in a donor's rows: least squares if there are more rows than predictors, else a lasso for each column, its
 * penalty weight chosen by BIC.
 *
 * @param coefficients predictors x targets; the first predictor is the column of ones
 * @param converged    whether all of the lassos chosen did
 */
record BlockRegression(Tensor coefficients, boolean converged) {
    private static final SolverOptions SOLVER = SolverOptions.DEFAULT.withTolerance(1e-5);
    private static final int LASSO_WEIGHTS = 20;
    private static final double SMALLEST_WEIGHT = 0.01;
    /** Residuals below this share of the response's variance are rounding: BIC does not reward smaller ones. */
    private static final double ROUNDING = 0x1p-96;

    static BlockRegression of(PatternRows donor, Imputation.Block block) {
        int n = donor.y().length;
        int p = block.predictors().length;
        int width = donor.x().length / n;
        double[] x = new double[n * p];
        double[] targets = new double[n * block.targets()];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < p; j++) {
                x[i * p + j] = donor.x()[i * width + block.predictors()[j]];
            }
            System.arraycopy(donor.x(), i * width + block.from(), targets, i * block.targets(), block.targets());
        }
        Tensor design = Tensor.of(Shape.of(n, p), x);
        Tensor wanted = Tensor.of(Shape.of(n, block.targets()), targets);
        return n > p ? new BlockRegression(LeastSquares.of(design, wanted).solution(), true) : lassos(design, wanted);
    }

    private static BlockRegression lassos(Tensor design, Tensor wanted) {
        int n = design.shape().rows();
        int p = design.shape().columns();
        int targets = wanted.shape().columns();
        // The column of ones is left out: a lasso has its own intercept.
        double[] byColumn = Matrices.transpose(design).doubles();
        Tensor predictors = Matrices.transpose(Tensor.of(Shape.of(p - 1, n), Arrays.copyOfRange(byColumn, n, p * n)));
        double[] coefficients = new double[p * targets];
        boolean converged = true;
        for (int c = 0; c < targets; c++) {
            int target = c;
            GlmFit best = lasso(predictors, IntStream.range(0, n).mapToDouble(i -> wanted.get(i, target)).toArray());
            converged &= best.outcome() == SolverOutcome.CONVERGED;
            coefficients[c] = best.intercept();
            for (int j = 1; j < p; j++) {
                coefficients[j * targets + c] = best.coefficients()[j - 1];
            }
        }
        return new BlockRegression(Tensor.of(Shape.of(p, targets), coefficients), converged);
    }

    /** The fit of smallest BIC. */
    private static GlmFit lasso(Tensor predictors, double[] y) {
        int n = y.length;
        GlmProblem problem = GlmProblem.of(Family.GAUSSIAN, predictors, y);
        double mean = Arrays.stream(y).average().orElseThrow();
        double smallest = ROUNDING * Arrays.stream(y).map(v -> (v - mean) * (v - mean)).sum() / n;
        GlmFit best = null;
        double bestCriterion = Double.POSITIVE_INFINITY;
        for (GlmFit fit : Glm.path(problem, 1, Glm.weights(problem, 1, LASSO_WEIGHTS, SMALLEST_WEIGHT, SOLVER), SOLVER)) {
            double[] fitted = Glm.eta(problem, fit);
            double squares = IntStream.range(0, n).mapToDouble(i -> (y[i] - fitted[i]) * (y[i] - fitted[i])).sum();
            double criterion = n * Elementary.log(Math.max(squares / n, smallest)) + fit.nonzeros() * Elementary.log((double) n);
            if (best == null || criterion < bestCriterion) {
                bestCriterion = criterion;
                best = fit;
            }
        }
        return best;
    }
}
