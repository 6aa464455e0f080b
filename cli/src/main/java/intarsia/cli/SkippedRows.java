package intarsia.cli;

import intarsia.models.files.FolderWriter;
import intarsia.models.files.Results;
import intarsia.models.files.SkippedRow;
import java.util.List;

/** The rows that a study was read without, for whoever corrects them. */
final class SkippedRows {
    private SkippedRows() {}

    /** {@code skipped.csv}, if there are any. */
    static void write(List<SkippedRow> rows, FolderWriter run) {
        if (!rows.isEmpty()) {
            run.write("skipped.csv", Results.csv(List.of("task", "file", "line", "column", "problem"), rows.stream().map(row ->
                    List.of(row.task(), row.file(), Integer.toString(row.line()), Integer.toString(row.column()), row.problem()))
                            .toList()));
        }
    }
}
