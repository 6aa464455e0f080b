// Generated from ChainCommand64.java by linalg/generator; change that one.
package intarsia.linalg.heap;

import intarsia.linalg.Chain;
import intarsia.linalg.Command;
import java.util.Arrays;

/**
 * A {@link Chain} computed block by block: every step runs over one block, whose registers stay in the first-level cache, before the next
 * block starts. Intermediate results never reach main memory. A block is a piece of a long row, or several short rows; operands that do not
 * lie like that, one row directly after the other, are first copied together.
 */
final class ChainCommand32 implements Command {
    private static final int BLOCK = 512;

    private final Loops32 loops;
    private final Chain.Step[] steps;
    private final Block32[] inputs;
    private final Block32[] outputs;
    private final int rows;
    private final int columns;
    /** How many rows are in a block. */
    private final int high;

    /** The array of each register, and where the block at hand begins in it. */
    private final float[][] arrays;
    private final int[] offsets;
    /** For each register, the scratch it uses, or null if it lies in an operand or output. */
    private final float[][] scratch;
    /** For each output, the register it is written from. */
    private final int[] written;
    /** For each output, whether it is computed in scratch and copied: its rows lie apart, or it overlaps an operand that is still read. */
    private final boolean[] copied;

    ChainCommand32(Loops32 loops, Chain chain, Block32[] inputs, Block32[] outputs) {
        this.loops = loops;
        this.steps = chain.steps().toArray(Chain.Step[]::new);
        boolean flat = Arrays.stream(outputs).allMatch(Block32::contiguous)
                && Arrays.stream(inputs).allMatch(in -> in.size() == 1 || (in.contiguous() && in.size() == outputs[0].size()));
        this.rows = flat ? 1 : outputs[0].rows();
        this.columns = flat ? outputs[0].size() : outputs[0].columns();
        this.inputs = flat ? flatten(inputs) : inputs;
        this.outputs = flat ? flatten(outputs) : outputs;
        this.high = Math.max(1, BLOCK / Math.max(1, columns));
        int registers = inputs.length + steps.length;
        this.arrays = new float[registers][];
        this.offsets = new int[registers];
        this.scratch = new float[registers][];
        this.written = chain.outputs().stream().mapToInt(Integer::intValue).toArray();
        this.copied = new boolean[outputs.length];
        int block = Math.min(high, rows) * Math.min(BLOCK, columns);
        for (int i = 0; i < inputs.length; i++) {
            if (!lies(this.inputs[i])) {
                scratch[i] = new float[block];
            }
        }
        boolean[] direct = new boolean[registers];
        for (int o = 0; o < outputs.length; o++) {
            copied[o] = !lies(this.outputs[o]) || direct[written[o]] || stillRead(this.outputs[o], written[o]);
            direct[written[o]] |= !copied[o];
        }
        for (int r = inputs.length; r < registers; r++) {
            if (!direct[r]) {
                scratch[r] = new float[block];
            }
        }
        System.arraycopy(scratch, 0, arrays, 0, registers);
        for (int i = 0; i < inputs.length; i++) {
            if (scratch[i] == null) {
                arrays[i] = this.inputs[i].array();
            }
        }
        for (int o = 0; o < outputs.length; o++) {
            if (!copied[o]) {
                arrays[written[o]] = this.outputs[o].array();
            }
        }
    }

    @Override
    public void run() {
        for (int i = 0; i < rows; i += high) {
            int height = Math.min(high, rows - i);
            for (int from = 0; from < columns; from += BLOCK) {
                int width = Math.min(BLOCK, columns - from);
                locate(i, height, from, width);
                for (int s = 0; s < steps.length; s++) {
                    step(steps[s], inputs.length + s, height * width);
                }
                for (int o = 0; o < outputs.length; o++) {
                    if (copied[o]) {
                        spread(arrays[written[o]], offsets[written[o]], outputs[o], i, height, from, width);
                    }
                }
            }
        }
    }

    private void locate(int row, int height, int from, int width) {
        for (int i = 0; i < inputs.length; i++) {
            if (scratch[i] != null) {
                gather(inputs[i], row, height, from, width, scratch[i]);
            } else {
                offsets[i] = start(inputs[i], row) + from;
            }
        }
        for (int o = 0; o < outputs.length; o++) {
            if (!copied[o]) {
                offsets[written[o]] = outputs[o].row(row) + from;
            }
        }
    }

    /** A block of an operand, repeated to its rows and columns, copied together. */
    private void gather(Block32 in, int row, int height, int from, int width, float[] to) {
        for (int i = 0; i < height; i++) {
            int start = start(in, row + i);
            if (repeatedAlongRow(in)) {
                Arrays.fill(to, i * width, (i + 1) * width, in.array()[start]);
            } else {
                System.arraycopy(in.array(), start + from, to, i * width, width);
            }
        }
    }

    private static void spread(float[] from, int offset, Block32 out, int row, int height, int column, int width) {
        for (int i = 0; i < height; i++) {
            System.arraycopy(from, offset + i * width, out.array(), out.row(row + i) + column, width);
        }
    }

    private static int start(Block32 in, int row) {
        return in.rows() == 1 ? in.offset() : in.row(row);
    }

    /** Whether a block's numbers lie one after the other in an operand. */
    private boolean lies(Block32 block) {
        return !repeatedAlongRow(block) && (high == 1 || rows == 1 || (block.rows() == rows && block.contiguous()));
    }

    private void step(Chain.Step step, int target, int n) {
        switch (step) {
            case Chain.Map map -> loops.map(map.f(), arrays[map.x()], offsets[map.x()], arrays[target], offsets[target], n);
            case Chain.Zip zip -> loops.zip(zip.f(), arrays[zip.x()], offsets[zip.x()], arrays[zip.y()], offsets[zip.y()],
                    arrays[target], offsets[target], n);
            case Chain.Affine affine -> loops.affine(Rounding.to32(affine.scale()), Rounding.to32(affine.shift()),
                    arrays[affine.x()], offsets[affine.x()], arrays[target], offsets[target], n);
        }
    }

    private boolean repeatedAlongRow(Block32 in) {
        return in.columns() == 1 && columns > 1;
    }

    /** Whether a step after the one that makes this register reads an operand that the output overlaps. */
    private boolean stillRead(Block32 output, int register) {
        for (int i = 0; i < inputs.length; i++) {
            if (scratch[i] == null && output.overlaps(inputs[i])) {
                for (int s = register - inputs.length + 1; s < steps.length; s++) {
                    if (reads(steps[s], i)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean reads(Chain.Step step, int register) {
        return switch (step) {
            case Chain.Map map -> map.x() == register;
            case Chain.Zip zip -> zip.x() == register || zip.y() == register;
            case Chain.Affine affine -> affine.x() == register;
        };
    }

    private static Block32[] flatten(Block32[] blocks) {
        return Arrays.stream(blocks).map(b -> new Block32(b.array(), b.offset(), 1, b.size(), b.size())).toArray(Block32[]::new);
    }
}
