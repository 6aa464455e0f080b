package intarsia.optim.prox;

import java.util.Arrays;
import java.util.List;

/**
 * Consecutive blocks of a vector with a penalty each: the sum of their values.
 *
 * @param blocks in order; their lengths add up to the length of every vector given
 */
public record Blocks(List<Block> blocks) implements Penalty {
    /**
     * One block.
     *
     * @param penalty of the block's numbers
     * @param length  how many there are
     */
    public record Block(Penalty penalty, int length) {
        /** Checks the length. */
        public Block {
            if (length < 0) {
                throw new IllegalArgumentException("block length " + length + ": may not be negative");
            }
        }
    }

    /** Copies the list. */
    public Blocks {
        blocks = List.copyOf(blocks);
    }

    /** Blocks in this order. */
    public static Blocks of(Block... blocks) {
        return new Blocks(List.of(blocks));
    }

    @Override
    public double value(double[] x) {
        check(x);
        double sum = 0;
        int from = 0;
        for (Block block : blocks) {
            sum += block.penalty.value(Arrays.copyOfRange(x, from, from + block.length));
            from += block.length;
        }
        return sum;
    }

    @Override
    public double[] prox(double[] point, double step) {
        check(point);
        double[] x = new double[point.length];
        int from = 0;
        for (Block block : blocks) {
            double[] part = block.penalty.prox(Arrays.copyOfRange(point, from, from + block.length), step);
            System.arraycopy(part, 0, x, from, block.length);
            from += block.length;
        }
        return x;
    }

    private void check(double[] x) {
        int total = blocks.stream().mapToInt(Block::length).sum();
        if (total != x.length) {
            throw new IllegalArgumentException("blocks of " + total + " numbers in all, applied to " + x.length);
        }
    }
}
