package intarsia.models;

/** Told how long work goes on; may be called often, so it should be quick. */
@FunctionalInterface
public interface Progress {
    /** Nobody listens. */
    Progress NONE = (stage, done, total) -> { };

    /**
     * Some work is done.
     *
     * @param stage what is being worked at
     * @param done  how much of it is done
     * @param total how much there is at most
     */
    void report(String stage, long done, long total);

    /** A choice was made among candidates; called once for each, in the order of the work. */
    default void chose(Tuning tuning) {}
}
