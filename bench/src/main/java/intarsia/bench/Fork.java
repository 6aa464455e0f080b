package intarsia.bench;

import com.sun.management.ThreadMXBean;
import intarsia.linalg.Precision;
import intarsia.models.hmb.HmbSuite;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.runner.options.WarmupMode;

/**
 * A process that measures a whole suite once and prints what it found. JMH runs inside this process rather than forking for each row, so
 * that a peer is measured in the same process a moment later, and code is as warm, and as polymorphic, as in a program that does more than
 * one thing; {@link Bench} starts several such processes and takes medians.
 */
final class Fork {
    private static final int LOSS_STEPS = 5;
    private static final int STEPS = 100;
    private static final int ROUNDS = 5;
    /** Nanoseconds without compilation after which code counts as warm, and those after which it is measured as it is. */
    private static final long IDLE = 2_000_000_000L;
    private static final long PATIENCE = 60_000_000_000L;

    private Fork() {}

    /** {@code suite milliseconds}: the suite, and how long an iteration lasts. */
    public static void main(String[] args) throws RunnerException {
        Suite suite = Suite.named(args[0]);
        int millis = Integer.parseInt(args[1]);
        if (steps(suite)) {
            warm(suite);
        }
        for (RunResult result : run(suite, suite.runs(), 2, 3, millis)) {
            print(suite, result);
        }
        if (suite.type() == PathSuite.class) {
            for (Map<String, String> row : rows(suite)) {
                PathSuite path = new PathSuite();
                path.problem = row.get("problem");
                path.bind();
                say(new Measurement(suite.name(), path.problem + " " + PathSuite.PROCESSOR, Intarsia.NAME, path.processorNanos()));
                say(new Measurement(suite.name(), path.problem + " " + PathSuite.VIOLATION, Intarsia.NAME, path.violation()));
                say(new Measurement(suite.name(), path.problem + " " + PathSuite.EXCESS, Intarsia.NAME, path.excess()));
            }
        }
        if (steps(suite)) {
            for (Map<String, String> row : rows(suite)) {
                try (TrainingSuite step = compiled(suite, row)) {
                    String name = suite.name() + " " + suite.row().stream().map(row::get).collect(Collectors.joining(" "));
                    say(new Measurement("allocation", name, Intarsia.NAME, allocated(step) / STEPS));
                    say(new Measurement(FmaLimit.SUITE, name, Intarsia.NAME, FmaLimit.share(step, row.get("precision"), millis)));
                }
            }
            for (Precision precision : Precision.values()) {
                try (TrainingSuite step = compiled(suite, Map.of("precision", precision.name(), "depth", "2", "width", "32", "batch",
                        "16"))) {
                    say(new Measurement("loss", suite.name() + " " + precision, Intarsia.NAME, step.lossAfter(LOSS_STEPS)));
                }
            }
        }
    }

    /** Whether its rows are training steps. */
    private static boolean steps(Suite suite) {
        return TrainingSuite.class.isAssignableFrom(suite.type());
    }

    /**
     * Does the steps of all rows, and what limits them, in turns until the compiler has had nothing to do for a while. Plain Java does the
     * work of kernels on vectors until these are compiled, which takes long on a slow or busy machine.
     */
    private static void warm(Suite suite) {
        List<TrainingSuite> steps = rows(suite).stream().map(row -> compiled(suite, row)).toList();
        List<Runnable> peaks = Stream.of(Precision.values()).map(precision -> FmaLimit.peak(precision.name())).toList();
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        long begin = System.nanoTime();
        long busy = begin;
        long compiled = -1;
        while (System.nanoTime() - busy < IDLE && System.nanoTime() - begin < PATIENCE) {
            steps.forEach(TrainingSuite::step);
            peaks.forEach(Runnable::run);
            if (compiler.getTotalCompilationTime() != compiled) {
                compiled = compiler.getTotalCompilationTime();
                busy = System.nanoTime();
            }
        }
        steps.forEach(TrainingSuite::close);
    }

    /** A training step with these parameters. */
    private static TrainingSuite compiled(Suite suite, Map<String, String> row) {
        TrainingSuite step = suite.name().equals("mlp") ? new MlpSuite() : new HmbSuite();
        step.set(row);
        step.compile();
        return step;
    }

    /** All rows of a suite, as values of its parameters. */
    private static List<Map<String, String>> rows(Suite suite) {
        List<Map<String, String>> rows = List.of(Map.of());
        Map<String, List<String>> values = new LinkedHashMap<>(Map.of("precision", List.of("F64", "F32")));
        suite.runs().forEach(values::putAll);
        for (var parameter : values.entrySet()) {
            rows = rows.stream().flatMap(row -> parameter.getValue().stream().map(value -> {
                Map<String, String> longer = new HashMap<>(row);
                longer.put(parameter.getKey(), value);
                return longer;
            })).map(Map::copyOf).toList();
        }
        return rows;
    }

    /** Bytes that this thread allocates in some steps, the least of a few rounds: the compiler may still be at work in the first. */
    private static double allocated(TrainingSuite step) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < STEPS; i++) {
                step.step();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    /** Runs these rows of a suite in this process. */
    static List<RunResult> run(Suite suite, List<Map<String, List<String>>> runs, int warmups, int iterations, int millis)
            throws RunnerException {
        List<RunResult> results = new ArrayList<>();
        for (var params : runs) {
            // All rows are warmed up before the first is measured: the compiler is still at work for a second after the first.
            ChainedOptionsBuilder options = new OptionsBuilder().include("\\." + suite.type().getSimpleName() + "\\.").forks(0)
                    .warmupMode(WarmupMode.BULK_INDI).warmupIterations(warmups).warmupTime(TimeValue.milliseconds(millis))
                    .measurementIterations(iterations).measurementTime(TimeValue.milliseconds(millis)).verbosity(VerboseMode.SILENT);
            params.forEach((name, values) -> options.param(name, values.toArray(String[]::new)));
            results.addAll(new Runner(options.build()).run());
        }
        return results;
    }

    private static void print(Suite suite, RunResult result) {
        BenchmarkParams params = result.getParams();
        String method = params.getBenchmark().substring(params.getBenchmark().lastIndexOf('.') + 1);
        String row = suite.row().isEmpty() ? method.toUpperCase(Locale.ROOT)
                : suite.row().stream().map(params::getParam).collect(Collectors.joining(" "));
        double nanos = median(result.getAggregatedResult().getIterationResults());
        if (suite.type() == PeakSuite.class) {
            say(new Measurement(suite.name(), row, "peak, GFLOP/s", PeakSuite.operations(row) / nanos));
            return;
        }
        String series = params.getParamsKeys().contains("series") ? params.getParam("series") : Intarsia.NAME;
        say(new Measurement(suite.name(), row, series, nanos));
    }

    private static double median(Collection<IterationResult> iterations) {
        double[] sorted = iterations.stream().mapToDouble(iteration -> iteration.getPrimaryResult().getScore()).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static void say(Measurement measurement) {
        System.out.println(measurement.line());
    }
}
