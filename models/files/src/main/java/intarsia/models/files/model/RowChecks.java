package intarsia.models.files.model;

import intarsia.models.data.Column;
import intarsia.models.data.Source;
import intarsia.models.files.NewRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * New rows held against what a model learned from: numbers far outside, sources without a value that the row's task was learned with. Such
 * rows are predicted all the same, and marked.
 */
final class RowChecks {
    private final NewRows rows;
    private final TrainingSummary training;
    private final String file;
    private final List<List<String>> said;
    private final List<String> notes;

    RowChecks(NewRows rows, TrainingSummary training, String file) {
        this.rows = rows;
        this.training = training;
        this.file = file;
        said = rows.rowNotes().stream().map(note -> new ArrayList<>(note.isEmpty() ? List.of() : List.of(note)))
                .<List<String>>map(list -> list).toList();
        notes = new ArrayList<>(rows.notes());
    }

    /** The rows with what was found in their notes. */
    NewRows marked() {
        rows.blocks().forEach(this::numbers);
        sources();
        return new NewRows(rows.ids(), rows.tasks(), rows.blocks(), notes, said.stream().map(list -> String.join("; ", list)).toList());
    }

    private void numbers(Source source, double[][] block) {
        for (int j = 0; j < source.columns().size(); j++) {
            Column column = source.columns().get(j);
            int at = j;
            if (Arrays.stream(block).allMatch(row -> Double.isNaN(row[at])) && Arrays.stream(block).anyMatch(row ->
                    Arrays.stream(row).anyMatch(cell -> !Double.isNaN(cell)))) {
                notes.add(file + ": column '" + column.name() + "' has no value in any row");
            }
            TrainingSummary.Range range = training.columns().get(column.name());
            int[] far = range == null ? new int[0] : IntStream.range(0, block.length).filter(i -> range.isFar(block[i][at])).toArray();
            for (int row : far) {
                said.get(row).add(column.name() + " " + plain(block[row][at]) + " is far outside " + plain(range.low()) + " to "
                        + plain(range.high()));
            }
            if (far.length > 0) {
                notes.add(file + ": column '" + column.name() + "' is far outside what was learned from, " + plain(range.low()) + " to "
                        + plain(range.high()) + ", in " + count(far.length) + " (first: '" + rows.ids().get(far[0]) + "', "
                                + plain(block[far[0]][at])
                        + ")");
            }
        }
    }

    private void sources() {
        Map<String, Integer> lacking = new TreeMap<>();
        for (int i = 0; i < rows.size(); i++) {
            int row = i;
            if (!rows.rowNotes().get(i).equals(NewRows.NO_VALUE)) {
                for (String name : training.sources(rows.tasks().get(i))) {
                    boolean there = rows.blocks().entrySet().stream().anyMatch(block -> block.getKey().name().equals(name)
                            && Arrays.stream(block.getValue()[row]).anyMatch(cell -> !Double.isNaN(cell)));
                    if (!there) {
                        said.get(i).add("no value in " + name);
                        lacking.merge(name, 1, Integer::sum);
                    }
                }
            }
        }
        lacking.forEach((name, times) -> notes.add(file + ": no value in source '" + name + "' in " + count(times)
                + " whose task was learned with it; imputed, or taken as the task's mean"));
    }

    private static String count(int rows) {
        return rows + (rows == 1 ? " row" : " rows");
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15 ? Long.toString((long) number) : Double.toString(number);
    }
}
