package intarsia.readme;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.RandomStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's Java compiles and runs as it stands, given the arrays that it names. */
class ReadmeTest {
    private static final String ARRAYS = "double[][] exam1, double[][] angio1, double[] y1, double[][] exam2, double[] y2, "
            + "double[][] newPatients";
    private static final Class<?>[] TYPES = {double[][].class, double[][].class, double[].class, double[][].class, double[].class,
            double[][].class};

    @Test
    void theLibraryExampleRuns(@TempDir Path folder) throws Exception {
        List<String> lines = example(1);
        Path file = folder.resolve("Example.java");
        Files.writeString(file, joined(lines, true) + "class Example {\n    public static double[] risk(" + ARRAYS + ") {\n"
                + joined(lines, false)
                + "return risk;\n    }\n}\n");
        compile(file);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            var method = loader.loadClass("Example").getDeclaredMethod("risk", TYPES);
            method.setAccessible(true);
            double[] risk = (double[]) method.invoke(null, rows(40, 1, 3), rows(40, 2, 1), labels(40, 3), rows(30, 4, 3), labels(30, 5),
                    rows(4, 6, 3));
            assertThat(Arrays.stream(risk).boxed()).hasSize(4).allMatch(p -> p > 0 && p < 1);
        }
    }

    @Test
    void theStudyFileExampleRuns(@TempDir Path folder) throws Exception {
        List<String> lines = example(2).stream().map(line -> line.replace("examples/", "../examples/")
                .replace("Path.of(\"model\")", "folder.resolve(\"model\")").replace("double[] risk =", "return")).toList();
        Path file = folder.resolve("Example.java");
        Files.writeString(file, joined(lines, true) + "class Example {\n    public static double[] risk(Path folder) {\n"
                + joined(lines, false) + "}\n}\n");
        compile(file);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            var method = loader.loadClass("Example").getDeclaredMethod("risk", Path.class);
            method.setAccessible(true);
            double[] risk = (double[]) method.invoke(null, folder);
            assertThat(Arrays.stream(risk).boxed()).hasSize(200).allMatch(p -> p > 0 && p < 1);
        }
    }

    /** The lines of a block of Java in the README, from 1. */
    private static List<String> example(int number) throws Exception {
        String[] parts = Files.readString(Path.of("../README.md")).split("```java\n");
        assertThat(parts).as("blocks of Java in the README").hasSize(3);
        return parts[number].substring(0, parts[number].indexOf("```")).lines().toList();
    }

    private static String joined(List<String> lines, boolean imports) {
        return lines.stream().filter(line -> line.startsWith("import ") == imports).collect(Collectors.joining("\n", "", "\n"));
    }

    private static void compile(Path file) throws Exception {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var found = new DiagnosticCollector<JavaFileObject>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(found, null, null)) {
            List<String> options = List.of("-Xlint:all", "-proc:none", "-d", file.getParent().toString(), "-cp",
                    System.getProperty("java.class.path"));
            compiler.getTask(null, files, found, options, null, files.getJavaFileObjects(file)).call();
        }
        assertThat(found.getDiagnostics().stream().filter(d -> d.getSource() != null)).isEmpty();
    }

    private static double[][] rows(int n, long seed, int columns) {
        var random = RandomStream.of(seed);
        double[][] rows = new double[n][columns];
        for (double[] row : rows) {
            Arrays.setAll(row, j -> random.nextGaussian());
        }
        return rows;
    }

    private static double[] labels(int n, long seed) {
        var random = RandomStream.of(seed);
        double[] y = new double[n];
        Arrays.setAll(y, i -> random.nextInt(2));
        return y;
    }
}
