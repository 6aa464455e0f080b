package intarsia.models.study;

/**
 * A method that a study compares.
 *
 * @param <F>  what a study asks its methods to do: an interface of its own
 * @param key  its name in files and at the command line
 * @param name its name in tables and figures
 * @param fit  what it does
 */
public record StudyMethod<F>(String key, String name, F fit) implements Keyed {
    /** Its name where there is little room: what comes before a colon. */
    public String shortName() {
        return name.replaceFirst(":.*", "");
    }
}
