package intarsia.models.files;

/** The records of a CSV text, one after another. */
sealed interface Records permits CsvRecords, PlainRecords {
    /**
     * Goes to the next record; false at the end of the text.
     *
     * @throws FileException if a quote is never closed, text follows a closing quote, or there are more than a million cells
     */
    boolean next();

    /** The line on which the record begins. */
    int line();

    /** Where the record begins. */
    int begin();

    /** How many cells it has. */
    int cells();
}
