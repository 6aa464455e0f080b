package intarsia.models.response;

/**
 * Responses of rows beside predictions of them with their offsets, as values of a family that knows none.
 *
 * @param family    without an offset
 * @param truth     responses, row after row
 * @param predicted predictions, row after row
 */
public record Observed(ResponseFamily family, double[] truth, double[] predicted) {
    /** Of responses that may say offsets, and of predictions as if these were 0. What has none is kept, not copied. */
    public static Observed of(ResponseFamily family, double[] truth, double[] predicted) {
        if (!family.hasOffset()) {
            return new Observed(family, truth, predicted);
        }
        int columns = family.columns();
        double[] without = new double[truth.length / columns * (columns - 1)];
        double[] own = predicted.clone();
        for (int row = 0; row < truth.length / columns; row++) {
            System.arraycopy(truth, row * columns, without, row * (columns - 1), columns - 1);
            family.addOffset(truth, row * columns, own, row * family.width());
        }
        return new Observed(family.withoutOffset(), without, own);
    }
}
