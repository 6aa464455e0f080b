package intarsia.models.execution;

/**
 * What is done with each of many items that do not depend on one another. An item is a line of text, and so is what comes of it: both cross
 * the border of a process, and go into a journal, as they are.
 */
public interface ItemWork {
    /** All that an outcome depends on besides the item, in one line: works of the same terms give the same. */
    String terms();

    /**
     * Does an item: a pure function of it, but for how long it took.
     *
     * @param item    which, one line
     * @param threads that may be used; they change nothing but the time taken
     * @return what came of it, one line
     */
    String outcome(String item, int threads);
}
