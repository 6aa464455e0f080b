package intarsia.models.net;

import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.ObservedFeatures;
import intarsia.models.data.RowEncoder;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.ResponseFamily;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * A task as dense numbers.
 *
 * @param name   the task's name
 * @param family what is known of its response
 * @param x      features of the rows to learn from, row-major
 * @param y      their responses as they are learned, {@link ResponseFamily#learned} numbers each
 * @param w      how much each counts
 * @param xv     features of the rows to stop by; those to learn from if there are none
 * @param yv     their responses
 * @param wv     how much each counts
 */
public record TaskTable(String name, ResponseFamily family, double[] x, double[] y, double[] w, double[] xv, double[] yv, double[] wv) {
    /** Rows that all count 1. */
    public TaskTable(String name, ResponseFamily family, double[] x, double[] y, double[] xv, double[] yv) {
        this(name, family, x, y, ones(y.length / family.learned()), xv, yv, ones(yv.length / family.learned()));
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Training rows to learn from and validation rows to stop by. */
    public static TaskTable of(ObservedFeatures features, TaskSplit split) {
        return of(features, features.encoding(), split);
    }

    /** The same, of rows encoded in this way. */
    public static TaskTable of(RowEncoder rows, FeatureEncoding encoding, TaskSplit split) {
        return new TaskTable(split.task().name(), split.task().family(),
                rows.dense(split.observations(split.train())), encoding.responses(split, split.train()),
                split.weights(split.train()),
                rows.dense(split.observations(split.stopping())), encoding.responses(split, split.stopping()),
                split.weights(split.stopping()));
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
