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
 * Where the best single candidate is within one standard error of the mixture, the simplest within one standard error of the best is taken
 * alone. Standard errors are of paired differences over rows.
 *
 * @param weights   one a candidate, adding up to 1
 * @param losses    the mean deviance of each candidate alone
 * @param mixture   the mean deviance of the mixture before a single one was preferred to it
 * @param gain      how much larger the best single one's is
 * @param gainError the standard error of that difference over rows; NaN with fewer than two rows
 */
record StackingWeights(double[] weights, double[] losses, double mixture, double gain, double gainError) {
    private static final double SMALLEST = 0.01;
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
        double[] losses = predicted.stream().mapToDouble(of -> mean(deviances(rows, of))).toArray();
        int best = IntStream.range(0, count).reduce((a, b) -> losses[b] < losses[a] ? b : a).orElseThrow();
        double[] weights = dropped(simplex(rows, predicted));
        double[] mixed = deviances(rows, mixture(predicted, weights));
        double[] ofBest = deviances(rows, predicted.get(best));
        double[] difference = difference(ofBest, mixed);
        double gain = mean(difference);
        double error = standardError(difference, gain);
        if (gain > error) {
            return new StackingWeights(weights, losses, mean(mixed), gain, error);
        }
        int simplest = IntStream.range(0, count).filter(k -> {
            double[] excess = difference(deviances(rows, predicted.get(k)), ofBest);
            return k == best || mean(excess) <= standardError(excess, mean(excess));
        }).findFirst().orElseThrow();
        Arrays.fill(alone, 0);
        alone[simplest] = 1;
        return new StackingWeights(alone, losses, mean(mixed), gain, error);
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

    static double[] dropped(double[] weights) {
        double kept = Arrays.stream(weights).filter(w -> w >= SMALLEST).sum();
        return kept > 0 ? Arrays.stream(weights).map(w -> w >= SMALLEST ? w / kept : 0).toArray() : weights;
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
