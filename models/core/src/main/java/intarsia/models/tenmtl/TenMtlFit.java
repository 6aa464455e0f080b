package intarsia.models.tenmtl;

import java.util.List;

/**
 * A fitted TenMTL and how it was found.
 *
 * @param options      what it was fitted with, the ranks as they were for these data
 * @param parameters   core and factors of B, of each modality, U_0 [individuals x R_0] first (its column 0 is the common one, if there is
 *                     one), normalized: columns of U_1 .. have norm 1, those of U_0 mean square 1
 * @param coefficients the individuals' models
 * @param objective    reached by the best start
 * @param dispersion   of Gaussian responses, the mean over individuals of the mean squared residual; 1 of binomial ones
 * @param starts       all starts, the local one first
 * @param best         the number of the start that ended lowest
 * @param violation    the largest violation of the objective's first-order conditions where it ended ({@link BlockProblem#violation}), over
 *                     all numbers of core, factors and intercepts; 0 at a stationary point. Without lasso it is a slope over about the
 *                     largest that it can have at coefficients of 0: at 1e-4, a ten-thousandth is left. Independent of units
 */
public record TenMtlFit(TenMtl options, CoupledTucker parameters, PersonalCoefficients coefficients, double objective,
        double dispersion, List<Start> starts, int best, double violation) {
    /**
     * One start.
     *
     * @param name      "local" or "random 1", ...
     * @param objective at the start and after each sweep; never rising
     * @param converged whether it ended by the tolerance, not by the limit of sweeps
     * @param distance  of its coefficients from those of the start that ended lowest: {@code ||B - B_best|| / ||B_best||}
     */
    public record Start(String name, List<Double> objective, boolean converged, double distance) {
        /** The objective it ended at. */
        public double end() {
            return objective.getLast();
        }

        /** How many sweeps it took. */
        public int sweeps() {
            return objective.size() - 1;
        }
    }

    /** Copies the list. */
    public TenMtlFit {
        starts = List.copyOf(starts);
    }

    /** The start that ended lowest. */
    public Start bestStart() {
        return starts.get(best);
    }

    /** How far apart the starts ended: the largest objective less the smallest, relative to the smallest. */
    public double spread() {
        double worst = starts.stream().mapToDouble(Start::end).max().orElse(objective);
        return objective == 0 ? 0 : (worst - objective) / objective;
    }
}
