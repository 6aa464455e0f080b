package intarsia.linalg.decomposition;

import intarsia.linalg.Pool;
import intarsia.linalg.heap.Block64;

/**
 * Where a {@link Substitution} takes place: a triangle, and for each of a pool's threads a {@link Strip}. A block of right-hand sides is
 * solved strip by strip, the threads side by side.
 */
final class Strips {
    private final Pool pool;
    private final Substitution substitution;
    private final Strip[] lanes;

    /** With room for so many unknowns and right-hand sides, or as many of them as go together. */
    Strips(Pool pool, int unknowns, int sides) {
        this.pool = pool;
        int order = Math.min(unknowns, Substitution.ORDER);
        substitution = new Substitution(order);
        lanes = new Strip[pool.threads()];
        for (int lane = 0; lane < lanes.length; lane++) {
            lanes[lane] = new Strip(order, Math.min(sides, Strip.WIDTH));
        }
    }

    Pool pool() {
        return pool;
    }

    Substitution substitution() {
        return substitution;
    }

    /** The strip of the caller's thread. */
    Strip strip() {
        return lanes[0];
    }

    /** A block of right-hand sides cut up: its rows, or else its columns, are the unknowns, the last one first if asked. */
    final class Cut {
        private final Block64[] blocks;
        private final boolean columns;
        private final boolean reversed;
        private final Pool.Parts work = this::lane;

        Cut(Block64 block, boolean columns, boolean reversed) {
            this.columns = columns;
            this.reversed = reversed;
            int count = columns ? block.rows() : block.columns();
            int even = (count + lanes.length - 1) / lanes.length;
            int width = Math.clamp(even, 1, Strip.WIDTH);
            blocks = new Block64[(count + width - 1) / width];
            for (int k = 0; k < blocks.length; k++) {
                int from = k * width;
                int end = Math.min(count, from + width);
                blocks[k] = columns ? block.part(from, end, 0, block.columns()) : block.part(0, block.rows(), from, end);
            }
        }

        /** Solves all of it by the triangle written before. */
        void solve() {
            pool.run(Math.min(lanes.length, blocks.length), work);
        }

        private void lane(int lane) {
            for (int k = lane; k < blocks.length; k += lanes.length) {
                lanes[lane].take(blocks[k], columns, reversed);
                substitution.solve(lanes[lane]);
                lanes[lane].put(blocks[k], columns, reversed);
            }
        }
    }
}
