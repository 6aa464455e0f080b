package intarsia.models.onnx;

import intarsia.autodiff.Node;
import intarsia.autodiff.Op;
import intarsia.linalg.Binary;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.Unary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Writes nodes of a graph as operators of ONNX. A graph has a number of rows, ONNX has not: a node that depends on an input has rows first,
 * and no op may change that.
 */
final class OnnxNodes {
    private final OnnxGraph to;
    private final int rows;
    private final String height;
    private final Map<Node, String> names = new HashMap<>();
    private final Map<Node, Boolean> dependent = new HashMap<>();

    /**
     * Into a graph.
     *
     * @param rows   the number of rows that nodes were recorded with
     * @param height names the number of rows there are
     */
    OnnxNodes(OnnxGraph to, int rows, String height) {
        this.to = to;
        this.rows = rows;
        this.height = height;
    }

    /** Says what an input is called. */
    void name(Node input, String name) {
        names.put(input, name);
    }

    /**
     * Writes what a node needs and the node.
     *
     * @return its name
     * @throws IllegalArgumentException if ONNX has no operator for an op on the way
     */
    String write(Node output) {
        TreeMap<Integer, Node> needed = new TreeMap<>(Map.of(output.id(), output));
        for (Map.Entry<Integer, Node> last = needed.lastEntry(); last != null; last = needed.lowerEntry(last.getKey())) {
            Node node = last.getValue();
            if (!names.containsKey(node)) {
                operands(node).forEach(operand -> needed.put(operand.id(), operand));
            }
        }
        needed.values().forEach(node -> {
            names.computeIfAbsent(node, this::written);
            dependent.computeIfAbsent(node, this::depends);
        });
        return names.get(output);
    }

    private boolean depends(Node node) {
        boolean depends = node.op() instanceof Op.Input || operands(node).stream().anyMatch(operand -> dependent.get(operand));
        if (depends && (node.shape().rank() == 0 || node.shape().size(0) != rows)) {
            throw new IllegalArgumentException("onnx: " + node + " mixes rows, and cannot be written for any number of them");
        }
        return depends;
    }

    private static List<Node> operands(Node node) {
        return isColumns(node) ? node.input(0).inputs() : node.inputs();
    }

    /** Whether it is several slices of the columns of one node. */
    private static boolean isColumns(Node node) {
        return node.op() instanceof Op.Concat(int axis) && axis == 1 && node.inputs().size() > 1
                && node.inputs().stream().allMatch(part -> part.op() instanceof Op.Slice slice && slice.axis() == 1
                        && part.input(0) == node.input(0).input(0));
    }

    private String name(Node node, int input) {
        return names.get(node.input(input));
    }

    private String node(String operator, Node of, Message... attributes) {
        return to.node(operator, of.inputs().stream().map(names::get).toList(), attributes);
    }

    private String number(double value) {
        return to.constant(new double[] {value}, 1);
    }

    private String written(Node node) {
        return switch (node.op()) {
            case Op.Constant(Tensor value) -> to.constant(value.toDoubles(), value.shape().sizes());
            case Op.Map(Unary f) -> map(f, node);
            case Op.Zip(Binary f) -> zip(f, node);
            case Op.Affine(double scale, double shift) -> affine(name(node, 0), scale, shift);
            case Op.GradientTimes _ -> node("Identity", node);
            case Op.MatMul(boolean a, boolean b) -> a || b
                    ? node("Gemm", node, OnnxGraph.attribute("transA", a ? 1 : 0), OnnxGraph.attribute("transB", b ? 1 : 0))
                    : node("MatMul", node);
            case Op.SumTo(Shape shape) -> to.node("ReduceSum", List.of(name(node, 0), to.longs(axes(node.input(0).shape(), shape))));
            case Op.LogSumExp _ -> node("ReduceLogSumExp", node, OnnxGraph.attribute("axes", new long[] {-1}));
            case Op.Softmax _ -> node("Softmax", node, OnnxGraph.attribute("axis", -1));
            case Op.BroadcastTo(Shape shape) -> to.node("Expand", List.of(name(node, 0), sizes(shape)));
            case Op.Reshape(Shape shape) -> to.node("Reshape", List.of(name(node, 0), sizes(shape)));
            case Op.Permute(List<Integer> axes) -> node("Transpose", node,
                    OnnxGraph.attribute("perm", axes.stream().mapToLong(Integer::longValue).toArray()));
            case Op.Concat _ when isColumns(node) -> to.node("Gather", List.of(names.get(node.input(0).input(0)), to.longs(columns(node))),
                    OnnxGraph.attribute("axis", 1));
            case Op.Concat(int axis) -> node("Concat", node, OnnxGraph.attribute("axis", axis));
            case Op.Slice(int axis, int from, int end) -> to.node("Slice", List.of(name(node, 0), to.longs(from), to.longs(end),
                    to.longs(axis)));
            default -> throw new IllegalArgumentException("onnx: there is no operator for " + node);
        };
    }

    private String map(Unary f, Node node) {
        String x = name(node, 0);
        return switch (f) {
            case NEGATE -> node("Neg", node);
            case ABS -> node("Abs", node);
            case SIGN -> node("Sign", node);
            case STEP -> flag(to.node("Greater", List.of(x, number(0))));
            case SQUARE -> to.node("Mul", List.of(x, x));
            case SQRT -> node("Sqrt", node);
            case RECIPROCAL -> node("Reciprocal", node);
            case EXP -> node("Exp", node);
            case LOG -> node("Log", node);
            case LOG1P -> log1p(x);
            case TANH -> node("Tanh", node);
            case SIGMOID -> node("Sigmoid", node);
            case SOFTPLUS -> to.node("Add", List.of(node("Relu", node),
                    log1p(to.node("Exp", List.of(to.node("Neg", List.of(node("Abs", node))))))));
            case RELU -> node("Relu", node);
        };
    }

    /** {@code log(u) x / (u - 1)} with u = 1 + x as it is rounded, x where that is 1: accurate near 0 (Kahan). */
    private String log1p(String x) {
        String u = to.node("Add", List.of(x, number(1)));
        String rounded = to.node("Sub", List.of(u, number(1)));
        String near = to.node("Equal", List.of(rounded, number(0)));
        String quotient = to.node("Div", List.of(x, to.node("Where", List.of(near, number(1), rounded))));
        return to.node("Where", List.of(near, x, to.node("Mul", List.of(to.node("Log", List.of(u)), quotient))));
    }

    private String zip(Binary f, Node node) {
        return switch (f) {
            case ADD -> node("Add", node);
            case SUBTRACT -> node("Sub", node);
            case MULTIPLY -> node("Mul", node);
            case DIVIDE -> node("Div", node);
            case MAX -> node("Max", node);
            case MIN -> node("Min", node);
            case AT_LEAST -> flag(node("GreaterOrEqual", node));
        };
    }

    private String flag(String condition) {
        return to.node("Cast", List.of(condition), OnnxGraph.attribute("to", to.numbers()));
    }

    private String affine(String x, double scale, double shift) {
        String scaled = scale == 1 ? x : to.node("Mul", List.of(x, number(scale)));
        return shift == 0 ? scaled : to.node("Add", List.of(scaled, number(shift)));
    }

    private static long[] axes(Shape from, Shape shape) {
        return IntStream.range(0, shape.rank()).filter(axis -> shape.size(axis) != from.size(axis)).asLongStream().toArray();
    }

    /** A shape, with as many rows as there are. */
    private String sizes(Shape shape) {
        long[] sizes = Arrays.stream(shape.sizes()).asLongStream().toArray();
        return sizes.length == 0 || sizes[0] != rows ? to.longs(sizes)
                : sizes.length == 1 ? height
                : to.node("Concat", List.of(height, to.longs(Arrays.copyOfRange(sizes, 1, sizes.length))), OnnxGraph.attribute("axis", 0));
    }

    private static long[] columns(Node node) {
        List<Long> columns = new ArrayList<>();
        for (Node part : node.inputs()) {
            Op.Slice slice = (Op.Slice) part.op();
            for (long column = slice.from(); column < slice.to(); column++) {
                columns.add(column);
            }
        }
        return columns.stream().mapToLong(Long::longValue).toArray();
    }
}
