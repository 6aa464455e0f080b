package intarsia.models.net;

import intarsia.models.data.Encoding;
import intarsia.models.data.Task;
import java.util.stream.IntStream;

/**
 * A task as dense numbers.
 *
 * @param name the task's name
 * @param loss the loss of its response
 * @param x    features of the rows to learn from, row-major
 * @param y    their responses
 * @param xv   features of the rows to stop by; those to learn from if there are none
 * @param yv   their responses
 */
public record TaskTable(String name, Loss loss, double[] x, double[] y, double[] xv, double[] yv) {
    /** How many features a row has. */
    int width() {
        return x.length / y.length;
    }

    /** Responses of some rows, on the scale they are learned on. */
    public static double[] responses(Encoding encoding, Task task, int[] rows) {
        return IntStream.of(rows).mapToDouble(i -> encoding.encodeResponse(task.name(), task.response()[i])).toArray();
    }

    /** The loss that fits a kind of response. */
    public static Loss loss(Task.ResponseKind kind) {
        return switch (kind) {
            case BINARY -> Loss.CROSS_ENTROPY;
            case CONTINUOUS -> Loss.SQUARED_ERROR;
        };
    }
}
