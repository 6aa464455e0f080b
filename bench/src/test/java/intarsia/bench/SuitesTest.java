package intarsia.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Precision;
import intarsia.models.hmb.HmbSuite;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.results.RunResult;

/** Every suite runs, in small, so that none of them rots; and what is measured is what it says. */
class SuitesTest {
    static Stream<Suite> suites() {
        return Suite.all().stream();
    }

    @ParameterizedTest
    @MethodSource("suites")
    void runsEveryMethodOnce(Suite suite) throws Exception {
        // Nothing asked for: the parameters' own small values, and every series of ours.
        List<RunResult> results = Fork.run(suite, List.of(Map.of()), 0, 1, 1);
        assertThat(results).isNotEmpty().allSatisfy(result -> assertThat(result.getPrimaryResult().getScore()).isPositive());
    }

    @Test
    void parametersAskedForExist() {
        for (Suite suite : Suite.all()) {
            List<String> fields = Stream.of(suite.type().getFields()).map(java.lang.reflect.Field::getName).toList();
            assertThat(fields).containsAll(suite.row());
            suite.runs().forEach(run -> assertThat(fields).containsAll(run.keySet()));
        }
    }

    @Test
    void helpIsThereAtOnceAndNamesEverySuite() throws Exception {
        Process process = new ProcessBuilder("../bench/run", "--quick", "--help").start();
        String help = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(process.getErrorStream().readAllBytes()).isEmpty();
        String names = Stream.concat(Suite.all().stream().map(Suite::name), Stream.of(StartUp.SUITE)).collect(Collectors.joining(", "));
        assertThat(help).contains("--only SUITE     One suite: " + names.replace(", startup", " or startup"));
    }

    @Test
    void trainingStepsLearn() {
        MlpSuite net = new MlpSuite();
        net.precision = Precision.F64;
        net.depth = 2;
        net.width = 8;
        net.batch = 4;
        net.compile();
        assertThat(net.lossAfter(30)).isPositive().isLessThan(0.5 * lossOfFirstStep());
        net.close();
        HmbSuite hmb = new HmbSuite();
        hmb.precision = Precision.F64;
        hmb.depth = 2;
        hmb.width = 8;
        hmb.compile();
        double first = hmb.lossAfter(1);
        // 192 rows are twelve batches: the same batch again.
        assertThat(hmb.lossAfter(48)).isPositive().isLessThan(first);
        hmb.close();
    }

    private static double lossOfFirstStep() {
        MlpSuite net = new MlpSuite();
        net.precision = Precision.F64;
        net.depth = 2;
        net.width = 8;
        net.batch = 4;
        net.compile();
        double loss = net.lossAfter(1);
        net.close();
        return loss;
    }

    @Test
    void numbersAreTheDocumentedSequence() {
        // CRC-32 of "123456789" is cbf43926 by the definition of CRC-32.
        long state = (0xcbf43926L * 1664525 + 1013904223) % (1L << 32);
        assertThat(Numbers.of("123456789", 2, 3)[0]).isEqualTo((state / 2147483648.0 - 1) * 3);
        assertThat(DoubleStream.of(Numbers.of("x", 1000, 2))).allMatch(x -> x >= -2 && x < 2);
    }

    @Test
    void measurementsSurviveTheirLine() {
        Measurement measurement = new Measurement("matmul", "F64 NN 7", "Intarsia", 1.25e-3);
        assertThat(Measurement.of(measurement.line())).contains(measurement);
        assertThat(Measurement.of("# JMH version: 1.37")).isEmpty();
    }

    @Test
    void reportHoldsMediansAgainstGoals() {
        BenchResults results = new BenchResults();
        for (double nanos : new double[] {100, 90, 400}) {
            results.add(new Measurement("plan", "F64 add", Intarsia.NAME, nanos));
        }
        results.add(new Measurement("plan", "F64 sum", Intarsia.NAME, 20));
        Map<String, Goal.Reached> reached = new HashMap<>();
        Goal.all().forEach(goal -> goal.measure(results).ifPresent(found -> reached.put(goal.what(), found)));
        assertThat(reached).hasSize(1);
        Goal.Reached plan = reached.values().iterator().next();
        assertThat(plan.value()).isCloseTo(100, within(1e-9));
        assertThat(plan.where()).isEqualTo("F64 add");
    }
}
