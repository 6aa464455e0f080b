package intarsia.models.data;

/** Makes features of one task's rows, for a network to read. It may be used by several threads at once. */
@FunctionalInterface
public interface RowEncoder extends AutoCloseable {
    /**
     * Features of rows, {@code rows x width}, row-major.
     *
     * @throws DataException if the rows lack a source that is needed
     */
    double[] dense(Observations rows);

    /** Gives back what it holds on an engine. */
    @Override
    default void close() {}
}
