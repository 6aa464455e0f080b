package intarsia.cli;

import intarsia.models.Model;
import intarsia.models.data.Source;
import intarsia.models.files.KnownRows;
import intarsia.models.files.NewRows;
import intarsia.models.files.Schema;
import intarsia.models.files.model.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The model and the rows that a command is asked about, and what a person has to know of them. */
final class AskedRows {
    private static final String WARNING = "warning: ";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "RUN", description = "The folder that fit wrote.")
    private Path run;

    @Parameters(index = "1", paramLabel = "ROWS.csv", description = "The rows; a column 'task' names each one's task.")
    private Path csv;

    @Option(names = "--task", paramLabel = "NAME", description = "The task of every row.")
    private String task;

    private final List<String> notes = new ArrayList<>();

    /** The model's folder. */
    Path run() {
        return run;
    }

    /** The rows' file. */
    Path csv() {
        return csv;
    }

    /** The rows without their responses, with a note on each that is unlike what the model learned from. */
    NewRows read(RunFolder fitted) {
        Schema schema = fitted.schemaFor(run);
        NewRows rows = fitted.marked(NewRows.read(csv, schema, cohorts(fitted), needed(fitted), task), csv);
        note(fitted, rows);
        return rows;
    }

    /** The same with their responses. */
    KnownRows readKnown(RunFolder fitted) {
        KnownRows known = KnownRows.read(csv, fitted.schemaFor(run), cohorts(fitted), needed(fitted), task);
        NewRows rows = fitted.marked(known.rows(), csv);
        note(fitted, rows);
        return new KnownRows(rows, known.responses(), known.weights());
    }

    private static List<String> cohorts(RunFolder fitted) {
        return fitted.schema().cohorts(fitted.model().tasks());
    }

    private static List<String> needed(RunFolder fitted) {
        return fitted.model().requiredSources().stream().map(Source::name).toList();
    }

    private void note(RunFolder fitted, NewRows rows) {
        Model model = fitted.model();
        rows.notes().forEach(this::note);
        Predictions.notes(model, fitted.schema(), rows).forEach(this::note);
    }

    /** Says a line, and keeps it; warnings begin with "warning: ". */
    void note(String note) {
        notes.add(note);
        spec.commandLine().getErr().println("intarsia: " + (note.startsWith(WARNING) ? "" : "note: ") + note);
    }

    /** All that was said. */
    List<String> notes() {
        return List.copyOf(notes);
    }
}
