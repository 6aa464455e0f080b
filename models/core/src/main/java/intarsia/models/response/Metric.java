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
    /** Mean squared difference of probability and response (Brier 1950). */
    BRIER("brier", "Brier", false) {
        @Override
        public double of(double[] truth, double[] predicted) {
            double sum = 0;
            for (int i = 0; i < truth.length; i++) {
                sum += (truth[i] - predicted[i]) * (truth[i] - predicted[i]);
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
    },
    /** Mean absolute error. */
    MAE("mae", "MAE", false) {
        @Override
        public double of(double[] truth, double[] predicted) {
            double mean = 0;
            for (int i = 0; i < truth.length; i++) {
                mean += Math.abs(truth[i] / truth.length - predicted[i] / truth.length);
            }
            return mean;
        }
    },
    /**
     * The share of the responses' variance that predictions explain: one minus the squared errors over those of the rows' own mean; below 0
     * where that mean predicts better. NaN where all responses are the same.
     */
    R2("r2", "R2", true) {
        @Override
        public double of(double[] truth, double[] predicted) {
            double mean = 0;
            for (double y : truth) {
                mean += y / truth.length;
            }
            double[] means = new double[truth.length];
            Arrays.fill(means, mean);
            boolean constant = Arrays.stream(truth).allMatch(y -> y == truth[0]);
            double ratio = RMSE.of(truth, predicted) / RMSE.of(truth, means);
            return constant ? Double.NaN : 1 - ratio * ratio;
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
