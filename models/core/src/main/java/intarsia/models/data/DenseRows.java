package intarsia.models.data;

import java.util.Arrays;
import java.util.List;

/**
 * Some sources of a task as dense rows. A block that is not given is filled like single missing cells.
 *
 * @param task     the task's name
 * @param kind     what kind of response it has
 * @param sources  the sources, in the order of the features
 * @param encoding the way from raw cells to features
 */
public record DenseRows(String task, Task.ResponseKind kind, List<Source> sources, Encoding encoding) implements Features {
    /** Copies the list. */
    public DenseRows {
        sources = List.copyOf(sources);
    }

    /** All sources that a task observes. */
    public static DenseRows of(Task task, Encoding encoding) {
        return new DenseRows(task.name(), task.responseKind(), List.copyOf(task.blocks().keySet()), encoding);
    }

    @Override
    public int width() {
        return sources.stream().mapToInt(encoding::width).sum();
    }

    @Override
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

    private static double[][] missing(int rows, Source source) {
        double[][] block = new double[rows][source.columns().size()];
        for (double[] row : block) {
            Arrays.fill(row, Double.NaN);
        }
        return block;
    }
}
