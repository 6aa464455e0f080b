package intarsia.models;

import java.util.List;

/**
 * A choice among candidates, as it is reported.
 *
 * @param what       was chosen, for people
 * @param candidates what it was chosen from, in words
 * @param losses     of each on held-out rows
 * @param chosen     the number of the one chosen
 * @param fits       how many fits it took
 * @param steps      how many optimizer steps
 */
public record Tuning(String what, List<String> candidates, double[] losses, int chosen, int fits, long steps) {
    /** Copies the list. */
    public Tuning {
        candidates = List.copyOf(candidates);
    }

    /** The loss of the one chosen. */
    public double loss() {
        return losses[chosen];
    }
}
