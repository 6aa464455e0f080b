package intarsia.models.conformal;

/**
 * How far a row's response is from what was predicted of it. A response that was only seen for a while has a score of at least this, and
 * one that was seen late would not be there with a score up to {@code entry}.
 *
 * @param value the score, at least 0
 * @param seen  whether it is just this, and not censored here
 * @param entry below which scores could not have been seen; 0 for most
 * @param limit from which on sets of this row have no upper end; infinity for most
 */
public record RowScore(double value, boolean seen, double entry, double limit) {
    /** Of a response that is known. */
    static RowScore of(double value) {
        return new RowScore(value, true, 0, Double.POSITIVE_INFINITY);
    }
}
