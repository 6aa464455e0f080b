package intarsia.models.files.model;

/**
 * What computed something.
 *
 * @param version of the program
 * @param bits    digest of the table of bits that its engine is proven by, as {@code doctor --bits} prints it: engines of the same digest
 *                compute the same numbers, to the last bit
 */
public record Program(String version, String bits) {}
