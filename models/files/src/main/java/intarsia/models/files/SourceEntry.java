package intarsia.models.files;

import intarsia.models.data.Axis;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * An entry of [sources]: a list of columns, or the columns and shape of a tensor.
 *
 * <pre>
 * exam = ["age", "sex"]
 * scan = { columns = "c_*_*", shape = [3, 2], axes = ["region", "band"] }    the last runs fastest: c_1_1, c_1_2, c_2_1, .. c_3_2
 * </pre>
 *
 * @param section where the columns are listed
 * @param key     by which key
 * @param columns their names
 * @param axes    of a tensor
 */
record SourceEntry(Section section, String key, List<String> columns, List<Axis> axes) {
    private static final String COLUMNS = "columns";
    private static final String SHAPE = "shape";
    private static final String AXES = "axes";
    private static final int MOST_PLACES = 1_000_000;

    /**
     * Reads the entry of a source.
     *
     * @throws FileException if it is neither, or the number of columns is not that of the tensor's places
     */
    static SourceEntry read(Section listed, String source) {
        if (!listed.isTable(source)) {
            return new SourceEntry(listed, source, SchemaReader.names(listed, source), List.of());
        }
        Section tensor = listed.section(source);
        tensor.only(COLUMNS, SHAPE, AXES);
        int[] shape = shape(tensor);
        String example = "columns = \"c" + "_*".repeat(shape.length) + "\"";
        if (!tensor.has(COLUMNS)) {
            throw tensor.error(COLUMNS, "source " + Text.quoted(source) + " needs 'columns', a list of names or a pattern: "
                    + example);
        }
        int places = IntStream.of(shape).reduce(1, Math::multiplyExact);
        List<Axis> axes = axes(tensor, shape);
        List<String> columns = tensor.isText(COLUMNS) ? pattern(tensor, shape) : SchemaReader.names(tensor, COLUMNS);
        if (columns.size() != places) {
            throw tensor.error(COLUMNS, "source " + Text.quoted(source) + " lists " + columns.size() + " columns, and shape "
                    + IntStream.of(shape).boxed().toList() + " has " + places + " places; list one for each, the last axis running "
                    + "fastest, or give a pattern: " + example);
        }
        return new SourceEntry(tensor, COLUMNS, columns, axes);
    }

    /** An error at a column. */
    FileException error(int column, String message) {
        return section.error(key, column, message);
    }

    private static int[] shape(Section tensor) {
        List<Double> sizes = tensor.numbers(SHAPE);
        double places = 1;
        for (int k = 0; k < sizes.size(); k++) {
            double size = sizes.get(k);
            places *= size;
            if (size != Math.rint(size) || size < 1 || places > MOST_PLACES) {
                throw tensor.error(SHAPE, k, "'shape' lists the places of each axis, whole numbers, at most a million in all, not "
                        + Schema.plain(size));
            }
        }
        if (sizes.size() < 2) {
            throw tensor.error(SHAPE, "a tensor has a shape of at least two axes: shape = [6, 5]; a vector is a plain list of columns");
        }
        return sizes.stream().mapToInt(Double::intValue).toArray();
    }

    private static List<Axis> axes(Section tensor, int[] shape) {
        List<String> names = tensor.has(AXES) ? SchemaReader.names(tensor, AXES)
                : IntStream.rangeClosed(1, shape.length).mapToObj(k -> "axis " + k).toList();
        Set<String> seen = new HashSet<>();
        for (int k = 0; k < names.size(); k++) {
            if (names.get(k).isEmpty() || !seen.add(names.get(k))) {
                throw tensor.error(AXES, k, "'axes' names each axis, all different");
            }
        }
        if (names.size() != shape.length) {
            throw tensor.error(AXES, "'axes' names " + names.size() + " axes, and 'shape' has " + shape.length);
        }
        return IntStream.range(0, shape.length).mapToObj(k -> new Axis(names.get(k), shape[k])).toList();
    }

    /** Each star counts the places of its axis, from 1. */
    private static List<String> pattern(Section tensor, int[] shape) {
        String[] parts = Text.normal(tensor.text(COLUMNS)).split("\\*", -1);
        if (parts.length != shape.length + 1) {
            throw tensor.error(COLUMNS, "a pattern has a * for each axis, which stands for 1, 2, ...: 'shape' has " + shape.length
                    + " axes, and " + Text.quoted(tensor.text(COLUMNS)) + " has " + (parts.length - 1) + " *");
        }
        List<String> names = List.of(parts[0]);
        for (int k = 0; k < shape.length; k++) {
            List<String> longer = new ArrayList<>();
            for (String name : names) {
                for (int place = 1; place <= shape[k]; place++) {
                    longer.add(name + place + parts[k + 1]);
                }
            }
            names = longer;
        }
        return names;
    }
}
