package intarsia.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Binary;
import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.Unary;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ops one by one: ONNX Runtime gives what a plan gives, for other numbers of rows than the graph was recorded with. */
class OnnxNodesTest {
    private static final int RECORDED = 1_000_003;
    private static final double[][] ROWS = {{-1.5, 0.25, 3}, {0, -0.0, 1e-9}, {700, -700, 0.5}, {1, 1, 1}};

    static Stream<Named<UnaryOperator<Node>>> ops() {
        Stream<Named<UnaryOperator<Node>>> maps = EnumSet.allOf(Unary.class).stream().map(f -> Named.of(f.name(), x -> switch (f) {
            case LOG, SQRT, RECIPROCAL -> x.square().plus(1e-3).map(f);
            case LOG1P -> x.abs().map(f);
            case EXP -> x.min(x.graph().constant(3)).map(f);
            default -> x.map(f);
        }));
        Stream<Named<UnaryOperator<Node>>> zips = EnumSet.allOf(Binary.class).stream().map(f -> Named.of(f.name(), x -> x.zip(f, row(x))));
        return Stream.of(maps, zips, Stream.<Named<UnaryOperator<Node>>>of(
                Named.of("affine", x -> x.affine(2, -3)),
                Named.of("matmul", x -> x.matmul(matrix(x))),
                Named.of("transposed", x -> x.matmul(matrix(x).transpose())),
                Named.of("sum of columns", x -> x.sum(1).reshape(x.shape().size(0), 1)),
                Named.of("softmax", Node::softmax),
                Named.of("log sum exp", Node::logSumExp),
                Named.of("columns", x -> x.columns(2, 0, 0)),
                Named.of("concat and slice", x -> x.graph().concat(1, List.of(x, x.times(2))).slice(1, 1, 5)),
                Named.of("repeated", x -> row(x).broadcastTo(x.shape())),
                Named.of("outer", x -> x.reshape(x.shape().size(0), 3, 1).times(x.reshape(x.shape().size(0), 1, 3))
                        .reshape(x.shape().size(0), 9)))).flatMap(all -> all);
    }

    private static Node row(Node x) {
        return x.graph().constant(Tensor.of(Shape.of(1, 3), 0.5, -2, 3));
    }

    private static Node matrix(Node x) {
        return x.graph().constant(Tensor.of(Shape.of(3, 3), 1, 2, 3, 4, 5, 6, 7, 8, 10));
    }

    @ParameterizedTest
    @MethodSource("ops")
    void sameAsAPlan(UnaryOperator<Node> op) throws Exception {
        OnnxGraph to = new OnnxGraph(Precision.F64);
        String input = to.input("x", OnnxGraph.DOUBLE, "rows", 3);
        Graph recorded = new Graph();
        Node x = recorded.input("x", RECORDED, 3);
        OnnxNodes nodes = new OnnxNodes(to, RECORDED, to.node("Slice",
                List.of(to.node("Shape", List.of(input)), to.longs(0), to.longs(1))));
        nodes.name(x, input);
        Message graph = to.finish("test", nodes.write(op.apply(x)), "y", "rows", "columns");
        byte[] file = new Message().number(1, 8).message(8, new Message().text(1, "").number(2, 17)).message(7, graph).toBytes();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(file); OnnxTensor rows = OnnxTensor.createTensor(environment, ROWS);
                OrtSession.Result result = session.run(Map.of("x", rows))) {
            double[] onnx = Arrays.stream((double[][]) result.get(0).getValue()).flatMapToDouble(Arrays::stream).toArray();
            double[] own = planned(op);
            assertThat(onnx).hasSameSizeAs(own);
            for (int i = 0; i < own.length; i++) {
                assertThat(onnx[i]).as("%d", i).isCloseTo(own[i], within(4e-15 * Math.max(1, Math.abs(own[i]))));
            }
        }
    }

    private static double[] planned(UnaryOperator<Node> op) {
        Graph graph = new Graph();
        Node x = graph.input("x", ROWS.length, 3);
        Node y = op.apply(x).plus(x.sum().times(0));
        try (Engine engine = Engine.open()) {
            Plan plan = Plan.compile(Parameters.of(engine, graph, RandomStream.of(1, "none")), y);
            plan.set(x, Arrays.stream(ROWS).flatMapToDouble(Arrays::stream).toArray());
            plan.run();
            return plan.get(y).toDoubles();
        }
    }

    @Test
    void whatMixesRowsIsRefused() {
        OnnxGraph to = new OnnxGraph(Precision.F64);
        Graph graph = new Graph();
        Node x = graph.input("x", RECORDED, 3);
        OnnxNodes nodes = new OnnxNodes(to, RECORDED, "height");
        nodes.name(x, to.input("x", OnnxGraph.DOUBLE, "rows", 3));
        assertThatThrownBy(() -> nodes.write(x.sum(0))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("mixes rows");
        assertThatThrownBy(() -> nodes.write(x.transpose())).hasMessageContaining("mixes rows");
    }

    @Test
    void aConstantIsWrittenOnce() {
        OnnxGraph graph = new OnnxGraph(Precision.F64);
        assertThat(graph.constant(new double[] {1, 2}, 2)).isEqualTo(graph.branch().constant(new double[] {1, 2}, 2))
                .isNotEqualTo(graph.constant(new double[] {1, 2}, 1, 2)).isNotEqualTo(graph.constant(new double[] {1, 3}, 2));
        assertThat(graph.constant(new double[] {0.0}, 1)).isNotEqualTo(graph.constant(new double[] {-0.0}, 1));
    }
}
