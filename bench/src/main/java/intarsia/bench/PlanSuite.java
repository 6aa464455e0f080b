package intarsia.bench;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A plan of a single op on 1x1 tensors: nearly all of its time is the plan's own. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PlanSuite {
    /** The op. */
    @Param({"add", "relu", "matmul"})
    public String op;

    /** In which precision. */
    @Param("F64")
    public Precision precision;

    private Engine engine;
    private Plan plan;

    /** Compiles. */
    @Setup
    public void compile() {
        engine = Intarsia.open(Intarsia.NAME, precision);
        Graph graph = new Graph();
        Node x = graph.input("x", 1, 1);
        Node y = graph.input("y", 1, 1);
        Node result = switch (op) {
            case "add" -> x.plus(y);
            case "relu" -> x.relu();
            case "matmul" -> x.matmul(y);
            default -> throw new IllegalArgumentException("op '" + op + "'");
        };
        plan = Plan.compile(Parameters.of(engine, graph, RandomStream.of(1)), result);
        for (Node input : new Node[] {x, y}) {
            if (plan.reads(input)) {
                plan.set(input, Tensor.of(input.shape(), 0.5));
            }
        }
    }

    /** One run. */
    @Benchmark
    public void run() {
        plan.run();
    }

    /** Lets go. */
    @TearDown
    public void close() {
        engine.close();
    }
}
