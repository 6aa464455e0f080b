package intarsia.linalg.decomposition;

/** The package's rule for the sign of a vector that is determined up to its sign. */
final class Signs {
    private static final double TIE = 1e-8;

    private Signs() {}

    /** Whether a column's first entry of largest magnitude is negative; magnitudes within one part in 10^8 count as equal. */
    static boolean negative(double[] matrix, int rows, int columns, int column) {
        return negative(matrix, 0, rows, columns, column);
    }

    private static boolean negative(double[] matrix, int offset, int rows, int columns, int column) {
        double largest = 0;
        for (int i = 0; i < rows; i++) {
            largest = Math.max(largest, Math.abs(matrix[offset + i * columns + column]));
        }
        for (int i = 0; i < rows; i++) {
            double value = matrix[offset + i * columns + column];
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

    /** Changes the sign of a row. */
    static void flip(PaddedRows rows, int row) {
        double[] x = rows.numbers();
        for (int i = rows.at(row, 0); i < rows.at(row, rows.columns()); i++) {
            x[i] = 0 - x[i];
        }
    }

    /** Whether a row's deciding number is negative. */
    static boolean negative(PaddedRows rows, int row) {
        return negative(rows.numbers(), rows.at(row, 0), rows.columns(), 1, 0);
    }
}
