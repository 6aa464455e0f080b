package intarsia.models.net;

import java.util.function.Supplier;

/**
 * Features of rows that are made whenever they are asked for and not kept: only who asks holds them. A plan has its own copy of what it is
 * fed, so that a table need not be there twice.
 *
 * @param rows  how many there are
 * @param width features of each
 * @param made  makes them, {@code rows x width}, row-major: the same at every call
 */
public record DenseRows(int rows, int width, Supplier<double[]> made) {
    /** Numbers that are there already, row-major. */
    public static DenseRows of(int rows, double[] numbers) {
        return new DenseRows(rows, rows == 0 ? 0 : numbers.length / rows, () -> numbers);
    }

    /** The features, {@code rows x width}, row-major. */
    public double[] numbers() {
        return made.get();
    }
}
