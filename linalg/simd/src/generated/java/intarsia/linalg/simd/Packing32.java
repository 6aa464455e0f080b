// Generated from Packing64.java by linalg/generator; change that one.
package intarsia.linalg.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Copies of parts of matrices into the order in which {@link MatMulTiles32} reads them, and transposes. */
final class Packing32 {
    private static final VectorSpecies<Float> S = Width.F32;
    private static final int L = S.length();
    private static final int HALF = Width.HALF32.length();

    /** Columns that are turned at a time. */
    private static final int NEAR = 32;
    /** Four numbers, if a vector of them is not wider than the hardware's. */
    private static final VectorSpecies<Float> Q = Width.QUAD32;
    private static final boolean BLOCKS = L >= 4;
    private static final VectorShuffle<Float> NEIGHBORS = VectorShuffle.fromValues(Q, 1, 0, 3, 2);
    private static final VectorShuffle<Float> HALVES = VectorShuffle.fromValues(Q, 2, 3, 0, 1);
    private static final VectorMask<Float> ODD = VectorMask.fromValues(Q, false, true, false, true);
    private static final VectorMask<Float> UPPER = VectorMask.fromValues(Q, false, false, true, true);

    private Packing32() {}

    /** Three vectors of each of n rows, {@code step} apart from {@code source} on, side by side. */
    static void vectors3(float[] from, int source, int step, float[] to, int target, int n) {
        for (int k = 0; k < n; k++) {
            int at = source + k * step;
            int there = target + k * (3 * L);
            FloatVector.fromArray(S, from, at).intoArray(to, there);
            FloatVector.fromArray(S, from, at + L).intoArray(to, there + L);
            FloatVector.fromArray(S, from, at + 2 * L).intoArray(to, there + 2 * L);
        }
    }

    /** Four vectors of each of n rows. */
    static void vectors4(float[] from, int source, int step, float[] to, int target, int n) {
        for (int k = 0; k < n; k++) {
            int at = source + k * step;
            int there = target + k * (4 * L);
            FloatVector.fromArray(S, from, at).intoArray(to, there);
            FloatVector.fromArray(S, from, at + L).intoArray(to, there + L);
            FloatVector.fromArray(S, from, at + 2 * L).intoArray(to, there + 2 * L);
            FloatVector.fromArray(S, from, at + 3 * L).intoArray(to, there + 3 * L);
        }
    }

    /** The first numbers, at least a vector of them, of each of n rows into rows {@code targetStep} apart. */
    static void vectors(float[] from, int source, int step, float[] to, int target, int targetStep, int count, int n) {
        for (int k = 0; k < n; k++) {
            int at = source + k * step;
            int there = target + k * targetStep;
            for (int j = 0; j <= count - L; j += L) {
                FloatVector.fromArray(S, from, at + j).intoArray(to, there + j);
            }
            if (count % L > 0) {
                FloatVector.fromArray(S, from, at + count - L).intoArray(to, there + count - L);
            }
        }
    }

    /** The first numbers of each of n rows, {@code count} of them, one group after the other at a distance of {@code height}. */
    static void panel(float[] from, int source, int step, float[] to, int target, int height, int count, int n) {
        int k = 0;
        if (BLOCKS && count >= 4) {
            for (; k < n; k++) {
                int at = source + k * step;
                int there = target + k * height;
                FloatVector.fromArray(Q, from, at).intoArray(to, there);
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

    /**
     * The transpose of contiguous rows, {@code step} apart, into contiguous rows, {@code targetStep} apart; so many columns at a time as
     * stay in the first-level cache until their rows are whole cache lines.
     */
    static void turn(float[] from, int source, int step, float[] to, int target, int targetStep, int rows, int columns) {
        for (int j = 0; j < columns; j += NEAR) {
            turnFew(from, source + j, step, to, target + j * targetStep, targetStep, rows, Math.min(NEAR, columns - j));
        }
    }

    private static void turnFew(float[] from, int source, int step, float[] to, int target, int targetStep, int rows, int columns) {
        int high = Squares32.FIT && columns >= L ? covered(rows, L) : 0;
        int wide = high > 0 ? covered(columns, L) : columns;
        for (int i = 0; i < high; i += L) {
            int at = Math.min(i, high - L);
            Squares32.turn(from, source + at * step, step, to, target + at, targetStep, wide);
        }
        if (wide < columns) {
            turnHalves(from, source + wide, step, to, target + wide * targetStep, targetStep, high, columns - wide);
        }
        if (high < rows) {
            turnHalves(from, source + high * step, step, to, target + high, targetStep, rows - high, columns);
        }
    }

    private static void turnHalves(float[] from, int source, int step, float[] to, int target, int targetStep, int rows, int columns) {
        int high = HalfSquares32.FIT && columns >= HALF ? covered(rows, HALF) : 0;
        int wide = high > 0 ? covered(columns, HALF) : columns;
        for (int i = 0; i < high; i += HALF) {
            int at = Math.min(i, high - HALF);
            HalfSquares32.turn(from, source + at * step, step, to, target + at, targetStep, wide);
        }
        if (wide < columns) {
            turnFours(from, source + wide, step, to, target + wide * targetStep, targetStep, high, 0, columns - wide);
        }
        if (high < rows) {
            turnFours(from, source + high * step, step, to, target + high, targetStep, rows - high, 0, columns);
        }
    }

    /** How many of so many squares cover, if the last overlaps the one before where otherwise more than half of a square were left. */
    private static int covered(int count, int side) {
        return count % side * 2 > side && count > side ? count : count - count % side;
    }

    private static void turnFours(float[] from, int source, int step, float[] to, int target, int targetStep, int rows, int begin,
            int columns) {
        int i = 0;
        int whole = BLOCKS ? columns - (columns - begin) % 4 : begin;
        for (; i + 4 <= rows; i += 4) {
            if (whole > begin) {
                turnBlocks(from, source + i * step, step, to, target + i, targetStep, begin, whole);
            }
            if (whole < columns) {
                turnFour(from, source + i * step, step, to, target + i, targetStep, whole, columns);
            }
        }
        for (; i < rows; i++) {
            for (int j = begin; j < columns; j++) {
                to[target + j * targetStep + i] = from[source + i * step + j];
            }
        }
    }

    /** Four rows, four columns at a time: numbers change places with their neighbor, then pairs of them do. */
    private static void turnBlocks(float[] from, int source, int step, float[] to, int target, int targetStep, int begin, int end) {
        for (int j = begin; j < end; j += 4) {
            int at = source + j;
            FloatVector r0 = FloatVector.fromArray(Q, from, at);
            FloatVector r1 = FloatVector.fromArray(Q, from, at + step);
            FloatVector r2 = FloatVector.fromArray(Q, from, at + 2 * step);
            FloatVector r3 = FloatVector.fromArray(Q, from, at + 3 * step);
            FloatVector a0 = r0.blend(r1.rearrange(NEIGHBORS), ODD);
            FloatVector a1 = r0.rearrange(NEIGHBORS).blend(r1, ODD);
            FloatVector a2 = r2.blend(r3.rearrange(NEIGHBORS), ODD);
            FloatVector a3 = r2.rearrange(NEIGHBORS).blend(r3, ODD);
            int put = target + j * targetStep;
            a0.blend(a2.rearrange(HALVES), UPPER).intoArray(to, put);
            a1.blend(a3.rearrange(HALVES), UPPER).intoArray(to, put + targetStep);
            a0.rearrange(HALVES).blend(a2, UPPER).intoArray(to, put + 2 * targetStep);
            a1.rearrange(HALVES).blend(a3, UPPER).intoArray(to, put + 3 * targetStep);
        }
    }

    private static void turnFour(float[] from, int source, int step, float[] to, int target, int targetStep, int begin, int end) {
        int s1 = source + step;
        int s2 = s1 + step;
        int s3 = s2 + step;
        for (int j = begin; j < end; j++) {
            int at = target + j * targetStep;
            to[at] = from[source + j];
            to[at + 1] = from[s1 + j];
            to[at + 2] = from[s2 + j];
            to[at + 3] = from[s3 + j];
        }
    }
}
