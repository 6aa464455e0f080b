package intarsia.models.data;

import intarsia.linalg.Elementary;
import java.util.Arrays;
import java.util.List;

/**
 * Some sources of a task as dense rows, and linear predictions back on the response's scale. A block that is not given is filled like single missing
 * cells.
 *
 * @param task     the task's name
 * @param kind     what kind of response it has
 * @param sources  the sources, in the order of the features
 * @param encoding the way from raw cells to features
 */
public record DenseRows(String task, Task.ResponseKind kind, List<Source> sources, Encoding encoding) {
    /** Copies the list. */
    public DenseRows {
        sources = List.copyOf(sources);
    }

    /** All sources that a task observes. */
    public static DenseRows of(Task task, Encoding encoding) {
        return new DenseRows(task.name(), task.responseKind(), List.copyOf(task.blocks().keySet()), encoding);
    }

    /** How many features a row has. */
    public int width() {
        return sources.stream().mapToInt(encoding::width).sum();
    }

    /** Features of rows, {@code rows x width}, row-major. */
    public double[] dense(Observations rows) {
        double[] dense = new double[rows.size() * width()];
        int from = 0;
        for (Source source : sources) {
            double[][] block = rows.blocks().getOrDefault(source, missing(rows.size(), source));
            double[] encoded = encoding.encode(task, source, block);
            int width = encoding.width(source);
            for (int i = 0; i < rows.size(); i++) {
                System.arraycopy(encoded, i * width, dense, i * width() + from, width);
            }
            from += width;
        }
        return dense;
    }

    /** Responses that linear predictions stand for: probabilities of a binary one, else the response's own scale. In place. */
    public double[] respond(double[] linear) {
        for (int i = 0; i < linear.length; i++) {
            linear[i] = kind == Task.ResponseKind.BINARY ? Elementary.sigmoid(linear[i]) : encoding.decodeResponse(task, linear[i]);
        }
        return linear;
    }

    private static double[][] missing(int rows, Source source) {
        double[][] block = new double[rows][source.columns().size()];
        for (double[] row : block) {
            Arrays.fill(row, Double.NaN);
        }
        return block;
    }
}
