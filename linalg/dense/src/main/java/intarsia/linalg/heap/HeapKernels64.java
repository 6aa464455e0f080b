package intarsia.linalg.heap;

import intarsia.linalg.AdamStep;
import intarsia.linalg.Binary;
import intarsia.linalg.Buffer;
import intarsia.linalg.Chain;
import intarsia.linalg.Command;
import intarsia.linalg.Elementary;
import intarsia.linalg.Indices;
import intarsia.linalg.Kernels;
import intarsia.linalg.MatMul;
import intarsia.linalg.Operands;
import intarsia.linalg.Pool;
import intarsia.linalg.Precision;
import intarsia.linalg.Shape;
import intarsia.linalg.Unary;
import intarsia.linalg.View;
import java.util.Arrays;
import java.util.List;

/** Kernels over heap arrays: they check and bind operands, and leave the inner loops to {@link Loops64}. */
public final class HeapKernels64 implements Kernels {
    private final Loops64 loops;
    private final Pool pool;

    /** Kernels with these inner loops. */
    public HeapKernels64(Loops64 loops, Pool pool) {
        this.loops = loops;
        this.pool = pool;
    }

    /** The inner loops. */
    Loops64 loops() {
        return loops;
    }

    @Override
    public String name() {
        return loops.name();
    }

    @Override
    public Precision precision() {
        return Precision.F64;
    }

    @Override
    public Buffer allocate(int size) {
        return new HeapBuffer64(size);
    }

    @Override
    public Indices allocateIndices(int size) {
        return new HeapIndices(size);
    }

    @Override
    public void free(Buffer buffer) {
        // The garbage collector does it.
    }

    @Override
    public void upload(double[] from, int offset, View to) { // F64 in both
        double[] array = Block64.array(to);
        for (int i = 0; i < to.rows(); i++) {
            int row = HeapBuffer64.FIRST + to.offset() + i * to.stride();
            int start = offset + i * to.columns();
            for (int j = 0; j < to.columns(); j++) {
                array[row + j] = Rounding.to64(from[start + j]);
            }
        }
    }

    @Override
    public void upload(int[] from, int offset, Indices to) {
        System.arraycopy(from, offset, ((HeapIndices) to).array, 0, to.size());
    }

    @Override
    public void download(View from, double[] to, int offset) { // F64 in both
        double[] array = Block64.array(from);
        for (int i = 0; i < from.rows(); i++) {
            int row = HeapBuffer64.FIRST + from.offset() + i * from.stride();
            int start = offset + i * from.columns();
            for (int j = 0; j < from.columns(); j++) {
                to[start + j] = array[row + j];
            }
        }
    }

    @Override
    public double read(View from) { // F64 in both
        return Block64.array(from)[HeapBuffer64.FIRST + from.offset()];
    }

    @Override
    public Command fill(View out, double value) { // F64 in both
        Block64 to = Block64.of(out);
        double rounded = Rounding.to64(value);
        return () -> {
            for (int i = 0; i < to.rows(); i++) {
                Arrays.fill(to.array(), to.row(i), to.row(i) + to.columns(), rounded);
            }
        };
    }

    @Override
    public Command copy(View in, View out) {
        Operands.copy(in, out);
        Block64 from = Block64.of(in);
        Block64 to = Block64.of(out);
        int step = from.rows() == 1 ? 0 : from.stride();
        if (from.columns() == to.columns()) {
            return () -> {
                for (int i = 0; i < to.rows(); i++) {
                    System.arraycopy(from.array(), from.offset() + i * step, to.array(), to.row(i), to.columns());
                }
            };
        }
        return () -> {
            for (int i = 0; i < to.rows(); i++) {
                Arrays.fill(to.array(), to.row(i), to.row(i) + to.columns(), from.array()[from.offset() + i * step]);
            }
        };
    }

    @Override
    public Command permute(View in, Shape shape, int[] axes, View out) {
        Operands.permute(in, shape, out);
        Block64 from = Block64.of(in);
        Block64 to = Block64.of(out);
        int rank = shape.rank();
        int[] strides = shape.strides();
        int[] sizes = new int[rank];
        int[] steps = new int[rank];
        for (int k = 0; k < rank; k++) {
            sizes[k] = shape.size(axes[k]);
            steps[k] = strides[axes[k]];
        }
        int[] index = new int[rank];
        return () -> {
            int source = from.offset();
            for (int i = 0; i < to.size(); i++) {
                to.array()[to.offset() + i] = from.array()[source];
                for (int k = rank - 1; k >= 0; k--) {
                    source += steps[k];
                    if (++index[k] < sizes[k]) {
                        break;
                    }
                    source -= steps[k] * sizes[k];
                    index[k] = 0;
                }
            }
        };
    }

    @Override
    public Command chain(Chain chain, List<View> inputs, List<View> outputs) {
        Operands.chain(chain, inputs, outputs);
        Block64[] in = inputs.stream().map(Block64::of).toArray(Block64[]::new);
        Block64[] out = outputs.stream().map(Block64::of).toArray(Block64[]::new);
        return new ChainCommand64(loops, chain, in, out);
    }

    @Override
    public Command matmul(MatMul product, View a, View b, View bias, View c) {
        Operands.matmul(product, a, b, bias, c);
        return loops.matmul(product, Block64.of(a), Block64.of(b), bias == null ? null : Block64.of(bias), Block64.of(c), pool);
    }

    @Override
    public Command sum(View in, View out, boolean accumulate) {
        Operands.sum(in, out);
        Block64 x = Block64.of(in);
        Block64 to = Block64.of(out);
        if (to.rows() == 1 && to.columns() == 1) {
            return total(x, to, accumulate);
        }
        if (to.rows() == 1 && to.columns() == x.columns()) {
            return () -> {
                if (!accumulate) {
                    Arrays.fill(to.array(), to.offset(), to.offset() + to.columns(), 0);
                }
                loops.addRows(x.array(), x.offset(), x.stride(), x.rows(), to.array(), to.offset(), x.columns());
            };
        }
        double[] lanes = lanes();
        return () -> {
            for (int i = 0; i < x.rows(); i++) {
                put(loops.sum(x.array(), x.row(i), x.columns(), lanes), to, to.row(i), accumulate);
            }
        };
    }

    /** Scratch memory of a command's own: kernels are shared by threads. */
    private static double[] lanes() {
        return new double[LANES];
    }

    private Command total(Block64 x, Block64 to, boolean accumulate) {
        double[] lanes = lanes();
        if (x.contiguous()) {
            return () -> put(loops.sum(x.array(), x.offset(), x.size(), lanes), to, to.offset(), accumulate);
        }
        double[] packed = new double[x.size()];
        return () -> {
            pack(x, packed);
            put(loops.sum(packed, 0, packed.length, lanes), to, to.offset(), accumulate);
        };
    }

    @Override
    public Command dot(View x, View y, View out, boolean accumulate) {
        Operands.dot(x, y);
        Block64 a = Block64.of(x);
        Block64 b = Block64.of(y);
        Block64 to = Block64.of(out);
        double[] lanes = lanes();
        if (a.contiguous() && b.contiguous()) {
            return () -> put(loops.dot(a.array(), a.offset(), b.array(), b.offset(), a.size(), lanes), to, to.offset(), accumulate);
        }
        double[] packedA = new double[a.size()];
        double[] packedB = new double[b.size()];
        return () -> {
            pack(a, packedA);
            pack(b, packedB);
            put(loops.dot(packedA, 0, packedB, 0, packedA.length, lanes), to, to.offset(), accumulate);
        };
    }

    private static void pack(Block64 from, double[] to) {
        for (int i = 0; i < from.rows(); i++) {
            System.arraycopy(from.array(), from.row(i), to, i * from.columns(), from.columns());
        }
    }

    private static void put(double value, Block64 to, int index, boolean accumulate) {
        to.array()[index] = accumulate ? to.array()[index] + value : value;
    }

    @Override
    public Command logSumExp(View in, View out) {
        Operands.logSumExp(in, out);
        Block64 x = Block64.of(in);
        Block64 to = Block64.of(out);
        double[] scratch = new double[x.columns()];
        double[] lanes = lanes();
        return () -> {
            for (int i = 0; i < x.rows(); i++) {
                to.array()[to.row(i)] = logSumExp(x, i, scratch, lanes);
            }
        };
    }

    private double logSumExp(Block64 x, int i, double[] scratch, double[] lanes) {
        double largest = largest(x, i);
        return Double.isInfinite(largest) ? largest : largest + Elementary.log(exponentials(x, i, largest, scratch, lanes));
    }

    @Override
    public Command softmax(View in, View out) {
        Operands.softmax(in, out);
        Block64 x = Block64.of(in);
        Block64 to = Block64.of(out);
        double[] scratch = new double[x.columns()];
        double[] lanes = lanes();
        return () -> {
            for (int i = 0; i < x.rows(); i++) {
                softmax(x, i, scratch, lanes);
                System.arraycopy(scratch, 0, to.array(), to.row(i), scratch.length);
            }
        };
    }

    private void softmax(Block64 x, int i, double[] scratch, double[] lanes) {
        double largest = largest(x, i);
        if (largest == Double.NEGATIVE_INFINITY) {
            Arrays.fill(scratch, 0);
            return;
        }
        double sum = exponentials(x, i, largest, scratch, lanes);
        for (int j = 0; j < scratch.length; j++) {
            scratch[j] /= sum;
        }
    }

    private static double largest(Block64 x, int i) {
        double largest = Rounding.to64(Double.NEGATIVE_INFINITY);
        for (int j = 0; j < x.columns(); j++) {
            largest = Math.max(largest, x.array()[x.row(i) + j]);
        }
        return largest;
    }

    /** {@code exp(x_ij - largest)}, and their sum. */
    private double exponentials(Block64 x, int i, double largest, double[] to, double[] lanes) {
        loops.affine(1, -largest, x.array(), x.row(i), to, 0, x.columns());
        loops.map(Unary.EXP, to, 0, to, 0, x.columns());
        return loops.sum(to, 0, x.columns(), lanes);
    }

    @Override
    public Command gather(View table, Indices rows, View out) {
        Operands.gather(table, rows, out);
        Block64 from = Block64.of(table);
        Block64 to = Block64.of(out);
        int[] index = ((HeapIndices) rows).array;
        return () -> {
            for (int i = 0; i < index.length; i++) {
                System.arraycopy(from.array(), from.row(index[i]), to.array(), to.row(i), to.columns());
            }
        };
    }

    @Override
    public Command scatterAdd(View in, Indices rows, View table) {
        Operands.scatterAdd(in, rows, table);
        Block64 from = Block64.of(in);
        Block64 to = Block64.of(table);
        int[] index = ((HeapIndices) rows).array;
        return () -> {
            for (int i = 0; i < index.length; i++) {
                int row = to.row(index[i]);
                loops.zip(Binary.ADD, to.array(), row, from.array(), from.row(i), to.array(), row, from.columns());
            }
        };
    }

    @Override
    public Command adam(AdamStep step, View parameters, View gradients, View firstMoment, View secondMoment) {
        Operands.adam(parameters, gradients, firstMoment, secondMoment);
        Block64 p = Block64.of(parameters);
        Block64 g = Block64.of(gradients);
        Block64 m = Block64.of(firstMoment);
        Block64 v = Block64.of(secondMoment);
        return () -> loops.adam(step, p.array(), p.offset(), g.array(), g.offset(), m.array(), m.offset(), v.array(), v.offset(), p.size());
    }
}
