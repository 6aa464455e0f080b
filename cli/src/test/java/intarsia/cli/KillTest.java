package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.models.files.FileException;
import intarsia.models.files.model.RunFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program killed outright, as by a power cut, at moments drawn at random. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KillTest {
    private static final int KILLS = 10;
    /** The longest time between a run's first file and its kill, about as long as writing takes. */
    private static final long WRITING = TimeUnit.MILLISECONDS.toNanos(40);

    /** About as long as one item of the study takes. */
    private static final long ITEM = TimeUnit.MILLISECONDS.toNanos(10);

    private final RandomGenerator random = RandomGeneratorFactory.of("SplittableRandom").create(5);

    @TempDir
    private Path temporary;

    private Process start(List<String> args) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), Main.class.getName()));
        command.addAll(args);
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(temporary.resolve("said.txt").toFile()).start();
    }

    /** How long an uninterrupted process takes, in nanoseconds. */
    private long whole(List<String> args) throws IOException, InterruptedException {
        long start = System.nanoTime();
        int status = start(args).waitFor();
        assertThat(status).as(Files.readString(temporary.resolve("said.txt"))).isZero();
        return System.nanoTime() - start;
    }

    /** Whether it was still running. */
    private static boolean kill(Process process) throws InterruptedException {
        boolean running = process.isAlive();
        process.destroyForcibly().waitFor();
        return running && process.exitValue() != 0;
    }

    private static List<Path> folders(Path in) throws IOException {
        try (Stream<Path> all = Files.list(in)) {
            return all.filter(Files::isDirectory).toList();
        }
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), withoutSeconds(Files.readString(file, StandardCharsets.ISO_8859_1)));
            }
        }
        return files;
    }

    /** What fits took is the clock's: the report tells it, and its digest differs for that. */
    private static String withoutSeconds(String text) {
        return text.replaceAll("(?s)<h3>Seconds</h3>.*?</table>", "").replaceAll("[0-9a-f]{64}  report.html", "");
    }

    private Path study() throws IOException {
        return Clinics.write(temporary, """
                width = 4
                depth = 1
                epochs = 20
                """, random);
    }

    private static List<String> fit(Path study, Path run, int seed) {
        return List.of("fit", study.toString(), "--model", "mtl-hmb", "--out", run.toString(), "--force", "--seed", Integer.toString(seed),
                "--repeats", "2",
                "--quiet", "--kernels", "scalar", "--threads", "1");
    }

    /** Every second kill waits until the run's first file is there, so that it comes while the run is written. */
    private boolean killedFit(List<String> args, Path runs, long whole, boolean writing) throws IOException, InterruptedException {
        Process process = start(args);
        if (!writing) {
            process.waitFor(random.nextLong(whole), TimeUnit.NANOSECONDS);
            return kill(process);
        }
        List<Path> before = folders(runs);
        while (process.isAlive() && folders(runs).stream().noneMatch(folder -> !before.contains(folder)
                && Files.exists(folder.resolve("model.json")))) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        LockSupport.parkNanos(random.nextLong(WRITING));
        return kill(process);
    }

    @Test
    void aKilledFitLeavesTheRunOfBeforeOrItsOwn() throws IOException, InterruptedException {
        Path study = study();
        Path runs = Files.createDirectory(temporary.resolve("runs"));
        Path run = runs.resolve("run");
        Map<Long, Map<String, String>> expected = new TreeMap<>();
        long whole = Long.MAX_VALUE;
        for (int seed = 1; seed <= 2; seed++) {
            Path reference = temporary.resolve("reference " + seed);
            whole = Math.min(whole, whole(fit(study, reference, seed)));
            expected.put((long) seed, contents(reference));
        }
        assertThat(expected.get(1L).get("weights.safetensors")).isNotEqualTo(expected.get(2L).get("weights.safetensors"));
        int killed = 0;
        long present = 0;
        for (int i = 0; i < KILLS; i++) {
            int seed = 1 + i % 2;
            killed += killedFit(fit(study, run, seed), runs, whole, i % 2 == 1) ? 1 : 0;
            long left = seedOf(run);
            assertThat(left).as("kill %d", i).isIn(present, (long) seed);
            present = left;
            for (Path folder : folders(runs)) {
                long read = seedOf(folder);
                assertThat(read == 0 || contents(folder).equals(expected.get(read))).as("kill %d: half a run in %s", i, folder).isTrue();
            }
        }
        assertThat(killed).isPositive();
        whole(fit(study, run, 2));
        assertThat(contents(runs)).as("all that killed programs left is gone").hasSameSizeAs(expected.get(2L));
        assertThat(contents(run)).isEqualTo(expected.get(2L));
    }

    @Test
    void aKilledImputationLeavesNothing() throws IOException, InterruptedException {
        Path runs = Files.createDirectory(temporary.resolve("runs"));
        Path run = temporary.resolve("run");
        whole(fit(study(), run, 1));
        Path done = runs.resolve("done");
        List<String> impute = List.of("impute", run.toString(), "--out", done.toString(), "--draws", "40", "--threads", "1");
        for (int i = 2; i < 4; i++) {
            String begun = "draw-" + i;
            Process process = start(impute);
            while (process.isAlive() && folders(runs).stream().noneMatch(folder -> Files.exists(folder.resolve(begun)))) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            assertThat(kill(process)).as("kill %d came while draws were written", i).isTrue();
            assertThat(done).doesNotExist();
        }
        whole(impute);
        assertThat(runs).as("all that killed programs left is gone").isDirectoryNotContaining(path -> !path.equals(done));
    }

    @Test
    void aKilledFitIsResumedFromTheFitsThatWereDone() throws IOException, InterruptedException {
        Path study = study();
        Path reference = temporary.resolve("reference");
        List<String> args = new ArrayList<>(fit(study, reference, 3));
        args.set(args.indexOf("--repeats") + 1, "20");
        args.remove("--quiet");
        whole(args);
        Path run = Files.createDirectory(temporary.resolve("runs")).resolve("run");
        args.set(args.indexOf(reference.toString()), run.toString());
        for (int i = 1; i <= 3; i++) {
            Process process = start(args);
            while (process.isAlive() && lines(journal(run)) < 1 + 5 * i) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            assertThat(kill(process)).as("kill %d came while models were compared", i).isTrue();
        }
        int before = lines(journal(run)) - 1;
        StringWriter said = new StringWriter();
        int status = Main.run(new PrintWriter(said), new PrintWriter(said), args.toArray(String[]::new));
        assertThat(status).as(said.toString()).isZero();
        assertThat(said.toString()).containsPattern("resuming: (" + before + "|" + (before - 1) + ") of 80 fits were done before");
        assertThat(contents(run)).isEqualTo(contents(reference));
        assertThat(run.getParent()).as("the journal is gone").isDirectoryNotContaining(path -> !path.equals(run));
    }

    /** The journal beside a run, or a file that is not there. */
    private static Path journal(Path run) throws IOException {
        try (Stream<Path> all = Files.list(run.getParent())) {
            return all.filter(path -> path.getFileName().toString().startsWith(".run.fit-")).findFirst().orElse(run.resolve("none"));
        }
    }

    /** The seed of the run in a folder; 0 if the program refuses to read one there, -1 if it reads one that does not say its seed. */
    private static long seedOf(Path folder) {
        try {
            RunFolder.Provenance provenance = RunFolder.read(folder).provenance();
            return provenance == null ? -1 : provenance.seed();
        } catch (FileException e) {
            return 0;
        }
    }

    /**
     * Killed soon after it finished items of its own. The journal says when, not the clock: how long the rest of a study takes
     * depends on what earlier processes did.
     */
    private boolean killedStudy(Path out) throws IOException, InterruptedException {
        Path journal = out.resolve("journal.txt");
        int enough = lines(journal) + 1 + random.nextInt(3);
        Process process = start(study(out));
        while (process.isAlive() && lines(journal) < enough) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        LockSupport.parkNanos(random.nextLong(ITEM));
        return kill(process);
    }

    private static int lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1).split("\n").length : 0;
    }

    @Test
    void aStudyKilledManyTimesEndsInTheSameBytes() throws IOException, InterruptedException {
        Path reference = temporary.resolve("whole");
        Path killed = temporary.resolve("killed");
        whole(study(reference));
        for (int i = 0; i < KILLS; i++) {
            assertThat(killedStudy(killed)).as("kill %d came while the study ran", i).isTrue();
        }
        StringWriter said = new StringWriter();
        int status = Main.run(new PrintWriter(said), new PrintWriter(said), study(killed).toArray(String[]::new));
        assertThat(status).as(said.toString()).isZero();
        assertThat(said.toString()).contains("all 40 items are done");
        assertThat(killed.resolve("results.csv")).hasSameBinaryContentAs(reference.resolve("results.csv"));
        List<List<String>> journals = Stream.of(reference, killed).map(folder -> items(folder.resolve("journal.txt"))).toList();
        assertThat(journals.get(1)).as("each item is done once").containsExactlyInAnyOrderElementsOf(journals.get(0));
    }

    private static List<String> study(Path out) {
        return List.of("study", "mtl-hmb", "--setting", "D", "--values", "100", "--methods", "stl,mbi", "--grid", "fixed", "--epochs", "2",
                "--replicates", "20", "--quiet", "--kernels", "scalar", "--threads", "1", "--out", out.toString());
    }

    /** Which items a journal has, without checksums and seconds. */
    private static List<String> items(Path journal) {
        try {
            List<String> lines = Files.readAllLines(journal);
            return IntStream.range(1, lines.size()).mapToObj(i -> String.join(" ", List.of(lines.get(i).substring(9).split("\t"))
                    .subList(0, 4))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
