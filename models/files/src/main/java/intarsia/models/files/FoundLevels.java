package intarsia.models.files;

import intarsia.models.data.Column;
import intarsia.models.data.Source;
import intarsia.models.response.Classes;
import intarsia.models.response.Ordered;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds the levels of columns in a study's rows, where its file leaves them to these: all values there are, numbers first, in an order that
 * does not depend on rows or files.
 */
final class FoundLevels {
    private final Schema schema;
    private final Map<Wanted, ColumnValues> seen = new HashMap<>();
    private final Map<String, Column> columns = new HashMap<>();
    private final Map<String, Schema.Reading> readings;
    private final List<String> notes = new ArrayList<>();
    private final List<Schema.Response> responses;

    /** What a column whose levels are to be found is. */
    enum Role {
        /** A categorical predictor. */
        CATEGORICAL,
        /** A predictor or a response of two values, one of which is 1. */
        BINARY,
        /** Of a response, one of whose values means that the event was seen. */
        EVENT,
        /** A response that is one of several classes. */
        CLASSES,
        /** A response whose levels are in an order. */
        ORDERED
    }

    /**
     * A column whose levels are to be found.
     *
     * @param section  where the study file says so
     * @param role     what it is
     * @param positive which value is 1, or an event; null for levels
     */
    record Wanted(Section section, String column, Role role, String positive) {
        /** An error at the key that asks for them. */
        FileException error(String message) {
            String key = role == Role.BINARY || role == Role.EVENT ? "positive" : "kind";
            return section.error(key, "column " + Text.quoted(column) + message);
        }
    }

    /**
     * A schema that knows all levels.
     *
     * @param notes which were found, for people
     */
    record Completed(Schema schema, List<String> notes) {}

    private FoundLevels(Schema schema, List<Wanted> wanted, Collection<DataTable> tables) {
        this.schema = schema;
        wanted.forEach(one -> seen.put(one, new ColumnValues(one, new Missing(schema.missing(), schema.reading(one.column).missing()))));
        tables.forEach(table -> {
            List<ColumnValues> there = wanted.stream().filter(one -> table.has(one.column)).map(seen::get).toList();
            for (int row = 0; !there.isEmpty() && row < table.size(); row++) {
                for (ColumnValues column : there) {
                    column.see(table, row);
                }
            }
        });
        readings = new HashMap<>(schema.readings());
        responses = new ArrayList<>(schema.responses());
    }

    /**
     * Completes a schema.
     *
     * @throws FileException at the column's key if the values found cannot be its levels
     */
    static Completed in(Schema schema, List<Wanted> wanted, Collection<DataTable> tables) {
        FoundLevels found = new FoundLevels(schema, wanted, tables);
        wanted.forEach(one -> {
            switch (one.role) {
                case CATEGORICAL -> found.categorical(one);
                case BINARY -> found.binary(one);
                case EVENT -> found.event(one);
                case CLASSES, ORDERED -> found.response(one);
            }
        });
        List<Source> sources = schema.sources().stream().map(source -> new Source(source.name(), source.columns().stream()
                .map(column -> found.columns.getOrDefault(column.name(), column)).toList(), source.axes())).toList();
        return new Completed(new Schema(schema.id(), schema.task(), schema.weight(), found.responses, sources, schema.missing(),
                found.readings, schema.csv(), schema.splitting(), schema.storage()), found.notes);
    }

    private void categorical(Wanted wanted) {
        List<String> levels = levels(wanted);
        String unknown = schema.reading(wanted.column).unknown();
        if (unknown != null && !levels.contains(unknown)) {
            levels = Stream.concat(levels.stream(), Stream.of(unknown)).toList();
        }
        if (levels.size() < 2) {
            throw wanted.error(" is categorical, and " + (levels.isEmpty()
                    ? "no value is found in it" : Text.quoted(levels.getFirst()) + " is the only value found in it")
                            + "; leave it out of its source, or list its levels");
        }
        columns.put(wanted.column, Column.categorical(wanted.column, levels.toArray(String[]::new)));
        notes.add("levels found of column " + Text.quoted(wanted.column) + ": " + Nearest.some(levels));
    }

    private void binary(Wanted wanted) {
        List<String> values = levels(wanted);
        if (values.size() != 2) {
            throw wanted.error(": 'positive' needs two values in the rows, and there "
                    + (values.size() == 1 ? "is 1" : "are " + values.size()) + (values.isEmpty() ? "" : " (" + Nearest.some(values) + ")")
                    + "; list what means missing, or give levels = [...]");
        }
        int one = positive(wanted, values);
        keep(wanted.column, List.of(values.get(1 - one), values.get(one)));
        notes.add("column " + Text.quoted(wanted.column) + ": " + Text.quoted(values.get(1 - one)) + " is read as 0, "
                + Text.quoted(values.get(one)) + " as 1");
    }

    /** All other values mean that the event was not seen: alive, lost, dead of something else. */
    private void event(Wanted wanted) {
        List<String> values = levels(wanted);
        int one = positive(wanted, values);
        List<String> others = IntStream.range(0, values.size()).filter(k -> k != one).mapToObj(values::get).toList();
        if (others.isEmpty()) {
            throw wanted.error(" holds " + Text.quoted(values.get(one))
                    + " only; say what stands for no event, too: levels = [\"...\", \"" + Text.shown(values.get(one)) + "\"]");
        }
        keep(wanted.column, Stream.concat(others.stream(), Stream.of(values.get(one))).toList());
        notes.add("column " + Text.quoted(wanted.column) + ": " + Text.quoted(values.get(one)) + " is an event, " + Nearest.some(others)
                + (others.size() == 1 ? " is" : " are") + " none");
    }

    private void response(Wanted wanted) {
        List<String> levels = levels(wanted);
        boolean ordered = wanted.role == Role.ORDERED;
        if (levels.size() < 2) {
            throw wanted.section.error("kind", "response " + Text.quoted(wanted.column) + " needs two levels at least, and "
                    + (levels.isEmpty()
                    ? "no value is found in it" : Text.quoted(levels.getFirst()) + " is the only value found in it"));
        }
        levels.stream().filter(level -> ordered && Double.isNaN(NumberStyle.POINT.parse(level))).findFirst().ifPresent(level -> {
            throw wanted.section.error("kind", "response " + Text.quoted(wanted.column) + ": " + Text.quoted(level)
                    + " is not a number, so "
                    + "the order of its levels has to be given, from the lowest: levels = [\"mild\", \"severe\"]");
        });
        responses.replaceAll(of -> of.columns().contains(wanted.column) ? of.with(ordered ? new Ordered(levels) : new Classes(levels))
                : of);
        notes.add("levels found of response " + Text.quoted(wanted.column) + (ordered ? ", from the lowest: " : ": ")
                + Nearest.some(levels));
    }

    private static int positive(Wanted wanted, List<String> values) {
        Levels levels = new Levels(values);
        int code = levels.code(wanted.positive);
        int one = code < 0 ? levels.codeOfNumber(wanted.positive, NumberStyle.POINT) : code;
        if (one < 0) {
            throw wanted.error(" has no value " + Text.quoted(wanted.positive)
                    + Nearest.hint(wanted.positive, values));
        }
        return one;
    }

    private void keep(String column, List<String> levels) {
        Schema.Reading reading = schema.reading(column);
        readings.put(column, new Schema.Reading(reading.missing(), levels, reading.censored(), null, false, null));
    }

    /** The values of a column in order. */
    private List<String> levels(Wanted wanted) {
        return seen.get(wanted).inOrder();
    }
}
