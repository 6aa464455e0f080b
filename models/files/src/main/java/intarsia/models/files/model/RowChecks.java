package intarsia.models.files.model;

import intarsia.models.Model;
import intarsia.models.data.Source;
import intarsia.models.files.NewRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * New rows held against what a model learned from: numbers far outside, single cells and sources without a value that the row's task was
 * learned with. Such rows are predicted all the same, and marked but for single cells. Rows of a file may come piece by piece; what is said
 * of the file is of all of them.
 */
final class RowChecks {
    /** So many columns are named in a note. */
    private static final int NAMED = 5;

    private final Model model;
    private final TrainingSummary training;
    private final String file;
    private final Map<Source, Seen> given = new LinkedHashMap<>();
    private final Map<String, Integer> lacking = new TreeMap<>();
    /** The sources that a task's rows were learned with. */
    private final Map<String, List<String>> learnedWith = new HashMap<>();

    /** What was seen of a source so far, by the place of a column. */
    private static final class Seen {
        private final TrainingSummary.Range[] ranges;
        private final double[] lows;
        private final double[] highs;
        /** Whether any row has all its cells. */
        private boolean whole;
        private final boolean[] any;
        private final int[] missing;
        private final int[] far;
        private final String[] first;

        Seen(Source source, Map<String, TrainingSummary.Range> columns) {
            ranges = source.columns().stream().map(column -> columns.get(column.name())).toArray(TrainingSummary.Range[]::new);
            lows = Arrays.stream(ranges).mapToDouble(range -> range == null ? Double.NEGATIVE_INFINITY : range.lowest()).toArray();
            highs = Arrays.stream(ranges).mapToDouble(range -> range == null ? Double.POSITIVE_INFINITY : range.highest()).toArray();
            any = new boolean[ranges.length];
            missing = new int[ranges.length];
            far = new int[ranges.length];
            first = new String[ranges.length];
        }

        /** Whether a row has all its cells, none far outside. */
        boolean isWithin(double[] cells) {
            for (int j = 0; j < cells.length; j++) {
                if (!(lows[j] <= cells[j] && cells[j] <= highs[j])) {
                    return false;
                }
            }
            return true;
        }

        boolean any(int column) {
            return whole || any[column];
        }
    }

    RowChecks(Model model, TrainingSummary training, String file) {
        this.model = model;
        this.training = training;
        this.file = file;
    }

    /** The rows with what was found in their notes. */
    NewRows marked(NewRows rows) {
        String[] said = rows.rowNotes().toArray(String[]::new);
        rows.blocks().forEach((source, block) -> {
            Seen seen = given.computeIfAbsent(source, of -> new Seen(of, training.columns()));
            for (int i = 0; i < block.length; i++) {
                if (seen.isWithin(block[i])) {
                    seen.whole = true;
                } else {
                    said[i] = note(seen, source, rows.ids().get(i), block[i], said[i]);
                }
            }
        });
        sources(rows, said);
        return new NewRows(rows.ids(), rows.tasks(), rows.blocks(), rows.notes(), List.of(said));
    }

    /** Counts what a row lacks, and adds to what is said of it what is far outside. */
    private static String note(Seen seen, Source source, String id, double[] cells, String said) {
        String all = said;
        boolean empty = Arrays.stream(cells).allMatch(Double::isNaN);
        for (int j = 0; j < cells.length; j++) {
            double value = cells[j];
            seen.any[j] |= !Double.isNaN(value);
            seen.missing[j] += Double.isNaN(value) && !empty ? 1 : 0;
            if (value < seen.lows[j] || value > seen.highs[j]) {
                all = and(all, source.columns().get(j).name() + " " + plain(value) + " is far outside " + between(seen.ranges[j]));
                if (seen.far[j]++ == 0) {
                    seen.first[j] = "'" + id + "', " + plain(value);
                }
            }
        }
        return all;
    }

    private static String and(String said, String more) {
        return said.isEmpty() ? more : said + "; " + more;
    }

    private void sources(NewRows rows, String[] said) {
        Map<String, double[][]> blocks = new HashMap<>();
        rows.blocks().forEach((source, block) -> blocks.put(source.name(), block));
        String task = null;
        List<String> learned = List.of();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.rowNotes().get(i).equals(NewRows.NO_VALUE)) {
                continue;
            }
            if (!rows.tasks().get(i).equals(task)) {
                task = rows.tasks().get(i);
                learned = learnedWith.computeIfAbsent(task, training::sources);
            }
            for (String name : learned) {
                if (!hasValue(blocks.get(name), i)) {
                    said[i] = and(said[i], "no value in " + name);
                    lacking.merge(name, 1, Integer::sum);
                }
            }
        }
    }

    private static boolean hasValue(double[][] block, int row) {
        if (block != null) {
            for (double cell : block[row]) {
                if (!Double.isNaN(cell)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What a person should know of all rows. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        List<String> single = new ArrayList<>();
        given.forEach((source, seen) -> {
            boolean some = IntStream.range(0, seen.any.length).anyMatch(seen::any);
            for (int j = 0; j < seen.any.length; j++) {
                String column = "column '" + source.columns().get(j).name() + "'";
                if (some && !seen.any(j)) {
                    notes.add(file + ": " + column + " has no value in any row");
                }
                if (seen.far[j] > 0) {
                    notes.add(file + ": " + column + " is far outside what was learned from, " + between(seen.ranges[j]) + ", in "
                            + count(seen.far[j]) + " (first: " + seen.first[j] + ")");
                }
                if (seen.missing[j] > 0 && seen.any(j) && model.sources().contains(source)) {
                    single.add("'" + source.columns().get(j).name() + "' in " + count(seen.missing[j]));
                }
            }
        });
        if (!single.isEmpty()) {
            notes.add(file + ": single cells are missing: " + String.join(", ", single.stream().limit(NAMED).toList())
                    + (single.size() > NAMED ? " and " + (single.size() - NAMED) + " more" : "") + "; " + model.missingCells());
        }
        lacking.forEach((name, times) -> notes.add(file + ": no value in source '" + name + "' in " + count(times)
                + " whose task was learned with it; imputed, or taken as the task's mean"));
        return notes;
    }

    private static String between(TrainingSummary.Range range) {
        return plain(range.low()) + " to " + plain(range.high());
    }

    private static String count(int rows) {
        return rows + (rows == 1 ? " row" : " rows");
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15 ? Long.toString((long) number) : Double.toString(number);
    }
}
