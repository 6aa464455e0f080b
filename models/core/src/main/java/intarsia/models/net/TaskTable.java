package intarsia.models.net;

import intarsia.linalg.Engine;
import intarsia.models.data.ObservedFeatures;
import intarsia.models.data.RowEncoder;
import intarsia.models.data.TaskFeatures;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.ResponseFamily;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * A task as dense numbers.
 *
 * @param name   the task's name
 * @param family what is known of its response
 * @param x      features of the rows to learn from
 * @param y      their responses as they are learned, {@link ResponseFamily#learned} numbers each
 * @param w      how much each counts
 * @param xv     features of the rows to stop by; those to learn from if there are none
 * @param yv     their responses
 * @param wv     how much each counts
 */
public record TaskTable(String name, ResponseFamily family, DenseRows x, double[] y, double[] w, DenseRows xv, double[] yv,
        double[] wv) {
    /** Rows that all count 1. */
    public TaskTable(String name, ResponseFamily family, double[] x, double[] y, double[] xv, double[] yv) {
        this(name, family, DenseRows.of(y.length / family.learned(), x), y, ones(y.length / family.learned()),
                DenseRows.of(yv.length / family.learned(), xv), yv, ones(yv.length / family.learned()));
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Training rows to learn from and validation rows to stop by. */
    public static TaskTable of(ObservedFeatures features, TaskSplit split) {
        return of(null, features, split);
    }

    /**
     * The same of any features.
     *
     * @param engine stays open as long as features are asked for
     */
    public static TaskTable of(Engine engine, TaskFeatures features, TaskSplit split) {
        return new TaskTable(split.task().name(), split.task().family(),
                dense(engine, features, split, split.train()), features.encoding().responses(split, split.train()),
                split.weights(split.train()),
                dense(engine, features, split, split.stopping()), features.encoding().responses(split, split.stopping()),
                split.weights(split.stopping()));
    }

    private static DenseRows dense(Engine engine, TaskFeatures features, TaskSplit split, int[] rows) {
        return new DenseRows(rows.length, features.width(), () -> {
            try (RowEncoder encoder = features.bind(engine)) {
                return encoder.dense(split.observations(rows));
            }
        });
    }

    /** Whether rows do not all count 1. */
    public boolean weighted() {
        return DoubleStream.concat(Arrays.stream(w), Arrays.stream(wv)).anyMatch(weight -> weight != 1);
    }

    /** Weights of rows with the mean 1: the mean of losses times these is the losses' mean by weights. */
    public static double[] shares(double[] weights) {
        double mean = Arrays.stream(weights).sum() / weights.length;
        return Arrays.stream(weights).map(weight -> weight / mean).toArray();
    }

    /** How many features a row has. */
    public int width() {
        return x.width();
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
