package intarsia.linalg.decomposition;

/** The package's rule for the sign of a vector that is determined up to its sign. */
final class Signs {
    private static final double TIE = 1e-8;

    private Signs() {}

    /** Whether a column's first entry of largest magnitude is negative; magnitudes within one part in 10^8 count as equal. */
    static boolean negative(double[] matrix, int rows, int columns, int column) {
        double largest = 0;
        for (int i = 0; i < rows; i++) {
            largest = Math.max(largest, Math.abs(matrix[i * columns + column]));
        }
        for (int i = 0; i < rows; i++) {
            double value = matrix[i * columns + column];
            if (Math.abs(value) >= largest * (1 - TIE)) {
                return value < 0;
            }
        }
        return false;
    }

    /** Changes the sign of a column. */
    static void flip(double[] matrix, int rows, int columns, int column) {
        for (int i = 0; i < rows; i++) {
            matrix[i * columns + column] = 0 - matrix[i * columns + column];
        }
    }
}
