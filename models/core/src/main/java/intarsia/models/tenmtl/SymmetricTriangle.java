package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;

/** The lower triangle of a symmetric matrix, row by row: half of what the whole would take to send. */
final class SymmetricTriangle {
    private SymmetricTriangle() {}

    /** How many numbers it has. */
    static int length(int side) {
        return Math.toIntExact((long) side * (side + 1) / 2);
    }

    static double[] of(Tensor square) {
        int n = square.shape().rows();
        double[] lower = new double[length(n)];
        for (int i = 0, at = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                lower[at++] = square.at(i * n + j);
            }
        }
        return lower;
    }

    /** Of {@code v v'}. */
    static double[] products(double[] v) {
        return of(Matrices.gram(Tensor.of(Shape.of(1, v.length), v)));
    }

    /** The matrix. */
    static Tensor square(double[] numbers, int from, int side) {
        Tensor square = Tensor.zeros(side, side);
        for (int i = 0, at = from; i < side; i++) {
            for (int j = 0; j <= i; j++, at++) {
                square.set(numbers[at], i, j);
                square.set(numbers[at], j, i);
            }
        }
        return square;
    }
}
