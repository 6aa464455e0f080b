package intarsia.models.response;

import intarsia.linalg.Elementary;
import intarsia.optim.solve.NegativeBinomial;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A figure of merit of predictions against the truth, every row by its weight. */
public enum Metric {
    /**
     * Area under the ROC curve: the share of (1, 0) pairs that the prediction orders rightly, ties counting half; NaN if a class is missing
     * or a prediction is NaN. Of several classes the mean over those that are there, each against the others.
     */
    AUC("auc", "AUC", true) {
        @Override
        double measure(ResponseFamily family, double[] truth, double[] weights, double[] predicted) {
            int width = family.width();
            if (width == 1) {
                return RocArea.of(truth, weights, predicted);
            }
            return IntStream.range(0, width).mapToDouble(k -> RocArea.of(
                    Arrays.stream(truth).map(y -> y == k ? 1 : 0).toArray(), weights,
                    IntStream.range(0, truth.length).mapToDouble(row -> predicted[row * width + k]).toArray()))
                    .filter(area -> !Double.isNaN(area)).average().orElse(Double.NaN);
        }
    },
    /** Mean negative log-likelihood, in nats; probabilities are kept 1e-15 away from 0 and 1. */
    LOG_LOSS("logLoss", "log loss", false) {
        @Override
        double measure(ResponseFamily family, double[] truth, double[] weights, double[] predicted) {
            double sum = 0;
            for (int i = 0; i < truth.length; i++) {
                double p = family.width() > 1 ? predicted[i * family.width() + (int) truth[i]] : predicted[i];
                p = Math.min(1 - ResponseFamily.LEAST, Math.max(ResponseFamily.LEAST, p));
                sum -= weights[i] * Elementary.log(family.width() > 1 || truth[i] == 1 ? p : 1 - p);
            }
            return sum / total(weights);
        }
    },
    /** Mean squared difference of probability and response (Brier 1950). */
    BRIER("brier", "Brier", false) {
        @Override
        double measure(ResponseFamily family, double[] truth, double[] weights, double[] predicted) {
            double sum = 0;
            for (int i = 0; i < truth.length; i++) {
                sum += weights[i] * (truth[i] - predicted[i]) * (truth[i] - predicted[i]);
            }
            return sum / total(weights);
        }
    },
    /**
     * Share of rows whose most probable class is right; a probability of exactly one half counts as 1, of several classes as probable the
     * first counts.
     */
    ACCURACY("accuracy", "accuracy", true) {
        @Override
        double measure(ResponseFamily family, double[] truth, double[] weights, double[] predicted) {
            double right = 0;
            for (int i = 0; i < truth.length; i++) {
                right += (family.width() > 1 ? likeliest(family, predicted, i) == truth[i]
                        : (predicted[i] >= 0.5) == (truth[i] == 1)) ? weights[i] : 0;
            }
            return right / total(weights);
        }
    },
    /**
     * The mean over classes of F1, the harmonic mean of precision and recall of the most probable class; classes that are neither there nor
     * predicted do not count.
     */
    MACRO_F1("macroF1", "macro-F1", true) {
        @Override
        double measure(ResponseFamily family, double[] truth, double[] weights, double[] predicted) {
            int[] likeliest = IntStream.range(0, truth.length).map(row -> likeliest(family, predicted, row)).toArray();
            return IntStream.range(0, family.width()).mapToDouble(k -> {
                double right = 0;
                double either = 0;
                for (int row = 0; row < truth.length; row++) {
                    right += likeliest[row] == k && truth[row] == k ? weights[row] : 0;
                    either += weights[row] * ((likeliest[row] == k ? 1 : 0) + (truth[row] == k ? 1 : 0));
                }
                return 2 * right / either;
            }).filter(f1 -> !Double.isNaN(f1)).average().orElse(Double.NaN);
        }
    },
    /** The mean distance in levels between the median of the predicted levels and the level. */
    LEVEL_ERROR("levelError", "mean absolute level", false) {
        @Override
        double measure(ResponseFamily family, double[] truth, double[] weights, double[] predicted) {
            double sum = 0;
            for (int row = 0; row < truth.length; row++) {
                sum += weights[row] * Math.abs(truth[row] - median(predicted, row, family.width()));
            }
            return sum / total(weights);
        }
    },
    /**
     * Cohen's kappa with quadratic weights, of the median of the predicted levels: 1 - the squared distances in levels over those of levels
     * that have nothing to do with one another; NaN where all are the same.
     */
    KAPPA("kappa", "weighted kappa", true) {
        @Override
        double measure(ResponseFamily family, double[] truth, double[] weights, double[] predicted) {
            double seen = 0;
            double sum = 0;
            double sumOfMedians = 0;
            double squares = 0;
            for (int row = 0; row < truth.length; row++) {
                int median = median(predicted, row, family.width());
                seen += weights[row] * (truth[row] - median) * (truth[row] - median);
                sum += weights[row] * truth[row];
                sumOfMedians += weights[row] * median;
                squares += weights[row] * (truth[row] * truth[row] + (double) median * median);
            }
            double unrelated = squares - 2 * sum * sumOfMedians / total(weights);
            return unrelated == 0 ? Double.NaN : 1 - seen / unrelated;
        }
    },
    /** The mean deviance, as the family has it. */
    DEVIANCE("deviance", "deviance", false) {
        @Override
        double measure(ResponseFamily family, double[] truth, double[] weights, double[] predicted) {
            double all = total(weights);
            return IntStream.range(0, weights.length).mapToDouble(row -> weights[row]
                    * family.deviance(truth, row * family.columns(), predicted, row * family.width()) / all).sum();
        }
    },
    /**
     * The mean negative log-likelihood of counts, in nats: the negative binomial's of the predicted means, with the dispersion that is the
     * most probable for the rows judged, 0 where these are not overdispersed ({@link NegativeBinomial}); Poisson's then. Rows of large
     * counts decide less than by the deviance. That one dispersion is of the rows judged, not of those learned from, is ours.
     */
    LOG_SCORE("logScore", "log score", false) {
        @Override
        double measure(ResponseFamily family, double[] truth, double[] weights, double[] predicted) {
            double[] means = Arrays.stream(predicted).map(mean -> Math.max(Count.LEAST_RATE, mean)).toArray();
            double dispersion = NegativeBinomial.overdispersed(truth, means, weights)
                    ? NegativeBinomial.dispersion(truth, means, weights) : 0;
            double all = total(weights);
            return IntStream.range(0, weights.length).mapToDouble(row -> -weights[row] / all
                    * NegativeBinomial.logProbability(truth[row], means[row], dispersion)).sum();
        }
    },
    /** Root of the mean squared error, whatever the unit: squares neither overflow nor vanish. */
    RMSE("rmse", "RMSE", false) {
        @Override
        double measure(ResponseFamily family, double[] truth, double[] weights, double[] predicted) {
            double largest = Double.MIN_NORMAL;
            for (int i = 0; i < truth.length; i++) {
                largest = Math.max(largest, Math.abs(truth[i] - predicted[i]));
            }
            int exponent = Math.getExponent(largest);
            double sum = 0;
            for (int i = 0; i < truth.length; i++) {
                double error = Math.scalb(truth[i] - predicted[i], -exponent);
                sum += weights[i] * error * error;
            }
            return Math.scalb(Math.sqrt(sum / total(weights)), exponent);
        }
    },
    /** Mean absolute error. */
    MAE("mae", "MAE", false) {
        @Override
        double measure(ResponseFamily family, double[] truth, double[] weights, double[] predicted) {
            double all = total(weights);
            double mean = 0;
            for (int i = 0; i < weights.length; i++) {
                mean += weights[i] * Math.abs(truth[i] / all - predicted[i] / all);
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
        double measure(ResponseFamily family, double[] truth, double[] weights, double[] predicted) {
            double mean = 0;
            double all = total(weights);
            for (int i = 0; i < truth.length; i++) {
                mean += truth[i] / all * weights[i];
            }
            double[] means = new double[truth.length];
            Arrays.fill(means, mean);
            boolean constant = Arrays.stream(truth).allMatch(y -> y == truth[0]);
            double ratio = RMSE.measure(family, truth, weights, predicted) / RMSE.measure(family, truth, weights, means);
            return constant ? Double.NaN : 1 - ratio * ratio;
        }
    },
    /** Harrell's concordance: the share of pairs of which the row with the higher predicted risk has its event first. */
    CONCORDANCE("concordance", "concordance", true) {
        @Override
        double measure(ResponseFamily family, double[] truth, double[] weights, double[] predicted) {
            return new SurvivalScores((Survival) family, truth, weights, predicted).concordance(false);
        }
    },
    /** Uno's concordance until the last predicted time: pairs count by how probable it was to see them. */
    UNO("unoConcordance", "Uno's concordance", true) {
        @Override
        double measure(ResponseFamily family, double[] truth, double[] weights, double[] predicted) {
            return new SurvivalScores((Survival) family, truth, weights, predicted).concordance(true);
        }
    },
    /** The integrated Brier score of predicted survival, weighted for censoring. */
    INTEGRATED_BRIER("integratedBrier", "integrated Brier", false) {
        @Override
        double measure(ResponseFamily family, double[] truth, double[] weights, double[] predicted) {
            return new SurvivalScores((Survival) family, truth, weights, predicted).integratedBrier();
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
     * Its value for predictions of responses; NaN where no row counts.
     *
     * @param family    one that has this metric
     * @param truth     responses, {@link ResponseFamily#columns} numbers each
     * @param weights   how much each row counts: 2 as if it was there twice
     * @param predicted their predictions, {@link ResponseFamily#width} numbers each
     */
    public double of(ResponseFamily family, double[] truth, double[] weights, double[] predicted) {
        if (total(weights) == 0) {
            return Double.NaN;
        }
        Observed observed = Observed.of(family, truth, predicted);
        return measure(observed.family(), observed.truth(), weights, observed.predicted());
    }

    /** The same of a family that has no offset. */
    abstract double measure(ResponseFamily family, double[] truth, double[] weights, double[] predicted);

    /** The same of rows that count alike. */
    public double of(ResponseFamily family, double[] truth, double[] predicted) {
        double[] ones = new double[truth.length / family.columns()];
        Arrays.fill(ones, 1);
        return of(family, truth, ones, predicted);
    }

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

    private static double total(double[] weights) {
        return Arrays.stream(weights).sum();
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
