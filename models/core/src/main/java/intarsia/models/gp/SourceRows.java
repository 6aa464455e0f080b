package intarsia.models.gp;

import java.util.Arrays;

/**
 * The rows that have a source, or have it imputed, as kernels read them. An imputed row is a normal distribution {@code N(x, V)}, V common
 * to all imputed rows; features are rotated so that V is diagonal.
 *
 * @param rows      the numbers of the rows, ascending
 * @param x         their features or the means of these, {@code rows x width}, row-major
 * @param width     how many features
 * @param squares   their squares as {@link KernelKind#SQUARES} reads them, or the means of these, {@code rows x squaresWidth}
 * @param squaresWidth how many of the features are quantities
 * @param norms     the squared norm of each row of x
 * @param uncertain which rows are imputed; null if none is
 * @param spread    V; null if no row is imputed
 */
record SourceRows(int[] rows, double[] x, int width, double[] squares, int squaresWidth, double[] norms, boolean[] uncertain,
        Spread spread) {
    /**
     * What imputation does not know.
     *
     * @param variances of the rotated features
     * @param total     their sum
     * @param square    the sum of their squares
     * @param weighted  for each row {@code x'Vx}
     * @param excess    for each row the variance of its squares, summed
     */
    record Spread(double[] variances, double total, double square, double[] weighted, double[] excess) {}

    /** Rows that were measured. */
    static SourceRows measured(int[] rows, double[] x, int width, double[] squares, int squaresWidth) {
        return new SourceRows(rows, x, width, squares, squaresWidth, norms(x, width), null, null);
    }

    /** For each row its squared norm, summed in the order in which products of rows are: a row's distance to itself is exactly 0. */
    static double[] norms(double[] x, int width) {
        double[] norms = new double[width == 0 ? 0 : x.length / width];
        for (int i = 0; i < norms.length; i++) {
            double sum = 0;
            for (int k = i * width; k < (i + 1) * width; k++) {
                sum = Math.fma(x[k], x[k], sum);
            }
            norms[i] = sum;
        }
        return norms;
    }

    /** How many rows there are. */
    int size() {
        return rows.length;
    }

    boolean uncertain(int i) {
        return uncertain != null && uncertain[i];
    }

    /** Those whose numbers are among these, ascending; their new numbers are places in the list. */
    SourceRows select(int[] which) {
        int[] picked = new int[Math.min(which.length, rows.length)];
        int[] numbers = new int[picked.length];
        int count = 0;
        int i = 0;
        for (int place = 0; place < which.length; place++) {
            while (i < rows.length && rows[i] < which[place]) {
                i++;
            }
            if (i < rows.length && rows[i] == which[place]) {
                picked[count] = i;
                numbers[count++] = place;
            }
        }
        return pick(Arrays.copyOf(picked, count), Arrays.copyOf(numbers, count));
    }

    private SourceRows pick(int[] picked, int[] numbers) {
        Spread part = spread == null ? null : new Spread(spread.variances, spread.total, spread.square, pick(spread.weighted, 1, picked),
                pick(spread.excess, 1, picked));
        boolean[] flags = uncertain == null ? null : new boolean[picked.length];
        for (int k = 0; k < picked.length && flags != null; k++) {
            flags[k] = uncertain[picked[k]];
        }
        return new SourceRows(numbers, pick(x, width, picked), width, pick(squares, squaresWidth, picked), squaresWidth,
                pick(norms, 1, picked), flags, part);
    }

    private static double[] pick(double[] from, int width, int[] picked) {
        double[] part = new double[picked.length * width];
        for (int k = 0; k < picked.length; k++) {
            System.arraycopy(from, picked[k] * width, part, k * width, width);
        }
        return part;
    }

    /** The first of the rows whose number is not below this. */
    int from(int row) {
        int low = 0;
        int high = rows.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rows[middle] < row) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
