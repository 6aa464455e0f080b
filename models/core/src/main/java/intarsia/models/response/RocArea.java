package intarsia.models.response;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The area under a ROC curve. */
final class RocArea {
    private RocArea() {}

    /** Of ones against others, by weights; ties count half. NaN if either is missing or a prediction is NaN. */
    static double of(double[] truth, double[] weights, double[] predicted) {
        if (Arrays.stream(predicted).anyMatch(Double::isNaN)) {
            return Double.NaN;
        }
        Integer[] order = IntStream.range(0, truth.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> predicted[i]));
        double right = 0;
        double positives = 0;
        double negatives = 0;
        for (int from = 0; from < order.length;) {
            int to = from;
            while (to < order.length && predicted[order[to]] == predicted[order[from]]) {
                to++;
            }
            double ones = 0;
            double zeros = 0;
            for (int i = from; i < to; i++) {
                ones += truth[order[i]] == 1 ? weights[order[i]] : 0;
                zeros += truth[order[i]] == 1 ? 0 : weights[order[i]];
            }
            right += ones * (negatives + zeros / 2);
            positives += ones;
            negatives += zeros;
            from = to;
        }
        return positives == 0 || negatives == 0 ? Double.NaN : right / (positives * negatives);
    }
}
