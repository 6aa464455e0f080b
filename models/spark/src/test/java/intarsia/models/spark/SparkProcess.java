package intarsia.models.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A JVM with Spark's jars and ours: the program, or a part of a cluster. What it says goes into a file. */
record SparkProcess(Process process, Path said) implements AutoCloseable {
    static final Path HOME = Path.of(System.getProperty("intarsia.spark.home"));
    static final Path JAR = Path.of(System.getProperty("intarsia.spark.jar"));
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** The program, with options of the JVM before its own words. */
    static SparkProcess program(Path folder, List<String> options, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("--add-modules=jdk.incubator.vector"));
        command.addAll(options);
        command.addAll(List.of("-cp", HOME.resolve("jars") + "/*:" + JAR, "intarsia.cli.Main"));
        command.addAll(List.of(words));
        return java(folder, command);
    }

    /** One of Spark's own programs. */
    static SparkProcess spark(Path folder, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("--add-modules=jdk.incubator.vector", "-cp", HOME.resolve("jars") + "/*"));
        command.addAll(List.of(words));
        return java(folder, command);
    }

    /** Java with these words, and what Spark's scripts would tell it by the environment. */
    static SparkProcess java(Path folder, List<String> words) throws IOException {
        List<String> command = new ArrayList<>(List.of(JAVA, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(words);
        Path said = Files.createTempFile(folder, "said", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().putAll(Map.of("SPARK_HOME", HOME.toString(), "JAVA_HOME", System.getProperty("java.home"),
                "SPARK_LOCAL_IP", "127.0.0.1", "SPARK_WORKER_DIR", folder.resolve("work").toString()));
        return new SparkProcess(builder.start(), said);
    }

    /** Its exit status. */
    int status() throws InterruptedException {
        if (!process.waitFor(1, TimeUnit.HOURS)) {
            close();
            throw new AssertionError("still at work: " + text());
        }
        return process.exitValue();
    }

    String text() {
        try {
            return Files.readString(said);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** The lines that the program itself said last. */
    List<String> lines() {
        return text().lines().filter(line -> !line.startsWith("WARNING: Using incubator")).toList();
    }

    /** Waits until it has said something. */
    void await(String words) throws InterruptedException {
        while (!text().contains(words)) {
            if (!process.isAlive()) {
                throw new AssertionError("it ended: " + text());
            }
            Thread.sleep(50);
        }
    }

    /** The executors it has begun. */
    List<ProcessHandle> executors() {
        try (Stream<ProcessHandle> below = process.descendants()) {
            return below.filter(one -> one.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend")).toList();
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
