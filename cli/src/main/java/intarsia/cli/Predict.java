package intarsia.cli;

import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.files.NewRows;
import intarsia.models.files.Results;
import intarsia.models.files.RunFolder;
import intarsia.models.files.StoredModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Predicts the response of new rows. */
@Command(name = "predict", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Predict for new rows; blocks that they lack are imputed first (by a dual encoder, with its tasks' means).")
final class Predict implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "RUN", description = "The folder that fit wrote.")
    private Path run;

    @Parameters(index = "1", paramLabel = "ROWS.csv", description = "The rows; a column 'task' names each one's task.")
    private Path csv;

    @Option(names = "--task", paramLabel = "NAME", description = "The task of every row.")
    private String task;

    @Option(names = "--out", paramLabel = "FILE.csv", description = "The file to write (default: standard output).")
    private Path out;

    @Option(names = "--force", description = "Replace the file if it is there.")
    private boolean force;

    @Override
    public void run() {
        if (out != null) {
            Results.checkWritable(out, force);
        }
        RunFolder fitted = RunFolder.read(run);
        StoredModel model = fitted.model();
        NewRows rows = NewRows.read(csv, fitted.schema(), model.tasks(), model.needed().stream().map(Source::name).toList(), task);
        double[] predicted = new double[rows.size()];
        for (String known : model.tasks()) {
            int[] places = rows.rowsOf(known);
            if (places.length > 0) {
                NewRows own = rows.ofTask(known);
                double[] values = model.predictor().predict(known, new Observations(own.ids(), own.blocks()));
                for (int i = 0; i < places.length; i++) {
                    if (!Double.isFinite(values[i])) {
                        throw new UserException(csv + ": row '" + own.ids().get(i) + "' of task '" + known + "': its prediction is " + values[i]
                                + "; a number in it is too large, give it in the study's units");
                    }
                    predicted[places[i]] = values[i];
                }
            }
        }
        List<List<String>> lines = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            lines.add(List.of(rows.ids().get(i), rows.tasks().get(i), Double.toString(predicted[i])));
        }
        String id = fitted.schema().id() == null ? "row" : fitted.schema().id();
        String what = switch (fitted.schema().response().kind()) {
            case BINARY -> "probability";
            case CONTINUOUS -> "prediction";
        };
        String text = Results.csv(List.of(id, "task", what), lines);
        if (out == null) {
            spec.commandLine().getOut().print(text);
        } else {
            Results.write(out, text, force);
        }
    }
}
