package intarsia.bench;

import intarsia.linalg.opencl.DeviceSuite;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs suites, each several times in fresh processes together with other libraries, and writes the report. Figures of each suite are kept
 * in a file of their own, so one suite can be measured again alone.
 *
 * <p>{@code bench/run --help} lists the options. With --device an OpenCL device is measured, in one process, and has its own page.
 */
public final class Bench {
    private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-XX:ObjectAlignmentInBytes=64", "-Xmx2g", "--add-modules",
            "jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Djmh.ignoreLock=true");

    private final Path home = Path.of("").toAbsolutePath();
    private Path out = home.resolve("bench/results");
    private String only;
    private String device;
    private int forks = 3;
    private int millis = 120;

    private Bench() {}

    /** Measures as asked. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length > 0 && args[0].equals("--profile")) {
            StepProfile.main(java.util.Arrays.copyOfRange(args, 1, args.length));
            return;
        }
        if (args.length > 0 && args[0].equals("--sweep")) {
            ProductSweep.main(java.util.Arrays.copyOfRange(args, 1, args.length));
            return;
        }
        Bench bench = new Bench();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--quick" -> {
                    bench.forks = 1;
                    bench.millis = 30;
                    bench.out = bench.home.resolve("bench/target/results");
                }
                case "--only" -> bench.only = args[++i];
                case "--device" -> bench.device = args[++i];
                case "--forks" -> bench.forks = Integer.parseInt(args[++i]);
                case "--millis" -> bench.millis = Integer.parseInt(args[++i]);
                case "--out" -> bench.out = Path.of(args[++i]);
                default -> {
                    System.err.println("bench/run: unknown option '" + args[i]
                            + "'; bench/run --help lists those there are");
                    System.exit(2);
                }
            }
        }
        if (bench.device == null) {
            bench.run();
        } else {
            bench.measureDevice();
        }
    }

    private void measureDevice() throws IOException, InterruptedException {
        String described;
        try {
            described = DeviceSuite.describe(device);
        } catch (IllegalArgumentException e) {
            System.err.println("bench/run: " + e.getMessage());
            System.exit(2);
            return;
        }
        Path folder = out.resolve(device.replace(':', '-'));
        Files.createDirectories(folder);
        boolean quick = forks == 1;
        MeasurementContext now = MeasurementContext.now(FLAGS, 1, millis);
        List<String> lines = new ArrayList<>(now.lines());
        listen(java(DeviceFork.class.getName(), device, quick ? "quick" : Integer.toString(millis)), lines);
        Files.write(folder.resolve("raw.jsonl"), lines);
        BenchResults results = new BenchResults();
        lines.forEach(line -> Measurement.of(line).ifPresent(results::add));
        Files.writeString(folder.resolve("README.md"), new DeviceReport(described, now, results).markdown());
        System.err.println("bench: " + folder.resolve("README.md"));
    }

    private void run() throws IOException, InterruptedException {
        List<String> names = new ArrayList<>(Suite.all().stream().map(Suite::name).toList());
        names.add(StartUp.SUITE);
        if (only != null && !names.contains(only)) {
            System.err.println("bench/run: no suite '" + only + "'; there are " + names);
            System.exit(2);
        }
        Files.createDirectories(out.resolve("raw"));
        for (String name : names) {
            if (only == null || only.equals(name)) {
                measure(name);
            }
        }
        BenchResults results = new BenchResults();
        Map<String, MeasurementContext> contexts = new LinkedHashMap<>();
        for (String name : names) {
            read(name, results, contexts);
        }
        new Report(results, contexts).write(out);
        System.err.println("bench: " + out.resolve("README.md"));
    }

    private void measure(String name) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>(MeasurementContext.now(FLAGS, forks, millis).lines());
        for (int fork = 1; fork <= forks; fork++) {
            System.err.println("bench: " + name + ", fork " + fork + " of " + forks);
            if (name.equals(StartUp.SUITE)) {
                List<String> command = new ArrayList<>(java(StartUp.class.getName(), home.toString()));
                command.addAll(java());
                listen(command, lines);
                continue;
            }
            listen(java(Fork.class.getName(), name, Integer.toString(millis)), lines);
            for (List<String> peer : outsiders()) {
                List<String> command = new ArrayList<>(peer);
                command.addAll(List.of(name, Integer.toString(millis)));
                listen(command, lines);
            }
        }
        Files.write(out.resolve("raw").resolve(name + ".jsonl"), lines);
    }

    /** Peers that are programs of their own; {@code bench/run} finds them and says here how to call them. */
    private static List<List<String>> outsiders() {
        return Stream.of(System.getProperty("intarsia.bench.outsiders", "").split(";")).filter(command -> !command.isBlank())
                .map(command -> List.of(command.split(" "))).toList();
    }

    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(arguments));
        return command;
    }

    private static void listen(List<String> command, List<String> lines) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader reader = process.inputReader()) {
            reader.lines().filter(line -> Measurement.of(line).isPresent()).forEach(lines::add);
        }
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException(String.join(" ", command) + " ended with status " + status);
        }
    }

    private void read(String name, BenchResults results, Map<String, MeasurementContext> contexts) throws IOException {
        Path file = out.resolve("raw").resolve(name + ".jsonl");
        if (Files.exists(file)) {
            List<String> lines = Files.readAllLines(file);
            contexts.put(name, MeasurementContext.of(lines));
            lines.forEach(line -> Measurement.of(line).ifPresent(results::add));
        }
    }
}
