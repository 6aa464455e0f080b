package intarsia.cli;

import intarsia.cli.json.CommandResult;
import intarsia.cli.json.ResultTable;
import intarsia.linalg.Engine;
import intarsia.models.BoundModel;
import intarsia.models.Model;
import intarsia.models.files.NewRows;
import intarsia.models.files.ResultSpool;
import intarsia.models.files.Results;
import intarsia.models.files.Schema;
import intarsia.models.files.model.RowPieces;
import intarsia.models.files.model.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** What was found on the way: notes, columns of the result, whether a row has a note. */
    private final Set<String> modelNotes = new LinkedHashSet<>();
    private List<String> headings;
    private boolean noted;

    @Override
    public void run() {
        if (out != null) {
            Results.checkNotInput(out, asked.csv());
            RunFolder.keepOut(out);
            Results.checkWritable(out, force);
        }
        RunFolder fitted = RunFolder.read(asked.run());
        Model model = fitted.model();
        RowPieces pieces = asked.pieces(fitted);
        try (Engine engine = Engine.options().precision(model.state().precision()).open(); BoundModel bound = model.bind(engine)) {
            List<List<Object>> lines = lines(fitted, bound, pieces.next());
            if (pieces.hasNext() && (out != null || !answer.isJson())) {
                answer.result(new CommandResult.Predicted(out == null ? null : out.toString(), spooled(fitted, bound, lines, pieces),
                        null));
            } else {
                while (pieces.hasNext()) {
                    lines.addAll(lines(fitted, bound, pieces.next()));
                }
                tell(pieces);
                answer.result(written(lines));
            }
        }
    }

    /** All rows as one table, written, printed or for the document. */
    private CommandResult written(List<List<Object>> lines) {
        ResultTable table = new ResultTable(header());
        lines.stream().map(line -> line.size() < header().size() ? Stream.concat(line.stream(), Stream.of("")).toList() : line)
                .forEach(table::row);
        if (out == null) {
            answer.text().print(answer.isJson() ? "" : table.csv());
        } else {
            Results.write(out, table.csv(), force);
        }
        return new CommandResult.Predicted(out == null ? null : out.toString(), lines.size(), out == null ? table : null);
    }

    /** Rows that come in pieces, written or printed. How many there were. */
    private int spooled(RunFolder fitted, BoundModel bound, List<List<Object>> first, RowPieces pieces) {
        int count = 0;
        try (ResultSpool spool = ResultSpool.beside(out)) {
            for (List<List<Object>> lines = first; lines != null; lines = pieces.hasNext() ? lines(fitted, bound, pieces.next()) : null) {
                spool.add(lines.stream().map(ResultTable::texts).toList());
                count += lines.size();
            }
            tell(pieces);
            if (out == null) {
                spool.print(header(), answer.text());
            } else {
                spool.write(header(), out, force);
            }
        }
        return count;
    }

    private void tell(RowPieces pieces) {
        pieces.notes().forEach(answer::note);
        modelNotes.forEach(answer::note);
    }

    /** A line for each row, with its notes from the first piece on that has any. */
    private List<List<Object>> lines(RunFolder fitted, BoundModel bound, NewRows rows) {
        Model model = fitted.model();
        Schema schema = fitted.schemaFor(asked.run());
        Map<Schema.Response, double[]> predicted = Predictions.of(model, bound, schema, rows, asked.csv());
        modelNotes.addAll(Predictions.notes(model, schema, rows));
        Map<Schema.Response, PredictedIntervals> intervals = interval == null ? Map.of()
                : PredictedIntervals.of(fitted, asked.run(), interval, rows, predicted);
        intervals.values().forEach(of -> modelNotes.addAll(of.notes()));
        List<String> rowNotes = intervals.isEmpty() ? rows.rowNotes() : IntStream.range(0, rows.size()).mapToObj(row ->
                Stream.concat(Stream.of(rows.rowNotes().get(row)), intervals.values().stream().map(of -> of.note(row)))
                .filter(note -> !note.isEmpty()).collect(Collectors.joining("; "))).toList();
        noted |= rowNotes.stream().anyMatch(note -> !note.isEmpty());
        headings = headings(schema, intervals);
        List<List<Object>> lines = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            List<Object> line = new ArrayList<>(List.of(rows.ids().get(i), rows.tasks().get(i)));
            for (Schema.Response response : schema.responses()) {
                line.addAll(Predictions.cells(response.family(), predicted.get(response), i));
                line.addAll(interval == null ? List.of() : intervals.get(response).cells(i));
            }
            if (noted) {
                line.add(rowNotes.get(i));
            }
            lines.add(line);
        }
        return lines;
    }

    private List<String> headings(Schema schema, Map<Schema.Response, PredictedIntervals> intervals) {
        List<String> header = new ArrayList<>(List.of(schema.id() == null ? "row" : schema.id(), "task"));
        for (Schema.Response response : schema.responses()) {
            header.addAll(Predictions.headings(List.of(response)));
            header.addAll(interval == null ? List.of() : intervals.get(response).headings());
        }
        return header;
    }

    private List<String> header() {
        return noted ? Stream.concat(headings.stream(), Stream.of("note")).toList() : headings;
    }
}
