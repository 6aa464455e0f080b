package intarsia.models.files;

import intarsia.models.data.DataException;
import intarsia.models.files.ColumnProfile.Guess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A study file drafted from CSV files: kinds of columns guessed, columns grouped by the tasks that have them, what cannot be told asked in
 * comments. With a response named it can be read.
 */
public final class StudyDraft {
    private static final Pattern NAMES_ROWS = Pattern.compile("(?i)(.*[_. "
            + "-])?(id|ids|nr|code|key|patient|subject|participant|person|sample)([_. -].*|#|no|nr|id)?");
    private static final Pattern NAMES_TASKS = Pattern.compile(
            "(?i)(.*[_. -])?(site|hospital|cent(er|re)|clinic|ward|cohort|batch|country|region|school|task|lab|study)([_. -].*)?");
    private static final int MOST_TASKS = 50;

    /**
     * What somebody knows already; null where it is to be asked.
     *
     * @param response the column to learn, or the time to an event
     * @param event    the column that says whether the event was seen
     * @param task     the column that names each row's task
     * @param id       the column that names each row
     */
    public record Known(String response, String event, String task, String id) {
        /** An event goes with its time. */
        public Known {
            if (event != null && response == null) {
                throw new DataException("--event " + event + ": give the time to the event too, --response COLUMN");
            }
        }

        private boolean has(String column) {
            return column.equals(response) || column.equals(event) || column.equals(task) || column.equals(id);
        }
    }

    private final String name;
    private final Known known;
    private final List<DataTable> tables;
    private final boolean joined;
    private final Map<String, ColumnProfile> profiles;
    private final DraftLines text = new DraftLines();
    private final List<DraftPart> parts = new ArrayList<>();
    private final String id;

    private StudyDraft(String name, List<Path> files, Known known) {
        this.name = name;
        this.known = known;
        tables = files.stream().map(file -> DataTable.read(file, CsvFormat.FOUND_OUT)).toList();
        profiles = ColumnProfile.of(tables, tables.stream().map(table -> DraftPart.add(parts, table,
                known.task() != null && table.has(known.task()) ? known.task() : null)).toList());
        check("--response", known.response());
        check("--event", known.event());
        check("--task", known.task());
        check("--id", known.id());
        joined = isJoined();
        id = known.id() != null ? known.id() : onlyId();
    }

    /**
     * Drafts it.
     *
     * @param name  the study's name
     * @param files in one folder, the study's
     * @throws FileException if a file cannot be read, or lacks a column that was said to be there
     */
    public static String of(String name, List<Path> files, Known known) {
        return new StudyDraft(name, files, known).write();
    }

    private void check(String option, String column) {
        if (column != null && !profiles.containsKey(column)) {
            throw tables.getFirst().problem(option + " " + column + ": no such column" + Nearest.hint(column,
                    profiles.keySet()));
        }
    }

    /** Files of the same rows have few columns in common, and one that names the rows. */
    private boolean isJoined() {
        return tables.size() > 1 && known.task() == null && tables.subList(1, tables.size()).stream().allMatch(table ->
                2 * table.header().stream().filter(tables.getFirst()::has).count() <= Math.min(table.header().size(), tables.getFirst()
                        .header().size()))
                && !ids().isEmpty();
    }

    private List<String> ids() {
        return profiles.values().stream().filter(column -> tables.stream().allMatch(table -> table.has(column.name())) && column.isUnique()
                && column.mayName() && (NAMES_ROWS.matcher(column.name()).matches() || column.guess() == Guess.TEXT)
                && !column.name().equals(known.response()) && !column.name().equals(known.event())).map(ColumnProfile::name).toList();
    }

    private String onlyId() {
        List<String> ids = ids();
        List<String> hinted = ids.stream().filter(column -> NAMES_ROWS.matcher(column).matches()).toList();
        return hinted.size() == 1 ? hinted.getFirst() : ids.size() == 1 ? ids.getFirst() : null;
    }

    private String write() {
        text.line("# A draft, written by  intarsia init.  Lines with a question mark ask what the files do not say; "
                + "docs/study-file.md has every key.");
        text.line("name = " + DraftLines.quoted(name));
        askForIds();
        List<String> unused = profiles.values().stream().filter(column -> !isUsed(column)).map(ColumnProfile::name).filter(column ->
                !column.equals(id) && !known.has(column)).toList();
        if (!unused.isEmpty()) {
            unused.forEach(column -> text.line("# not used: " + DraftLines.quoted(column) + ", " + why(profiles.get(column))));
            text.line("ignore = " + DraftLines.list(unused));
        }
        tasks();
        response();
        design();
        sources();
        return text.toString();
    }

    private void askForIds() {
        if (id != null) {
            text.line("# names each row");
            text.line("id = " + DraftLines.quoted(id));
        } else if (ids().isEmpty()) {
            text.line("# No column names each row; rows are numbered.");
        } else {
            text.line("# Which column names each row?");
            ids().forEach(column -> text.line("# id = " + DraftLines.quoted(column)));
        }
    }

    private String why(ColumnProfile column) {
        if (column.problem() != null) {
            return column.problem();
        }
        return switch (column.guess()) {
            case EMPTY -> "it has no value";
            case UNCLEAR_DATE -> "day and month cannot be told apart: write dates as 2021-03-14";
            case TEXT -> column.different() == 1 ? "it holds one text only: " + column.some()
                    : "it holds " + column.different() + " different texts: " + column.some();
            default -> namesRows(column) ? "it seems to name rows" : saysParts(column) ? "it seems to give a split"
                    : "fewer than half of the rows of any task have it";
        };
    }

    private boolean namesRows(ColumnProfile column) {
        return NAMES_ROWS.matcher(column.name()).matches() && column.mayName();
    }

    private static boolean saysParts(ColumnProfile column) {
        return column.different() > 0 && SplittingReader.areParts(column.values());
    }

    private boolean isUsed(ColumnProfile column) {
        String named = column.name();
        return !named.equals(id) && !known.has(named) && column.problem() == null
                && !namesRows(column) && !saysParts(column) && column.guess() != Guess.EMPTY && column.guess() != Guess.TEXT
                && column.guess() != Guess.UNCLEAR_DATE && parts.stream().anyMatch(part -> part.observes(column));
    }

    private void tasks() {
        List<String> files = tables.stream().map(table -> table.name()).toList();
        if (known.task() != null) {
            text.line("task = " + DraftLines.quoted(known.task()));
            text.line("files = " + DraftLines.list(files));
            long without = tables.stream().mapToLong(table -> DraftPart.without(table, known.task())).sum();
            if (without > 0) {
                text.line("# " + (without == 1 ? "1 row has" : without + " rows have") + " no " + DraftLines.quoted(known.task())
                        + ": left out, as rows with mistakes will be; or fill it in, and take this line out");
                text.line("on_bad_row = \"skip\"");
            }
            return;
        }
        List<String> asked = tables.size() > 1 ? List.of() : profiles.values().stream().filter(column -> column.different() > 1
                && column.different() <= MOST_TASKS && NAMES_TASKS.matcher(column.name()).matches()).map(ColumnProfile::name).toList();
        asked.forEach(column -> text.line("# Is each of the " + profiles.get(column).different() + " values of "
                + DraftLines.quoted(column) + " a task?  Then instead of "
                + "[tasks]:  task = " + DraftLines.quoted(column) + "  and  files = " + DraftLines.list(files)));
        text.line("");
        if (joined) {
            text.line("# The files have few columns in common: taken for parts of the same rows, joined by " + (id == null
                    ? "an id, which is to be named"
                    : DraftLines.quoted(id)) + ". Or is each file a task of its own?");
        } else if (files.size() > 1) {
            text.line("# Each file is a task. Or are some of them parts of the same rows, to be joined by an id?");
        }
        text.line("[tasks]");
        if (joined) {
            text.line(DraftLines.quoted(name) + " = " + DraftLines.list(files));
        } else {
            tables.forEach(table -> text.line(DraftLines.quoted(table.stem()) + " = " + DraftLines.quoted(table.name()
                    .toString())));
        }
    }

    private void response() {
        text.line("");
        text.line("[response]");
        ResponseDraft draft = new ResponseDraft(text, tables.getFirst());
        if (known.event() != null) {
            draft.survival(profiles.get(known.response()), profiles.get(known.event()));
        } else if (known.response() != null) {
            draft.one(profiles.get(known.response()));
        } else {
            draft.candidates(profiles.values().stream().filter(this::isUsed).toList());
        }
        draft.asides(profiles.values().stream().filter(this::isUsed).toList());
    }

    /** Every line of it is a question. */
    private void design() {
        List<String> lines = new ArrayList<>();
        for (ColumnProfile column : profiles.values()) {
            if (!column.name().equals(known.task()) && namesRows(column) && !column.isUnique() && column.different() > 1) {
                lines.add("# group = " + DraftLines.quoted(column.name()) + "  # do rows with the same value belong together?");
            }
            if (column.guess() == Guess.DATE && column.isComplete(tables)) {
                lines.add("# time = " + DraftLines.quoted(column.name()) + "  # is the future to be predicted from the past?");
            }
            if (saysParts(column)) {
                lines.add("# split = " + DraftLines.quoted(column.name()) + "  # does it say what rows are for?");
            }
        }
        if (!lines.isEmpty()) {
            text.line("");
            text.line("[design]");
            lines.forEach(text::line);
        }
    }

    private void sources() {
        Map<String, List<String>> blocks = new LinkedHashMap<>();
        profiles.values().stream().filter(this::isUsed).map(ColumnProfile::name).forEach(column -> blocks.computeIfAbsent(where(column),
                key ->
                new ArrayList<>()).add(column));
        text.line("");
        text.line("# What is measured together, and so is there or missing together: " + (joined ? "a source for each file"
                : "columns that the same tasks have") + ". Does a group of tests belong apart?");
        text.line("[sources]");
        int number = 0;
        for (var block : blocks.entrySet()) {
            Set<String> having = new TreeSet<>();
            Set<String> lacking = new TreeSet<>();
            parts.forEach(part -> (part.observes(profiles.get(block.getValue().getFirst())) ? having : lacking).add(part.task()));
            lacking.removeAll(having);
            if (!lacking.isEmpty() && !joined) {
                text.line("# observed in " + Nearest.some(having) + "; missing in " + Nearest.some(lacking));
            }
            text.line((joined ? DraftLines.quoted(block.getKey()) : lacking.isEmpty() ? "everywhere" : "block" + ++number) + " = "
                    + DraftLines.list(block.getValue()));
        }
        if (!joined && parts.stream().map(DraftPart::task).distinct().count() > 1 && blocks.keySet().stream().noneMatch(key ->
                !key.contains("-"))) {
            text.line("# No column is there in every task: which tasks can be learned together?");
        }
        text.line("");
        text.line("[columns]");
        profiles.values().stream().filter(this::isUsed).forEach(text::column);
    }

    /** Which files or tasks have a column: + and -. */
    private String where(String column) {
        if (joined) {
            return tables.stream().filter(table -> table.has(column)).findFirst().orElseThrow().stem();
        }
        StringBuilder key = new StringBuilder();
        parts.forEach(part -> key.append(part.observes(profiles.get(column)) ? '+' : '-'));
        return key.toString();
    }
}
