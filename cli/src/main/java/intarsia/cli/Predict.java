package intarsia.cli;

import intarsia.cli.json.CommandResult;
import intarsia.cli.json.ResultTable;
import intarsia.models.Model;
import intarsia.models.files.NewRows;
import intarsia.models.files.Results;
import intarsia.models.files.Schema;
import intarsia.models.files.model.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Predicts the response of new rows. */
@Command(name = "predict", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Predict for new rows, with or without the blocks that some tasks lack: the model imputes them, uses task means, "
                + "or leaves them out.")
final class Predict implements Runnable {
    @Mixin
    private AskedRows asked;

    @Option(names = "--interval", paramLabel = "SHARE", description = "Also give what this share of responses lies within, as 0.9: "
            + "columns low and high, or the set of classes.")
    private Double interval;

    @Option(names = "--out", paramLabel = "FILE.csv", description = "The file to write (default: standard output).")
    private Path out;

    @Option(names = "--force", description = "Replace the file if it is there.")
    private boolean force;

    @Mixin
    private Answer answer;

    @Override
    public void run() {
        if (out != null) {
            Results.checkNotInput(out, asked.csv());
            RunFolder.keepOut(out);
            Results.checkWritable(out, force);
        }
        RunFolder fitted = RunFolder.read(asked.run());
        Model model = fitted.model();
        Schema schema = fitted.schemaFor(asked.run());
        NewRows rows = asked.read(fitted, answer);
        Map<Schema.Response, double[]> predicted = Predictions.of(model, schema, rows, asked.csv());
        Map<Schema.Response, PredictedIntervals> intervals = interval == null ? Map.of()
                : PredictedIntervals.of(fitted, asked.run(), interval, rows, predicted);
        intervals.values().forEach(of -> of.notes().forEach(answer::note));
        ResultTable table = table(schema, rows, predicted, intervals);
        if (out == null) {
            answer.text().print(answer.isJson() ? "" : table.csv());
        } else {
            Results.write(out, table.csv(), force);
        }
        answer.result(new CommandResult.Predicted(out == null ? null : out.toString(), rows.size(), out == null ? table : null));
    }

    /** A line for each row of the file. */
    private static ResultTable table(Schema schema, NewRows rows, Map<Schema.Response, double[]> predicted,
            Map<Schema.Response, PredictedIntervals> intervals) {
        List<String> rowNotes = IntStream.range(0, rows.size()).mapToObj(row -> Stream.concat(Stream.of(rows.rowNotes().get(row)),
                intervals.values().stream().map(of -> of.note(row))).filter(note -> !note.isEmpty()).collect(Collectors.joining("; ")))
                .toList();
        boolean noted = rowNotes.stream().anyMatch(note -> !note.isEmpty());
        List<String> header = new ArrayList<>(List.of(schema.id() == null ? "row" : schema.id(), "task"));
        for (Schema.Response response : schema.responses()) {
            header.addAll(Predictions.headings(List.of(response)));
            header.addAll(intervals.isEmpty() ? List.of() : intervals.get(response).headings());
        }
        header.addAll(noted ? List.of("note") : List.of());
        ResultTable table = new ResultTable(header);
        for (int i = 0; i < rows.size(); i++) {
            List<Object> line = new ArrayList<>(List.of(rows.ids().get(i), rows.tasks().get(i)));
            for (Schema.Response response : schema.responses()) {
                line.addAll(Predictions.cells(response.family(), predicted.get(response), i));
                line.addAll(intervals.isEmpty() ? List.of() : intervals.get(response).cells(i));
            }
            line.addAll(noted ? List.of(rowNotes.get(i)) : List.of());
            table.row(line);
        }
        return table;
    }
}
