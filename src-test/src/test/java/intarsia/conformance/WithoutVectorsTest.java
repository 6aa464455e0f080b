package intarsia.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine that cannot use the CPU's vectors says so, in its description and once in the log, and computes in plain Java. */
class WithoutVectorsTest {
    private static final String SERVICES = "META-INF/services/intarsia.linalg.KernelProvider";
    private static final List<String> MODULE = List.of("--add-modules", "jdk.incubator.vector");

    @TempDir
    private Path folder;

    /** What a program printed, and the warnings that its log holds. */
    private record Said(List<String> lines, List<String> warnings) {}

    @Test
    void withTheModuleNothingIsSaid() throws Exception {
        Said said = description(MODULE, classPath());
        assertThat(said.lines.getFirst()).startsWith("kernels    simd-");
        assertThat(said.warnings).isEmpty();
    }

    @Test
    void theModuleOfTheJdkIsMissing() throws Exception {
        String why = "no vectors: the JDK's vector module is not there; start java with --add-modules jdk.incubator.vector";
        assertSaid(description(List.of(), classPath()), why);
    }

    /** The bound is lowered, since there is no newer JDK to test with. */
    @Test
    void theModuleOfTheJdkIsNewer() throws Exception {
        List<String> bound = List.of("--add-modules", "jdk.incubator.vector", "-Dintarsia.simd.java=24");
        int java = Runtime.version().feature();
        assertSaid(description(bound, classPath()), "no vectors: the vector module of Java " + java + " is newer than these kernels, which"
                + " are tested up to Java 25; start java with -Dintarsia.simd.java=" + java + " to use it all the same");
    }

    @Test
    void ourModuleIsMissing() throws Exception {
        List<Path> rest = classPath().stream().filter(entry -> !isModule(entry, "simd")).toList();
        assertSaid(description(MODULE, rest), "no vectors: intarsia-linalg-simd is not on the class path; add it");
    }

    @Test
    void aJarOfSeveralKeptTheServicesOfAnother() throws Exception {
        String why = "no vectors: " + SERVICES + " does not name intarsia.linalg.simd.SimdKernels, which is on the class path; when packing"
                + " several jars into one, merge their files of that name";
        packedTogether();
        assertSaid(description(MODULE, List.of(folder, programs())), why);
        // one of a module that was packed first, or none
        Files.writeString(folder.resolve(SERVICES), "intarsia.linalg.opencl.OpenClKernelProvider\n");
        assertSaid(description(MODULE, List.of(folder, programs())), why);
        Files.delete(folder.resolve(SERVICES));
        assertSaid(description(MODULE, List.of(folder, programs())), why);
    }

    @Test
    void whoAsksForPlainJavaIsNotWarned() throws Exception {
        Said said = description(List.of("-Dintarsia.kernels=scalar"), classPath());
        assertThat(said.lines.getFirst()).isEqualTo("kernels    scalar (asked for by -Dintarsia.kernels; plain Java, runs everywhere)");
        assertThat(said.warnings).isEmpty();
    }

    private static void assertSaid(Said said, String why) {
        String line = "kernels    scalar (plain Java, runs everywhere; " + why + ")";
        assertThat(said.lines).startsWith(line, line);
        assertThat(said.lines.getLast()).contains("scalar");
        assertThat(said.warnings).hasSize(1);
        assertThat(said.warnings.getFirst()).endsWith("kernels are plain Java, " + why + "; -Dintarsia.kernels=scalar if that is meant");
    }

    private Said description(List<String> options, List<Path> classPath) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-Duser.language=en"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                EngineDescription.class.getName()));
        Path log = Files.createTempFile("log", ".txt");
        Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor()).as("exit status of %s: %s", command, Files.readString(log)).isZero();
        // the JDK itself warns of its incubating module
        List<String> warnings = Files.readAllLines(log).stream()
                .filter(line -> line.startsWith("WARNING: ") && !line.contains("incubator modules: ")).toList();
        Files.delete(log);
        return new Said(lines, warnings);
    }

    private static List<Path> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of).toList();
    }

    /** Whether this is the folder of classes, or the jar, of a module below linalg. */
    private static boolean isModule(Path entry, String module) {
        return entry.toString().replace('\\', '/').contains("linalg/" + module + "/target");
    }

    /** Where these tests are compiled. */
    private static Path programs() {
        String program = EngineDescription.class.getName().replace('.', '/') + ".class";
        return classPath().stream().filter(entry -> Files.exists(entry.resolve(program))).findFirst().orElseThrow();
    }

    /** The classes of two modules in one folder, with the services of the first. */
    private void packedTogether() throws IOException {
        for (String module : List.of("simd", "dense")) {
            Path entry = classPath().stream().filter(e -> isModule(e, module)).findFirst().orElseThrow();
            if (Files.isDirectory(entry)) {
                copy(entry);
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(entry)) {
                    copy(jar.getPath("/"));
                }
            }
        }
    }

    private void copy(Path from) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = folder.resolve(from.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
