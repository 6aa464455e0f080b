package intarsia.models.files;

import intarsia.models.files.ColumnProfile.Guess;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The section {@code [response]} of a drafted study file: what was named, or what may be learned, in comments. */
final class ResponseDraft {
    private static final Pattern TIME = Pattern.compile("(?i)(.*[_. -])?(time|days|weeks|months|years|duration|survival|followup"
            + "|follow[_. -]up|tte|os|pfs|dfs|efs)([_. -].*)?");
    private static final Pattern EVENT = Pattern.compile("(?i)(.*[_. -])?(event|status|dead|death|died|deceased|relapse|progression)"
            + "([_. -].*)?");
    private static final Pattern WEIGHT = Pattern.compile("(?i)(.*[_. -])?(weights?|wts?|pweight|fweight|ipw)([_. -].*)?");
    private static final Pattern EXPOSURE = Pattern.compile("(?i)(.*[_. -])?(exposure|person[_. -]?(years|months|days)|py|pyears"
            + "|at[_. -]risk|expected)([_. -].*)?");
    private static final Pattern ENTRY = Pattern.compile("(?i)(.*[_. -])?(entry|enrol\\w*|delayed|start)([_. -].*)?");
    private static final int MOST_ASKED = 8;
    private static final int MOST_STATES = 4;
    /** Kinds of an event, of which one is taken. */
    private static final int MOST_EVENTS = 20;

    private final DraftLines text;
    /** The file that has the rows. */
    private final DataTable table;

    ResponseDraft(DraftLines text, DataTable table) {
        this.text = text;
        this.table = table;
    }

    /** A response of one column. */
    void one(ColumnProfile column) {
        one(column, "");
    }

    /** A time to an event. */
    void survival(ColumnProfile time, ColumnProfile event) {
        if (time.guess() == Guess.DATE || time.guess() == Guess.UNCLEAR_DATE) {
            throw table.problem("--response " + time.name() + ": holds dates; a time to an event is a number, such as the days from entry "
                    + "to the event or to the last visit: write it into a column");
        }
        if (event.different() > MOST_EVENTS) {
            throw table.problem("--event " + event.name() + ": has " + event.different()
                    + " values; a column that says whether the event was seen has two, or a few: write one");
        }
        survival(time, event, "");
    }

    /** Every column that may be learned, behind question marks. */
    void candidates(List<ColumnProfile> columns) {
        List<ColumnProfile> here = columns.stream().filter(column -> table.has(column.name())).toList();
        List<ColumnProfile> candidates = here.stream().filter(column -> Set.of(Guess.BINARY, Guess.TWO_VALUES, Guess.CONTINUOUS,
                Guess.CODES,
                Guess.CATEGORICAL).contains(column.guess())).sorted(Comparator.comparing((ColumnProfile column) -> !isComplete(column))
                .thenComparing(column -> column.guess() == Guess.CATEGORICAL)).toList();
        text.line("# Which column is to be learned?  intarsia init --force --response NAME  writes this section and takes the "
                + "column out of its source.");
        text.line("# Candidates: " + (candidates.isEmpty() ? "none" : Nearest.some(candidates.stream().map(ColumnProfile::name).toList())));
        candidates.stream().limit(MOST_ASKED).forEach(column -> one(column, "# "));
        if (candidates.size() > 1) {
            text.line("# Several of them together: a section [[response]] for each, in place of [response].");
        }
        List<ColumnProfile> times = candidates.stream().filter(column -> TIME.matcher(column.name()).matches()
                && Set.of(Guess.CONTINUOUS, Guess.CODES).contains(column.guess())).toList();
        List<ColumnProfile> events = candidates.stream().filter(column -> EVENT.matcher(column.name()).matches()
                && column.different() <= MOST_STATES).toList();
        if (!times.isEmpty() && !events.isEmpty()) {
            text.line("# Is " + oneOf(times) + " the time to an event, or until when a row was seen, and does " + oneOf(events)
                    + " say which?  intarsia init --force --response " + times.getFirst().name() + " --event " + events.getFirst().name());
            survival(times.getFirst(), events.getFirst(), "# ");
        }
    }

    private static String oneOf(List<ColumnProfile> columns) {
        return DraftLines.quoted(columns.getFirst().name()) + (columns.size() == 1 ? "" : " (or "
                + Nearest.some(columns.stream().skip(1).map(ColumnProfile::name).toList()) + ")");
    }

    /** Columns that may say more of a row than predict, each asked about. */
    void asides(List<ColumnProfile> columns) {
        for (ColumnProfile column : columns) {
            String name = DraftLines.quoted(column.name());
            String out = "and out of [sources]";
            if (column.guess() != Guess.CONTINUOUS && column.guess() != Guess.CODES) {
                continue;
            }
            if (WEIGHT.matcher(column.name()).matches()) {
                text.line("# Does " + name + " say how much a row counts?  Then  weight = " + name + "  belongs beside id, " + out);
            } else if (EXPOSURE.matcher(column.name()).matches()) {
                text.line("# Were events counted in " + name + "?  Then of a count  exposure = " + name + "  belongs here, " + out);
            } else if (ENTRY.matcher(column.name()).matches()) {
                text.line("# Was a row seen from " + name + " on?  Then of a time to an event  entry = " + name + "  belongs here, " + out);
            }
        }
    }

    private void one(ColumnProfile column, String mark) {
        text.line(mark + "column = " + DraftLines.quoted(column.name()));
        text.line(mark + switch (column.guess()) {
            case BINARY, TWO_VALUES -> "kind = \"binary\"";
            case CODES -> "kind = \"continuous\"  # or \"ordered\" (grades), \"classes\", \"count\" (of events), or \"binary\" with "
                    + "above = a "
                    + "number?  its values are " + column.some();
            case CATEGORICAL -> "kind = \"classes\"  # or \"ordered\", with levels = [...] from the lowest?  its values are "
                    + column.some();
            default -> "kind = \"continuous\"" + (column.mayCount() ? "  # or \"count\", if it counts events?" : "");
        });
        if (column.guess() == Guess.TWO_VALUES) {
            text.line(mark + "positive = " + DraftLines.quoted(column.last()) + "  # of " + column.some() + "; or the other?");
        }
        if (column.isCensored()) {
            text.line(mark + "censored = \"half\"  # what is read for <0.5: half the limit, the limit, or the limit over the root of 2?");
        }
        missing(mark, column);
    }

    private void survival(ColumnProfile time, ColumnProfile event, String mark) {
        text.line(mark + "kind = \"survival\"");
        text.line(mark + "time = " + DraftLines.quoted(time.name()));
        text.line(mark + "event = " + DraftLines.quoted(event.name()));
        if (event.guess() != Guess.BINARY) {
            text.line(mark + "positive = " + DraftLines.quoted(event.last()) + "  # of " + event.some()
                    + ": which means that the event was "
                    + "seen?");
        }
        missing(mark, time, event);
    }

    private void missing(String mark, ColumnProfile... columns) {
        for (ColumnProfile column : columns) {
            if (!isComplete(column)) {
                text.line(mark + "missing = \"allowed\"  # rows without it are left out");
                return;
            }
        }
    }

    private boolean isComplete(ColumnProfile column) {
        return column.isComplete(List.of(table));
    }
}
