package intarsia.models;

import java.util.List;

/** Something a model says of its tasks and columns: whoever reports it chooses text, CSV or a picture. */
public sealed interface Finding {
    /** Its name in files: letters, digits and hyphens. */
    String name();

    /** Its title for people. */
    String title();

    /** The same as one of several models says it: with the model's name in front of name and title. */
    default Finding of(String model) {
        return of(model, model);
    }

    /** The same where the model's name in files is another than that for people. */
    default Finding of(String file, String model) {
        return switch (this) {
            case Text(String name, String title, String text) -> new Text(file + "-" + name, model + ": " + title, text);
            case Table(String name, String title, List<String> header, List<List<String>> rows) ->
                    new Table(file + "-" + name, model + ": " + title, header, rows);
            case Matrix(String name, String title, List<String> rows, List<String> columns, double[][] values) ->
                    new Matrix(file + "-" + name, model + ": " + title, rows, columns, values);
        };
    }

    /**
     * Words.
     *
     * @param name  in files
     * @param title for people
     * @param text  lines
     */
    record Text(String name, String title, String text) implements Finding {}

    /**
     * Rows under a header.
     *
     * @param name   in files
     * @param title  for people
     * @param header names of the columns
     * @param rows   cells as text, as many as the header has names
     */
    record Table(String name, String title, List<String> header, List<List<String>> rows) implements Finding {
        /** Copies and checks. */
        public Table {
            header = List.copyOf(header);
            rows = rows.stream().map(List::copyOf).toList();
            for (List<String> row : rows) {
                if (row.size() != header.size()) {
                    throw new IllegalArgumentException("table " + name + ": a row of " + row.size() + " cells under " + header.size()
                            + " names");
                }
            }
        }
    }

    /**
     * Numbers of rows against columns, drawn as a heat map.
     *
     * @param name    in files
     * @param title   for people
     * @param rows    their names
     * @param columns their names
     * @param values  rows x columns
     */
    record Matrix(String name, String title, List<String> rows, List<String> columns, double[][] values) implements Finding {
        /** Copies the names. */
        public Matrix {
            rows = List.copyOf(rows);
            columns = List.copyOf(columns);
        }
    }
}
