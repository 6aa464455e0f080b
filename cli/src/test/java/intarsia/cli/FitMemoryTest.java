package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.FitContext;
import intarsia.models.data.Column;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.hmb.MtlHmb;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FitMemoryTest {
    private static final int ROWS = 10_000;

    private static TaskSet tasks(int rows, int columns) {
        Source genes = new Source("genes", IntStream.range(0, columns).mapToObj(j -> Column.continuous("g" + j)).toList());
        TaskSet.Builder data = TaskSet.builder();
        for (String name : new String[] {"a", "b"}) {
            data.task(Task.continuous(name).block(genes, new double[rows][columns])
                    .response(IntStream.range(0, rows).asDoubleStream().toArray()));
        }
        return data.build();
    }

    /**
     * 2 tasks x 10 rows of 3 columns are 20 arrays of a cache line, with references, and four numbers each; of features 480 bytes twice,
     * and 3 x 32 x (2 tasks + 1 source) weights six times.
     */
    @Test
    void counted() {
        FitMemory memory = FitMemory.of(tasks(10, 3), 1_000_000);
        assertThat(memory.tables()).isEqualTo(20 * (64 + 4 + 32));
        assertThat(memory.fit()).isEqualTo(2 * 480 + 6 * 8 * 3 * 32 * 3);
        assertThat(memory.line()).isEmpty();
    }

    /** As floats the same rows take less, by whole cache lines. */
    @Test
    void floatsAreCounted() {
        Source source = source("exam");
        TaskSet narrow = TaskSet.builder().task(Task.continuous("a").block(source, new float[10][60])
                .response(IntStream.range(0, 10).asDoubleStream().toArray())).build();
        assertThat(FitMemory.of(narrow, 1_000_000).tables()).isEqualTo(10 * (256 + 4 + 32));
    }

    /** What a fit has in use at most, looked at whenever it reports, is within a factor of 1.5 of what is said: in a process of its own. */
    @Test
    void inUse() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-XX:+UseSerialGC", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), InUse.class.getName())
                .redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        Matcher ratios = Pattern.compile("tables (\\S+), fit (\\S+)").matcher(said);
        assertThat(ratios.find()).as(said).isTrue();
        assertThat(Double.parseDouble(ratios.group(1))).isBetween(1 / 1.5, 1.5);
        assertThat(Double.parseDouble(ratios.group(2))).isBetween(1 / 1.5, 1.5);
    }

    /** Prints what is said over what is in use. */
    static final class InUse {
        private InUse() {}

        public static void main(String[] arguments) {
            Source exam = source("exam");
            Source labs = source("labs");
            long before = used();
            TaskSet.Builder data = TaskSet.builder();
            SplittableRandom random = new SplittableRandom(1);
            for (String name : new String[] {"a", "b"}) {
                Task.Builder task = Task.continuous(name).block(exam, random(random));
                data.task((name.equals("a") ? task.block(labs, random(random)) : task).response(random.doubles(ROWS).toArray()));
            }
            TaskSet tasks = data.build();
            long tables = used() - before;
            FitMemory memory = FitMemory.of(tasks, 1L << 40);
            AtomicLong most = new AtomicLong();
            Set<String> seen = new HashSet<>();
            try (Engine engine = Engine.options().threads(1).open()) {
                RandomStream stream = RandomStream.of(1);
                MtlHmb.options().epochs(1).fit(new FitContext(engine, DataSplit.random(tasks, 0.2, 0, stream), stream,
                        (stage, done, total) -> {
                    if (seen.add(stage)) {
                        most.accumulateAndGet(used() - before - tables, Math::max);
                    }
                }));
            }
            System.out.println("tables " + memory.tables() / (double) tables + ", fit " + memory.fit() / (double) most.get());
        }
    }

    private static Source source(String name) {
        return new Source(name, IntStream.range(0, 60).mapToObj(j -> Column.continuous(name + j)).toList());
    }

    private static double[][] random(SplittableRandom random) {
        return IntStream.range(0, ROWS).mapToObj(i -> random.doubles(60).toArray()).toArray(double[][]::new);
    }

    private static long used() {
        // What is only softly held goes with the second.
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void largeOnesAreSaid() {
        FitMemory memory = FitMemory.of(tasks(250, 20_000), 4L << 30);
        assertThat(memory.line()).isEqualTo("the tables take 76 MB, a fit about 240 MB besides, of 4,096 MB");
        assertThat(new FitMemory(1L << 30, 4L << 30, 4L << 30).line()).endsWith("that may be too little, raise it: "
                + "INTARSIA_JAVA_OPTS=-Xmx8g");
    }

    /** As many side by side as there is room for, and as there are; never none. */
    @Test
    void sideBySide() {
        assertThat(new FitMemory(1_000, 500, 2_600).sideBySide(8)).isEqualTo(3);
        assertThat(new FitMemory(1_000, 500, 2_600).sideBySide(2)).isEqualTo(2);
        assertThat(new FitMemory(1_000, 500, 900).sideBySide(8)).isEqualTo(1);
    }
}
