package intarsia.autodiff;

/**
 * Row numbers given anew before each run of a plan: which rows of a table make up the batch.
 *
 * @param name its name, unique within the graph
 * @param size how many row numbers
 */
public record Rows(String name, int size) {}
