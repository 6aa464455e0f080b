package intarsia.models.study;

import intarsia.models.data.DataException;
import java.util.List;
import java.util.stream.Collectors;

/** What is picked by a name at the command line. */
public interface Keyed {
    /** Its name in files and at the command line. */
    String key();

    /**
     * The one with this key, in letters of either size.
     *
     * @param kind what they are, for the message
     * @throws DataException naming those there are
     */
    static <T extends Keyed> T find(String kind, String key, List<T> all) {
        return all.stream().filter(one -> one.key().equalsIgnoreCase(key.strip())).findFirst()
                .orElseThrow(() -> new DataException("no " + kind + " '" + key.strip() + "'; there are "
                        + all.stream().map(Keyed::key).collect(Collectors.joining(", "))));
    }
}
