package intarsia.models.files;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a column of some files seems to hold, for the draft of a study file. Looks at every cell once. */
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
    private static final Set<Set<String>> ZERO_AND_ONE = Set.of(Set.of("0", "1"), Set.of("no", "yes"), Set.of("n", "y"), Set.of("false",
            "true"));

    private final String name;
    private final Set<String> values = new TreeSet<>();
    private final Map<DataTable, Integer> given = new HashMap<>();
    private final Set<String> words = new HashSet<>();
    private int cells;
    private int numbers;
    private int wholes;
    private int dates;
    private int unclearDates;
    private int censored;
    private double firstDay = Double.POSITIVE_INFINITY;
    private String problem;
    private boolean unique = true;
    private boolean negative;

    private ColumnProfile(String name) {
        this.name = name;
    }

    /** Of the files that have it. */
    static ColumnProfile of(String name, List<DataTable> tables) {
        ColumnProfile profile = new ColumnProfile(name);
        tables.stream().filter(table -> table.has(name)).forEach(profile::see);
        return profile;
    }

    private void see(DataTable table) {
        NumberStyle style = NumberStyle.POINT;
        try {
            style = new NumberStyles(table, List.of(name), true).of(name);
        } catch (FileException e) {
            problem = e.getMessage();
        }
        Set<String> here = new HashSet<>();
        int before = cells;
        for (int row = 0; row < table.size(); row++) {
            String cell = table.cell(row, name);
            if (cell.isEmpty() || Missing.isUsual(cell)) {
                unique = false;
                continue;
            }
            cells++;
            unique &= here.add(cell);
            double number = style.parse(cell);
            if (values.size() < MOST_KEPT) {
                values.add(Double.isFinite(number) ? Schema.plain(number) : cell);
            }
            if (Double.isFinite(number)) {
                numbers++;
                wholes += number == Math.rint(number) ? 1 : 0;
                negative |= number < 0;
            } else if (!Double.isNaN(Dates.parse(cell))) {
                dates++;
                firstDay = Math.min(firstDay, Math.floor(Dates.parse(cell)));
            } else if (Dates.looksLikeOne(cell)) {
                unclearDates++;
            } else if (Censored.isMarked(cell) && Double.isFinite(style.parse(Censored.limit(cell)))) {
                censored++;
            } else if (words.size() <= MOST_LEVELS) {
                words.add(cell);
            }
        }
        given.put(table, cells - before);
    }

    String name() {
        return name;
    }

    /** Why its numbers cannot be read, or null. */
    String problem() {
        return problem;
    }

    /** Whether every row of every file has a value of its own. */
    boolean isUnique() {
        return unique && cells > 0;
    }

    /** Whether names could stand in it: it holds no fractions. */
    boolean mayName() {
        return cells > 0 && wholes == numbers && dates + unclearDates == 0;
    }

    /** How many different values there are. */
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

    /** The share of a file's rows that have a value. */
    double share(DataTable table) {
        return table.size() == 0 ? 0 : given.getOrDefault(table, 0) / (double) table.size();
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
