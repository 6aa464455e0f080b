package intarsia.models.selection;

import java.util.List;

/**
 * By how much one model's losses of held-out rows are below another's, row by row, tasks counting alike.
 *
 * @param mean          the mean over tasks of the mean difference of their rows, positive where the second model is better
 * @param standardError of that mean
 */
public record PairedGain(double mean, double standardError) {
    /**
     * Of the losses of the same rows, task by task; tasks without rows are left out. A task with a single row counts the square of its
     * difference as its variance.
     *
     * @param first  losses of the simpler model
     * @param second losses of the other one
     */
    public static PairedGain of(List<double[]> first, List<double[]> second) {
        double sum = 0;
        double variance = 0;
        int tasks = 0;
        for (int t = 0; t < first.size(); t++) {
            int n = first.get(t).length;
            if (n > 0) {
                double mean = 0;
                for (int i = 0; i < n; i++) {
                    mean += (first.get(t)[i] - second.get(t)[i]) / n;
                }
                double squares = n == 1 ? mean * mean : 0;
                for (int i = 0; i < n; i++) {
                    double off = first.get(t)[i] - second.get(t)[i] - mean;
                    squares += off * off;
                }
                sum += mean;
                variance += squares / Math.max(1, n - 1) / n;
                tasks++;
            }
        }
        return new PairedGain(sum / tasks, Math.sqrt(variance) / tasks);
    }

    /** Whether the second model is better by more than one standard error. */
    public boolean told() {
        return mean > standardError;
    }
}
