package intarsia.models.files;

import intarsia.models.data.DataException;
import intarsia.models.data.GivenParts;
import intarsia.models.data.PastToFuture;
import intarsia.models.data.RandomRows;
import intarsia.models.data.Resampling;
import intarsia.models.data.Scheme;
import intarsia.models.data.WholeGroups;
import intarsia.models.files.Splitting.By;
import intarsia.models.response.ResponseFamily;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleFunction;

/** Reads {@code [design]}: how rows are split, and the column that says so. */
final class SplittingReader {
    private static final int FORWARD_FOLDS = 5;
    private static final int MOST_FOLDS = 100;
    private static final int MOST_REPEATS = 10_000;
    private static final Map<String, GivenParts.Part> PARTS = Map.of("train", GivenParts.Part.TRAIN, "training", GivenParts.Part.TRAIN,
            "validation", GivenParts.Part.VALIDATION, "valid", GivenParts.Part.VALIDATION, "val", GivenParts.Part.VALIDATION,
            "test", GivenParts.Part.TEST, "testing", GivenParts.Part.TEST);

    private SplittingReader() {}

    /** What a study's {@code [design]} says. */
    static Splitting read(Section design, List<ResponseFamily> responses) {
        design.only("group", "time", "split", "stratify", "folds", "repeats");
        By by = By.ROW;
        String column = null;
        for (By way : List.of(By.GROUP, By.TIME, By.SPLIT)) {
            String key = way.name().toLowerCase(Locale.ROOT);
            if (design.has(key)) {
                if (column != null) {
                    throw design.error(key, "give one of 'group', 'time' and 'split'");
                }
                by = way;
                column = SchemaReader.name(design, key);
            }
        }
        if (design.has("stratify")) {
            if (by == By.TIME || by == By.SPLIT) {
                throw design.error("stratify", "'stratify' is for rows or groups that are drawn at random; take it out");
            }
            if (design.flag("stratify", true) && responses.stream().allMatch(response -> response.strata() == 1)) {
                throw design.error("stratify", "'stratify' keeps the shares of classes, levels or events, and the response is "
                        + responses.getFirst().key() + "; take it out");
            }
        }
        return new Splitting(by, column, design.flag("stratify", true), folds(design, by));
    }

    private static int folds(Section design, By by) {
        if (by == By.SPLIT && design.has("folds")) {
            throw design.error("folds", "'split' gives the one split there is; take 'folds' out");
        }
        int least = by == By.TIME ? 1 : 2;
        long folds = design.integer("folds", by == By.TIME ? FORWARD_FOLDS : 0);
        if (design.has("folds") && (folds < least || folds > MOST_FOLDS)) {
            throw design.error("folds", "'folds' must be a whole number from " + least + " to " + MOST_FOLDS + ", not " + folds);
        }
        return (int) folds;
    }

    /** How often so many rows are split, as a study's {@code [design]} says. */
    static int repeats(Section design, Splitting splitting, int rows) {
        boolean fixed = splitting.by() == By.TIME || splitting.by() == By.SPLIT;
        if (fixed && design.has("repeats")) {
            throw design.error("repeats", "splits by '" + splitting.by().name().toLowerCase(Locale.ROOT)
                    + "' are always the same; take 'repeats' out");
        }
        long repeats = design.integer("repeats", fixed || splitting.folds() > 0 ? 1 : Resampling.repeats(rows));
        if (repeats < 1 || repeats > MOST_REPEATS) {
            throw design.error("repeats", "'repeats' must be a whole number from 1 to " + MOST_REPEATS + ", not " + repeats);
        }
        return (int) repeats;
    }

    /**
     * The splits of some tasks' rows.
     *
     * @throws FileException if the column is not in their files, or at a cell that says nothing
     */
    static Resampling resampling(Splitting splitting, List<RowsOfTask> tasks, int repeats) {
        return new Resampling(scheme(splitting, tasks), splitting.folds(), repeats);
    }

    private static Scheme scheme(Splitting splitting, List<RowsOfTask> tasks) {
        String column = splitting.column();
        return switch (splitting.by()) {
            case ROW -> new RandomRows(splitting.stratified());
            case GROUP -> {
                Map<String, List<String>> groups = new LinkedHashMap<>();
                tasks.forEach(rows -> groups.put(rows.name(), rows.labels(column, (table, row) -> cell(table, row, column))));
                yield new WholeGroups(column, groups, splitting.stratified());
            }
            case TIME -> times(column, tasks);
            case SPLIT -> {
                Map<String, List<GivenParts.Part>> parts = new LinkedHashMap<>();
                tasks.forEach(rows -> parts.put(rows.name(), rows.labels(column, (table, row) -> part(table, row, column))));
                yield new GivenParts(column, parts);
            }
        };
    }

    private static PastToFuture times(String column, List<RowsOfTask> tasks) {
        Set<Boolean> kinds = new HashSet<>();
        Map<DataTable, NumberStyle> styles = new LinkedHashMap<>();
        Map<String, double[]> times = new LinkedHashMap<>();
        for (RowsOfTask rows : tasks) {
            times.put(rows.name(), rows.labels(column, (table, row) -> {
                String cell = cell(table, row, column);
                boolean date = Dates.looksLikeOne(cell);
                kinds.add(date);
                double time = date ? Dates.parse(cell)
                        : styles.computeIfAbsent(table, t -> new NumberStyles(t, List.of(column), true).of(column)).parse(cell);
                if (!Double.isFinite(time) || kinds.size() > 1) {
                    throw table.error(row, column, "column " + Text.quoted(column) + ", the time of a row: " + Text.quoted(cell) + " "
                            + (date && Double.isNaN(time) ? Dates.problem(cell) : kinds.size() > 1
                            ? "beside numbers or dates of another kind; write all times alike" : "is neither a number nor a date"));
                }
                return time;
            }).stream().mapToDouble(Double::doubleValue).toArray());
        }
        DoubleFunction<String> shown = kinds.contains(true) ? Dates::show : Schema::plain;
        return new PastToFuture(column, times, shown);
    }

    private static GivenParts.Part part(DataTable table, int row, String column) {
        String cell = cell(table, row, column);
        GivenParts.Part part = PARTS.get(cell.toLowerCase(Locale.ROOT));
        if (part == null) {
            throw table.error(row, column, "column " + Text.quoted(column) + " says what a row is for: train, validation or test, not "
                    + Text.quoted(cell));
        }
        return part;
    }

    /** Whether all of some words say what a row is for. */
    static boolean areParts(Collection<String> words) {
        return words.stream().allMatch(word -> PARTS.containsKey(word.toLowerCase(Locale.ROOT)));
    }

    private static String cell(DataTable table, int row, String column) {
        String cell = table.cell(row, column);
        if (cell.isEmpty() || table.format().usualMissing() && Missing.isUsual(cell)) {
            throw table.error(row, column, "column " + Text.quoted(column) + ", which rows are split by, is missing; give it, or take the "
                    + "row out");
        }
        return cell;
    }

    /** In one line with its place: why these tasks cannot be split so. */
    static FileException problem(Section design, Splitting splitting, DataException e) {
        String key = splitting.by() == By.ROW ? "folds" : splitting.by().name().toLowerCase(Locale.ROOT);
        return design.error(key, e.getMessage());
    }
}
