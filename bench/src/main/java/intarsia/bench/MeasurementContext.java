package intarsia.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * Where, how and when a suite was measured: the first two lines of a file of figures.
 *
 * @param machine processors, system, JDK, flags
 * @param when    date, load of the machine at the start, forks and iterations
 */
record MeasurementContext(String machine, String when) {
    /** As things are now. */
    static MeasurementContext now(List<String> flags, int forks, int millis) throws IOException {
        String machine = Runtime.getRuntime().availableProcessors() + " x " + processor() + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.version") + ", " + System.getProperty("java.vm.vendor") + " "
                        + System.getProperty("java.vm.version") + ", `"
                + String.join(" ", flags.subList(0, 4)) + "`";
        String when = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").format(LocalDateTime.now(ZoneOffset.UTC)) + " UTC, load " + load()
                + ", "
                + forks + (forks == 1 ? " fork" : " forks") + " of 3 iterations of " + millis + " ms";
        return new MeasurementContext(machine, when);
    }

    /** As the first lines of a file tell them. */
    static MeasurementContext of(List<String> lines) {
        return new MeasurementContext(lines.get(0).substring(2), lines.get(1).substring(2));
    }

    /** What {@link #of} reads. */
    List<String> lines() {
        return List.of("# " + machine, "# " + when);
    }

    private static String processor() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        String otherwise = System.getProperty("os.arch");
        if (!Files.exists(info)) {
            return otherwise;
        }
        List<String> lines = Files.readAllLines(info);
        String name = lines.stream().filter(line -> line.startsWith("model name")).findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse(otherwise);
        return name + (lines.stream().anyMatch(line -> line.contains("avx512f")) ? " with AVX-512"
                : lines.stream().anyMatch(line -> line.contains("avx2")) ? " with AVX2" : "");
    }

    private static String load() throws IOException {
        Path load = Path.of("/proc/loadavg");
        return Files.exists(load) ? Files.readString(load).split(" ")[0] : "unknown";
    }
}
