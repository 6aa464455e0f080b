package intarsia.cli;

import intarsia.models.Finding;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.Results;
import intarsia.models.report.Rounded;
import intarsia.models.report.run.FindingFigure;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model says of its tasks and columns, for people and for files: {@code findings.txt} has all of it that fits a terminal; tables and
 * matrices are CSV files of their own, matrices pictures too.
 */
record FindingsReport(List<Finding> findings) {
    static final String TEXT = "findings.txt";
    /** Larger tables are for files only. */
    private static final int MOST_SHOWN = 12;
    /** A table may be longer than it is wide. */
    private static final int MOST_LINES = 16;

    /** Everything, titled; empty if the model says nothing. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            String body = switch (finding) {
                case Finding.Text(String name, String title, String words) -> words.endsWith("\n") ? words : words + "\n";
                case Finding.Table(String name, String title, List<String> header, List<List<String>> rows) ->
                        rows.size() > MOST_LINES || header.size() > MOST_SHOWN ? "" : table(header, rows).toString();
                case Finding.Matrix matrix -> matrix.rows().size() > MOST_SHOWN || matrix.columns().size() > MOST_SHOWN ? ""
                        : table(header(matrix), rows(matrix, true)).toString();
            };
            text.append(body.isEmpty() ? "" : finding.title() + "\n" + body + "\n");
        }
        return text.toString();
    }

    private static TextTable table(List<String> header, List<List<String>> rows) {
        TextTable table = new TextTable(header);
        rows.forEach(table::line);
        return table;
    }

    private static List<String> header(Finding.Matrix matrix) {
        List<String> header = new ArrayList<>(List.of(""));
        header.addAll(matrix.columns());
        return header;
    }

    private static List<List<String>> rows(Finding.Matrix matrix, boolean rounded) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < matrix.rows().size(); i++) {
            List<String> row = new ArrayList<>(List.of(matrix.rows().get(i)));
            for (double value : matrix.values()[i]) {
                row.add(rounded ? Rounded.of(value) : Double.isNaN(value) ? "" : Double.toString(value));
            }
            rows.add(row);
        }
        return rows;
    }

    /** Its files. */
    void write(FolderWriter run) {
        if (findings.isEmpty()) {
            return;
        }
        run.write(TEXT, text());
        for (Finding finding : findings) {
            switch (finding) {
                case Finding.Text words -> { }
                case Finding.Table(String name, String title, List<String> header, List<List<String>> rows) ->
                        run.write(name + ".csv", Results.csv(header, rows));
                case Finding.Matrix matrix -> {
                    List<String> header = header(matrix);
                    header.set(0, "name");
                    run.write(matrix.name() + ".csv", Results.csv(header, rows(matrix, false)));
                    run.write("figures/" + matrix.name() + ".svg", FindingFigure.of(matrix).svg());
                }
            }
        }
    }

    /** The rows of tables that are about one task: what there is to say of a newcomer. */
    String about(String task) {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            if (finding instanceof Finding.Table(String name, String title, List<String> header, List<List<String>> rows)) {
                List<List<String>> own = rows.stream().filter(row -> row.getFirst().equals(task)).toList();
                text.append(own.isEmpty() ? "" : title + "\n" + table(header, own) + "\n");
            }
        }
        return text.toString();
    }
}
