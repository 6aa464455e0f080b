package intarsia.models.data;

/**
 * One axis of a source whose columns are the places of a tensor.
 *
 * @param name for people, unique within the source
 * @param size how many places it has, at least 1
 */
public record Axis(String name, int size) {
    /** Checks both. */
    public Axis {
        if (name == null || size < 1) {
            throw new DataException("axis '" + name + "': " + size + " places; it needs a name and at least one place");
        }
    }

    /** What its places are called: {@code region 1, region 2, ..}. */
    public String place(int number) {
        return name + " " + (number + 1);
    }
}
