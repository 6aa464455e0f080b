package intarsia.linalg.generator;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Kernels that follow from others. F32 from F64: every class whose name ends in 64 has a twin ending in 32, unless that stands beside it,
 * written by hand. Types and names change, and nothing else; a line that ends in {@code // F64 in both} keeps its doubles. And narrow from
 * wide, since a vector's width must be constant in a class: {@code MatMulEdge64} has twins for vectors of half and a quarter of the width,
 * in both precisions.
 */
final class Twins {
    private static final String DOUBLE = "64.java";
    private static final String SINGLE = "32.java";
    private static final String KEEP = "// F64 in both";
    private static final String WIDE = "MatMulEdge";
    private static final List<String> PARTS = List.of("Half", "Quarter");

    private Twins() {}

    /** Whether a file of this name has twins. */
    static boolean has(String file) {
        return file.endsWith(DOUBLE);
    }

    /** The twins of a file: the name and the text of each. */
    static Map<String, String> of(String file, String source) {
        Map<String, String> twins = new TreeMap<>(Map.of(single(file), translate(source)));
        if (file.equals(WIDE + DOUBLE)) {
            for (String part : PARTS) {
                twins.put(narrow(file, part), narrow(source, part));
                twins.put(single(narrow(file, part)), translate(narrow(source, part)));
            }
        }
        return twins;
    }

    /** The file's name of the F32 twin. */
    static String single(String file) {
        return file.replace(DOUBLE, SINGLE);
    }

    /** The class, or its file's name, for vectors of a part of the width. */
    private static String narrow(String text, String part) {
        return text.replace(WIDE, WIDE.replace("Edge", part + "Edge"))
                .replace("Width.F64", "Width." + part.toUpperCase(Locale.ROOT) + "64");
    }

    /** An F64 source in F32. */
    static String translate(String source) {
        StringBuilder out = new StringBuilder();
        source.lines().forEach(line -> out.append(translateLine(line)).append('\n'));
        return out.toString();
    }

    private static String translateLine(String line) {
        if (line.endsWith(KEEP)) {
            return names(line.substring(0, line.length() - KEEP.length())) + KEEP;
        }
        return names(line)
                .replaceAll("\\bdouble\\b", "float")
                .replaceAll("\\bDouble(?=\\b|Vector)", "Float")
                .replaceAll("AsLongs\\b", "AsInts");
    }

    private static String names(String line) {
        return line.replaceAll("\\b([A-Za-z]\\w*)64\\b", "$132");
    }
}
