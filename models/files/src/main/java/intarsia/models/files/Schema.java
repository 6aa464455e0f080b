package intarsia.models.files;

import intarsia.linalg.Precision;
import intarsia.models.data.Column;
import intarsia.models.data.DataException;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.response.Binomial;
import intarsia.models.response.Count;
import intarsia.models.response.ResponseFamily;
import intarsia.models.response.Survival;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How cells of a CSV file become numbers: what a model must remember of its study in order to read new rows. Saved with the model as JSON.
 *
 * @param id       the column that names a row, or null: rows are then numbered
 * @param task     the column that names a row's task, or null where every task has its own file
 * @param weight   the column that says how much a row counts, or null: all count alike
 * @param responses the responses, one for most studies
 * @param sources  the sources and their columns
 * @param missing  what stands for "missing" in every column; an empty cell always does
 * @param readings how single columns and the response are read, by name; columns without anything of their own are not in it
 * @param csv      how files are written
 * @param splitting how rows are split
 * @param storage  how predictors' numbers are held: those of F32 are rounded to the nearest float as they are read
 */
public record Schema(String id, String task, String weight, List<Response> responses, List<Source> sources, List<String> missing,
        Map<String, Reading> readings, CsvFormat csv, Splitting splitting, Precision storage) {
    /**
     * The response.
     *
     * <pre>
     * count       the number [exposure]
     * continuous  the number [offset]; so are those of 0 and 1
     * survival    time, event [entry]
     * any other   its one column
     * </pre>
     *
     * @param name    what tells it from other responses of the same rows; empty where it is the only one
     * @param title   what people call it; empty: its columns say it
     * @param columns its columns
     * @param family  its kind, with levels or times
     * @param above   for a binary one: the response is 1 where the number in the column is above this, else 0; null: the column
     *                holds 0 and 1
     */
    public record Response(String name, String title, List<String> columns, ResponseFamily family, Double above) {
        /** Keeps a copy; there is a column for each of the family's numbers, but that of the entry may be left out. */
        public Response {
            columns = List.copyOf(columns);
            int most = family == null ? 0 : family.columns();
            if (columns.size() > most || columns.size() < (family instanceof Survival ? most - 1 : most)) {
                throw new DataException("a response of " + most + " numbers is not read from columns " + columns);
            }
        }

        /** In a few words: {@code num > 0}, {@code time to status}, {@code falls per years}, or the column's name. */
        public String describe() {
            return !title.isEmpty() && !columns.contains(title) ? title : above != null ? columns.getFirst() + " > " + plain(above)
                    : switch (family) {
                case Survival _ -> String.join(" to ", columns.subList(0, 2));
                case Count _ -> String.join(" per ", columns);
                default -> columns.getFirst();
            };
        }

        /** What each of a response's cells is called in a table. */
        public List<String> headings() {
            return columns.size() == 1 ? List.of(describe()) : columns;
        }

        /** The cells of a row's response, for a table; empty where they are missing. */
        public List<String> cells(double[] responses, int row) {
            List<String> cells = new ArrayList<>();
            for (int k = 0; k < columns.size(); k++) {
                double value = responses[row * family.columns() + k];
                cells.add(Double.isNaN(value) ? "" : family.levels().isEmpty() ? Double.toString(value)
                        : family.levels().get((int) value));
            }
            return cells;
        }

        /** The same, of another family. */
        Response with(ResponseFamily other) {
            return new Response(name, title, columns, other, null);
        }

        /** The heading of a column about it: beside those about other responses with its name before it, {@code pain_prediction}. */
        public String heading(String of) {
            return name.isEmpty() ? of : name + "_" + of;
        }

        /** What is in its columns. */
        List<Column> kinds() {
            return columns.stream().map(column -> switch (family) {
                case Binomial _ when above == null && column.equals(columns.getFirst()) -> Column.binary(column);
                case Survival _ when column.equals(columns.get(1)) -> Column.binary(column);
                default -> family.levels().isEmpty() ? Column.continuous(column)
                        : Column.categorical(column, family.levels().toArray(String[]::new));
            }).toList();
        }
    }

    /**
     * In words how columns are read that are read in a way of their own, by their names, and the response, by the empty one: who reads
     * them otherwise has other numbers.
     */
    public Map<String, String> readingsInWords() {
        Map<String, String> words = new TreeMap<>();
        readings.forEach((column, reading) -> words.put(column, reading.inWords()));
        words.values().removeIf(String::isEmpty);
        words.put("", responses.stream().map(response -> response.columns.stream().map(column -> words.containsKey(column)
                ? column + " (" + words.get(column) + ")" : column).collect(Collectors.joining(", "))
                + (response.above == null ? "" : " > " + plain(response.above))).collect(Collectors.joining("; ")));
        return words;
    }

    /**
     * How one column is read.
     *
     * @param missing  what stands for "missing" in it, besides what does so everywhere
     * @param levels   for a binary one: what stands for 0, and at last what for 1; empty: 0 and 1, false and true, no and yes
     * @param censored what is read for {@code <0.5}; null: such cells are refused
     * @param unknown  for a categorical one: the level that a cell has which is none of the levels; null: there is none
     * @param strict   for a categorical one without such a level: whether such a cell is refused in new rows too, or is missing there
     * @param since    for dates: the day that is 0, as 2020-01-01; null for numbers
     */
    public record Reading(List<String> missing, List<String> levels, Censored censored, String unknown, boolean strict, String since) {
        static final Reading PLAIN = new Reading(List.of(), List.of(), null, null, false, null);

        /** Keeps copies; there are two levels at least, or none. */
        public Reading {
            missing = List.copyOf(missing);
            levels = List.copyOf(levels);
            if (levels.size() == 1 || new HashSet<>(levels).size() < levels.size()) {
                throw new DataException("levels " + levels + ": two at least, the last for 1, and none twice");
            }
            if (since != null && Double.isNaN(Dates.parse(since))) {
                throw new DataException("since '" + since + "': a day, as 2020-01-01");
            }
        }

        /** What numbers mean by it; empty where it is no more than their column says. Which cells are missing is another matter. */
        private String inWords() {
            String last = levels.isEmpty() ? "" : String.join(" or ", levels.subList(0, levels.size() - 1)) + " is 0, " + levels.getLast()
                    + " is 1";
            return since != null ? "days since " + since : last;
        }
    }

    /** Keeps copies; there is a response, and a format of CSV files. */
    public Schema {
        if (responses == null || responses.isEmpty() || responses.stream().anyMatch(of -> of.columns.isEmpty()) || csv == null
                || splitting == null || storage == null) {
            throw new DataException("the schema needs a response with its columns, how CSV files are written, how rows "
                    + "are split and how numbers are held");
        }
        responses = List.copyOf(responses);
        sources = List.copyOf(sources);
        missing = List.copyOf(missing);
        readings = Map.copyOf(readings);
    }

    /** The names of all sources' columns. */
    public List<String> columns() {
        return sources.stream().flatMap(s -> s.columns().stream()).map(Column::name).toList();
    }

    /**
     * The number that stands for a level in a model's blocks: 0 or 1 in a binary column, its place in a categorical one.
     *
     * <pre>
     * double male = schema.level("sex", "male");
     * </pre>
     *
     * @throws DataException if no source has the column, or the column has no level of this name
     */
    public double level(String column, String name) {
        Column of = sources.stream().flatMap(source -> source.columns().stream()).filter(one -> one.name().equals(column)).findFirst()
                .orElseThrow(() -> new DataException("no column " + Text.quoted(column) + Nearest.hint(column, columns())));
        List<String> names = switch (of.kind()) {
            case CATEGORICAL -> of.levels();
            case BINARY -> reading(column).levels().isEmpty() ? List.of("0", "1") : reading(column).levels();
            case CONTINUOUS -> throw new DataException("column " + Text.quoted(column) + " holds quantities and has no levels");
        };
        int code = new Levels(names).code(Text.normal(name));
        if (code < 0) {
            throw new DataException("column " + Text.quoted(column) + " has no level " + Text.quoted(name) + Nearest.hint(name, names));
        }
        return code;
    }

    /** The only response. */
    public Response response() {
        if (responses.size() > 1) {
            throw new IllegalStateException("there are " + responses.size() + " responses: " + describe());
        }
        return responses.getFirst();
    }

    /** What is learned, in a few words. */
    public String describe() {
        return responses.stream().map(Response::describe).collect(Collectors.joining(" and "));
    }

    /** A schema of one of the responses alone, by its name. */
    Schema about(String name) {
        return with(responses.stream().filter(of -> of.name.equals(name)).toList());
    }

    /** A schema of each response alone. */
    public List<Schema> each() {
        return responses.stream().map(of -> with(List.of(of))).toList();
    }

    /** The same with other responses. */
    Schema with(List<Response> others) {
        return new Schema(id, task, weight, others, sources, missing, readings, csv, splitting, storage);
    }

    /** The response that a model's task is about, by {@link Task#nameOf}. */
    public Response of(String task) {
        return responses.stream().filter(of -> !cohort(task, of).isEmpty()).max(Comparator.comparing(of -> of.name.length()))
                .orElseThrow(() -> new IllegalArgumentException("task '" + task + "' is about none of the responses " + describe()));
    }

    /** The rows that a model's task is about: what the study calls a task. */
    public String cohort(String task) {
        return cohort(task, of(task));
    }

    private static String cohort(String task, Response response) {
        String before = Task.nameOf("", response.name);
        return task.startsWith(before) ? task.substring(before.length()) : "";
    }

    /** What the study calls tasks, of the tasks of a model. */
    public List<String> cohorts(List<String> tasks) {
        return tasks.stream().map(this::cohort).distinct().toList();
    }

    /** How a column or the response is read. */
    Reading reading(String column) {
        return readings.getOrDefault(column, Reading.PLAIN);
    }

    /** A number as it is held: itself, or the nearest float. */
    double held(double number) {
        return storage == Precision.F32 ? (float) number : number;
    }

    /** A number without a needless ".0". */
    static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15 ? Long.toString((long) number) : Double.toString(number);
    }
}
