package intarsia.models.files;

import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * {@link NewRows} of a file, piece by piece, so that a large file takes no more memory than a small one: of a {@linkplain PlainFile plain}
 * CSV file of more than 16 MiB pieces of a MiB, of any other all rows at once. The same rows as {@link NewRows#read} gives, to the last
 * bit. What grows with the file are ids, where it has them, which are kept to find one that is there twice.
 */
public final class NewRowPieces {
    private final NewRowsReader reader;
    private final DataTable table;
    private int next;

    private NewRowPieces(NewRowsReader reader, DataTable table) {
        this.reader = reader;
        this.table = table;
    }

    /** Those of a file; see {@link NewRows#read}. */
    public static NewRowPieces of(Path csv, Schema schema, List<String> known, List<String> needed, String task) {
        return of(csv, schema, known, needed, task, PlainFile.LARGE, PlainFile.SIZE);
    }

    /** The same of a file of more than so many bytes, in pieces of so many. */
    static NewRowPieces of(Path csv, Schema schema, List<String> known, List<String> needed, String task, int large, int size) {
        NewRowsReader reader = new NewRowsReader(schema, known, needed, task);
        return new NewRowPieces(reader, DataTable.read(csv, schema.csv(), large, size));
    }

    /** Whether there are more rows. */
    public boolean hasNext() {
        return next < table.pieces();
    }

    /**
     * The next rows, at least one, without notes on the file.
     *
     * @throws NoSuchElementException if there are none
     * @throws FileException if they cannot be used
     */
    public NewRows next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all rows were read");
        }
        int piece = next++;
        return reader.read(table, table.first(piece), table.first(piece + 1), null, null);
    }

    /** What a person should know of all rows so far. */
    public List<String> notes() {
        return reader.notes();
    }
}
