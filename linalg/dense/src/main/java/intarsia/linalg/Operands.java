package intarsia.linalg;

import java.util.List;

/**
 * Checks of the operands of {@link Kernels}, common to all providers: a method for each kernel, which throws with the sizes that do not
 * fit.
 */
public final class Operands {
    private Operands() {}

    /** {@link Kernels#copy}. */
    public static void copy(View in, View out) {
        requireBroadcast("copy", in, out);
    }

    /** {@link Kernels#permute}. */
    public static void permute(View in, Shape shape, View out) {
        if (in.size() != shape.size() || out.size() != shape.size() || !in.contiguous() || !out.contiguous()) {
            throw new ShapeException("permute " + shape + ": operands " + in + " and " + out + " must hold it without gaps");
        }
    }

    /** {@link Kernels#chain}. */
    public static void chain(Chain chain, List<View> inputs, List<View> outputs) {
        if (inputs.size() != chain.inputs() || outputs.size() != chain.outputs().size()) {
            throw new IllegalArgumentException("chain of " + chain.inputs() + " operands and " + chain.outputs().size()
                    + " outputs was given " + inputs.size() + " and " + outputs.size());
        }
        for (View in : inputs) {
            requireBroadcast("chain", in, outputs.getFirst());
        }
        for (View out : outputs) {
            requireSame("chain", out, outputs.getFirst());
        }
    }

    /** {@link Kernels#matmul}. */
    public static void matmul(MatMul product, View a, View b, View bias, View c) {
        Shape expected = Shape.matmul(Shape.of(a.rows(), a.columns()), product.transposeA(), Shape.of(b.rows(), b.columns()),
                product.transposeB());
        if (c.rows() != expected.size(0) || c.columns() != expected.size(1)) {
            throw new ShapeException("matmul: the product is " + expected + ", the output " + c);
        }
        if ((product.start() == MatMul.Start.BIAS) != (bias != null)
                || (bias != null && (bias.rows() != 1 || bias.columns() != c.columns()))) {
            throw new ShapeException("matmul: start " + product.start() + " with bias " + bias + " for an output " + c);
        }
        if (overlap(c, a) || overlap(c, b)) {
            throw new IllegalArgumentException("matmul: the output " + c + " shares memory with an operand");
        }
    }

    /** {@link Kernels#sum}. */
    public static void sum(View in, View out) {
        boolean one = out.rows() == 1 && out.columns() == 1;
        boolean row = out.rows() == 1 && out.columns() == in.columns();
        boolean column = out.columns() == 1 && out.rows() == in.rows();
        if (!one && !row && !column) {
            throw new ShapeException("sum of " + in + " into " + out + ": the output must be 1x1, one row or one column");
        }
    }

    /** {@link Kernels#dot}. */
    public static void dot(View x, View y) {
        requireSame("dot", x, y);
    }

    /** {@link Kernels#logSumExp}. */
    public static void logSumExp(View in, View out) {
        if (out.columns() != 1 || out.rows() != in.rows()) {
            throw new ShapeException("logSumExp of " + in + " into " + out + ": the output must be one column with as many rows");
        }
    }

    /** {@link Kernels#softmax}. */
    public static void softmax(View in, View out) {
        requireSame("softmax", in, out);
    }

    /** {@link Kernels#gather}. */
    public static void gather(View table, Indices rows, View out) {
        requireRows("gather", table, rows, out);
    }

    /** {@link Kernels#scatterAdd}. */
    public static void scatterAdd(View in, Indices rows, View table) {
        requireRows("scatterAdd", table, rows, in);
    }

    /** {@link Kernels#adam}. */
    public static void adam(View parameters, View... others) {
        for (View other : others) {
            requireSame("adam", parameters, other);
            if (!other.contiguous() || !parameters.contiguous()) {
                throw new ShapeException("adam: operands must be contiguous");
            }
        }
    }

    /** Whether two views have an element in common. */
    static boolean overlap(View x, View y) {
        return x.buffer() == y.buffer() && x.size() > 0 && y.size() > 0 && x.offset() < end(y) && y.offset() < end(x) && !sideBySide(x, y);
    }

    private static long end(View view) {
        return view.offset() + (view.rows() - 1L) * view.stride() + view.columns();
    }

    /** Whether two views are disjoint blocks of columns of the same matrix, although their rows interleave. */
    private static boolean sideBySide(View x, View y) {
        if (x.stride() != y.stride() || x.stride() == 0) {
            return false;
        }
        int between = Math.floorMod(y.offset() - x.offset(), x.stride());
        return between >= x.columns() && between + y.columns() <= x.stride();
    }

    private static void requireSame(String operation, View x, View y) {
        if (x.rows() != y.rows() || x.columns() != y.columns()) {
            throw new ShapeException(operation + ": " + x + " and " + y + " must have the same sizes");
        }
    }

    private static void requireBroadcast(String operation, View in, View out) {
        if ((in.rows() != out.rows() && in.rows() != 1) || (in.columns() != out.columns() && in.columns() != 1)) {
            throw new ShapeException(operation + ": an operand " + in + " does not broadcast to the output " + out);
        }
    }

    private static void requireRows(String operation, View table, Indices rows, View dense) {
        if (dense.rows() != rows.size() || dense.columns() != table.columns()) {
            throw new ShapeException(operation + ": " + rows.size() + " row numbers, a table " + table + " and rows " + dense
                    + " do not fit");
        }
    }
}
