package intarsia.optim.solve;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The Gaussian problem: one quadratic for as many penalties as are asked for, each solution the start of the next. A working set grows by
 * the coordinates that break their optimality condition until the duality gap is small enough.
 */
final class WeightedLeastSquares {
    private final GlmProblem problem;
    private final Design design;
    private final Quadratic quadratic;
    private final double[] b;
    private final double responseMean;
    private final double nullLoss;

    WeightedLeastSquares(GlmProblem problem, double[] start) {
        this.problem = problem;
        this.design = Design.of(problem);
        this.quadratic = Quadratic.of(design, problem.weights(), problem.intercept());
        this.b = start.clone();
        double[] w = problem.weights();
        double total = Arrays.stream(w).sum();
        double mean = 0;
        for (int i = 0; problem.intercept() && i < w.length; i++) {
            mean += w[i] / total * (problem.response()[i] - problem.offsets()[i]);
        }
        this.responseMean = mean;
        double[] residual = new double[w.length];
        double squares = 0;
        for (int i = 0; i < w.length; i++) {
            residual[i] = problem.response()[i] - problem.offsets()[i] - mean;
            squares += w[i] * residual[i] * residual[i];
        }
        this.nullLoss = squares / 2;
        for (int j = 0; j < b.length; j++) {
            b[j] = quadratic.curvature(j) == 0 ? 0 : b[j];
            if (b[j] != 0) {
                design.addColumn(j, -b[j], residual);
            }
        }
        for (int i = 0; i < w.length; i++) {
            residual[i] *= w[i];
        }
        quadratic.start(residual);
    }

    /** The solution for a penalty of each coefficient, from wherever the last one ended. */
    GlmFit fit(double[] l1, double[] l2, SolverOptions options) {
        int p = b.length;
        CoordinateDescent descent = new CoordinateDescent(quadratic, l1, l2, b);
        double enough = options.tolerance() * nullLoss;
        double within = enough;
        int passes = 0;
        double gap;
        int[] working = null;
        int[] unthresholded = IntStream.range(0, p).filter(j -> l1[j] == 0).toArray();
        if (unthresholded.length > 0) {
            // without l1 the gap is an estimate, good only after a step over such coordinates at once
            passes = descent.minimize(unthresholded, within, options.maxIterations());
        }
        while (true) {
            double[] slopes = IntStream.range(0, p).mapToDouble(quadratic::slope).toArray();
            double scale = Duality.scale(slopes, l1, l2);
            gap = (1 - scale) * (1 - scale) / 2 * quadratic.squaredResidual()
                    + Duality.penaltyPart(b, slopes, quadratic.moments().curvatures(), l1, l2, scale);
            if (gap <= enough || passes >= options.maxIterations()) {
                break;
            }
            int[] next = IntStream.range(0, p).filter(j -> b[j] != 0 || Math.abs(slopes[j]) > l1[j]).toArray();
            within = Arrays.equals(next, working) ? within / 10 : within;
            working = next;
            passes += descent.minimize(working, within, options.maxIterations() - passes);
            if (within < 1e-20 * enough) {
                break;
            }
        }
        return result(l1, l2, gap, passes, gap <= enough ? SolverOutcome.CONVERGED : SolverOutcome.LIMIT_REACHED);
    }

    private GlmFit result(double[] l1, double[] l2, double gap, int passes, SolverOutcome outcome) {
        double[] w = problem.weights();
        double[] residual = new double[w.length];
        for (int i = 0; i < w.length; i++) {
            residual[i] = problem.response()[i] - problem.offsets()[i] - responseMean;
        }
        double intercept = responseMean;
        for (int j = 0; j < b.length; j++) {
            if (b[j] != 0) {
                design.addColumn(j, -b[j], residual);
                intercept -= design.centers[j] * b[j];
            }
        }
        double loss = 0;
        for (int i = 0; i < w.length; i++) {
            loss += w[i] / 2 * residual[i] * residual[i];
        }
        return new GlmFit(intercept, b.clone(), loss + Duality.penalty(b, l1, l2), gap, passes, outcome);
    }
}
