package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One process that fits, predicts, imputes, adds tasks and refuses, again and again: what it holds must not grow. A few rounds in the
 * suite; {@code ./build soak --hours 1} goes on for an hour and says each minute what is held.
 */
class SoakTest {
    private static final double HOURS = Double.parseDouble(System.getProperty("intarsia.soak.hours", "0"));
    /** Rounds in which classes are loaded and caches filled. */
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 7;
    /** Code that the compiler moves, and tables that grow by doubling. */
    private static final long SLACK = 2 << 20;

    @TempDir
    private Path folder;

    /** What a process holds once garbage is collected. */
    private record Held(long heap, int threads, long files) {
        static Held now() {
            for (int i = 0; i < 3; i++) {
                System.gc();
            }
            long files = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                    ? unix.getOpenFileDescriptorCount() : 0;
            return new Held(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                    ManagementFactory.getThreadMXBean().getThreadCount(), files);
        }
    }

    @Test
    void whatIsHeldDoesNotGrow() throws IOException {
        Path study = study();
        List<Held> held = new ArrayList<>();
        long end = System.nanoTime() + (long) (HOURS * 3600e9);
        long told = System.nanoTime();
        for (int round = 0; round < ROUNDS || System.nanoTime() < end; round++) {
            round(study);
            if (round >= WARM_UP) {
                held.add(Held.now());
            }
            if (HOURS > 0 && System.nanoTime() - told > 60e9) {
                told = System.nanoTime();
                System.out.println("round " + (round + 1) + ": " + held.getLast());
            }
        }
        Held first = held.getFirst();
        assertThat(held.getLast().threads()).as("threads").isLessThanOrEqualTo(first.threads());
        assertThat(held.getLast().files()).as("open files").isLessThanOrEqualTo(first.files());
        assertThat(smallest(held.subList(held.size() / 2, held.size()))).as("heap: the least of later rounds against the most of the first")
                .isLessThanOrEqualTo(largest(held.subList(0, held.size() / 2)) + SLACK);
    }

    private static long smallest(List<Held> held) {
        return held.stream().mapToLong(Held::heap).min().orElseThrow();
    }

    private static long largest(List<Held> held) {
        return held.stream().mapToLong(Held::heap).max().orElseThrow();
    }

    /** One of everything, with the same seeds: every round does the same. */
    private void round(Path study) throws IOException {
        Path rows = study.resolve("south.csv");
        Path run = folder.resolve("run");
        for (String model : List.of("mtl-hmb", "gp", "dual-encoder", "auto")) {
            run(0, "fit", study, "--model", model, "--repeats", "1", "--threads", "2", "--quiet", "--force", "--out", run);
            run(0, "predict", run, rows, "--task", "south");
            if (!model.equals("dual-encoder")) {
                run(0, "impute", run, "--force", "--out", folder.resolve("completed"));
            }
            if (model.equals("gp") || model.equals("dual-encoder")) {
                run(0, "transfer", run, folder.resolve("west.csv"), "--force", "--repeats", "1", "--out", folder.resolve("more"));
            }
        }
        run(0, "describe", study);
        run(2, "describe", folder.resolve("none"));
        run(2, "predict", run, study.resolve("study.toml"));
    }

    private static void run(int expected, Object... args) {
        StringWriter said = new StringWriter();
        int status = Main.run(new PrintWriter(said), new PrintWriter(said), Stream.of(args).map(Object::toString).toArray(String[]::new));
        assertThat(status).as(said.toString()).isEqualTo(expected);
    }

    private Path study() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        Clinics.patients(folder.resolve("west.csv"), true, random);
        return Clinics.write(folder, """
                width = 4
                depth = 1
                epochs = 5
                [fit.auto]
                candidates = ["regression", "mtl-hmb", "gp"]
                folds = 2
                """, random);
    }
}
