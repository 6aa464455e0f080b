package intarsia.bench;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.autodiff.plan.Parameters;
import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.models.net.Mlp;
import java.util.Map;
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

/** A training step of a perceptron: 150 inputs, hidden layers with tanh, one output, mean squared error, Adam. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MlpSuite implements TrainingSuite {
    private static final int INPUTS = 150;

    /** In which precision. */
    @Param({"F64", "F32"})
    public Precision precision;

    /** Hidden layers. */
    @Param("2")
    public int depth;

    /** Their width. */
    @Param("32")
    public int width;

    /** Rows of a batch. */
    @Param("16")
    public int batch;

    private Engine engine;
    private TrainingStep step;

    @Override
    public void set(Map<String, String> parameters) {
        precision = Precision.valueOf(parameters.get("precision"));
        depth = Integer.parseInt(parameters.get("depth"));
        width = Integer.parseInt(parameters.get("width"));
        batch = Integer.parseInt(parameters.get("batch"));
    }

    /** Compiles. */
    @Override
    @Setup
    public void compile() {
        compile(Intarsia.open(Intarsia.NAME, precision));
    }

    /** Compiles for an engine, which is closed at the end. */
    void compile(Engine own) {
        engine = own;
        Graph graph = new Graph();
        Node x = graph.input("x", batch, INPUTS);
        Node y = graph.input("y", batch, 1);
        Node a = x;
        for (int l = 0; l < depth; l++) {
            a = Mlp.linear(graph, "layer/" + l, a, width).tanh();
        }
        Node loss = Mlp.linear(graph, "layer/" + depth, a, 1).minus(y).square().mean();
        step = new TrainingStep(Parameters.of(engine, graph, RandomStream.of(1)), loss);
        step.plan().set(x, Numbers.of("x", batch * INPUTS, 1));
        step.plan().set(y, Numbers.of("y", batch, 1));
    }

    /** One step. */
    @Override
    @Benchmark
    public void step() {
        step.run();
    }

    /** The loss of the last step, when that is done. */
    double loss() {
        return step.loss();
    }

    @Override
    public long flops() {
        return step.plan().flops();
    }

    @Override
    public double lossAfter(int steps) {
        for (int i = 0; i < steps; i++) {
            step.run();
        }
        return step.loss();
    }

    /** Lets go. */
    @Override
    @TearDown
    public void close() {
        engine.close();
    }
}
