package intarsia.linalg.tucker;

import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import java.util.Arrays;

/** A rule for the rank of each mode of a Tucker decomposition. */
public sealed interface Ranks {
    /** The rank of a mode, given its singular values (largest first), the tensor's shape and its squared norm. */
    int choose(int mode, Tensor singularValues, Shape shape, double squaredNorm);

    /** The most that the rank of a mode can turn out to be, whatever the singular values; no more vectors are computed. */
    default int most(int mode) {
        return Integer.MAX_VALUE;
    }

    /** Ranks that are given, one for each mode. */
    static Ranks of(int... ranks) {
        return new Fixed(ranks);
    }

    /** Every mode at its numerical rank: exact. */
    static Ranks full() {
        return new RelativeError(0);
    }

    /**
     * Ranks that are given.
     *
     * @param values one for each mode, each from 1 to what the shape allows
     */
    record Fixed(int... values) implements Ranks {
        /** Copies the ranks. */
        public Fixed {
            values = values.clone();
        }

        /** The ranks, as a fresh array. */
        @Override
        public int[] values() {
            return values.clone();
        }

        @Override
        public int choose(int mode, Tensor singularValues, Shape shape, double squaredNorm) {
            if (values.length != shape.rank()) {
                throw new ShapeException("ranks " + Arrays.toString(values) + " for a tensor " + shape + ": wants " + shape.rank()
                        + " ranks");
            }
            int possible = possible(shape, mode);
            if (values[mode] < 1 || values[mode] > possible) {
                throw new ShapeException("ranks " + Arrays.toString(values) + " for a tensor " + shape + ": mode " + mode
                        + " can have rank 1 to " + possible);
            }
            return values[mode];
        }

        @Override
        public int most(int mode) {
            return mode < values.length ? values[mode] : Integer.MAX_VALUE;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Fixed fixed && Arrays.equals(values, fixed.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return "Fixed" + Arrays.toString(values);
        }
    }

    /**
     * The smallest rank in each mode whose singular values hold this share of the squared norm.
     *
     * @param share above 0, at most 1
     */
    record Energy(double share) implements Ranks {
        /** Checks the share. */
        public Energy {
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException("energy share " + share + ": must be above 0 and at most 1");
            }
        }

        @Override
        public int choose(int mode, Tensor singularValues, Shape shape, double squaredNorm) {
            return smallest(mode, singularValues, shape, (1 - share) * squaredNorm);
        }
    }

    /**
     * The smallest rank in each mode that discards at most {@code tolerance^2 / order} of the squared norm, so that the relative error of
     * the whole decomposition is at most {@code tolerance}.
     *
     * @param tolerance from 0 to below 1; up to rounding
     */
    record RelativeError(double tolerance) implements Ranks {
        /** Checks the tolerance. */
        public RelativeError {
            if (!(tolerance >= 0 && tolerance < 1)) {
                throw new IllegalArgumentException("relative error " + tolerance + ": must be from 0 to below 1");
            }
        }

        @Override
        public int choose(int mode, Tensor singularValues, Shape shape, double squaredNorm) {
            return smallest(mode, singularValues, shape, tolerance * tolerance / shape.rank() * squaredNorm);
        }
    }

    /** The largest rank a mode can have: its size, or the product of the others if that is smaller. */
    static int possible(Shape shape, int mode) {
        int size = shape.size(mode);
        return size == 0 ? 0 : Math.min(size, shape.without(mode).size());
    }

    /** The smallest rank, at least 1, whose discarded squared singular values add to no more than this. */
    private static int smallest(int mode, Tensor singularValues, Shape shape, double discardable) {
        int rank = possible(shape, mode);
        double discarded = 0;
        while (rank > 1) {
            double next = singularValues.at(rank - 1);
            discarded += next * next;
            if (discarded > discardable) {
                break;
            }
            rank--;
        }
        return rank;
    }
}
