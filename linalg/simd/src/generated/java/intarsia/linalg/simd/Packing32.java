// Generated from Packing64.java by FloatSources; change that one.
package intarsia.linalg.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Copies of parts of matrices into the order in which {@link MatMulTiles32} reads them, and transposes. */
final class Packing32 {
    private static final VectorSpecies<Float> S = Width.F32;
    private static final int L = S.length();

    private Packing32() {}

    /** A vector of each of n rows, {@code step} apart from {@code source} on. */
    static void vectors1(float[] from, int source, int step, float[] to, int n) {
        for (int k = 0; k < n; k++) {
            FloatVector.fromArray(S, from, source + k * step).intoArray(to, k * L);
        }
    }

    /** Two vectors of each of n rows, side by side: the first at {@code source}, the second {@code c1} further. */
    static void vectors2(float[] from, int source, int step, int c1, float[] to, int n) {
        for (int k = 0; k < n; k++) {
            int at = source + k * step;
            FloatVector.fromArray(S, from, at).intoArray(to, k * (2 * L));
            FloatVector.fromArray(S, from, at + c1).intoArray(to, k * (2 * L) + L);
        }
    }

    /** Three vectors of each of n rows. */
    static void vectors3(float[] from, int source, int step, int c1, int c2, float[] to, int n) {
        for (int k = 0; k < n; k++) {
            int at = source + k * step;
            FloatVector.fromArray(S, from, at).intoArray(to, k * (3 * L));
            FloatVector.fromArray(S, from, at + c1).intoArray(to, k * (3 * L) + L);
            FloatVector.fromArray(S, from, at + c2).intoArray(to, k * (3 * L) + 2 * L);
        }
    }

    /** Four vectors of each of n rows. */
    static void vectors4(float[] from, int source, int step, int c1, int c2, int c3, float[] to, int n) {
        for (int k = 0; k < n; k++) {
            int at = source + k * step;
            FloatVector.fromArray(S, from, at).intoArray(to, k * (4 * L));
            FloatVector.fromArray(S, from, at + c1).intoArray(to, k * (4 * L) + L);
            FloatVector.fromArray(S, from, at + c2).intoArray(to, k * (4 * L) + 2 * L);
            FloatVector.fromArray(S, from, at + c3).intoArray(to, k * (4 * L) + 3 * L);
        }
    }

    /** Four neighboring numbers of each of n rows, one group after the other. */
    static void fours(float[] from, int source, int step, float[] to, int target, int n) {
        for (int k = 0; k < n; k++) {
            int at = source + k * step;
            to[target + 4 * k] = from[at];
            to[target + 4 * k + 1] = from[at + 1];
            to[target + 4 * k + 2] = from[at + 2];
            to[target + 4 * k + 3] = from[at + 3];
        }
    }

    /** The transpose of contiguous rows, {@code step} apart, into contiguous rows, {@code targetStep} apart. */
    static void turn(float[] from, int source, int step, float[] to, int target, int targetStep, int rows, int columns) {
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

    private static void turnFour(float[] from, int source, int step, float[] to, int target, int targetStep, int columns) {
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
