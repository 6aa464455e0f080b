package intarsia.bench;

import intarsia.linalg.Precision;
import intarsia.models.hmb.HmbSuite;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
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
 * A process that measures a whole suite once and prints what it found. JMH runs inside this process rather than forking for each row, so that a peer is
 * measured in the same process a moment later, and code is as warm, and as polymorphic, as in a program that does more than one thing;
 * {@link Bench} starts several such processes and takes medians.
 */
final class Fork {
    private static final int STEPS = 5;

    private Fork() {}

    /** {@code suite milliseconds}: the suite, and how long an iteration lasts. */
    public static void main(String[] args) throws RunnerException {
        Suite suite = Suite.named(args[0]);
        int millis = Integer.parseInt(args[1]);
        // rows of a training step go through every kernel in both precisions, which take the compiler some seconds
        int warmups = suite.row().contains("width") ? 4 : 2;
        for (RunResult result : run(suite, suite.runs(), warmups, 3, millis)) {
            print(suite, result);
        }
        if (suite.name().equals("mlp") || suite.name().equals("hmb")) {
            losses(suite);
        }
    }

    /** Runs these rows of a suite in this process. */
    static List<RunResult> run(Suite suite, List<Map<String, List<String>>> runs, int warmups, int iterations, int millis) throws RunnerException {
        List<RunResult> results = new ArrayList<>();
        for (var params : runs) {
            // All rows are warmed up before the first is measured: the compiler is still at work for a second after the first.
            ChainedOptionsBuilder options = new OptionsBuilder().include("\\." + suite.type().getSimpleName() + "\\.").forks(0)
                    .warmupMode(WarmupMode.BULK_INDI).warmupIterations(warmups).warmupTime(TimeValue.milliseconds(millis))
                    .measurementIterations(iterations).measurementTime(TimeValue.milliseconds(millis)).verbosity(VerboseMode.SILENT);
            params.forEach((name, values) -> options.param(name, values.toArray(String[]::new)));
            if (suite.row().contains("width")) {
                options.addProfiler(GCProfiler.class);
            }
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
        result.getSecondaryResults().forEach((name, value) -> {
            if (name.contains("alloc.rate.norm")) {
                say(new Measurement("allocation", suite.name() + " " + row, series, value.getScore()));
            }
        });
    }

    /** The losses after a few steps, to be held against a peer's. */
    private static void losses(Suite suite) {
        for (Precision precision : Precision.values()) {
            double loss;
            if (suite.name().equals("mlp")) {
                MlpSuite step = new MlpSuite();
                step.precision = precision;
                step.depth = 2;
                step.width = 32;
                step.batch = 16;
                step.compile();
                loss = step.lossAfter(STEPS);
            } else {
                HmbSuite step = new HmbSuite();
                step.precision = precision;
                step.depth = 2;
                step.width = 32;
                step.compile();
                loss = step.lossAfter(STEPS);
            }
            say(new Measurement("loss", suite.name() + " " + precision, Intarsia.NAME, loss));
        }
    }

    private static double median(Collection<IterationResult> iterations) {
        double[] sorted = iterations.stream().mapToDouble(iteration -> iteration.getPrimaryResult().getScore()).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static void say(Measurement measurement) {
        System.out.println(measurement.line());
    }
}
