package intarsia.models.sharing;

import intarsia.linalg.RandomStream;
import java.util.Arrays;
import java.util.List;

/**
 * Several choices against a first one by the same rows, and what the best of them gains by chance; formulas are {@link AnchorChoice}'s.
 * O(choices rows flips).
 *
 * @param gains  of each choice, p corrected for their number; the first one's is 0 and 1
 * @param chance mean over flips of the largest gain, the first one's included
 */
record BestGain(List<SharingGain.Gain> gains, double chance) {
    /**
     * Finds them.
     *
     * @param differences for each choice its rows' deviances minus the first one's, in shares; all 0 for the first
     * @param flips       of signs, at least 1
     */
    static BestGain of(List<double[]> differences, int flips, RandomStream random) {
        double[][] all = differences.toArray(double[][]::new);
        int rows = all[0].length;
        double[] largest = new double[flips];
        Arrays.setAll(largest, b -> Arrays.stream(LeftOutDeviances.flipped(random, all)).map(sum -> -sum / rows).max().orElseThrow());
        return new BestGain(differences.stream().map(of -> {
            double gain = 0 - Arrays.stream(of).sum() / rows;
            long extreme = Arrays.stream(largest).filter(by -> by >= gain - 1e-12).count();
            return new SharingGain.Gain(gain, (1.0 + extreme) / (1 + flips));
        }).toList(), Math.max(0, Arrays.stream(largest).average().orElseThrow()));
    }
}
