package intarsia.bench;

import intarsia.linalg.Engine;
import intarsia.models.BoundModel;
import intarsia.models.Estimator;
import intarsia.models.baseline.Regression;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.dual.DualEncoder;
import intarsia.models.files.Study;
import intarsia.models.hmb.MtlHmb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

/**
 * Predictions of a model bound to an engine, fitted to the four hospitals: patients of Cleveland with all blocks, one at a time or many at
 * once, asked for by one thread or by several that share the model.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PredictSuite {
    /** Which model. */
    @Param({"mtl-hmb", "dual-encoder", "regression"})
    public String model;

    /** Rows of a call. */
    @Param({"1", "100000"})
    public int rows;

    /** Threads of the engine. */
    @Param("1")
    public int threads;

    /** Threads of the caller that share the bound model, each with its part of the rows. */
    @Param("1")
    public int callers;

    private Engine engine;
    private BoundModel bound;
    private List<Observations> patients;
    private ExecutorService pool;

    /** Fits for a moment, since the weights do not matter, and binds. */
    @Setup
    public void bind() {
        TaskSet data = Study.read(examples().resolve("heart-disease")).tasks();
        Estimator estimator = switch (model) {
            case "mtl-hmb" -> MtlHmb.options().epochs(1);
            case "dual-encoder" -> DualEncoder.options();
            default -> Regression.DEFAULT;
        };
        engine = Engine.options().threads(threads).open();
        bound = estimator.fit(data, 1).orThrow().bind(engine);
        patients = Collections.nCopies(callers, repeated(data.task("cleveland"), rows / callers));
        pool = callers == 1 ? null : Executors.newFixedThreadPool(callers);
    }

    /** Benchmarks run from the repository's root, their tests from the module's folder. */
    private static Path examples() {
        Path here = Path.of("examples");
        return Files.isDirectory(here) ? here : Path.of("..").resolve(here);
    }

    private static Observations repeated(Task task, int count) {
        List<String> names = new ArrayList<>();
        Map<Source, double[][]> blocks = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            names.add(Integer.toString(i));
        }
        task.cells().forEach((source, block) -> {
            double[][] all = new double[count][];
            for (int i = 0; i < count; i++) {
                all[i] = block[i % block.length];
            }
            blocks.put(source, all);
        });
        return new Observations(names, blocks);
    }

    /** All rows once. */
    @Benchmark
    public Object predict() throws Exception {
        if (callers == 1) {
            return bound.predict("cleveland", patients.getFirst());
        }
        List<Future<double[]>> parts = pool.invokeAll(patients.stream().map(part -> (Callable<double[]>) () ->
                bound.predict("cleveland", part)).toList());
        for (Future<double[]> part : parts) {
            part.get();
        }
        return parts;
    }

    /** Lets go. */
    @TearDown
    public void close() {
        if (pool != null) {
            pool.close();
        }
        bound.close();
        engine.close();
    }
}
