package intarsia.linalg.tucker;

import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.DecompositionException;
import intarsia.linalg.decomposition.Scaled;
import intarsia.linalg.decomposition.SvdMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A Tucker decomposition of a tensor whose cells are not all known equally well, or not at all:
 * <pre>  min  sum_j w_j (a_j - a_hat_j)^2   over A_hat = [[G; U_0, ..., U_d]] of the ranks given</pre>
 *
 * <p>by majorization, which for weights of 0 and 1 is expectation-maximization (Kiers 1997; Srebro &amp; Jaakkola 2003): each sweep takes
 * {@code X = A_hat + w (A - A_hat)}, w scaled to at most 1, so that {@code ||X - M||^2} lies above the objective at any M and meets it at
 * A_hat, and improves the factors on X as {@link Tucker#hooi} does. It finds a local minimum; what the cells determine is up to them: of a
 * slice without any weight nothing is known.
 *
 * {@snippet class="intarsia.tutorial.HosvdTutorial" region="missing"}
 *
 * @param decomposition the core and the factors, whose columns are orthonormal
 * @param objective     at the start and after each sweep; never rising but for rounding. Infinite where squares of the cells are
 * @param converged     whether the last sweep gained no more than asked
 */
public record WeightedTucker(TuckerDecomposition decomposition, List<Double> objective, boolean converged) {
    /** Copies the list. */
    public WeightedTucker {
        objective = List.copyOf(objective);
    }

    /**
     * Fits it, from the {@link Tucker#hosvd} of the tensor whose unknown cells are the mean of the known ones. O(size(a) sum R_k) a sweep.
     *
     * @param a         the tensor; where a weight is 0 the number does not matter, and may be NaN
     * @param weights   one for each cell, at least 0, some of them positive
     * @param ranks     to be had, chosen at the start
     * @param method    how factors are found
     * @param maxSweeps limit
     * @param tolerance stop when a sweep lowers the objective by no more than this share of {@code sum_j w_j a_j^2}
     * @throws ShapeException         if the shapes differ, or ranks are such that factors cannot be improved
     * @throws DecompositionException if a weight is negative or not finite, all are 0, or a weighted cell is not finite
     */
    public static WeightedTucker of(Tensor a, Tensor weights, Ranks ranks, SvdMethod method, int maxSweeps, double tolerance) {
        if (maxSweeps < 0 || !(tolerance >= 0)) {
            throw new IllegalArgumentException("weighted tucker: maxSweeps " + maxSweeps + " and tolerance " + tolerance
                    + " may not be negative");
        }
        Weighted cells = Weighted.of(a, weights);
        TuckerFit start = Tucker.improvable("weighted tucker", Tucker.hosvd(cells.filledWithMean(), ranks, method));
        TuckerDecomposition best = start.decomposition();
        Tensor fitted = best.reconstruct();
        List<Double> objective = new ArrayList<>(List.of(cells.objective(fitted)));
        double enough = tolerance * cells.objective(Tensor.zeros(a.shape().sizes()));
        boolean converged = false;
        while (!converged && objective.size() <= maxSweeps) {
            Tensor x = cells.completed(fitted);
            List<Tensor> factors = Tucker.improved(x, best.factors(), method);
            TuckerDecomposition next = new TuckerDecomposition(Multilinear.contractAll(x, factors), factors);
            Tensor nextFitted = next.reconstruct();
            double reached = cells.objective(nextFitted);
            converged = objective.getLast() - reached <= enough;
            if (reached > objective.getLast()) {
                break;
            }
            objective.add(reached);
            best = next;
            fitted = nextFitted;
        }
        return cells.back(new WeightedTucker(best, objective, converged));
    }

    /** The cells scaled, those without weight set to 0, and the weights as shares of the largest. */
    private record Weighted(Scaled cells, Tensor weights, double largest) {
        static Weighted of(Tensor a, Tensor weights) {
            String words = "weighted tucker(" + a.shape() + ")";
            if (!weights.shape().equals(a.shape())) {
                throw new ShapeException(words + ": weights are " + weights.shape() + "; wants one for each cell");
            }
            Tensor known = a.copy();
            Tensor shares = weights.copy();
            double largest = 0;
            for (int j = 0; j < a.size(); j++) {
                double w = weights.at(j);
                if (!(w >= 0 && w <= Double.MAX_VALUE)) {
                    throw new DecompositionException(words + ": weight " + j + " is " + w + "; must be finite and not negative");
                }
                if (w > 0 && !Double.isFinite(a.at(j))) {
                    throw new DecompositionException(words + ": cell " + j + " is " + a.at(j) + " and has weight " + w
                            + "; only cells of weight 0 may be missing");
                }
                known.doubles()[j] = w > 0 ? a.at(j) : 0;
                largest = Math.max(largest, w);
            }
            if (largest == 0) {
                throw new DecompositionException(words + ": no cell has a weight");
            }
            for (int j = 0; j < shares.size(); j++) {
                shares.doubles()[j] /= largest;
            }
            return new Weighted(Scaled.of(known), shares, largest);
        }

        /** In the units of the cells and weights given. */
        WeightedTucker back(WeightedTucker found) {
            Tensor core = cells.back("weighted tucker(" + a().shape() + "): a number of the core", found.decomposition.core());
            return new WeightedTucker(new TuckerDecomposition(core, found.decomposition.factors()),
                    found.objective.stream().map(sum -> cells.back(cells.back(largest * sum))).toList(), found.converged);
        }

        Tensor a() {
            return cells.numbers();
        }

        Tensor filledWithMean() {
            double sum = 0;
            double all = 0;
            for (int j = 0; j < weights.size(); j++) {
                sum = Math.fma(weights.at(j), a().at(j), sum);
                all += weights.at(j);
            }
            Tensor mean = Tensor.zeros(weights.shape().sizes());
            Arrays.fill(mean.doubles(), sum / all);
            return completed(mean);
        }

        Tensor completed(Tensor fitted) {
            Tensor x = fitted.copy();
            for (int j = 0; j < x.size(); j++) {
                x.doubles()[j] = Math.fma(weights.at(j), a().at(j) - fitted.at(j), fitted.at(j));
            }
            return x;
        }

        double objective(Tensor fitted) {
            double sum = 0;
            for (int j = 0; j < weights.size(); j++) {
                double d = a().at(j) - fitted.at(j);
                sum = Math.fma(weights.at(j) * d, d, sum);
            }
            return sum;
        }
    }
}
