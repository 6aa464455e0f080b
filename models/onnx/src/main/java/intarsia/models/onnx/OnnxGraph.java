package intarsia.models.onnx;

import intarsia.linalg.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph of ONNX in writing. A branch of it reads what the graph computes and shares its constants: one that is there is not written
 * twice. Field numbers are those of {@code onnx.proto3}, IR version 8.
 */
final class OnnxGraph {
    /** Kinds of numbers, as ONNX numbers them. */
    static final int FLOAT = 1;
    static final int INT64 = 7;
    static final int STRING = 8;
    static final int BOOL = 9;
    static final int DOUBLE = 11;

    private static final int ATTRIBUTE_INT = 2;
    private static final int ATTRIBUTE_GRAPH = 5;
    private static final int ATTRIBUTE_INTS = 7;
    private static final int ATTRIBUTE_STRINGS = 8;

    private final Shared shared;
    private final Message nodes = new Message();
    private final List<Message> inputs = new ArrayList<>();

    /** What a graph and its branches have in common. */
    private static final class Shared {
        private final Precision precision;
        private final Message constants = new Message();
        private final Map<Object, String> known = new HashMap<>();
        private int names;

        Shared(Precision precision) {
            this.precision = precision;
        }
    }

    /** An empty graph whose numbers have a precision. */
    OnnxGraph(Precision precision) {
        this(new Shared(precision));
    }

    private OnnxGraph(Shared shared) {
        this.shared = shared;
    }

    /** An empty branch. */
    OnnxGraph branch() {
        return new OnnxGraph(shared);
    }

    /** The kind of its numbers. */
    int numbers() {
        return shared.precision == Precision.F64 ? DOUBLE : FLOAT;
    }

    private String name() {
        return "n" + shared.names++;
    }

    /** Declares an input; a size is a number or a name. */
    String input(String name, int kind, Object... sizes) {
        inputs.add(value(name, kind, sizes));
        return name;
    }

    private static Message value(String name, int kind, Object... sizes) {
        Message shape = new Message();
        for (Object size : sizes) {
            shape.message(1, size instanceof Integer known ? new Message().number(1, known) : new Message().text(2, size.toString()));
        }
        return new Message().text(1, name).message(2, new Message().message(1, new Message().number(1, kind).message(2, shape)));
    }

    /** Numbers that never change. */
    String constant(double[] values, int... sizes) {
        return shared.known.computeIfAbsent(List.of(asList(sizes), new Bits(values)), _ -> {
            String name = name();
            Message tensor = tensor(name, numbers(), Arrays.stream(sizes).asLongStream().toArray());
            shared.constants.message(5, numbers() == DOUBLE ? tensor.doubles(9, values) : tensor.floats(9, values));
            return name;
        });
    }

    /** Whole numbers that never change: sizes, places. */
    String longs(long... values) {
        return shared.known.computeIfAbsent(Arrays.stream(values).boxed().toList(), _ -> {
            String name = name();
            shared.constants.message(5, tensor(name, INT64, values.length).longs(9, values));
            return name;
        });
    }

    private static List<Integer> asList(int[] sizes) {
        return Arrays.stream(sizes).boxed().toList();
    }

    private static Message tensor(String name, int kind, long... sizes) {
        Message tensor = new Message();
        Arrays.stream(sizes).forEach(size -> tensor.number(1, size));
        return tensor.number(2, kind).text(8, name);
    }

    /** Numbers told apart by their bits. */
    private static final class Bits {
        private final double[] values;

        Bits(double[] values) {
            this.values = values;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bits bits && Arrays.equals(values, bits.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }

    /** What an operator makes of operands. */
    String node(String operator, List<String> operands, Message... attributes) {
        return node("", operator, operands, attributes);
    }

    /** The same of an operator from another set than the standard one. */
    String node(String domain, String operator, List<String> operands, Message... attributes) {
        String name = name();
        add(domain, operator, operands, name, attributes);
        return name;
    }

    private void add(String domain, String operator, List<String> operands, String result, Message... attributes) {
        Message node = new Message();
        operands.forEach(operand -> node.text(1, operand));
        node.text(2, result).text(4, operator);
        for (Message attribute : attributes) {
            node.message(5, attribute);
        }
        nodes.message(1, domain.isEmpty() ? node : node.text(7, domain));
    }

    static Message attribute(String name, long value) {
        return new Message().text(1, name).number(3, value).number(20, ATTRIBUTE_INT);
    }

    static Message attribute(String name, long[] values) {
        Message attribute = new Message().text(1, name);
        Arrays.stream(values).forEach(value -> attribute.number(8, value));
        return attribute.number(20, ATTRIBUTE_INTS);
    }

    static Message attribute(String name, List<String> values) {
        Message attribute = new Message().text(1, name);
        values.forEach(value -> attribute.text(9, value));
        return attribute.number(20, ATTRIBUTE_STRINGS);
    }

    /** A branch whose result this is, as an attribute. */
    static Message attribute(String name, OnnxGraph branch, String result) {
        return new Message().text(1, name).message(6, branch.finish(name, result)).number(20, ATTRIBUTE_GRAPH);
    }

    /** What it has so far with a result, sizes unknown. */
    private Message finish(String name, String result) {
        return new Message(nodes).text(2, name).message(12, new Message().text(1, result));
    }

    /** The whole graph with constants and inputs; the result gets a name. */
    Message finish(String name, String result, String as, Object... sizes) {
        add("", "Identity", List.of(result), as);
        Message graph = new Message(nodes).text(2, name).append(shared.constants);
        inputs.forEach(input -> graph.message(11, input));
        return graph.message(12, value(as, numbers(), sizes));
    }

    /** About how many bytes it has. */
    long size() {
        return (long) shared.constants.size() + nodes.size();
    }
}
