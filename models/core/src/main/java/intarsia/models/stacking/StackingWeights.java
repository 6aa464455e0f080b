package intarsia.models.stacking;

import intarsia.optim.prox.Simplex;
import intarsia.optim.solve.Objective;
import intarsia.optim.solve.ProximalGradient;
import intarsia.optim.solve.SolverOptions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Weights of candidates: those on the simplex with the smallest mean deviance, a convex problem; weights below one percent are dropped.
 * Mixing and picking the best single candidate are judged on rows that had no part in either: a fold's rows by the weights, and by the
 * pick, of the other folds, since weights fit some of the noise of the rows they are found on, and a pick is the luckiest there (ours).
 * Unless mixing is better by more than one standard error, the simplest candidate within one standard error of the best is taken alone.
 * Standard errors are of paired differences over rows.
 *
 * @param weights   one a candidate, adding up to 1
 * @param losses    the mean deviance of each candidate alone
 * @param mixture   the mean deviance of mixing, so judged, before a single one was preferred to it
 * @param gain      how much larger that of picking is
 * @param gainError the standard error of that difference over rows; NaN with fewer than two rows
 */
record StackingWeights(double[] weights, double[] losses, double mixture, double gain, double gainError) {
    private static final double SMALLEST = 0.01;
    private static final double GRID = 0x1p-40;
    private static final SolverOptions SOLVER = new SolverOptions(1e-8, 20_000);

    /**
     * Of candidates, the simplest first; the first alone if there are no rows to judge by.
     *
     * @param predicted of each candidate the predictions of all rows, scaled
     */
    static StackingWeights of(HeldOutRows rows, List<double[]> predicted) {
        int count = predicted.size();
        double[] alone = new double[count];
        alone[0] = 1;
        if (rows.size() == 0) {
            return new StackingWeights(alone, new double[count], 0, 0, Double.NaN);
        }
        double[] losses = losses(rows, predicted);
        int best = best(losses);
        double[] ofBest = deviances(rows, predicted.get(best));
        Judged judged = Judged.of(rows, predicted);
        double[] difference = difference(judged.picked, judged.mixed);
        double gain = mean(difference);
        double error = standardError(difference, gain);
        if (gain > error) {
            return new StackingWeights(dropped(simplex(rows, predicted)), losses, mean(judged.mixed), gain, error);
        }
        int simplest = IntStream.range(0, count).filter(k -> {
            double[] excess = difference(deviances(rows, predicted.get(k)), ofBest);
            return k == best || mean(excess) <= standardError(excess, mean(excess));
        }).findFirst().orElseThrow();
        Arrays.fill(alone, 0);
        alone[simplest] = 1;
        return new StackingWeights(alone, losses, mean(judged.mixed), gain, error);
    }

    /**
     * Deviances of rows by what the other folds' rows say; of rows of a single fold, by what they say themselves.
     *
     * @param mixed  mixed by the other folds' weights
     * @param picked by the candidate that is the best in the other folds
     */
    private record Judged(double[] mixed, double[] picked) {
        static Judged of(HeldOutRows rows, List<double[]> predicted) {
            Judged judged = new Judged(new double[rows.size()], new double[rows.size()]);
            for (int fold : IntStream.of(rows.fold()).distinct().toArray()) {
                int[] others = IntStream.range(0, rows.size()).filter(i -> rows.fold()[i] != fold).toArray();
                judged.judge(rows, predicted, fold, others.length == 0 ? IntStream.range(0, rows.size()).toArray() : others);
            }
            return judged;
        }

        private void judge(HeldOutRows rows, List<double[]> predicted, int fold, int[] others) {
            HeldOutRows learned = rows.at(others);
            List<double[]> of = rows.at(predicted, others);
            double[] mixture = mixture(predicted, dropped(simplex(learned, of)));
            double[] pick = predicted.get(best(losses(learned, of)));
            for (int i = 0; i < mixed.length; i++) {
                if (rows.fold()[i] == fold) {
                    mixed[i] = rows.deviance(i, mixture);
                    picked[i] = rows.deviance(i, pick);
                }
            }
        }
    }

    /** The mean deviance of each candidate. */
    static double[] losses(HeldOutRows rows, List<double[]> predicted) {
        return predicted.stream().mapToDouble(of -> mean(deviances(rows, of))).toArray();
    }

    /** The first of the smallest. */
    private static int best(double[] losses) {
        return IntStream.range(0, losses.length).reduce((a, b) -> losses[b] < losses[a] ? b : a).orElseThrow();
    }

    static double[] difference(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
    }

    double loss(int candidate) {
        return losses[candidate];
    }

    /** The minimum over the simplex. */
    static double[] simplex(HeldOutRows rows, List<double[]> predicted) {
        double[] start = new double[predicted.size()];
        Arrays.fill(start, 1.0 / start.length);
        return simplex(rows, predicted, start, 0);
    }

    /** The minimum over the simplex of the mean deviance and {@code pull ||w - center||^2}. */
    static double[] simplex(HeldOutRows rows, List<double[]> predicted, double[] center, double pull) {
        int count = predicted.size();
        Objective objective = (w, gradient) -> {
            Arrays.fill(gradient, 0);
            double sum = 0;
            double[] means = mixture(predicted, w);
            double[] slopes = new double[means.length];
            for (int i = 0; i < rows.size(); i++) {
                sum += rows.deviance(i, means);
                rows.slopes(i, means, slopes);
            }
            for (int j = 0; j < means.length; j++) {
                double slope = slopes[j] / rows.size();
                for (int k = 0; k < count; k++) {
                    gradient[k] += slope * predicted.get(k)[j];
                }
            }
            double squares = 0;
            for (int k = 0; k < count; k++) {
                squares += (w[k] - center[k]) * (w[k] - center[k]);
                gradient[k] += 2 * pull * (w[k] - center[k]);
            }
            return sum / rows.size() + pull * squares;
        };
        return ProximalGradient.minimize(objective, new Simplex(1), center, SOLVER).point();
    }

    /**
     * Weights without those below one percent, unless all are. They become multiples of 2^-40, so that they add up to 1 without rounding,
     * in any order: a mixture of probabilities, whose rounded products and sums never fall as these rise, is then never above 1.
     */
    static double[] dropped(double[] weights) {
        double kept = Arrays.stream(weights).filter(w -> w >= SMALLEST).sum();
        double[] left = kept > 0 ? Arrays.stream(weights).map(w -> w >= SMALLEST ? w / kept : 0).toArray() : weights.clone();
        int largest = IntStream.range(0, left.length).reduce((a, b) -> left[b] > left[a] ? b : a).orElseThrow();
        double rest = 1;
        for (int k = 0; k < left.length; k++) {
            if (k != largest) {
                left[k] = Math.rint(left[k] / GRID) * GRID;
                rest -= left[k];
            }
        }
        left[largest] = rest;
        return left;
    }

    static double[] mixture(List<double[]> predicted, double[] weights) {
        double[] means = new double[predicted.getFirst().length];
        for (int k = 0; k < weights.length; k++) {
            for (int i = 0; i < means.length && weights[k] != 0; i++) {
                means[i] += weights[k] * predicted.get(k)[i];
            }
        }
        return means;
    }

    static double[] deviances(HeldOutRows rows, double[] means) {
        return IntStream.range(0, rows.size()).mapToDouble(i -> rows.deviance(i, means)).toArray();
    }

    static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    static double standardError(double[] values, double mean) {
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return values.length < 2 ? Double.NaN : Math.sqrt(sum / (values.length - 1) / values.length);
    }
}
