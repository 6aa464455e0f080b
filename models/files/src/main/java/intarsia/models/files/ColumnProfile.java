package intarsia.models.files;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a column of some files seems to hold, for the draft of a study file. */
final class ColumnProfile {
    /** What it seems to be. */
    enum Guess {
        /** No value at all. */
        EMPTY,
        /** 0 and 1, or words for them. */
        BINARY,
        /** Two other values. */
        TWO_VALUES,
        /** A few words. */
        CATEGORICAL,
        /** A few whole numbers: codes or a quantity. */
        CODES,
        /** Numbers. */
        CONTINUOUS,
        /** ISO dates. */
        DATE,
        /** Dates in an order that cannot be told. */
        UNCLEAR_DATE,
        /** Names, remarks. */
        TEXT
    }

    private static final int MOST_LEVELS = 20;
    private static final int MOST_CODES = 10;
    private static final int MOST_MISSING_CODES = 3;
    /** The share of cells that are numbers in a column of numbers. */
    private static final double MOSTLY = 0.8;
    private static final int MOST_KEPT = 10_000;
    /** Where numbers have fractions, more values than this tell no more. */
    private static final int MOST_FRACTIONS = 100;
    private static final Set<Set<String>> ZERO_AND_ONE = Set.of(Set.of("0", "1"), Set.of("no", "yes"), Set.of("n", "y"), Set.of("false",
            "true"));

    private final String name;
    private final Set<String> values = new TreeSet<>();
    private final Map<DataTable, Integer> given = new HashMap<>();
    /** How many cells each part of the rows gives. */
    private int[] givenByPart = new int[0];
    private final Set<String> words = new HashSet<>();
    private int cells;
    private int numbers;
    private int wholes;
    private int dates;
    private int unclearDates;
    private int censored;
    private double firstDay = Double.POSITIVE_INFINITY;
    private String problem;
    /** Whether no cell is missing, and none is there twice in a file, as long as names could stand there. */
    private boolean unique = true;
    private boolean negative;
    /** Of the file at hand: how its numbers are written, where it has the column, how many cells it gives, names that were seen. */
    private NumberStyle style;
    private int place;
    private int here;
    private final Set<String> seen = new HashSet<>();

    private ColumnProfile(String name) {
        this.name = name;
    }

    /**
     * Of all columns of some files, which are read once, row by row, as they lie.
     *
     * @param parts of each file, the number of the part that each row belongs to
     */
    static Map<String, ColumnProfile> of(List<DataTable> tables, List<int[]> parts) {
        Map<String, ColumnProfile> profiles = new LinkedHashMap<>();
        for (int t = 0; t < tables.size(); t++) {
            DataTable table = tables.get(t);
            List<ColumnProfile> columns = table.header().stream().map(column -> profiles.computeIfAbsent(column, ColumnProfile::new))
                    .toList();
            columns.forEach(column -> column.begin(table));
            int[] partOf = parts.get(t);
            for (int row = 0; row < partOf.length; row++) {
                for (ColumnProfile column : columns) {
                    column.see(table, row, partOf[row]);
                }
            }
            columns.forEach(column -> column.given.put(table, column.here));
        }
        return profiles;
    }

    private void begin(DataTable table) {
        style = NumberStyle.POINT;
        try {
            style = new NumberStyles(table, List.of(name), true).of(name);
        } catch (FileException e) {
            problem = e.getMessage();
        }
        place = table.column(name);
        seen.clear();
        here = 0;
    }

    private void see(DataTable table, int row, int part) {
        double number = table.number(row, place, style);
        if (NumberStyle.isNormal(number)) {
            count(part);
            unique = unique && (!mayName() || seen.add(table.cell(row, name)));
            add(number);
        } else {
            see(table.cell(row, name), part);
        }
    }

    private void see(String cell, int part) {
        if (cell.isEmpty() || Missing.isUsual(cell)) {
            unique = false;
            return;
        }
        count(part);
        unique = unique && (!mayName() || seen.add(cell));
        double number = style.parse(cell);
        if (Double.isFinite(number)) {
            add(number);
            return;
        }
        if (values.size() < MOST_KEPT) {
            values.add(cell);
        }
        double day = Dates.parse(cell);
        if (!Double.isNaN(day)) {
            dates++;
            firstDay = Math.min(firstDay, Math.floor(day));
        } else if (Dates.looksLikeOne(cell)) {
            unclearDates++;
        } else if (Censored.isMarked(cell) && Double.isFinite(style.parse(Censored.limit(cell)))) {
            censored++;
        } else if (words.size() <= MOST_LEVELS) {
            words.add(cell);
        }
    }

    private void count(int part) {
        cells++;
        here++;
        if (part < 0) {
            return;
        }
        if (part >= givenByPart.length) {
            givenByPart = Arrays.copyOf(givenByPart, part + 1);
        }
        givenByPart[part]++;
    }

    private void add(double number) {
        numbers++;
        wholes += number == Math.rint(number) ? 1 : 0;
        negative |= number < 0;
        if (values.size() < (wholes == numbers ? MOST_KEPT : MOST_FRACTIONS)) {
            values.add(Schema.plain(number));
        }
    }

    String name() {
        return name;
    }

    /** Why its numbers cannot be read, or null. */
    String problem() {
        return problem;
    }

    /** Whether every row of every file has a name of its own. */
    boolean isUnique() {
        return unique && mayName();
    }

    /** Whether names could stand in it: it holds no fractions. */
    boolean mayName() {
        return cells > 0 && wholes == numbers && dates + unclearDates == 0;
    }

    /** How many different values there are, as far as they are kept. */
    int different() {
        return values.size();
    }

    int cells() {
        return cells;
    }

    /** Whether any row lacks it. */
    boolean isComplete(List<DataTable> tables) {
        return tables.stream().allMatch(table -> given.getOrDefault(table, 0) == table.size());
    }

    /** How many rows of a part have a value. */
    int given(int part) {
        return part < givenByPart.length ? givenByPart[part] : 0;
    }

    /** Its values. */
    Set<String> values() {
        return values;
    }

    /** Some of its values, for people: numbers by size, then words. */
    String some() {
        return Nearest.some(values.stream().sorted(Comparator.comparingDouble(NumberStyle.POINT::parse)).toList());
    }

    /** Words among numbers, which may mean that nothing was measured. */
    List<String> missingCodes() {
        return guess() == Guess.CONTINUOUS || guess() == Guess.CODES ? words.stream().sorted().toList() : List.of();
    }

    /** Whether some of its numbers are beyond a limit; {@code <=20}, {@code 20-50} and {@code >50} are words. */
    boolean isCensored() {
        return censored > 0 && guess() == Guess.CONTINUOUS;
    }

    /** The earliest day in it. */
    String firstDay() {
        return Dates.show(firstDay);
    }

    /** Whether all values are whole numbers from 0 on. */
    boolean mayCount() {
        return cells > 0 && wholes == cells && !negative;
    }

    /** The value that is 1 unless somebody says otherwise: the largest number, or the last word. */
    String last() {
        return values.stream().reduce((first, second) -> NumberStyle.POINT.parse(first) > NumberStyle.POINT.parse(second) ? first : second)
                .orElseThrow();
    }

    /** What it seems to be. */
    Guess guess() {
        if (cells == 0) {
            return Guess.EMPTY;
        }
        if (values.size() == 2 && dates + unclearDates == 0 && (censored == 0 || numbers == 0)) {
            Set<String> lower = values.stream().map(value -> value.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
            return ZERO_AND_ONE.contains(lower) ? Guess.BINARY : Guess.TWO_VALUES;
        }
        if (numbers > 0 && words.size() <= MOST_MISSING_CODES && numbers + censored >= MOSTLY * cells && dates + unclearDates == 0) {
            return censored == 0 && wholes == numbers && values.size() - words.size() <= MOST_CODES && cells >= 3 * values.size()
                    ? Guess.CODES : Guess.CONTINUOUS;
        }
        if (dates == cells) {
            return Guess.DATE;
        }
        if (unclearDates > 0) {
            return Guess.UNCLEAR_DATE;
        }
        return values.size() > 1 && values.size() <= MOST_LEVELS && values.size() < cells ? Guess.CATEGORICAL : Guess.TEXT;
    }
}
