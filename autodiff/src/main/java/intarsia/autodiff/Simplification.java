package intarsia.autodiff;

import intarsia.linalg.Binary;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Algebraic simplification: where a simpler node gives the same numbers, up to rounding, an op is not recorded. All such rules stand here,
 * and the graph applies them whenever a node is made. Fusion, which says what one kernel computes together, is the plan's.
 */
final class Simplification {
    private Simplification() {}

    /** A simpler node that gives the same as this op of these operands; null if no rule applies. */
    static Node of(Op op, List<Node> operands) {
        Node x = operands.isEmpty() ? null : operands.getFirst();
        return switch (op) {
            case Op.Affine affine -> affine(affine, x);
            case Op.Zip(Binary f) -> zip(f, x, operands.get(1));
            case Op.MatMul product -> product(product, x, operands.get(1));
            case Op.Reshape(Shape to) when to.equals(x.shape()) -> x;
            case Op.Reshape(Shape to) when x.op() instanceof Op.Reshape -> x.input(0).reshape(to);
            case Op.Reshape(Shape to) when x.op() instanceof Op.Constant(Tensor value) -> x.graph().constant(value.reshape(to));
            case Op.BroadcastTo(Shape to) when to.equals(x.shape()) -> x;
            case Op.Permute(List<Integer> axes) when axes.equals(IntStream.range(0, x.shape().rank()).boxed().toList()) -> x;
            case Op.Slice slice -> slice(slice, x);
            case Op.Pad(_, int before, int after) when before == 0 && after == 0 -> x;
            case Op.Concat _ when operands.size() == 1 -> x;
            default -> null;
        };
    }

    /** {@code 1 x + 0} is x, and {@code b (a x) + c} is {@code (b a) x + c}; of a number it is a number. */
    private static Node affine(Op.Affine op, Node x) {
        if (op.scale() == 1 && op.shift() == 0) {
            return x;
        }
        if (isNumber(x)) {
            return x.graph().constant(Math.fma(number(x), op.scale(), op.shift())).reshape(x.shape());
        }
        return x.op() instanceof Op.Affine inner && inner.shift() == 0 ? x.input(0).affine(inner.scale() * op.scale(), op.shift()) : null;
    }

    private static Node zip(Binary f, Node x, Node y) {
        // An operand that is repeated only to fit need not be: the op repeats it itself.
        if (isRepeatedTo(x, y)) {
            return x.input(0).zip(f, y);
        }
        if (isRepeatedTo(y, x)) {
            return x.zip(f, y.input(0));
        }
        if (x == y && f == Binary.ADD) {
            return x.times(2);
        }
        if (f == Binary.ADD && x.op() instanceof Op.Pad first && y.op() instanceof Op.Pad second && first.axis() == second.axis()
                && x.shape().equals(y.shape())) {
            return neighbors(first, x.input(0), second, y.input(0));
        }
        if (isNumber(y) && y.shape().broadcastsTo(x.shape())) {
            return switch (f) {
                case ADD -> x.plus(number(y));
                case SUBTRACT -> x.minus(number(y));
                case MULTIPLY -> x.times(number(y));
                default -> null;
            };
        }
        boolean commutes = f == Binary.ADD || f == Binary.MULTIPLY;
        return commutes && isNumber(x) && x.shape().broadcastsTo(y.shape()) ? y.zip(f, x) : null;
    }

    /** All of a tensor is the tensor, and what was concatenated is there already. */
    private static Node slice(Op.Slice op, Node x) {
        if (op.from() == 0 && op.to() == x.shape().size(op.axis())) {
            return x;
        }
        if (x.op() instanceof Op.Concat(int axis) && axis == op.axis()) {
            int from = 0;
            for (Node part : x.inputs()) {
                int to = from + part.shape().size(axis);
                if (from == op.from() && to == op.to()) {
                    return part;
                }
                from = to;
            }
        }
        return null;
    }

    /** The sum of two parts of which one ends where the other begins, with zeros around, is both concatenated, with zeros around. */
    private static Node neighbors(Op.Pad first, Node x, Op.Pad second, Node y) {
        int axis = first.axis();
        if (first.before() + x.shape().size(axis) == second.before()) {
            return x.graph().concat(axis, joined(axis, x, y)).pad(axis, first.before(), second.after());
        }
        return second.before() + y.shape().size(axis) == first.before()
                ? x.graph().concat(axis, joined(axis, y, x)).pad(axis, second.before(), first.after()) : null;
    }

    private static List<Node> joined(int axis, Node x, Node y) {
        return Stream.of(x, y).flatMap(part -> part.op().equals(new Op.Concat(axis)) ? part.inputs().stream() : Stream.of(part)).toList();
    }

    /** A transposed operand is read transposed rather than moved, one that is its own transpose as it is. */
    private static Node product(Op.MatMul op, Node a, Node b) {
        Node left = isTranspose(a) ? a.input(0) : a;
        Node right = isTranspose(b) ? b.input(0) : b;
        boolean transposeA = (op.transposeA() ^ left != a) && !isSymmetric(left);
        boolean transposeB = (op.transposeB() ^ right != b) && !isSymmetric(right);
        return a.graph().record(new Op.MatMul(transposeA, transposeB), List.of(left, right));
    }

    private static boolean isRepeatedTo(Node node, Node beside) {
        return node.op() instanceof Op.BroadcastTo && node.input(0).shape().rank() <= beside.shape().rank()
                && node.shape().equals(beside.shape());
    }

    private static boolean isNumber(Node node) {
        return node.op() instanceof Op.Constant && node.shape().size() == 1;
    }

    private static double number(Node node) {
        return ((Op.Constant) node.op()).value().at(0);
    }

    private static boolean isTranspose(Node node) {
        return node.op() instanceof Op.Permute(List<Integer> axes) && axes.equals(List.of(1, 0));
    }

    /** Whether this is known to be its own transpose, to the bit: a matrix times its transpose, and elementwise functions of such. */
    private static boolean isSymmetric(Node node) {
        return switch (node.op()) {
            case Op.MatMul(boolean transposeA, boolean transposeB) -> node.input(0) == node.input(1) && transposeA != transposeB;
            case Op.Map _, Op.Affine _ -> isSymmetric(node.input(0));
            case Op.Zip _ -> isSymmetric(node.input(0)) && isSymmetric(node.input(1));
            default -> false;
        };
    }
}
