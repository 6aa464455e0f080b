package intarsia.models.baseline;

import intarsia.models.data.Encoding;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import java.util.Arrays;
import java.util.List;

/** The dense features of the sources that one task observes; a block not given is filled like single missing cells. */
final class TaskRows {
    private final String task;
    private final List<Source> sources;
    private final Encoding encoding;
    private final boolean binary;

    TaskRows(Task task, Encoding encoding) {
        this.task = task.name();
        this.sources = List.copyOf(task.blocks().keySet());
        this.encoding = encoding;
        this.binary = task.responseKind() == Task.ResponseKind.BINARY;
    }

    int width() {
        return sources.stream().mapToInt(encoding::width).sum();
    }

    boolean binary() {
        return binary;
    }

    double decode(double linear) {
        return encoding.decodeResponse(task, linear);
    }

    /** Rows x width, row-major. */
    double[] dense(Observations rows) {
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
