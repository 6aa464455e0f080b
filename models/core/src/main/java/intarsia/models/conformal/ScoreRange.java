package intarsia.models.conformal;

/**
 * The scores of responses that belong to a prediction set.
 *
 * @param low  the lowest; 0 where a set is one-sided
 * @param high the highest; infinity where the rows are too few to exclude anything
 */
public record ScoreRange(double low, double high) {
    /** Every response. */
    static final ScoreRange ALL = new ScoreRange(0, Double.POSITIVE_INFINITY);

    /** Whether a score lies within. */
    public boolean contains(double score) {
        return score >= low && score <= high;
    }
}
