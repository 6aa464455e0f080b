package intarsia.optim.solve;

import intarsia.linalg.Elementary;
import intarsia.linalg.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Times to an event in K intervals: proportional hazards of which only the interval is known (Kalbfleisch &amp; Prentice 1973), the binary
 * regression with a complementary log-log link of a line for each row and interval that it was seen in (Prentice &amp; Gloeckler 1978):
 *
 * <pre>
 * P(event in interval k | none before) = 1 - exp(-exp(a_sk + x_i' b)),   s the row's stratum
 * </pre>
 *
 * <p>The free parameters are a_sk, of each stratum and interval in which some row of weight has its event; where none has, the hazard is 0
 * and a_sk minus infinity. Where all rows seen in one have their events, its hazard has no limit, and the outcome is
 * {@link SolverOutcome#NO_MINIMUM}: add part of a row that survives it.
 *
 * @param predictors x_i [n x p]
 * @param from       the first interval in which a row was seen [n]
 * @param to         the interval after the last that it survived [n]; {@code from = to} for none
 * @param events     whether it has its event in interval {@code to} [n]
 * @param intervals  K
 * @param strata     s [n], from 0
 * @param weights    w [n]
 */
public record GroupedHazards(Tensor predictors, int[] from, int[] to, boolean[] events, int intervals, int[] strata, double[] weights)
        implements LinearModel {
    /** exp(-u) is 0 from here. */
    private static final double LARGEST = 745;
    private static final double SMALL = 1e-5;

    /** Checks sizes and ranges. */
    public GroupedHazards {
        LinearModel.check("grouped hazards", predictors, from.length, weights);
        if (to.length != from.length || events.length != from.length || strata.length != from.length) {
            throw new IllegalArgumentException("grouped hazards: " + from.length + " first intervals, " + to.length + " last ones, "
                    + events.length + " events and " + strata.length + " strata: wants as many of each");
        }
        for (int i = 0; i < from.length; i++) {
            if (from[i] < 0 || to[i] < from[i] || to[i] + (events[i] ? 1 : 0) > intervals || strata[i] < 0) {
                throw new IllegalArgumentException("grouped hazards: row " + i + " survives intervals " + from[i] + " to before " + to[i]
                        + (events[i] ? ", where it has its event, " : " ") + "in stratum " + strata[i] + "; there are intervals 0 to "
                        + (intervals - 1) + ", strata from 0");
            }
        }
    }

    @Override
    public LinearFit fit(double ridge, SolverOptions options) {
        LinearFit fit = RidgeNewton.fit(this, loss(), ridge, options);
        double[] all = new double[(Arrays.stream(strata).max().orElse(-1) + 1) * intervals];
        int[] index = index();
        Arrays.setAll(all, k -> index[k] < 0 ? Double.NEGATIVE_INFINITY : fit.intercepts()[index[k]]);
        return new LinearFit(fit.coefficients(), all, fit.objective(), fit.gap(), fit.iterations(), fit.outcome());
    }

    /** {@code u / (exp(u) - 1)}, 1 at 0: minus the derivative by log u of an event's loss {@code -log(1 - exp(-u))}. */
    public static double eventSlope(double u) {
        return u == 0 ? 1 : u > LARGEST ? 0 : u * Elementary.exp(-u) / CumulativeLogitLoss.below(u);
    }

    /** The second derivative. */
    public static double eventCurvature(double u) {
        double slope = eventSlope(u);
        return slope * (u < SMALL ? u / 2 + u * u / 12 : slope + u - 1);
    }

    GroupedHazardsLoss loss() {
        return new GroupedHazardsLoss(this, index());
    }

    /** The place of each a_sk among the free parameters; -1 where no row has its event. */
    private int[] index() {
        int[] index = new int[(Arrays.stream(strata).max().orElse(-1) + 1) * intervals];
        Arrays.fill(index, -1);
        IntStream.range(0, to.length).filter(i -> events[i] && weights[i] > 0).forEach(i -> index[strata[i] * intervals + to[i]] = 0);
        int free = 0;
        for (int k = 0; k < index.length; k++) {
            index[k] = index[k] < 0 ? -1 : free++;
        }
        return index;
    }
}
