package intarsia.models.files.model;

import intarsia.models.data.Column;
import intarsia.models.data.Source;
import intarsia.models.files.NewRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * New rows held against what a model learned from: numbers far outside, sources without a value that the row's task was learned with. Such
 * rows are predicted all the same, and marked. Rows of a file may come piece by piece; what is said of the file is of all of them.
 */
final class RowChecks {
    private final TrainingSummary training;
    private final String file;
    private final Map<Column, Seen> columns = new LinkedHashMap<>();
    private final Map<Source, Boolean> given = new LinkedHashMap<>();
    private final Map<String, Integer> lacking = new TreeMap<>();
    /** The sources that a task's rows were learned with. */
    private final Map<String, List<String>> learnedWith = new HashMap<>();

    /** What was seen of a column so far. */
    private static final class Seen {
        private boolean any;
        private int far;
        private String first;
    }

    RowChecks(TrainingSummary training, String file) {
        this.training = training;
        this.file = file;
    }

    /** The rows with what was found in their notes. */
    NewRows marked(NewRows rows) {
        List<List<String>> said = new ArrayList<>();
        rows.rowNotes().forEach(note -> said.add(new ArrayList<>(note.isEmpty() ? List.of() : List.of(note))));
        rows.blocks().forEach((source, block) -> numbers(rows, source, block, said));
        sources(rows, said);
        return new NewRows(rows.ids(), rows.tasks(), rows.blocks(), rows.notes(), said.stream().map(list -> String.join("; ", list))
                .toList());
    }

    private void numbers(NewRows rows, Source source, double[][] block, List<List<String>> said) {
        boolean[] there = new boolean[source.columns().size()];
        Seen[] seen = source.columns().stream().map(column -> columns.computeIfAbsent(column, of -> new Seen())).toArray(Seen[]::new);
        TrainingSummary.Range[] ranges = source.columns().stream().map(column -> training.columns().get(column.name()))
                .toArray(TrainingSummary.Range[]::new);
        double[] lows = Arrays.stream(ranges).mapToDouble(range -> range == null ? Double.NEGATIVE_INFINITY : range.lowest()).toArray();
        double[] highs = Arrays.stream(ranges).mapToDouble(range -> range == null ? Double.POSITIVE_INFINITY : range.highest()).toArray();
        for (int i = 0; i < block.length; i++) {
            for (int j = 0; j < block[i].length; j++) {
                double value = block[i][j];
                if (Double.isNaN(value)) {
                    continue;
                }
                there[j] = true;
                if (value < lows[j] || value > highs[j]) {
                    TrainingSummary.Range range = ranges[j];
                    said.get(i).add(source.columns().get(j).name() + " " + plain(value) + " is far outside " + between(range));
                    if (seen[j].far++ == 0) {
                        seen[j].first = "'" + rows.ids().get(i) + "', " + plain(value);
                    }
                }
            }
        }
        boolean any = false;
        for (int j = 0; j < there.length; j++) {
            seen[j].any |= there[j];
            any |= there[j];
        }
        given.merge(source, any, Boolean::logicalOr);
    }

    private void sources(NewRows rows, List<List<String>> said) {
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
                    said.get(i).add("no value in " + name);
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
        given.forEach((source, any) -> source.columns().forEach(column -> {
            Seen seen = columns.get(column);
            if (any && !seen.any) {
                notes.add(file + ": column '" + column.name() + "' has no value in any row");
            }
            if (seen.far > 0) {
                notes.add(file + ": column '" + column.name() + "' is far outside what was learned from, "
                        + between(training.columns().get(column.name())) + ", in " + count(seen.far) + " (first: " + seen.first + ")");
            }
        }));
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
