package intarsia.models.files;

import intarsia.models.data.Source;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds the columns of files against those that a schema knows: a name that only looks different would leave a measured column unread. */
final class Headers {
    /** Unused columns are held against absent ones up to so many: it takes the product of both. */
    private static final int MOST_COMPARED = 100;

    private final Set<String> known = new HashSet<>();
    private final Map<String, String> folded = new HashMap<>();
    private final Set<String> ignored;
    private final boolean study;

    /**
     * The names that a schema knows.
     *
     * @param ignored columns that are not used on purpose
     * @param study   whether the study file can still say so
     */
    Headers(Schema schema, List<String> ignored, boolean study) {
        known.addAll(schema.columns());
        schema.responses().forEach(response -> known.addAll(response.columns()));
        if (schema.id() != null) {
            known.add(schema.id());
        }
        if (schema.task() != null) {
            known.add(schema.task());
        }
        if (schema.weight() != null) {
            known.add(schema.weight());
        }
        known.forEach(name -> folded.put(Text.folded(name), name));
        this.ignored = Set.copyOf(ignored);
        this.study = study;
    }

    /**
     * Looks at a file's header.
     *
     * @throws FileException at a column that differs from a known one only in what a person overlooks
     */
    void check(DataTable table) {
        for (String column : table.header()) {
            String near = known.contains(column) || ignored.contains(column) ? null : folded.get(Text.folded(column));
            if (near != null) {
                throw table.headerError(column, "column '" + Text.exact(column) + "' differs from '" + Text.exact(near) + "', which the "
                        + (study ? "study file" : "model") + " knows, only " + Text.difference(column, near) + "; write both alike"
                        + (study ? ", or list it as not used: ignore = [\"" + Text.shown(column) + "\"]" : ", or take it out"));
            }
        }
    }

    /** A note that names the columns of a file that are not used, if there are any, and what a mistyped one may be. */
    List<String> unused(String file, DataTable table) {
        List<String> unused = table.header().stream().filter(column -> !known.contains(column) && !ignored.contains(column)).toList();
        if (unused.isEmpty()) {
            return List.of();
        }
        List<String> absent = known.stream().filter(column -> !table.has(column)).sorted().toList();
        List<String> said = unused.stream().limit(MOST_COMPARED)
                .map(column -> column + Nearest.find(column, absent).map(near -> " (did you mean '" + near + "'?)").orElse("")).toList();
        return List.of(file + ": columns not used: " + Nearest.some(unused.size() > MOST_COMPARED ? unused : said));
    }

    /** A source's columns that a file does not have, and what the first may be called there. */
    String lacking(DataTable table, List<String> columns, Source source) {
        List<String> unknown = table.header().stream().filter(column -> !known.contains(column)).toList();
        return Nearest.some(columns.stream().map(column -> "'" + column + "'").toList()) + " of source " + Text.quoted(source.name())
                + Nearest.find(columns.getFirst(), unknown).map(near -> " (it has " + Text.quoted(near) + ")").orElse("");
    }
}
