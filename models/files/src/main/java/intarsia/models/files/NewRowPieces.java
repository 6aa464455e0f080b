package intarsia.models.files;

import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * {@link NewRows} of a file, piece by piece, so that a large file takes no more memory than a small one: of a plain CSV file (commas, no
 * quotes, no comments) of more than 16 MiB pieces of a MiB, of any other all rows at once. The same rows as {@link NewRows#read} gives,
 * to the last bit. What grows with the file are ids, where it has them, which are kept to find one that is there twice.
 */
public final class NewRowPieces implements AutoCloseable {
    private final NewRowsReader reader;
    private final CsvPieces pieces;
    private DataTable next;

    private NewRowPieces(NewRowsReader reader, CsvPieces pieces, DataTable first) {
        this.reader = reader;
        this.pieces = pieces;
        this.next = first;
    }

    /** Those of a file; see {@link NewRows#read}. */
    public static NewRowPieces of(Path csv, Schema schema, List<String> known, List<String> needed, String task) {
        return of(csv, schema, known, needed, task, CsvPieces.LARGE, CsvPieces.SIZE);
    }

    /** The same of a file of more than so many bytes, in pieces of so many. */
    static NewRowPieces of(Path csv, Schema schema, List<String> known, List<String> needed, String task, int large, int size) {
        NewRowsReader reader = new NewRowsReader(schema, known, needed, task);
        if (!CsvPieces.suit(csv, schema.csv(), large)) {
            return new NewRowPieces(reader, null, DataTable.read(csv, schema.csv()));
        }
        CsvPieces pieces = CsvPieces.of(csv, schema.csv(), size);
        return new NewRowPieces(reader, pieces, pieces.next());
    }

    /** Whether there are more rows. */
    public boolean hasNext() {
        return next != null;
    }

    /**
     * The next rows, at least one, without notes on the file.
     *
     * @throws NoSuchElementException if there are none
     * @throws FileException if they cannot be used
     */
    public NewRows next() {
        if (next == null) {
            throw new NoSuchElementException("all rows were read");
        }
        NewRows rows = reader.read(next, null, null);
        next = pieces == null ? null : pieces.next();
        return rows;
    }

    /** What a person should know of all rows so far. */
    public List<String> notes() {
        return reader.notes();
    }

    @Override
    public void close() {
        if (pieces != null) {
            pieces.close();
        }
    }
}
