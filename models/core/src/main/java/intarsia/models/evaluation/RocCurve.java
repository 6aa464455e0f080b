package intarsia.models.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The receiver operating characteristic: for every threshold, which share of the ones is above it (sensitivity) against which share of the
 * zeros (one minus specificity). Rows with the same prediction are one step, straight across, so that the area is the AUC, in which ties
 * count half.
 *
 * @param falsePositives shares of zeros, rising from 0 to 1
 * @param truePositives  shares of ones, rising from 0 to 1
 */
public record RocCurve(double[] falsePositives, double[] truePositives) {
    /**
     * Of some predictions. O(n log n).
     *
     * @param truth   0 or 1
     * @param weights how much each row counts
     * @return null if a class is missing, or a prediction is NaN
     */
    public static RocCurve of(double[] truth, double[] weights, double[] predicted) {
        double ones = IntStream.range(0, truth.length).filter(i -> truth[i] == 1).mapToDouble(i -> weights[i]).sum();
        double zeros = IntStream.range(0, truth.length).filter(i -> truth[i] != 1).mapToDouble(i -> weights[i]).sum();
        if (ones == 0 || zeros == 0 || Arrays.stream(predicted).anyMatch(Double::isNaN)) {
            return null;
        }
        int[] order = IntStream.range(0, truth.length).boxed().sorted(Comparator.comparingDouble(i -> -predicted[i]))
                .mapToInt(Integer::intValue).toArray();
        double[] x = new double[truth.length + 1];
        double[] y = new double[truth.length + 1];
        int points = 1;
        double above = 0;
        double below = 0;
        for (int i = 0; i < order.length; i++) {
            above += truth[order[i]] == 1 ? weights[order[i]] : 0;
            below += truth[order[i]] == 1 ? 0 : weights[order[i]];
            if (i == order.length - 1 || predicted[order[i]] != predicted[order[i + 1]]) {
                boolean last = i == order.length - 1;
                x[points] = last ? 1 : below / zeros;
                y[points++] = last ? 1 : above / ones;
            }
        }
        return new RocCurve(Arrays.copyOf(x, points), Arrays.copyOf(y, points));
    }

    /** The area under it. */
    public double area() {
        double area = 0;
        for (int i = 1; i < falsePositives.length; i++) {
            area += (falsePositives[i] - falsePositives[i - 1]) * (truePositives[i] + truePositives[i - 1]) / 2;
        }
        return area;
    }

    /** Its height at a share of zeros: the upper end where it rises straight up, straight between points. */
    public double at(double share) {
        int after = 0;
        while (after < falsePositives.length && falsePositives[after] <= share) {
            after++;
        }
        if (after == falsePositives.length) {
            return 1;
        }
        double wide = falsePositives[after] - falsePositives[after - 1];
        return truePositives[after - 1] + (share - falsePositives[after - 1]) / wide * (truePositives[after] - truePositives[after - 1]);
    }

    /**
     * The mean of curves and their quantiles 0.025 and 0.975, at these shares of zeros (vertical averaging, Fawcett 2006).
     *
     * @return rows mean, low, high
     */
    public static double[][] averaged(List<RocCurve> curves, double[] shares) {
        double[][] averaged = new double[3][shares.length];
        for (int i = 0; i < shares.length; i++) {
            double share = shares[i];
            double[] heights = curves.stream().mapToDouble(curve -> curve.at(share)).sorted().toArray();
            averaged[0][i] = Arrays.stream(heights).average().orElse(Double.NaN);
            averaged[1][i] = Summary.quantile(heights, 0.025);
            averaged[2][i] = Summary.quantile(heights, 0.975);
        }
        return averaged;
    }
}
