package intarsia.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How long it takes until something happens: whole processes, measured from outside. */
final class StartUp {
    static final String SUITE = "startup";
    /** Rows of the app that {@code ./build app} left, if it is there, begin so. */
    static final String APP = "app: ";
    static final String HELLO = "./intarsia --version";
    static final String FIT = "./intarsia fit, one epoch of each network, to its end";
    static final String FIRST_STEP = "process start to first trained step";
    static final String HUNDRED_STEPS = "loop start to 100 steps";

    private final Path home;

    private StartUp(Path home) {
        this.home = home;
    }

    /** {@code home java-options...}: the project's folder, and how ShortJob is started. */
    public static void main(String[] args) throws IOException, InterruptedException {
        StartUp startUp = new StartUp(Path.of(args[0]));
        List<String> java = List.of(args).subList(1, args.length);
        startUp.run(List.of("./intarsia", "--version"));
        for (int i = 0; i < 3; i++) {
            startUp.say(HELLO, startUp.run(List.of("./intarsia", "--version")));
            startUp.shortJob(java);
        }
        startUp.say(FIT, startUp.fit());
        startUp.app();
    }

    private void shortJob(List<String> java, String... rows) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of(ShortJob.class.getName(), Long.toString(System.currentTimeMillis())));
        command.addAll(List.of(rows));
        new ProcessBuilder(command).directory(home.toFile()).inheritIO().start().waitFor();
    }

    /** The app's own Java, flags, jars and cache of classes, to which the benchmark's jars are added: a cache allows that. */
    private void app() throws IOException, InterruptedException {
        Path image = home.resolve("target/image");
        List<Path> apps = Files.isDirectory(image) ? files(image, "intarsia-").stream().filter(Files::isDirectory).toList() : List.of();
        if (apps.isEmpty()) {
            System.err.println("bench: no app in target/image; ./build app makes it");
            return;
        }
        Path app = apps.getLast();
        String jars = files(app.resolve("lib"), "").stream().map(Path::toString).filter(file -> file.endsWith(".jar"))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> java = List.of(app.resolve("runtime/bin/java").toString(), "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
                "-XX:ObjectAlignmentInBytes=64", "--add-modules", "jdk.incubator.vector", "-XX:AOTMode=on",
                "-XX:AOTCache=" + app.resolve("lib/full.aot"),
                "-cp", jars + File.pathSeparator + System.getProperty("java.class.path"));
        List<String> version = List.of(app.resolve("bin/intarsia").toString(), "--version");
        run(version);
        for (int i = 0; i < 3; i++) {
            say(APP + HELLO, run(version));
            shortJob(java, APP);
        }
    }

    /** What a folder has whose name begins so, in the shell's order. */
    private static List<Path> files(Path folder, String prefix) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> path.getFileName().toString().startsWith(prefix)).sorted().toList();
        }
    }

    /** The whole command on real data, with networks trained for one epoch only. */
    private double fit() throws IOException, InterruptedException {
        Path study = Files.createTempDirectory("intarsia-bench");
        try {
            try (Stream<Path> files = Files.list(home.resolve("examples/heart-disease"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, study.resolve(file.getFileName()));
                }
            }
            Path settings = study.resolve("study.toml");
            List<String> kept = Files.readAllLines(settings).stream().filter(line -> !line.matches("\\s*epochs\\s*=.*")).toList();
            String text = String.join("\n", kept) + "\n";
            Files.writeString(settings, text.contains("[fit]") ? text.replace("[fit]", "[fit]\nepochs = 1") : text + "[fit]\nepochs = 1\n");
            return run(List.of("./intarsia", "fit", study.toString(), "--out", study.resolve("run").toString(), "--repeats", "1",
                    "--quiet"));
        } finally {
            try (Stream<Path> files = Files.walk(study)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private double run(List<String> command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        int status = new ProcessBuilder(command).directory(home.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        if (status != 0) {
            throw new IOException(command + " ended with status " + status);
        }
        return System.nanoTime() - start;
    }

    private void say(String row, double nanos) {
        System.out.println(new Measurement(SUITE, row, Intarsia.NAME, nanos).line());
    }
}
