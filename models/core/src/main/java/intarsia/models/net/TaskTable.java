package intarsia.models.net;

import intarsia.models.data.Encoding;
import intarsia.models.data.Features;
import intarsia.models.data.Observations;
import intarsia.models.data.Split;
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
    /** Training rows to learn from and validation rows to stop by. */
    public static TaskTable of(Features features, Task task, Split split) {
        int[] judge = split.validation().length > 0 ? split.validation() : split.train();
        return new TaskTable(task.name(), loss(task.responseKind()),
                features.dense(Observations.of(task, split.train())), responses(features.encoding(), task, split.train()),
                features.dense(Observations.of(task, judge)), responses(features.encoding(), task, judge));
    }

    /** How many features a row has. */
    int width() {
        return x.length / y.length;
    }

    /** Responses of some rows, on the scale they are learned on. */
    private static double[] responses(Encoding encoding, Task task, int[] rows) {
        return IntStream.of(rows).mapToDouble(i -> encoding.encodeResponse(task.name(), task.response()[i])).toArray();
    }

    /** The loss that fits a kind of response. */
    private static Loss loss(Task.ResponseKind kind) {
        return switch (kind) {
            case BINARY -> Loss.CROSS_ENTROPY;
            case CONTINUOUS -> Loss.SQUARED_ERROR;
        };
    }
}
