package intarsia.linalg.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Copies of parts of matrices into the order in which {@link MatMulTiles64} reads them, and transposes. */
final class Packing64 {
    private static final VectorSpecies<Double> S = Width.F64;
    private static final int L = S.length();

    private Packing64() {}

    /** Three vectors of each of n rows, {@code step} apart from {@code source} on, side by side. */
    static void vectors3(double[] from, int source, int step, double[] to, int target, int n) {
        for (int k = 0; k < n; k++) {
            int at = source + k * step;
            int there = target + k * (3 * L);
            DoubleVector.fromArray(S, from, at).intoArray(to, there);
            DoubleVector.fromArray(S, from, at + L).intoArray(to, there + L);
            DoubleVector.fromArray(S, from, at + 2 * L).intoArray(to, there + 2 * L);
        }
    }

    /** Four vectors of each of n rows. */
    static void vectors4(double[] from, int source, int step, double[] to, int target, int n) {
        for (int k = 0; k < n; k++) {
            int at = source + k * step;
            int there = target + k * (4 * L);
            DoubleVector.fromArray(S, from, at).intoArray(to, there);
            DoubleVector.fromArray(S, from, at + L).intoArray(to, there + L);
            DoubleVector.fromArray(S, from, at + 2 * L).intoArray(to, there + 2 * L);
            DoubleVector.fromArray(S, from, at + 3 * L).intoArray(to, there + 3 * L);
        }
    }

    /** The first numbers of each of n rows, {@code count} of them, one group after the other at a distance of {@code height}. */
    static void panel(double[] from, int source, int step, double[] to, int target, int height, int count, int n) {
        int k = 0;
        if (count >= 4) {
            for (; k < n; k++) {
                int at = source + k * step;
                int there = target + k * height;
                to[there] = from[at];
                to[there + 1] = from[at + 1];
                to[there + 2] = from[at + 2];
                to[there + 3] = from[at + 3];
                if (count == 5) {
                    to[there + 4] = from[at + 4];
                }
            }
        }
        for (; k < n; k++) {
            for (int r = 0; r < count; r++) {
                to[target + k * height + r] = from[source + k * step + r];
            }
        }
    }

    /** The transpose of contiguous rows, {@code step} apart, into contiguous rows, {@code targetStep} apart. */
    static void turn(double[] from, int source, int step, double[] to, int target, int targetStep, int rows, int columns) {
        int i = 0;
        for (; i + 4 <= rows; i += 4) {
            turnFour(from, source + i * step, step, to, target + i, targetStep, columns);
        }
        for (; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                to[target + j * targetStep + i] = from[source + i * step + j];
            }
        }
    }

    private static void turnFour(double[] from, int source, int step, double[] to, int target, int targetStep, int columns) {
        int s1 = source + step;
        int s2 = s1 + step;
        int s3 = s2 + step;
        for (int j = 0; j < columns; j++) {
            int at = target + j * targetStep;
            to[at] = from[source + j];
            to[at + 1] = from[s1 + j];
            to[at + 2] = from[s2 + j];
            to[at + 3] = from[s3 + j];
        }
    }
}
