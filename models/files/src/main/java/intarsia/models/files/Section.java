package intarsia.models.files;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;
import org.tomlj.TomlVersion;

/**
 * A table of a TOML file that knows where everything in it stands, so that every complaint can say so. Reading a key gives its value or an
 * error that names the file, the position and the type wanted; nothing is converted silently but a whole number into a real one.
 */
public final class Section {
    private final Path file;
    private final String name;
    private final TomlTable table;
    private final TomlPosition position;

    private Section(Path file, String name, TomlTable table, TomlPosition position) {
        this.file = file;
        this.name = name;
        this.table = table;
        this.position = position;
    }

    static Section parse(TextFile file) {
        TomlLimits.check(file);
        TomlParseResult result;
        try {
            result = Toml.parse(file.text(), TomlVersion.V1_0_0);
        } catch (TomlParseError e) {
            // Most errors are listed in the result; a malformed escape within a key is thrown.
            throw error(file.path(), e);
        }
        if (result.hasErrors()) {
            throw error(file.path(), result.errors().getFirst());
        }
        return new Section(file.path(), "", result, TomlPosition.positionAt(1, 1));
    }

    private static FileException error(Path file, TomlParseError error) {
        return new FileException(file, error.position().line(), error.position().column(), error.getMessage());
    }

    /** The file it stands in. */
    public Path file() {
        return file;
    }

    /** Its keys, in the order of the file. */
    public List<String> keys() {
        return table.keySet().stream()
                .sorted(Comparator.comparingInt((String key) -> at(key).line()).thenComparingInt(key -> at(key).column()))
                .toList();
    }

    /** Whether a key is given. */
    public boolean has(String key) {
        return table.contains(List.of(key));
    }

    /**
     * Refuses every key that is not known.
     *
     * @throws FileException at the first one, with the nearest known key
     */
    public void only(Collection<String> known) {
        for (String key : keys()) {
            if (!known.contains(key)) {
                throw error(key, "unknown key " + Text.quoted(key) + (name.isEmpty() ? "" : " in [" + name + "]")
                        + Nearest.hint(key, known));
            }
        }
    }

    /** Refuses every key that is not among these. */
    public void only(String... known) {
        only(List.of(known));
    }

    /** A required text. */
    public String text(String key) {
        return value(key, String.class, "a string");
    }

    /** A text, or this one if the key is not given. */
    public String text(String key, String otherwise) {
        return has(key) ? text(key) : otherwise;
    }

    /** A required string or number, as it would be written in a CSV file. */
    public String cell(String key) {
        Object value = table.get(List.of(key));
        return value instanceof Number number ? number.toString() : text(key);
    }

    /** A finite number. */
    public double number(String key, double otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        double number = value(key, Number.class, "a number").doubleValue();
        if (!Double.isFinite(number)) {
            throw error(key, "'" + key + "' must be a finite number, not " + number);
        }
        return number;
    }

    /** A whole number. */
    public long integer(String key, long otherwise) {
        return has(key) ? value(key, Long.class, "a whole number") : otherwise;
    }

    /** True or false. */
    public boolean flag(String key, boolean otherwise) {
        return has(key) ? value(key, Boolean.class, "true or false") : otherwise;
    }

    /** A list of strings; empty if the key is not given. */
    public List<String> texts(String key) {
        return elements(key, false);
    }

    /** A list of strings and numbers, as they would be written in a CSV file; empty if the key is not given. */
    public List<String> cells(String key) {
        return elements(key, true);
    }

    /** A list of finite numbers; empty if the key is not given. */
    public List<Double> numbers(String key) {
        if (!has(key)) {
            return List.of();
        }
        TomlArray array = value(key, TomlArray.class, "a list of numbers");
        return IntStream.range(0, array.size()).mapToObj(i -> {
            if (array.get(i) instanceof Number number && Double.isFinite(number.doubleValue())) {
                return number.doubleValue();
            }
            throw error(key, i, "'" + key + "' must list finite numbers, not " + describe(array.get(i)));
        }).toList();
    }

    /** A list of lists of finite numbers; empty if the key is not given. */
    public List<List<Double>> numberLists(String key) {
        if (!has(key)) {
            return List.of();
        }
        TomlArray array = value(key, TomlArray.class, "a list of lists of numbers");
        return IntStream.range(0, array.size()).mapToObj(i -> {
            if (array.get(i) instanceof TomlArray inner && inner.toList().stream()
                    .allMatch(v -> v instanceof Number number && Double.isFinite(number.doubleValue()))) {
                return inner.toList().stream().map(v -> ((Number) v).doubleValue()).toList();
            }
            throw error(key, i, "'" + key + "' must list lists of finite numbers, not " + describe(array.get(i)));
        }).toList();
    }

    /**
     * What a key gives that may be a string, a table, or a list of both: each a {@link String} or a {@link Section}.
     *
     * @param wanted what it is to be, for a message
     */
    List<Object> textsOrSections(String key, String wanted) {
        if (isText(key)) {
            return List.of(text(key));
        }
        if (isTable(key)) {
            return List.of(section(key));
        }
        TomlArray array = value(key, TomlArray.class, wanted);
        return IntStream.range(0, array.size()).mapToObj(i -> switch (array.get(i)) {
            case String text -> text;
            case TomlTable one -> new Section(file, key, one, array.inputPositionOf(i));
            default -> throw error(key, i, "'" + key + "' must be " + wanted + ", not " + describe(array.get(i)));
        }).toList();
    }

    /** A list of strings, numbers and flags, as they are; empty if the key is not given. */
    List<Object> values(String key) {
        if (!has(key)) {
            return List.of();
        }
        TomlArray array = value(key, TomlArray.class, "a list of strings, numbers, true and false");
        return IntStream.range(0, array.size()).mapToObj(i -> switch (array.get(i)) {
            case String _, Long _, Double _, Boolean _ -> array.get(i);
            default -> throw error(key, i, "'" + key + "' must list strings, numbers, true and false, not " + describe(array.get(i)));
        }).toList();
    }

    /** The line and the character where it begins, such as 4:12. */
    String position() {
        return position.line() + ":" + position.column();
    }

    private List<String> elements(String key, boolean numbersToo) {
        if (!has(key)) {
            return List.of();
        }
        String wanted = numbersToo ? "strings or numbers" : "strings";
        TomlArray array = value(key, TomlArray.class, "a list of " + wanted);
        return IntStream.range(0, array.size()).mapToObj(i -> {
            Object element = array.get(i);
            if (element instanceof String || numbersToo && element instanceof Number) {
                return element.toString();
            }
            throw error(key, i, "'" + key + "' must list " + wanted + ", not " + describe(element));
        }).toList();
    }

    /** Whether a key holds a string. */
    boolean isText(String key) {
        return table.get(List.of(key)) instanceof String;
    }

    /** Whether a key holds a table. */
    boolean isTable(String key) {
        return table.get(List.of(key)) instanceof TomlTable;
    }

    /** A table inside this one. */
    public Section section(String key) {
        return new Section(file, name.isEmpty() ? key : name + "." + key, value(key, TomlTable.class, "a table"), at(key));
    }

    /**
     * The tables of a key: one, {@code [key]}, or several, {@code [[key]]}.
     *
     * @throws FileException if it is neither, or lists none
     */
    List<Section> sections(String key) {
        if (!(table.get(List.of(key)) instanceof TomlArray array) || array.isEmpty()) {
            return List.of(section(key));
        }
        return IntStream.range(0, array.size()).mapToObj(i -> {
            if (array.get(i) instanceof TomlTable one) {
                return new Section(file, name.isEmpty() ? key : name + "." + key, one, array.inputPositionOf(i));
            }
            throw error(key, i, "'" + key + "' must list tables, not " + describe(array.get(i)));
        }).toList();
    }

    /** A table inside this one, or an empty one if the key is not given. */
    public Section sectionOrEmpty(String key) {
        return has(key) ? section(key) : new Section(file, key, Toml.parse(""), position);
    }

    /** An error at a key. */
    public FileException error(String key, String message) {
        TomlPosition where = has(key) ? at(key) : position;
        return new FileException(file, where.line(), where.column(), message);
    }

    /** An error about all of it. */
    FileException error(String message) {
        return new FileException(file, position.line(), position.column(), message);
    }

    /** An error at an element of a list. */
    public FileException error(String key, int element, String message) {
        if (!(table.get(List.of(key)) instanceof TomlArray array)) {
            return error(key, message);
        }
        TomlPosition where = array.inputPositionOf(element);
        return new FileException(file, where.line(), where.column(), message);
    }

    private TomlPosition at(String key) {
        return table.inputPositionOf(List.of(key));
    }

    private <T> T value(String key, Class<T> type, String wanted) {
        Object value = table.get(List.of(key));
        if (value == null) {
            throw error(key, (name.isEmpty() ? "" : "[" + name + "] ") + "needs '" + key + "', " + wanted);
        }
        if (!type.isInstance(value)) {
            throw error(key, "'" + key + "' must be " + wanted + ", not " + describe(value));
        }
        return type.cast(value);
    }

    private static String describe(Object value) {
        return switch (value) {
            case String text -> "the string \"" + (text.length() > 40 ? text.substring(0, 40) + "..." : text) + "\"";
            case Long number -> "the number " + number;
            case Double number -> "the number " + number;
            case Boolean flag -> flag.toString();
            case TomlArray list -> "a list";
            case TomlTable table -> "a table";
            default -> "the date " + value;
        };
    }
}
