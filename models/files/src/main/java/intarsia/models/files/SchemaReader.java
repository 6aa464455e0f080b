package intarsia.models.files;

import intarsia.linalg.Precision;
import intarsia.models.data.Column;
import intarsia.models.data.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads what a study file says of its columns. Names are compared in composed Unicode form, without blanks around them. */
final class SchemaReader {
    private final Section study;
    private final ResponsesReader responses;
    private final Map<String, Schema.Reading> readings = new HashMap<>();
    /** What each column is taken for. */
    private final Map<String, String> taken = new LinkedHashMap<>();
    private final List<FoundLevels.Wanted> wanted = new ArrayList<>();
    /** Of a study file; {@code instead} as {@link ResponsesReader} takes it. */
    SchemaReader(Section study, String instead) {
        this.study = study;
        responses = new ResponsesReader(study, instead);
    }

    /**
     * The schema.
     *
     * @throws FileException at the first thing that cannot be
     */
    Schema read(CsvFormat format) {
        List<Schema.Response> read = readResponses();
        String id = name(study, "id");
        String task = name(study, "task");
        claim("id", id);
        claim("task", task);
        String weight = name(study, "weight");
        claim("weight", weight);
        Section listed = study.section("sources");
        if (listed.keys().isEmpty()) {
            throw study.error("sources", "[sources] lists none; name what is measured together: exam = [\"age\", \"sex\"]");
        }
        Set<String> known = new LinkedHashSet<>();
        Map<String, SourceEntry> entries = new LinkedHashMap<>();
        listed.keys().forEach(source -> entries.put(source, SourceEntry.read(listed, source)));
        entries.values().forEach(entry -> known.addAll(entry.columns()));
        Section described = study.sectionOrEmpty("columns");
        Map<String, String> keys = new HashMap<>();
        for (String key : described.keys()) {
            String column = Text.normal(key);
            if (!known.contains(column)) {
                throw described.error(key, "column " + Text.quoted(key) + " is in no source" + Nearest.hint(column, known));
            }
            if (keys.put(column, key) != null) {
                throw described.error(key, "column " + Text.quoted(key) + " is described twice");
            }
        }
        List<Source> sources = new ArrayList<>();
        for (String source : listed.keys()) {
            String problem = Names.problem(source);
            if (problem != null) {
                throw listed.error(source, "source " + problem);
            }
            sources.add(source(entries.get(source), source, described, keys));
        }
        return new Schema(id, task, weight, read, sources, study.cells("missing"), readings, format,
                SplittingReader.read(study.sectionOrEmpty("design"), read.stream().map(Schema.Response::family).toList()),
                storage());
    }

    private Precision storage() {
        String storage = study.text("storage", "f64");
        return switch (storage) {
            case "f64" -> Precision.F64;
            case "f32" -> Precision.F32;
            default -> throw study.error("storage", "'storage' is \"f64\" or \"f32\", not \"" + storage + "\"");
        };
    }

    /** A name that a key gives, or null. */
    static String name(Section section, String key) {
        String given = section.text(key, null);
        return given == null ? null : Text.normal(given);
    }

    /** The names that a key lists. */
    static List<String> names(Section section, String key) {
        return section.texts(key).stream().map(Text::normal).toList();
    }

    private void claim(String key, String column) {
        String owner = column == null ? null : taken.putIfAbsent(column, "the " + key);
        if (owner != null) {
            throw study.error(key, "column " + Text.quoted(column) + " cannot be the " + key + ", it is " + owner + " already");
        }
    }

    private List<Schema.Response> readResponses() {
        List<Schema.Response> read = responses.read();
        responses.taken().forEach(taken::put);
        readings.putAll(responses.kept());
        wanted.addAll(responses.wanted());
        return read;
    }

    /** What the study file says of the responses. */
    ResponsesReader responses() {
        return responses;
    }

    /** Keeps how a column is read, if there is anything to keep. */
    private void read(Section section, String column, List<String> missing, List<String> levels, boolean numeric) {
        boolean strict = section.has("kind") && section.text("kind").equals("categorical") && !section.has("levels");
        Schema.Reading reading = new Schema.Reading(missing, levels, censored(section, column, numeric), unknown(section), strict,
                since(section, column));
        if (!reading.equals(Schema.Reading.PLAIN)) {
            readings.put(column, reading);
        }
    }

    /** A level or cell that a key gives as a string or a number. */
    static String text(Section section, String key) {
        return Text.normal(section.cell(key));
    }

    private static String unknown(Section section) {
        if (!section.has("unknown")) {
            return null;
        }
        String unknown = text(section, "unknown");
        if (!section.text("kind", "continuous").equals("categorical") || unknown.isEmpty()) {
            throw section.error("unknown", "'unknown' names the level of cells that are none of the levels of a categorical column: "
                    + "unknown = \"other\"");
        }
        return unknown;
    }

    private static String since(Section section, String column) {
        boolean date = section.text("kind", "continuous").equals("date");
        if (!date && section.has("since")) {
            throw section.error("since", "'since' is the day that is 0 in a column of dates; set kind = \"date\", or take it out");
        }
        if (!date) {
            return null;
        }
        String since = section.text("since");
        if (Double.isNaN(Dates.parse(since))) {
            throw section.error("since", "column " + Text.quoted(column) + ": 'since' is the day that is 0, and " + Text.quoted(since) + " "
                    + Dates.problem(since));
        }
        return since;
    }

    /** The columns whose levels are left to the rows. */
    List<FoundLevels.Wanted> wanted() {
        return wanted;
    }

    static Censored censored(Section section, String column, boolean numeric) {
        if (!section.has("censored")) {
            return null;
        }
        String key = section.text("censored");
        if (!numeric) {
            throw section.error("censored", "column " + Text.quoted(column)
                    + " holds no quantities, so none of them is beyond a limit; take 'censored' out");
        }
        for (Censored value : Censored.values()) {
            if (value.key().equals(key)) {
                return value;
            }
        }
        throw section.error("censored", "'censored' says what is read for <0.5: one of " + Censored.keys() + ", not \"" + key + "\"");
    }

    static List<String> binaryLevels(Section section, String what) {
        List<String> levels = section.cells("levels").stream().map(Text::normal).toList();
        if (levels.size() != 2 || levels.get(0).equals(levels.get(1))) {
            throw section.error("levels", what + ": a binary one has two levels, first what stands for 0: levels = [\"no\", \"yes\"]");
        }
        return levels;
    }

    private Source source(SourceEntry entry, String name, Section described, Map<String, String> keys) {
        List<String> names = entry.columns();
        if (names.isEmpty()) {
            throw entry.section().error(entry.key(), "source " + Text.quoted(name) + " lists no columns");
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String column = names.get(i);
            if (column.isEmpty()) {
                throw entry.error(i, "source " + Text.quoted(name) + ": a column has a name");
            }
            String owner = taken.putIfAbsent(column, "source '" + name + "'");
            if (owner != null) {
                throw entry.error(i, "column " + Text.quoted(column) + " of source " + Text.quoted(name) + " is already "
                        + (owner.startsWith("source") ? "in " : "") + owner);
            }
            if (keys.containsKey(column) && !entry.axes().isEmpty() && !isQuantity(described.section(keys.get(column)))) {
                throw described.section(keys.get(column)).error("kind", "column " + Text.quoted(column) + " is a place of the tensor "
                        + Text.quoted(name) + ", so it is continuous; take 'kind' out");
            }
            columns.add(keys.containsKey(column) ? column(described.section(keys.get(column)), column) : Column.continuous(column));
        }
        return new Source(name, columns, entry.axes());
    }

    private static boolean isQuantity(Section section) {
        return section.text("kind", "continuous").equals("continuous");
    }

    private Column column(Section section, String name) {
        section.only("kind", "levels", "missing", "censored", "positive", "unknown", "since");
        String kind = section.text("kind", "continuous");
        if (section.has("levels") && (kind.equals("continuous") || kind.equals("date"))) {
            throw section.error("levels", "column " + Text.quoted(name) + " has levels, so it needs kind = \"categorical\" or \"binary\"");
        }
        if (section.has("positive")) {
            if (!kind.equals("binary") || section.has("levels")) {
                throw section.error("positive",
                        "'positive' says which of two values found in a binary column without 'levels' is 1; take it out");
            }
            wanted.add(new FoundLevels.Wanted(section, name, FoundLevels.Role.BINARY, text(section, "positive")));
        }
        boolean worded = kind.equals("binary") && section.has("levels");
        read(section, name, section.cells("missing"), worded ? binaryLevels(section, "column " + Text.quoted(name)) : List.of(),
                kind.equals("continuous"));
        return switch (kind) {
            case "continuous", "date" -> Column.continuous(name);
            case "binary" -> Column.binary(name);
            case "categorical" -> {
                if (section.has("levels")) {
                    yield categorical(section, name);
                }
                wanted.add(new FoundLevels.Wanted(section, name, FoundLevels.Role.CATEGORICAL, null));
                yield Column.continuous(name);
            }
            default -> throw section.error("kind", "column " + Text.quoted(name)
                    + " is \"continuous\", \"binary\", \"categorical\" or \"date\", not \"" + kind + "\"");
        };
    }

    private static Column categorical(Section section, String name) {
        List<String> levels = levels(section, "column " + Text.quoted(name));
        String unknown = unknown(section);
        if (unknown != null && !levels.contains(unknown)) {
            levels = Stream.concat(levels.stream(), Stream.of(unknown)).toList();
        }
        return Column.categorical(name, levels.toArray(String[]::new));
    }

    /** The levels that a section lists: two or more, none of them empty or twice. */
    static List<String> levels(Section section, String of) {
        List<String> levels = section.cells("levels").stream().map(Text::normal).toList();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < levels.size(); i++) {
            if (levels.get(i).isEmpty()) {
                throw section.error("levels", i, of + ": a level is a text; an empty cell is a missing one");
            }
            if (!seen.add(levels.get(i))) {
                throw section.error("levels", i, of + ": level " + Text.quoted(levels.get(i)) + " is listed twice");
            }
        }
        if (levels.size() < 2) {
            throw section.error("levels", of + " is " + section.text("kind") + " and needs at least two levels: levels = [1, 2, 3], or "
                    + "none at all, and they are found");
        }
        return levels;
    }
}
