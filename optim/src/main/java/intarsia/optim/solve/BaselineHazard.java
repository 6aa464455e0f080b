package intarsia.optim.solve;

import intarsia.linalg.Elementary;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The cumulative baseline hazard of each stratum, a step function: {@code Lambda_s(t) = sum_(u <= t) W_u / R_u} over the times u of events,
 * with W_u the events' weight and R_u the sum of {@code w_i exp(eta_i)} over the rows at risk (Breslow 1974; with eta = 0 that of Nelson
 * and Aalen). A row then survives time t with probability {@code exp(-Lambda_s(t) exp(eta))}.
 *
 * @param strata     of each step, in increasing order
 * @param times      of the steps, increasing in each stratum
 * @param cumulative the hazard from each step on
 */
public record BaselineHazard(int[] strata, double[] times, double[] cumulative) {
    /** Breslow's estimate for linear predictors [n], such as those of a fit; all 0 for Nelson and Aalen's. */
    public static BaselineHazard of(Cox cox, double... eta) {
        if (eta.length != cox.times().length) {
            throw new IllegalArgumentException("baseline hazard: " + eta.length + " linear predictors for " + cox.times().length + " rows");
        }
        RiskSets sets = RiskSets.of(cox);
        double highest = IntStream.range(0, eta.length).filter(sets::everAtRisk).mapToDouble(i -> eta[i]).max().orElse(0);
        double[] risks = new double[eta.length];
        for (int i = 0; i < eta.length; i++) {
            risks[i] = sets.everAtRisk(i) ? cox.weights()[i] * Elementary.exp(eta[i] - highest) : 0;
        }
        double[] atRisk = sets.overRows(risks, 1);
        double[] cumulative = new double[sets.times()];
        for (int t = 0; t < cumulative.length; t++) {
            double dying = Arrays.stream(sets.deaths[t]).mapToDouble(i -> cox.weights()[i]).sum();
            boolean firstOfStratum = t == 0 || sets.stratum[t] != sets.stratum[t - 1];
            cumulative[t] = (firstOfStratum ? 0 : cumulative[t - 1]) + dying / atRisk[t] * Elementary.exp(-highest);
        }
        return new BaselineHazard(sets.stratum, sets.time, cumulative);
    }

    /** The cumulative hazard of a stratum at any time: 0 before its first event, and for strata without one. */
    public double at(int stratum, double time) {
        int low = 0;
        int high = times.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (strata[middle] < stratum || strata[middle] == stratum && times[middle] <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low > 0 && strata[low - 1] == stratum ? cumulative[low - 1] : 0;
    }

    /** The probability to survive a time, {@code exp(-Lambda_s(t) exp(eta))}. */
    public double survival(int stratum, double time, double eta) {
        double hazard = at(stratum, time);
        return hazard == 0 ? 1 : Elementary.exp(-hazard * Elementary.exp(eta));
    }
}
