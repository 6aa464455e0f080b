package intarsia.cli;

import intarsia.models.Model;
import intarsia.models.data.Source;
import intarsia.models.files.KnownRows;
import intarsia.models.files.NewRows;
import intarsia.models.files.Schema;
import intarsia.models.files.model.RowPieces;
import intarsia.models.files.model.RunFolder;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The model and the rows that a command is asked about. */
final class AskedRows {
    @Parameters(index = "0", paramLabel = "RUN", description = "The folder that fit wrote.")
    private Path run;

    @Parameters(index = "1", paramLabel = "ROWS.csv", description = "The rows; a column 'task' names each one's task.")
    private Path csv;

    @Option(names = "--task", paramLabel = "NAME", description = "The task of every row.")
    private String task;

    /** The model's folder. */
    Path run() {
        return run;
    }

    /** The rows' file. */
    Path csv() {
        return csv;
    }

    /**
     * The rows without their responses, with a note on each that is unlike what the model learned from; says what is to be known of them.
     */
    NewRows read(RunFolder fitted, Answer answer) {
        Schema schema = fitted.schemaFor(run);
        NewRows rows = fitted.marked(NewRows.read(csv, schema, cohorts(fitted), needed(fitted), task), csv);
        note(fitted, rows, answer);
        return rows;
    }

    /** The same piece by piece, its notes not yet said. */
    RowPieces pieces(RunFolder fitted) {
        return fitted.pieces(run, csv, task);
    }

    /** The same with their responses. */
    KnownRows readKnown(RunFolder fitted, Answer answer) {
        KnownRows known = KnownRows.read(csv, fitted.schemaFor(run), cohorts(fitted), needed(fitted), task);
        NewRows rows = fitted.marked(known.rows(), csv);
        note(fitted, rows, answer);
        return new KnownRows(rows, known.responses(), known.weights());
    }

    private static List<String> cohorts(RunFolder fitted) {
        return fitted.schema().cohorts(fitted.model().tasks());
    }

    private static List<String> needed(RunFolder fitted) {
        return fitted.model().requiredSources().stream().map(Source::name).toList();
    }

    private static void note(RunFolder fitted, NewRows rows, Answer answer) {
        Model model = fitted.model();
        rows.notes().forEach(answer::note);
        Predictions.notes(model, fitted.schema(), rows).forEach(answer::note);
    }
}
