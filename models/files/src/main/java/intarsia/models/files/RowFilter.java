package intarsia.models.files;

import intarsia.models.data.Column;
import intarsia.models.data.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Tells a study's rows apart, where its file asks for it: those without a response or of weight 0 are no part of the task's, those with
 * a cell that cannot be read are left out.
 */
final class RowFilter {
    /** What a row is good for. */
    private enum Use { LEARNED, UNLABELLED, UNCOUNTED, SKIPPED }

    private final Schema schema;
    private final boolean skipsMistakes;
    private final boolean takesMissing;
    private final List<SkippedRow> skipped = new ArrayList<>();
    private final Map<String, Integer> unanswered = new LinkedHashMap<>();
    private final Map<String, Integer> uncounted = new LinkedHashMap<>();

    private RowFilter(Schema schema, boolean skipsMistakes, boolean takesMissing) {
        this.schema = schema;
        this.skipsMistakes = skipsMistakes;
        this.takesMissing = takesMissing;
    }

    /** What a study file says of such rows. */
    static RowFilter of(Section study, Schema schema) {
        String onBadRow = study.text("on_bad_row", "error");
        if (!onBadRow.equals("error") && !onBadRow.equals("skip")) {
            throw study.error("on_bad_row", "'on_bad_row' is \"error\" or \"skip\", not \"" + onBadRow + "\"");
        }
        Section response = study.section("response");
        String missing = response.text("missing", "refused");
        if (!missing.equals("refused") && !missing.equals("allowed")) {
            throw response.error("missing", "'missing' of a response is \"refused\" or \"allowed\", not \"" + missing + "\"");
        }
        return new RowFilter(schema, onBadRow.equals("skip"), missing.equals("allowed"));
    }

    /**
     * The rows of a task that are read.
     *
     * @param cells each file's cells; what they note is of no interest
     * @throws FileException if none is left
     */
    RowsOfTask kept(RowsOfTask rows, Function<CsvTable, Cells> cells) {
        if (!skipsMistakes && !takesMissing && schema.weight() == null) {
            return rows;
        }
        rows.tables().forEach(table -> cells.apply(table).prepare());
        List<Integer> kept = new ArrayList<>();
        List<Integer> without = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            switch (use(rows, i, cells)) {
                case LEARNED -> kept.add(i);
                case UNLABELLED -> {
                    without.add(i);
                    unanswered.merge(rows.task(), 1, Integer::sum);
                }
                case UNCOUNTED -> {
                    without.add(i);
                    uncounted.merge(rows.task(), 1, Integer::sum);
                }
                case SKIPPED -> { }
            }
        }
        if (kept.isEmpty()) {
            throw new FileException(rows.tables().getFirst().path(), "every row of task " + Text.quoted(rows.task())
                    + " lacks a response, has weight 0 or has a mistake"
                    + (skipped.isEmpty() ? "" : "; the first: " + skipped.getFirst().problem()));
        }
        return kept.size() == rows.size() ? rows : rows.only(kept, without);
    }

    private Use use(RowsOfTask rows, int i, Function<CsvTable, Cells> cells) {
        CsvTable first = rows.tables().getFirst();
        int place = rows.partners(first)[i];
        try {
            for (CsvTable table : rows.tables()) {
                int row = rows.partners(table)[i];
                for (Source source : schema.sources()) {
                    for (Column column : source.columns()) {
                        if (row >= 0 && skipsMistakes && table.has(column.name())) {
                            cells.apply(table).value(row, column);
                        }
                    }
                }
            }
            if (cells.apply(first).weight(place) == 0) {
                return Use.UNCOUNTED;
            }
            if (takesMissing && Double.isNaN(cells.apply(first).responses().ifGiven(place)[0])) {
                return Use.UNLABELLED;
            }
            cells.apply(first).responses().required(place);
            return Use.LEARNED;
        } catch (FileException e) {
            if (!skipsMistakes) {
                throw e;
            }
            skipped.add(SkippedRow.of(rows.task(), e));
            return Use.SKIPPED;
        }
    }

    /** The rows with mistakes that were left out. */
    List<SkippedRow> skipped() {
        return skipped;
    }

    /** A line on each kind of row that was left out. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (!skipped.isEmpty()) {
            notes.add((skipped.size() == 1 ? "1 row" : skipped.size() + " rows")
                    + " with mistakes left out (on_bad_row), listed in skipped.csv of a run; the first: " + skipped.getFirst().problem());
        }
        note("rows without a response", unanswered, notes);
        note("rows of weight 0", uncounted, notes);
        return notes;
    }

    private static void note(String what, Map<String, Integer> counts, List<String> notes) {
        if (!counts.isEmpty()) {
            notes.add(what + ", for imputation only: " + Nearest.some(counts.entrySet().stream().map(entry -> entry.getValue() + " of task "
                    + Text.quoted(entry.getKey())).toList()));
        }
    }
}
