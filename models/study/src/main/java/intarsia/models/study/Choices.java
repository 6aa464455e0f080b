package intarsia.models.study;

import intarsia.models.Estimator;
import intarsia.models.data.DataException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is picked by a name at the command line. */
public final class Choices {
    private Choices() {}

    /**
     * The one with this name, in letters of either size.
     *
     * @param kind what they are, for the message
     * @param name of each
     * @throws DataException naming those there are
     */
    public static <T> T find(String kind, String wanted, List<T> all, Function<? super T, String> name) {
        return all.stream().filter(one -> name.apply(one).equalsIgnoreCase(wanted.strip())).findFirst()
                .orElseThrow(() -> new DataException("no " + kind + " '" + wanted.strip() + "'; there are "
                        + all.stream().map(name).collect(Collectors.joining(", "))));
    }

    /** A method's name where there is little room: what comes before a colon. */
    public static String shortName(Estimator method) {
        return method.name().replaceFirst(":.*", "");
    }
}
