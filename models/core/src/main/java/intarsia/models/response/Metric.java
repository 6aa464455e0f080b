package intarsia.models.response;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** A figure of merit of predictions against the truth. */
public enum Metric {
    /**
     * Area under the ROC curve: the share of (1, 0) pairs that the prediction orders rightly, ties counting half; NaN if a class is missing
     * or a prediction is NaN.
     */
    AUC("auc", "AUC", true) {
        @Override
        public double of(double[] truth, double[] predicted) {
            if (Arrays.stream(predicted).anyMatch(Double::isNaN)) {
                return Double.NaN;
            }
            Integer[] order = IntStream.range(0, truth.length).boxed().toArray(Integer[]::new);
            Arrays.sort(order, Comparator.comparingDouble(i -> predicted[i]));
            double ranks = 0;
            long positives = 0;
            for (int from = 0; from < order.length;) {
                int to = from;
                while (to < order.length && predicted[order[to]] == predicted[order[from]]) {
                    to++;
                }
                for (int i = from; i < to; i++) {
                    if (truth[order[i]] == 1) {
                        ranks += (from + 1 + to) / 2.0;
                        positives++;
                    }
                }
                from = to;
            }
            long negatives = truth.length - positives;
            return positives == 0 || negatives == 0 ? Double.NaN
                    : (ranks - positives * (positives + 1) / 2.0) / (positives * (double) negatives);
        }
    },
    /** Mean negative log-likelihood, in nats; probabilities are kept 1e-15 away from 0 and 1. */
    LOG_LOSS("logLoss", "log loss", false) {
        @Override
        public double of(double[] truth, double[] predicted) {
            double sum = 0;
            for (int i = 0; i < truth.length; i++) {
                double p = Math.min(1 - 1e-15, Math.max(1e-15, predicted[i]));
                sum -= intarsia.linalg.Elementary.log(truth[i] == 1 ? p : 1 - p);
            }
            return sum / truth.length;
        }
    },
    /** Share of rows whose more probable class is right; a probability of exactly one half counts as 1. */
    ACCURACY("accuracy", "accuracy", true) {
        @Override
        public double of(double[] truth, double[] predicted) {
            return IntStream.range(0, truth.length).filter(i -> (predicted[i] >= 0.5) == (truth[i] == 1)).count() / (double) truth.length;
        }
    },
    /** Root of the mean squared error, whatever the unit: squares neither overflow nor vanish. */
    RMSE("rmse", "RMSE", false) {
        @Override
        public double of(double[] truth, double[] predicted) {
            double largest = Double.MIN_NORMAL;
            for (int i = 0; i < truth.length; i++) {
                largest = Math.max(largest, Math.abs(truth[i] - predicted[i]));
            }
            int exponent = Math.getExponent(largest);
            double sum = 0;
            for (int i = 0; i < truth.length; i++) {
                double error = Math.scalb(truth[i] - predicted[i], -exponent);
                sum += error * error;
            }
            return Math.scalb(Math.sqrt(sum / truth.length), exponent);
        }
    };

    private final String key;
    private final String label;
    private final boolean higherIsBetter;

    Metric(String key, String label, boolean higherIsBetter) {
        this.key = key;
        this.label = label;
        this.higherIsBetter = higherIsBetter;
    }

    /** Its value for predictions of these responses. */
    public abstract double of(double[] truth, double[] predicted);

    /** Its name in files. */
    public String key() {
        return key;
    }

    /** Its name for people. */
    public String label() {
        return label;
    }

    /** Whether more is better. */
    public boolean higherIsBetter() {
        return higherIsBetter;
    }
}
