package intarsia.generated;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Makes the F32 kernel sources from the F64 ones: every class whose name ends in 64 in a module's main sources has a twin ending in 32 in its
 * {@code src/generated/java}. Types and names change, and nothing else; a line that ends in {@code // F64 in both} keeps its doubles.
 */
final class FloatSources {
    private static final List<String> MODULES = List.of("linalg/dense", "linalg/simd");
    private static final String KEEP = "// F64 in both";

    private FloatSources() {}

    /** Where each generated file belongs, and what it must say. */
    static Map<Path, String> generate(Path root) throws IOException {
        Map<Path, String> generated = new TreeMap<>();
        for (String module : MODULES) {
            Path main = root.resolve(module).resolve("src/main/java");
            Path target = root.resolve(module).resolve("src/generated/java");
            try (Stream<Path> files = Files.walk(main)) {
                for (Path file : files.filter(FloatSources::isDoubleSource).toList()) {
                    String twin = main.relativize(file).toString().replace("64.java", "32.java");
                    generated.put(target.resolve(twin), translate(Files.readString(file), root.relativize(file)));
                }
            }
        }
        return generated;
    }

    /** A source whose F32 twin stands beside it has that written by hand. */
    private static boolean isDoubleSource(Path file) {
        String name = file.toString();
        return name.endsWith("64.java") && !Files.exists(Path.of(name.replace("64.java", "32.java")));
    }

    private static String translate(String source, Path from) {
        StringBuilder out = new StringBuilder("// Generated from " + from.getFileName() + " by FloatSources; change that one.\n");
        source.lines().forEach(line -> out.append(translateLine(line)).append('\n'));
        return out.toString();
    }

    private static String translateLine(String line) {
        String names = line.replaceAll("\\b([A-Za-z]\\w*)64\\b", "$132");
        if (line.endsWith(KEEP)) {
            return names;
        }
        return names
                .replaceAll("\\bdouble\\b", "float")
                .replaceAll("\\bDouble(?=\\b|Vector)", "Float")
                .replaceAll("AsLongs\\b", "AsInts");
    }
}
