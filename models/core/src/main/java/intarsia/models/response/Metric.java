package intarsia.models.response;

import intarsia.linalg.Elementary;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** A figure of merit of predictions against the truth. */
public enum Metric {
    /**
     * Area under the ROC curve: the share of (1, 0) pairs that the prediction orders rightly, ties counting half; NaN if a class is missing
     * or a prediction is NaN. Of several classes the mean over those that are there, each against the others.
     */
    AUC("auc", "AUC", true) {
        @Override
        public double of(ResponseFamily family, double[] truth, double[] predicted) {
            int width = family.width();
            if (width == 1) {
                return area(truth, predicted);
            }
            return IntStream.range(0, width).mapToDouble(k -> area(
                    Arrays.stream(truth).map(y -> y == k ? 1 : 0).toArray(),
                    IntStream.range(0, truth.length).mapToDouble(row -> predicted[row * width + k]).toArray()))
                    .filter(area -> !Double.isNaN(area)).average().orElse(Double.NaN);
        }

        private static double area(double[] truth, double[] predicted) {
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
        public double of(ResponseFamily family, double[] truth, double[] predicted) {
            double sum = 0;
            for (int i = 0; i < truth.length; i++) {
                double p = family.width() > 1 ? predicted[i * family.width() + (int) truth[i]] : predicted[i];
                p = Math.min(1 - ResponseFamily.LEAST, Math.max(ResponseFamily.LEAST, p));
                sum -= Elementary.log(family.width() > 1 || truth[i] == 1 ? p : 1 - p);
            }
            return sum / truth.length;
        }
    },
    /** Mean squared difference of probability and response (Brier 1950). */
    BRIER("brier", "Brier", false) {
        @Override
        public double of(ResponseFamily family, double[] truth, double[] predicted) {
            double sum = 0;
            for (int i = 0; i < truth.length; i++) {
                sum += (truth[i] - predicted[i]) * (truth[i] - predicted[i]);
            }
            return sum / truth.length;
        }
    },
    /**
     * Share of rows whose most probable class is right; a probability of exactly one half counts as 1, of several classes as probable the
     * first counts.
     */
    ACCURACY("accuracy", "accuracy", true) {
        @Override
        public double of(ResponseFamily family, double[] truth, double[] predicted) {
            return IntStream.range(0, truth.length).filter(i -> family.width() > 1 ? likeliest(family, predicted, i) == truth[i]
                    : (predicted[i] >= 0.5) == (truth[i] == 1)).count() / (double) truth.length;
        }
    },
    /**
     * The mean over classes of F1, the harmonic mean of precision and recall of the most probable class; classes that are neither there nor
     * predicted do not count.
     */
    MACRO_F1("macroF1", "macro-F1", true) {
        @Override
        public double of(ResponseFamily family, double[] truth, double[] predicted) {
            int[] likeliest = IntStream.range(0, truth.length).map(row -> likeliest(family, predicted, row)).toArray();
            return IntStream.range(0, family.width()).mapToDouble(k -> {
                int right = 0;
                int either = 0;
                for (int row = 0; row < truth.length; row++) {
                    right += likeliest[row] == k && truth[row] == k ? 1 : 0;
                    either += (likeliest[row] == k ? 1 : 0) + (truth[row] == k ? 1 : 0);
                }
                return 2.0 * right / either;
            }).filter(f1 -> !Double.isNaN(f1)).average().orElse(Double.NaN);
        }
    },
    /** The mean distance in levels between the median of the predicted levels and the level. */
    LEVEL_ERROR("levelError", "mean absolute level", false) {
        @Override
        public double of(ResponseFamily family, double[] truth, double[] predicted) {
            return IntStream.range(0, truth.length).mapToDouble(row -> Math.abs(truth[row] - median(predicted, row, family.width())))
                    .average().orElse(Double.NaN);
        }
    },
    /**
     * Cohen's kappa with quadratic weights, of the median of the predicted levels: 1 - the squared distances in levels over those of levels
     * that have nothing to do with one another; NaN where all are the same.
     */
    KAPPA("kappa", "weighted kappa", true) {
        @Override
        public double of(ResponseFamily family, double[] truth, double[] predicted) {
            int n = truth.length;
            double seen = 0;
            double sum = 0;
            double sumOfMedians = 0;
            double squares = 0;
            for (int row = 0; row < n; row++) {
                int median = median(predicted, row, family.width());
                seen += (truth[row] - median) * (truth[row] - median);
                sum += truth[row];
                sumOfMedians += median;
                squares += truth[row] * truth[row] + (double) median * median;
            }
            double unrelated = squares - 2 * sum * sumOfMedians / n;
            return unrelated == 0 ? Double.NaN : 1 - seen / unrelated;
        }
    },
    /** The mean deviance, as the family has it. */
    DEVIANCE("deviance", "deviance", false) {
        @Override
        public double of(ResponseFamily family, double[] truth, double[] predicted) {
            int rows = truth.length / family.columns();
            return IntStream.range(0, rows).mapToDouble(row ->
                    family.deviance(truth, row * family.columns(), predicted, row * family.width()) / rows).sum();
        }
    },
    /** Root of the mean squared error, whatever the unit: squares neither overflow nor vanish. */
    RMSE("rmse", "RMSE", false) {
        @Override
        public double of(ResponseFamily family, double[] truth, double[] predicted) {
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
    /** Mean absolute error; of counts that of the rate times the exposure. */
    MAE("mae", "MAE", false) {
        @Override
        public double of(ResponseFamily family, double[] truth, double[] predicted) {
            int columns = family.columns();
            int rows = truth.length / columns;
            double mean = 0;
            for (int i = 0; i < rows; i++) {
                double exposure = columns > 1 ? truth[i * columns + 1] : 1;
                mean += Math.abs(truth[i * columns] / rows - exposure * predicted[i] / rows);
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
        public double of(ResponseFamily family, double[] truth, double[] predicted) {
            double mean = 0;
            for (double y : truth) {
                mean += y / truth.length;
            }
            double[] means = new double[truth.length];
            Arrays.fill(means, mean);
            boolean constant = Arrays.stream(truth).allMatch(y -> y == truth[0]);
            double ratio = RMSE.of(family, truth, predicted) / RMSE.of(family, truth, means);
            return constant ? Double.NaN : 1 - ratio * ratio;
        }
    },
    /** Harrell's concordance: the share of pairs of which the row with the higher predicted risk has its event first. */
    CONCORDANCE("concordance", "concordance", true) {
        @Override
        public double of(ResponseFamily family, double[] truth, double[] predicted) {
            return new SurvivalScores((Survival) family, truth, predicted).concordance(false);
        }
    },
    /** Uno's concordance until the last predicted time: pairs count by how probable it was to see them. */
    UNO("unoConcordance", "Uno's concordance", true) {
        @Override
        public double of(ResponseFamily family, double[] truth, double[] predicted) {
            return new SurvivalScores((Survival) family, truth, predicted).concordance(true);
        }
    },
    /** The integrated Brier score of predicted survival, weighted for censoring. */
    INTEGRATED_BRIER("integratedBrier", "integrated Brier", false) {
        @Override
        public double of(ResponseFamily family, double[] truth, double[] predicted) {
            return new SurvivalScores((Survival) family, truth, predicted).integratedBrier();
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

    /**
     * Its value for predictions of responses.
     *
     * @param family    one that has this metric
     * @param truth     responses, {@link ResponseFamily#columns} numbers each
     * @param predicted their predictions, {@link ResponseFamily#width} numbers each
     */
    public abstract double of(ResponseFamily family, double[] truth, double[] predicted);

    /** The same where responses and predictions are one number each. */
    public double of(double[] truth, double[] predicted) {
        return of(ResponseFamily.CONTINUOUS, truth, predicted);
    }

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

    private static int likeliest(ResponseFamily family, double[] predicted, int row) {
        return ResponseFamily.likeliest(predicted, row * family.width(), family.width());
    }

    /** The first level with at least half of the probability up to it. */
    private static int median(double[] predicted, int row, int width) {
        double sum = 0;
        for (int k = 0; k < width - 1; k++) {
            sum += predicted[row * width + k];
            if (sum >= 0.5) {
                return k;
            }
        }
        return width - 1;
    }
}
