package intarsia.models.files;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    /** The names of responses that may be missing. */
    private final Set<String> maybeMissing;
    private final Set<SkippedRow> skipped = new LinkedHashSet<>();
    private final Map<String, Integer> unanswered = new LinkedHashMap<>();
    private final Map<String, Integer> uncounted = new LinkedHashMap<>();

    private RowFilter(Schema schema, boolean skipsMistakes, Set<String> maybeMissing, List<SkippedRow> untold) {
        this.schema = schema;
        this.skipsMistakes = skipsMistakes;
        this.maybeMissing = maybeMissing;
        skipped.addAll(untold);
    }

    /**
     * What a study file says of such rows.
     *
     * @param untold rows with mistakes that were left out before, as their task cannot be read
     */
    static RowFilter of(Section study, List<Section> responses, Schema schema, List<SkippedRow> untold) {
        String onBadRow = study.text("on_bad_row", "error");
        if (!onBadRow.equals("error") && !onBadRow.equals("skip")) {
            throw study.error("on_bad_row", "'on_bad_row' is \"error\" or \"skip\", not \"" + onBadRow + "\"");
        }
        Set<String> maybeMissing = new HashSet<>();
        for (int i = 0; i < responses.size(); i++) {
            String missing = responses.get(i).text("missing", "refused");
            if (!missing.equals("refused") && !missing.equals("allowed")) {
                throw responses.get(i).error("missing", "'missing' of a response is \"refused\" or \"allowed\", not \"" + missing
                        + "\"");
            }
            if (missing.equals("allowed")) {
                maybeMissing.add(schema.responses().get(i).name());
            }
        }
        return new RowFilter(schema, onBadRow.equals("skip"), maybeMissing, untold);
    }

    /**
     * The rows of a task that are read.
     *
     * @param cells each file's cells; what they note is of no interest
     * @throws FileException if none is left
     */
    RowsOfTask kept(RowsOfTask rows, Function<DataTable, Cells> cells) {
        boolean takesMissing = maybeMissing.contains(rows.response().name());
        if (!skipsMistakes && !takesMissing && schema.weight() == null) {
            return rows;
        }
        rows.tables().forEach(table -> cells.apply(table).prepare());
        FileException[] mistakes = skipsMistakes ? mistakes(rows, cells) : new FileException[rows.size()];
        List<Integer> kept = new ArrayList<>();
        List<Integer> without = new ArrayList<>();
        int zeros = 0;
        for (int i = 0; i < rows.size(); i++) {
            switch (use(rows, i, mistakes[i], cells, takesMissing)) {
                case LEARNED -> kept.add(i);
                case UNLABELLED -> {
                    without.add(i);
                    unanswered.merge(rows.name(), 1, Integer::sum);
                }
                case UNCOUNTED -> {
                    without.add(i);
                    zeros++;
                }
                case SKIPPED -> { }
            }
        }
        if (zeros > 0) {
            uncounted.put(rows.task(), zeros);
        }
        if (kept.isEmpty()) {
            throw rows.tables().getFirst().problem("every row of task " + Text.quoted(rows.name())
                    + " lacks a response" + (schema.weight() == null ? "" : ", has weight 0")
                    + " or has a mistake, so there is nothing to learn in it; take the task out"
                    + (skipped.isEmpty() ? "" : "; the first: " + skipped.iterator().next().problem()));
        }
        return kept.size() == rows.size() ? rows : rows.only(kept, without);
    }

    /** The first mistake in the cells of each row's sources; null where there is none. Rows of a file are looked at as they lie. */
    private FileException[] mistakes(RowsOfTask rows, Function<DataTable, Cells> cells) {
        FileException[] mistakes = new FileException[rows.size()];
        for (DataTable table : rows.tables()) {
            List<ColumnReader> readers = schema.sources().stream().flatMap(source -> source.columns().stream())
                    .filter(column -> table.has(column.name())).map(cells.apply(table)::reader).toList();
            BlockRows row = readers.isEmpty() ? null : BlockRows.ofRow(readers);
            int[] partners = rows.partners(table);
            for (int i : BlockRows.ascending(partners)) {
                if (row != null && partners[i] >= 0 && mistakes[i] == null) {
                    mistakes[i] = row.mistake(partners[i]);
                }
            }
        }
        return mistakes;
    }

    private Use use(RowsOfTask rows, int i, FileException mistake, Function<DataTable, Cells> cells, boolean takesMissing) {
        DataTable first = rows.tables().getFirst();
        ResponseCells responses = cells.apply(first).responses(rows.response());
        int place = rows.partners(first)[i];
        try {
            if (mistake != null) {
                throw mistake;
            }
            if (cells.apply(first).weight(place) == 0) {
                return Use.UNCOUNTED;
            }
            if (takesMissing && Double.isNaN(responses.ifGiven(place)[0])) {
                return Use.UNLABELLED;
            }
            responses.required(place);
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
        return List.copyOf(skipped);
    }

    /** A line on each kind of row that was left out. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (!skipped.isEmpty()) {
            notes.add((skipped.size() == 1 ? "1 row" : skipped.size() + " rows")
                    + " with mistakes left out (on_bad_row), listed in skipped.csv of a run; the first: "
                    + skipped.iterator().next().problem());
        }
        note(schema.responses().size() == 1 ? "rows without a response, for imputation only: "
                : "rows without one of the responses, which the others learn from: ", unanswered, notes);
        note("rows of weight 0, for imputation only: ", uncounted, notes);
        return notes;
    }

    private static void note(String what, Map<String, Integer> counts, List<String> notes) {
        if (!counts.isEmpty()) {
            notes.add(what + Nearest.some(counts.entrySet().stream().map(entry -> entry.getValue() + " of task "
                    + Text.quoted(entry.getKey())).toList()));
        }
    }
}
