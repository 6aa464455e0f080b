package intarsia.models.files.table;

import intarsia.models.data.DataException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A kind of file that holds a table, read by a module of its own, so that nothing else depends on what it needs; found by
 * {@link java.util.ServiceLoader}.
 */
public interface TableFormat {
    /** What the names of its files end with, such as {@code .parquet}. */
    String ending();

    /**
     * Reads a file.
     *
     * @param bytes the whole of it
     * @return its columns, all of one size, in the file's order
     * @throws DataException saying in one line what is wrong with the file, without its name, and what to do
     */
    List<TableColumn> read(ByteBuffer bytes);
}
