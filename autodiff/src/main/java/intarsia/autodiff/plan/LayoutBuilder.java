package intarsia.autodiff.plan;

import intarsia.autodiff.Node;
import intarsia.autodiff.Op;
import intarsia.linalg.Command;
import intarsia.linalg.Kernels;
import intarsia.linalg.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Turns ops that only move or repeat numbers into copies, or into none where a {@link Value} of the operand will do. */
final class LayoutBuilder {
    private final Compiler compiler;

    LayoutBuilder(Compiler compiler) {
        this.compiler = compiler;
    }

    void broadcast(Node node) {
        Value out = compiler.freshIfStrided(node);
        repeat(node.input(0), node.shape(), out);
        compiler.finish(node, out);
    }

    /** A node's numbers repeated in full to a larger shape. */
    Value repeated(Node node, Shape shape) {
        Value out = Value.whole(new Storage(shape.size()), shape.rows(), shape.columns());
        repeat(node, shape, out);
        return out;
    }

    private void repeat(Node node, Shape shape, Value out) {
        Value in = compiler.contiguous(node);
        int[] source = padded(node.shape(), shape.rank());
        compiler.add("broadcast " + node, List.of(in), out, 0, (k, to) -> repeat(k, to, in, source, out, shape.sizes(), 0));
    }

    /** One copy where the axes from here on are a matrix's rows and columns, some repeated; else one axis at a time. */
    private static void repeat(Kernels kernels, Consumer<Command> to, Value in, int[] source, Value out, int[] target, int axis) {
        if (out.size() == 0) {
            return;
        }
        int split = split(source, target, axis);
        if (split >= 0) {
            Value rowsIn = in.reshape(Compiler.product(source, axis, split), Compiler.product(source, split, source.length));
            Value rowsOut = out.reshape(Compiler.product(target, axis, split), Compiler.product(target, split, target.length));
            to.accept(kernels.copy(rowsIn.view(), rowsOut.view()));
            return;
        }
        int step = out.size() / target[axis];
        int stepIn = in.size() / source[axis];
        for (int i = 0; i < target[axis]; i++) {
            int from = source[axis] == 1 ? 0 : i;
            Value partIn = in.reshape(source[axis], stepIn).rows(from, from + 1);
            repeat(kernels, to, partIn, source, out.reshape(target[axis], step).rows(i, i + 1), target, axis + 1);
        }
    }

    /**
     * Where axes from {@code axis} on may be cut into rows and columns so that each part is whole or all 1 in the source; -1 if nowhere.
     */
    private static int split(int[] source, int[] target, int axis) {
        for (int split = axis; split <= target.length; split++) {
            if (fits(source, target, axis, split) && fits(source, target, split, target.length)) {
                return split;
            }
        }
        return -1;
    }

    /** Whether these axes of the source are those of the target, or all 1. */
    static boolean fits(int[] source, int[] target, int from, int to) {
        return Compiler.product(source, from, to) == 1 || Arrays.equals(source, from, to, target, from, to);
    }

    /** A shape's sizes after as many 1 as it has axes too few. */
    static int[] padded(Shape shape, int rank) {
        int[] own = shape.sizes();
        int[] padded = new int[rank];
        Arrays.fill(padded, 1);
        System.arraycopy(own, 0, padded, rank - own.length, own.length);
        return padded;
    }

    void permute(Node node, Op.Permute op) {
        Value in = compiler.contiguous(node.input(0));
        Value out = compiler.freshIfStrided(node);
        Shape shape = node.input(0).shape();
        int[] axes = op.axes().stream().mapToInt(Integer::intValue).toArray();
        compiler.add(node.toString(), List.of(in), out, 0, (k, to) -> to.accept(k.permute(in.view(), shape, axes, out.view())));
        compiler.finish(node, out);
    }

    void concat(Node node, Op.Concat op) {
        Value out = compiler.result(node);
        int axis = op.axis();
        int inner = Compiler.product(node.shape().sizes(), axis + 1, node.shape().rank());
        int from = 0;
        for (Node part : node.inputs()) {
            int to = from + part.shape().size(axis);
            if (node.shape().rank() == 2) {
                Value within = out.part(axis, from, to);
                if (!within.equals(compiler.value(part))) {
                    compiler.copy("concat " + part, compiler.value(part), within);
                }
            } else {
                int outer = Compiler.product(node.shape().sizes(), 0, axis);
                Value within = out.reshape(outer, node.shape().size(axis) * inner).columns(from * inner, to * inner);
                compiler.copy("concat " + part, compiler.contiguous(part).reshape(outer, (to - from) * inner), within);
            }
            from = to;
        }
    }

    void slice(Node node, Op.Slice op) {
        Node whole = node.input(0);
        if (whole.shape().rank() == 2) {
            compiler.place(node, compiler.value(whole).part(op.axis(), op.from(), op.to()));
            return;
        }
        int[] sizes = whole.shape().sizes();
        int outer = Compiler.product(sizes, 0, op.axis());
        int inner = Compiler.product(sizes, op.axis() + 1, sizes.length);
        Value part = compiler.contiguous(whole).reshape(outer, sizes[op.axis()] * inner).columns(op.from() * inner, op.to() * inner);
        if (part.contiguous()) {
            compiler.place(node, part.reshape(node.shape().rows(), node.shape().columns()));
        } else {
            Value out = compiler.result(node);
            compiler.copy(node.toString(), part, out.reshape(outer, part.columns()));
        }
    }

    void pad(Node node, Op.Pad op) {
        Node inner = node.input(0);
        Value out = compiler.result(node);
        int[] sizes = node.shape().sizes();
        int outer = Compiler.product(sizes, 0, op.axis());
        int step = Compiler.product(sizes, op.axis() + 1, sizes.length);
        boolean matrix = sizes.length == 2;
        Value in = matrix ? compiler.value(inner) : compiler.contiguous(inner).reshape(outer, inner.shape().size(op.axis()) * step);
        compiler.add(node.toString(), List.of(in), out, 0, (k, to) -> {
            to.accept(k.fill(out.view(), 0));
            int from = op.before() * step;
            Value within = matrix ? out.inner(op, inner.shape())
                    : out.reshape(outer, sizes[op.axis()] * step).columns(from, from + in.columns());
            to.accept(k.copy(in.view(), within.view()));
        });
    }
}
