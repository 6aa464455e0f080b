package intarsia.models.files;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a person should know of joins by id: rows on either side without a partner, and ids that only look different. */
final class JoinNotes {
    /** Tasks that lack rows are named one by one up to here. */
    private static final int MOST_NAMED = 12;

    private final String id;
    private final Map<DataTable, BitSet> used = new LinkedHashMap<>();
    private final Map<DataTable, List<String>> lacking = new LinkedHashMap<>();
    /** Ids of ours without a partner, by how they look when spelling is overlooked. */
    private final Map<DataTable, Map<String, String>> lonely = new LinkedHashMap<>();

    JoinNotes(String id, List<RowsOfTask> tasks) {
        this.id = id;
        for (RowsOfTask task : tasks) {
            for (DataTable table : task.tables().subList(1, task.tables().size())) {
                BitSet rows = used.computeIfAbsent(table, t -> new BitSet());
                int[] partners = task.partners(table);
                int without = 0;
                for (int i = 0; i < partners.length; i++) {
                    if (partners[i] < 0) {
                        without++;
                        lonely.computeIfAbsent(table, t -> new LinkedHashMap<>()).putIfAbsent(loose(task.ids().get(i)), task.ids().get(i));
                    } else {
                        rows.set(partners[i]);
                    }
                }
                if (without > 0) {
                    lacking.computeIfAbsent(table, t -> new ArrayList<>()).add(table.name() + ": has no row for " + without
                            + " of the " + partners.length + " rows of task " + Text.quoted(task.task()));
                }
            }
        }
    }

    /** An id without capitals and blanks; a number without its spelling, so that 1, 1.0 and 001 are one. */
    private static String loose(String id) {
        String folded = Text.folded(id);
        double number = NumberStyle.POINT.parse(folded);
        return Double.isNaN(number) ? folded : Schema.plain(number);
    }

    /**
     * The notes.
     *
     * @throws FileException for a joined file of which no row finds a partner
     */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lacking.forEach((table, said) -> lines.addAll(said.size() <= MOST_NAMED ? said
                : List.of(table.name() + ": has no row for some rows of " + said.size() + " tasks")));
        used.forEach((table, rows) -> {
            String alike = alike(table, rows);
            if (rows.isEmpty()) {
                throw table.problem("no value of its id column " + Text.quoted(id)
                        + " is in the file it is joined to, so nothing can be joined; "
                        + "compare how both write it" + (alike == null ? "" : ": " + alike));
            }
            if (rows.cardinality() < table.size()) {
                lines.add(table.name() + ": " + (table.size() - rows.cardinality()) + " of its " + table.size()
                        + " rows belong to no row of the study");
            }
            if (alike != null) {
                lines.add(table.name() + ": rows are not joined because their ids are written differently: " + alike);
            }
        });
        return lines;
    }

    /** Ids of both sides that are not joined and differ in spelling only; null if there are none. */
    private String alike(DataTable table, BitSet rows) {
        Map<String, String> ours = lonely.getOrDefault(table, Map.of());
        String first = null;
        int count = 0;
        for (int row = rows.nextClearBit(0); row < table.size() && !ours.isEmpty(); row = rows.nextClearBit(row + 1)) {
            String theirs = table.name(row, id);
            String match = ours.get(loose(theirs));
            if (match != null && !match.equals(theirs)) {
                count++;
                first = first == null ? "'" + Text.exact(match) + "' and '" + Text.exact(theirs) + "'" : first;
            }
        }
        return count == 0 ? null : first + (count == 1 ? "" : ", and " + (count - 1) + " more");
    }
}
