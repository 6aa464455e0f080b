package intarsia.models.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Items on executors of Spark that are JVMs of their own, and are killed. */
class SparkIT {
    private static final String STUDY = "study mtl-hmb --setting D --values 100 --methods stl,mbi --grid fixed --epochs 1 --seed 3 --quiet";
    private static final int REPLICATES = Integer.getInteger("intarsia.spark.replicates", 12);
    private static final int KILLS = Integer.getInteger("intarsia.spark.kills", 3);
    private static final String TWO_EXECUTORS = "local-cluster[2,1,512]";

    private static final String ONE_ROW_HAS_Z = """
            minimum_share = 0.01
            [response]
            column = "y"
            kind = "continuous"
            [tasks]
            a = "a.csv"
            b = "b.csv"
            [sources]
            x = ["x"]
            z = ["z"]
            """;

    /** The exit status of a process that was told to end. */
    private static final int SIGTERM = 128 + 15;

    @TempDir
    private static Path folder;

    /** Executors that would write 0,5. */
    private static final List<String> GERMAN = List.of("-Dspark.executor.extraJavaOptions=-Duser.language=de -Duser.country=DE");

    /** The study on one thread of one process. */
    private static Path plain;

    @BeforeAll
    static void doneHere() throws Exception {
        plain = folder.resolve("plain");
        done(SparkProcess.program(folder, List.of(), words(plain, "--threads", "1")));
    }

    private static String[] words(Path out, String... more) {
        return Stream.of(STUDY.split(" "), new String[] {"--replicates", "" + REPLICATES, "--out", out.toString()}, more)
                .flatMap(Stream::of).toArray(String[]::new);
    }

    private static void done(SparkProcess program) throws InterruptedException {
        assertThat(program.status()).as(program::text).isZero();
    }

    private static int journaled(Path out) throws IOException {
        Path journal = out.resolve("journal.txt");
        return Files.exists(journal) ? Math.max(0, (int) Files.readString(journal).chars().filter(c -> c == '\n').count() - 1) : 0;
    }

    private static void assertSameBytes(Path out) throws IOException {
        assertThat(out.resolve("results.csv")).hasSameBinaryContentAs(plain.resolve("results.csv"));
        List<String> items = Files.readAllLines(out.resolve("journal.txt")).stream().skip(1)
                .map(line -> String.join(" ", List.of(line.substring(9).split("\t")).subList(0, 4))).toList();
        assertThat(items).as("each item is journaled once").hasSize(2 * REPLICATES).doesNotHaveDuplicates();
    }

    /** Whenever another share of the items is done, a random executor is killed; halfway, the driver is, with all of them. */
    @Test
    void killsChangeNothing() throws Exception {
        Path out = folder.resolve("killed");
        Random random = new Random(7);
        int kills = 0;
        boolean driver = false;
        SparkProcess program = SparkProcess.program(folder, GERMAN, words(out, "--on", TWO_EXECUTORS));
        while (program.process().isAlive()) {
            Thread.sleep(random.nextInt(100));
            int done = journaled(out);
            List<ProcessHandle> executors = program.executors();
            if (!driver && done >= REPLICATES) {
                program.close();
                program.process().waitFor();
                driver = true;
                program = SparkProcess.program(folder, GERMAN, words(out, "--on", TWO_EXECUTORS));
            } else if (kills < KILLS && done > 2 * REPLICATES * kills / (KILLS + 2) && !executors.isEmpty()) {
                executors.get(random.nextInt(executors.size())).destroyForcibly();
                kills++;
            }
        }
        done(program);
        assertThat(driver).as("the driver was killed").isTrue();
        assertThat(kills).as("executors killed").isEqualTo(KILLS);
        assertSameBytes(out);
    }

    /** As by Ctrl-C, in the middle: nothing of Spark's own troubles then. */
    @Test
    void whoIsStoppedSaysSo() throws Exception {
        Path out = folder.resolve("stopped");
        SparkProcess program = SparkProcess.program(folder, List.of(), "study", "mtl-hmb", "--setting", "D", "--methods", "stl", "--quiet",
                "--out", out.toString(), "--on", "local[2]");
        while (program.process().isAlive() && journaled(out) == 0) {
            Thread.sleep(10);
        }
        program.process().destroy();
        assertThat(program.status()).isEqualTo(SIGTERM);
        assertThat(program.lines()).isSubsetOf("intarsia: --on local[2]: stopped; what came back is kept, and the same command resumes");
    }

    /** A mistake in the study that only a fit finds is the person's, not ours: only the first row has z, and folds leave it out. */
    @Test
    void whatAnItemRefusesIsOneLine() throws Exception {
        Path study = Files.createDirectory(folder.resolve("refused"));
        Files.writeString(study.resolve("study.toml"), ONE_ROW_HAS_Z);
        for (String task : List.of("a", "b")) {
            Files.writeString(study.resolve(task + ".csv"), IntStream.range(0, 30)
                    .mapToObj(i -> i % 7 + (task.equals("a") && i == 0 ? ",1," : ",,") + i % 5 + "\n")
                            .collect(Collectors.joining("", "x,z,y\n", "")));
        }
        SparkProcess program = SparkProcess.program(folder, List.of(), "fit", study.toString(), "--out", folder.resolve("run").toString(),
                "--model", "mtl-hmb", "--repeats", "5", "--quiet", "--on", "local");
        assertThat(program.status()).as(program::text).isEqualTo(2);
        assertThat(program.lines()).singleElement().asString().startsWith("intarsia: --on local: item ")
                .endsWith(" mtl-hmb: source 'z': none of the rows to learn from has it, so it cannot be imputed");
    }

    /** A master and a worker as on two machines; the program as spark-submit starts it. */
    @Test
    void submittedToAMaster() throws Exception {
        int port = freePort();
        String master = "spark://127.0.0.1:" + port;
        Path out = folder.resolve("submitted");
        try (SparkProcess one = SparkProcess.spark(folder, "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", ""
                + port,
                "--webui-port", "0")) {
            one.await("I have been elected leader");
            SparkProcess alone = SparkProcess.program(folder, List.of("-Dspark.intarsia.wait=20s"), words(folder.resolve("alone"), "--on",
                    master));
            assertThat(alone.status()).isEqualTo(2);
            assertThat(alone.lines()).containsExactly("intarsia: --on " + master
                    + ": no executor came within 20 s; are there workers with a "
                    + "free core and 1024 MiB? spark.intarsia.wait says how long to wait");
            try (SparkProcess two = SparkProcess.spark(folder, "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--cores",
                    "1",
                    "--memory", "1g", "--webui-port", "0", master)) {
                two.await("Successfully registered with master");
                SparkProcess submit = SparkProcess.spark(folder,
                        Stream.of(new String[] {"org.apache.spark.deploy.SparkSubmit", "--master", master,
                    "--conf", "spark.executor.memory=512m", SparkProcess.JAR.toString()}, words(out)).flatMap(Stream::of)
                        .toArray(String[]::new));
                done(submit);
            }
        }
        assertSameBytes(out);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "banana              | must be spark://HOST:PORT, local-cluster[EXECUTORS,CORES,MEMORY] or local[CORES]",
        "local-cluster[2,1]  | must be spark://HOST:PORT, local-cluster[EXECUTORS,CORES,MEMORY] or local[CORES]",
        "spark://127.0.0.1:1 | no master answers there (Connection refused); start one, or correct the address",
        "spark://no.invalid:7077 | no master answers there (no host no.invalid); start one, or correct the address"})
    void saysWhatIsWrong(String master, String message) throws Exception {
        Path out = folder.resolve("wrong");
        SparkProcess program = SparkProcess.program(folder, List.of(), words(out, "--on", master));
        assertThat(program.status()).isEqualTo(2);
        assertThat(program.lines()).containsExactly("intarsia: --on " + master + ": " + message);
        assertThat(out).doesNotExist();
    }

    /** Spark 3 is told by its version, not by what it lacks. */
    @Test
    void olderSparkIsRefused() {
        SparkEngine.checkVersion("local", "4.2.0");
        SparkEngine.checkVersion("local", "10.0.0-preview1");
        assertThatThrownBy(() -> SparkEngine.checkVersion("local", "3.5.7")).hasMessage("--on local: Spark 3.5.7 is on the class path, and "
                + "4 is needed; set SPARK_HOME to a Spark 4, or leave it unset");
    }

    @Test
    void whoAnswersIsNoMaster() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
            String master = "spark://127.0.0.1:" + silent.getLocalPort();
            SparkProcess program = SparkProcess.program(folder, List.of("-Dspark.intarsia.wait=5s"), words(folder.resolve("silent"), "--on",
                    master));
            assertThat(program.status()).isEqualTo(2);
            assertThat(program.lines()).containsExactly("intarsia: --on " + master
                    + ": who answers there is no master of Spark, or does not take us, within 5 s");
        }
    }

    @Test
    void withoutSparkItSaysSo() throws Exception {
        SparkProcess program = SparkProcess.java(folder, Stream.concat(Stream.of("-Dintarsia.kernels=scalar", "-cp",
                SparkProcess.JAR.toString(),
                "intarsia.cli.Main"), Stream.of(words(folder.resolve("none"), "--on", "local"))).toList());
        assertThat(program.status()).isEqualTo(2);
        assertThat(program.lines()).singleElement().asString().startsWith("intarsia: --on local: Spark is not on the class path (");
    }

    @Test
    void anOldJavaSaysSoItself() throws Exception {
        Optional<Path> old = oldJava();
        assumeTrue(old.isPresent(), "no Java 17 here");
        SparkProcess program = SparkProcess.program(folder, List.of("-Dspark.executorEnv.JAVA_HOME=" + old.get()),
                words(folder.resolve("old"), "--on", "local-cluster[1,1,512]"));
        assertThat(program.status()).isEqualTo(2);
        assertThat(program.lines()).singleElement().asString()
                .startsWith("intarsia: --on local-cluster[1,1,512]: executor 0 has Java 17 and "
                + "needs 25; ");
    }

    private static Optional<Path> oldJava() throws IOException {
        Path all = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(all)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(all)) {
            return homes.filter(home -> home.getFileName().toString().contains("17")
                    && Files.isExecutable(home.resolve("bin/java"))).findFirst();
        }
    }
}
