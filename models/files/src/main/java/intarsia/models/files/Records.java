package intarsia.models.files;

/** The records of a CSV text, one after another. */
sealed interface Records permits CsvRecords, PlainRecords {
    /**
     * The next record: where each cell begins, then where the last one ends, plus one; null at the end of the text.
     *
     * @throws FileException if a quote is never closed, text follows a closing quote, or there are more than a million cells
     */
    int[] read();

    /** The line on which the last record begins. */
    int line();

    /** What the last record's cells say as {@link NumberStyle#plain} numbers with decimal points, NaN where they say more; may be null. */
    double[] numbers();
}
