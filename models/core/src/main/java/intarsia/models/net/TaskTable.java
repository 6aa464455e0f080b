package intarsia.models.net;

import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.ObservedFeatures;
import intarsia.models.data.RowEncoder;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.ResponseFamily;

/**
 * A task as dense numbers.
 *
 * @param name   the task's name
 * @param family what is known of its response
 * @param x      features of the rows to learn from, row-major
 * @param y      their responses as they are learned, {@link ResponseFamily#learned} numbers each
 * @param xv     features of the rows to stop by; those to learn from if there are none
 * @param yv     their responses
 */
public record TaskTable(String name, ResponseFamily family, double[] x, double[] y, double[] xv, double[] yv) {
    /** Training rows to learn from and validation rows to stop by. */
    public static TaskTable of(ObservedFeatures features, TaskSplit split) {
        return of(features, features.encoding(), split);
    }

    /** The same, of rows encoded in this way. */
    public static TaskTable of(RowEncoder rows, FeatureEncoding encoding, TaskSplit split) {
        return new TaskTable(split.task().name(), split.task().family(),
                rows.dense(split.observations(split.train())), encoding.responses(split, split.train()),
                rows.dense(split.observations(split.stopping())), encoding.responses(split, split.stopping()));
    }

    /** How many features a row has. */
    public int width() {
        return x.length / rows();
    }

    /** How many rows there are to learn from. */
    public int rows() {
        return y.length / family.learned();
    }

    /** How many rows there are to stop by. */
    public int stoppingRows() {
        return yv.length / family.learned();
    }
}
