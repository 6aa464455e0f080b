package intarsia.models.stacking;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Weights of each task of its own, shrunk towards the common ones (ours):
 *
 * <pre>
 * w_t = argmin over the simplex of  mean deviance of task t's rows + (m / n_t) D ||w - w_common||^2
 * </pre>
 *
 * D is the common weights' mean deviance over all rows, so that m reads as a number of rows: a task with many more than m goes its own way,
 * one with few keeps the common weights. m is chosen among 30, 100, 300 and 1000 by cross-validation over the folds; the weights are found
 * again without a fold's rows, which then judge them. Common weights are kept unless the tasks' own are better there than what they would
 * replace by more than the standard error of the paired difference.
 */
final class TaskWeights {
    private static final double[] ROWS = {1000, 300, 100, 30};

    private TaskWeights() {}

    /**
     * The weights of each task, {@code [task][candidate]}; null if common ones are as good.
     *
     * @param predicted of each candidate the predictions of all rows, scaled
     * @param weights   the common ones, or one candidate's alone
     * @param tasks     how many there are, also those too small to have rows held out
     */
    static double[][] of(HeldOutRows rows, List<double[]> predicted, double[] weights, int tasks) {
        int folds = IntStream.of(rows.fold()).max().orElse(-1) + 1;
        if (tasks < 2 || folds < 2 || predicted.size() < 2) {
            return null;
        }
        double[][] judged = new double[ROWS.length][rows.size()];
        for (int fold = 0; fold < folds; fold++) {
            int held = fold;
            int[] others = IntStream.range(0, rows.size()).filter(i -> rows.fold()[i] != held).toArray();
            HeldOutRows learned = rows.at(others);
            List<double[]> of = rows.at(predicted, others);
            double[] common = StackingWeights.simplex(learned, of);
            for (int m = 0; m < ROWS.length; m++) {
                double[][] own = own(learned, of, common, ROWS[m], tasks);
                double[] means = mixture(rows, predicted, own);
                for (int i = 0; i < rows.size(); i++) {
                    if (rows.fold()[i] == held) {
                        judged[m][i] = rows.deviance(i, means);
                    }
                }
            }
        }
        int best = IntStream.range(0, ROWS.length).reduce((a, b) ->
                StackingWeights.mean(judged[b]) < StackingWeights.mean(judged[a]) ? b : a).orElseThrow();
        double[] gain = StackingWeights.difference(
                StackingWeights.deviances(rows, StackingWeights.mixture(predicted, weights)), judged[best]);
        double mean = StackingWeights.mean(gain);
        return mean > StackingWeights.standardError(gain, mean)
                ? own(rows, predicted, StackingWeights.simplex(rows, predicted), ROWS[best], tasks) : null;
    }

    /** The weights of each task for a given m; the common ones in a task without rows. */
    static double[][] own(HeldOutRows rows, List<double[]> predicted, double[] common, double m, int tasks) {
        double deviance = StackingWeights.mean(StackingWeights.deviances(rows, StackingWeights.mixture(predicted, common)));
        double[][] weights = new double[tasks][];
        for (int t = 0; t < tasks; t++) {
            int task = t;
            int[] of = IntStream.range(0, rows.size()).filter(i -> rows.task()[i] == task).toArray();
            weights[t] = StackingWeights.dropped(of.length == 0 ? common
                    : StackingWeights.simplex(rows.at(of), rows.at(predicted, of), common, m / of.length * deviance));
        }
        return weights;
    }

    /** The mixtures of all rows, each with its task's weights. */
    static double[] mixture(HeldOutRows rows, List<double[]> predicted, double[][] weights) {
        double[] means = new double[predicted.getFirst().length];
        for (int i = 0; i < rows.size(); i++) {
            for (int k = 0; k < predicted.size(); k++) {
                for (int j = rows.from()[i]; j < rows.from()[i + 1]; j++) {
                    means[j] += weights[rows.task()[i]][k] * predicted.get(k)[j];
                }
            }
        }
        return means;
    }
}
