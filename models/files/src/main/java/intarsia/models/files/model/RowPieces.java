package intarsia.models.files.model;

import intarsia.models.files.NewRowPieces;
import intarsia.models.files.NewRows;
import java.util.List;
import java.util.stream.Stream;

/** New rows of a file, piece by piece, with notes on what the model's study did not hold. */
public final class RowPieces {
    private final NewRowPieces rows;
    private final RowChecks checks;

    /** Of rows; checks may be null. */
    RowPieces(NewRowPieces rows, RowChecks checks) {
        this.rows = rows;
        this.checks = checks;
    }

    /** Whether there are more rows. */
    public boolean hasNext() {
        return rows.hasNext();
    }

    /** The next rows, at least one. */
    public NewRows next() {
        NewRows next = rows.next();
        return checks == null ? next : checks.marked(next);
    }

    /** What a person should know of all rows so far. */
    public List<String> notes() {
        return checks == null ? rows.notes() : Stream.concat(rows.notes().stream(), checks.notes().stream()).toList();
    }
}
