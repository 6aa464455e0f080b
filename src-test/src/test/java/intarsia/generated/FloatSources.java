package intarsia.generated;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Makes kernel sources from kernel sources. F32 from F64: every class whose name ends in 64 in a module's main sources has a twin ending in 32 in its
 * {@code src/generated/java}. Types and names change, and nothing else; a line that ends in {@code // F64 in both} keeps its doubles.
 * And narrow from wide, since a vector's width must be constant in a class: {@code MatMulEdge64} has twins for vectors of half and a quarter of the
 * width, in both precisions.
 */
final class FloatSources {
    private static final List<String> MODULES = List.of("linalg/dense", "linalg/simd");
    private static final String WIDE = "MatMulEdge";
    private static final List<String> PARTS = List.of("Half", "Quarter");
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
                    String name = main.relativize(file).toString();
                    String source = Files.readString(file);
                    generated.put(target.resolve(floats(name)), comment(file) + translate(source));
                    if (name.endsWith(WIDE + "64.java")) {
                        for (String part : PARTS) {
                            generated.put(target.resolve(narrow(name, part)), comment(file) + narrow(source, part));
                            generated.put(target.resolve(narrow(floats(name), part)), comment(file) + translate(narrow(source, part)));
                        }
                    }
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

    private static String floats(String name) {
        return name.replace("64.java", "32.java");
    }

    private static String comment(Path from) {
        return "// Generated from " + from.getFileName() + " by FloatSources; change that one.\n";
    }

    /** The class, or its file's name, for vectors of a part of the width. */
    private static String narrow(String source, String part) {
        return source.replace(WIDE, WIDE.replace("Edge", part + "Edge")).replace("Width.F64", "Width." + part.toUpperCase(Locale.ROOT) + "64");
    }

    private static String translate(String source) {
        StringBuilder out = new StringBuilder();
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
