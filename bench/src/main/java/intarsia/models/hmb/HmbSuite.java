package intarsia.models.hmb;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.autodiff.Rows;
import intarsia.autodiff.plan.Parameters;
import intarsia.bench.Numbers;
import intarsia.bench.TrainingStep;
import intarsia.bench.TrainingSuite;
import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.models.data.Feature;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Layout;
import intarsia.models.data.Moments;
import intarsia.models.data.ResponseEncoding;
import intarsia.models.data.Source;
import intarsia.models.net.TaskNetwork;
import intarsia.models.response.Likelihood;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A whole step of MTL-HMB's second stage, as training does it: a mini-batch of 16 rows gathered for each of two tasks, an anchor of 100
 * columns and two sources of 25 that one task each observes, squared error, all three regularizers, Adam.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HmbSuite implements TrainingSuite {
    private static final int ANCHOR = 100;
    private static final int OTHER = 25;
    private static final int COLUMNS = ANCHOR + 2 * OTHER;
    private static final int ROWS = 192;
    private static final int BATCH = 16;
    private static final List<String> TASKS = List.of("one", "two");

    /** In which precision. */
    @Param({"F64", "F32"})
    public Precision precision;

    /** Depth of encoders and paths. */
    @Param("2")
    public int depth;

    /** Width of encoders, representations and paths. */
    @Param("32")
    public int width;

    private final int[] order = IntStream.range(0, ROWS).toArray();
    private final List<Rows> batches = new ArrayList<>();
    private Engine engine;
    private TrainingStep step;
    private int position;

    @Override
    public void set(Map<String, String> parameters) {
        precision = Precision.valueOf(parameters.get("precision"));
        depth = Integer.parseInt(parameters.get("depth"));
        width = Integer.parseInt(parameters.get("width"));
    }

    /** Compiles. */
    @Override
    @Setup
    public void compile() {
        engine = Engine.options().precision(precision).open();
        batches.clear();
        position = 0;
        HmbNetwork network = HmbNetwork.of(MtlHmb.published().width(width).depth(depth).penalties(0.1, 0.1, 0.1), layout(), encoding());
        Graph graph = new Graph();
        List<Node> xs = new ArrayList<>();
        List<Node> ys = new ArrayList<>();
        for (int t = 0; t < TASKS.size(); t++) {
            Rows batch = graph.rows("batch/" + TASKS.get(t), BATCH);
            batches.add(batch);
            xs.add(graph.input("x/" + TASKS.get(t), ROWS, COLUMNS));
            ys.add(graph.input("y/" + TASKS.get(t), ROWS, 1));
        }
        List<TaskNetwork.Result> results = network.apply(graph,
                IntStream.range(0, xs.size()).mapToObj(t -> xs.get(t).gather(batches.get(t)))
                .toList());
        List<Node> losses = IntStream.range(0, xs.size()).mapToObj(t ->
                Likelihood.SQUARED_ERROR.loss(results.get(t).z(), ys.get(t).gather(batches.get(t))).sum()).toList();
        Node loss = graph.sum(losses).plus(network.penalty(graph, results));
        step = new TrainingStep(Parameters.of(engine, graph, RandomStream.of(1)), loss);
        for (int t = 0; t < TASKS.size(); t++) {
            step.plan().set(xs.get(t), Numbers.of("x/" + TASKS.get(t), ROWS * COLUMNS, 1));
            step.plan().set(ys.get(t), Numbers.of("y/" + TASKS.get(t), ROWS, 1));
        }
    }

    private static Layout layout() {
        List<Source> all = List.of(source("anchor", ANCHOR), source("first", OTHER), source("second", OTHER));
        return new Layout(all.subList(0, 1), all.subList(1, 3), List.of(ANCHOR, OTHER, OTHER), List.of(
                new Layout.TaskInfo(TASKS.get(0), "", ResponseFamily.CONTINUOUS, List.of("first")),
                new Layout.TaskInfo(TASKS.get(1), "", ResponseFamily.CONTINUOUS, List.of("second"))));
    }

    /** Numbers as they come. */
    private static FeatureEncoding encoding() {
        Map<String, List<Feature>> features = new LinkedHashMap<>();
        layout().sources().forEach(source -> features.put(source.name(), source.columnsByName().stream()
                .map(column -> new Feature(column.name(), -1, false, Moments.NONE, Map.of(), List.of(), Feature.Limits.NONE)).toList()));
        return new FeatureEncoding(FeatureEncoding.Scaling.RAW, features, Map.of(TASKS.get(0), ResponseEncoding.NONE,
                TASKS.get(1), ResponseEncoding.NONE));
    }

    private static Source source(String name, int columns) {
        return Source.of(name, IntStream.range(0, columns).mapToObj(i -> name + i).toArray(String[]::new));
    }

    /** One step on the next batch of each task. */
    @Override
    @Benchmark
    public void step() {
        // By index: an iterator would be counted as the step's allocation.
        for (int t = 0; t < batches.size(); t++) {
            step.plan().set(batches.get(t), order, position);
        }
        position = (position + BATCH) % ROWS;
        step.run();
    }

    @Override
    public long flops() {
        return step.plan().flops();
    }

    @Override
    public double lossAfter(int steps) {
        for (int i = 0; i < steps; i++) {
            step();
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
