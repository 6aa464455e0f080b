package intarsia.models.selection;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A choice among candidates by their losses on held-out rows, with all that it was made by.
 *
 * @param candidates    what was chosen from, in the order of preference where losses are equal
 * @param loss          of each, the mean over folds; infinite for one that could not be fitted
 * @param standardError of that mean over folds; NaN with fewer than two
 * @param chosen        the number of the candidate chosen
 * @param <C>           a candidate
 */
public record Selection<C>(List<C> candidates, double[] loss, double[] standardError, int chosen) {
    /** How losses decide. */
    public enum Rule {
        /** The smallest loss; the first of equals. */
        SMALLEST,
        /**
         * The first candidate whose loss is within one standard error of the smallest: candidates are listed from the simplest on (Breiman
         * et al. 1984).
         */
        ONE_STANDARD_ERROR
    }

    /** Copies the list. */
    public Selection {
        candidates = List.copyOf(candidates);
    }

    /**
     * The choice by losses of every candidate in every fold.
     *
     * @param losses {@code [fold][candidate]}
     * @throws IllegalArgumentException if there is no candidate or no fold
     */
    public static <C> Selection<C> of(List<C> candidates, double[][] losses, Rule rule) {
        if (candidates.isEmpty() || losses.length == 0) {
            throw new IllegalArgumentException("selection: " + candidates.size() + " candidates by " + losses.length
                    + " folds; needs at least one of each");
        }
        int count = candidates.size();
        double[] mean = new double[count];
        double[] error = new double[count];
        for (int c = 0; c < count; c++) {
            int at = c;
            double[] of = Arrays.stream(losses).mapToDouble(fold -> Double.isNaN(fold[at]) ? Double.POSITIVE_INFINITY : fold[at]).toArray();
            mean[c] = Arrays.stream(of).sum() / of.length;
            double middle = mean[c];
            error[c] = of.length < 2 ? Double.NaN
                    : Math.sqrt(Arrays.stream(of).map(loss -> (loss - middle) * (loss - middle)).sum() / (of.length - 1) / of.length);
        }
        int smallest = IntStream.range(0, count).boxed().min(Comparator.comparingDouble(c -> mean[c])).orElseThrow();
        double limit = rule == Rule.SMALLEST || Double.isNaN(error[smallest]) ? mean[smallest] : mean[smallest] + error[smallest];
        int chosen = rule == Rule.SMALLEST ? smallest : IntStream.range(0, count).filter(c -> mean[c] <= limit).findFirst()
                .orElse(smallest);
        return new Selection<>(candidates, mean, error, chosen);
    }

    /** The choice by one loss of each candidate. */
    public static <C> Selection<C> of(List<C> candidates, double[] losses) {
        return of(candidates, new double[][] {losses}, Rule.SMALLEST);
    }

    /** The candidate chosen. */
    public C best() {
        return candidates.get(chosen);
    }

    /** Its loss. */
    public double bestLoss() {
        return loss[chosen];
    }

    /** Whether no candidate could be fitted. */
    public boolean failed() {
        return Double.isInfinite(loss[chosen]);
    }
}
