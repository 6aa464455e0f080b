package intarsia.optim.solve;

import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import java.util.Arrays;

/**
 * Proportional hazards (Cox 1972): in its stratum, a row has the hazard {@code lambda_s(t) exp(x_i' b)} and is at risk at times above its
 * entry, up to and including its time. The loss is the negative logarithm of the partial likelihood,
 * <pre>  sum_t (W_t / d_t) sum_(l &lt; d_t) log(R_t - (l / d_t) D_t) - sum_(i: event) w_i eta_i,</pre>
 * over the times t of d_t events (in each stratum), with R_t and D_t the sums of {@code w_i exp(eta_i)} over the rows at risk and over
 * those with an event, and W_t the weight of the latter: the approximation of Efron (1977) for tied times, with case weights as in R's
 * survival. That of Breslow (1974) has R_t alone in the logarithm; only with it a weight of 2 is two equal rows.
 *
 * <p>Where no row with weight has an event the loss is 0, and so are the coefficients. Rows censored before the first event count for
 * nothing.
 *
 * @param predictors x_i [n x p]
 * @param times      when rows leave [n]
 * @param events     whether with the event [n]
 * @param entries    when rows enter [n], each before its time; negative infinity for from the start
 * @param strata     the stratum of each row [n], any numbers
 * @param ties       how tied events count
 * @param weights    w [n]
 */
public record Cox(Tensor predictors, double[] times, boolean[] events, double[] entries, int[] strata, Ties ties, double[] weights)
        implements SparseModel {
    /** How events at the same time count. */
    public enum Ties { EFRON, BRESLOW }

    /** Checks sizes and ranges. */
    public Cox {
        LinearModel.check("cox", predictors, times.length, weights);
        int n = times.length;
        if (events.length != n || entries.length != n || strata.length != n) {
            throw new ShapeException("cox: " + events.length + " events, " + entries.length + " entries and "
                    + strata.length + " strata for " + n + " rows");
        }
        for (int i = 0; i < n; i++) {
            if (!Double.isFinite(times[i])) {
                throw new IllegalArgumentException("cox: time " + i + " is " + times[i] + "; must be finite");
            }
            if (!(entries[i] < times[i])) {
                throw new IllegalArgumentException("cox: row " + i + " enters at " + entries[i] + " and leaves at " + times[i]
                        + "; must leave later");
            }
        }
    }

    /** Rows of weight 1/n in one stratum, all at risk from the start, with Efron's ties. */
    public static Cox of(Tensor predictors, double[] times, boolean[] events) {
        double[] weights = new double[times.length];
        Arrays.fill(weights, 1.0 / times.length);
        double[] entries = new double[times.length];
        Arrays.fill(entries, Double.NEGATIVE_INFINITY);
        return new Cox(predictors, times, events, entries, new int[times.length], Ties.EFRON, weights);
    }

    /** Other weights. */
    public Cox withWeights(double... other) {
        return new Cox(predictors, times, events, entries, strata, ties, other);
    }

    /** Times of entry. */
    public Cox withEntries(double... other) {
        return new Cox(predictors, times, events, other, strata, ties, weights);
    }

    /** Strata. */
    public Cox withStrata(int... other) {
        return new Cox(predictors, times, events, entries, other, ties, weights);
    }

    /** Another approximation for tied events. */
    public Cox withTies(Ties other) {
        return new Cox(predictors, times, events, entries, strata, other, weights);
    }

    @Override
    public LinearFit fit(double ridge, SolverOptions options) {
        return RidgeNewton.fit(this, loss(), ridge, options);
    }

    CoxLoss loss() {
        return new CoxLoss(RiskSets.of(this), ties, weights);
    }
}
