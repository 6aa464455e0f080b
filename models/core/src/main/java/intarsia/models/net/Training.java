package intarsia.models.net;

import intarsia.optim.Optimizer;
import intarsia.optim.Schedule;
import intarsia.optim.WeightAverage;

/**
 * How a network is trained: mini-batches, Adam with a decaying learning rate, early stopping on validation loss with the best state kept.
 * What is judged and kept is a running average of the weights; that is ours, the published recipes take the weights as they are after an
 * epoch's last step.
 *
 * @param batch        rows of a mini-batch, for each task; a task with fewer rows gives all it has
 * @param learningRate Adam's learning rate at the start
 * @param decay        what the learning rate is multiplied by, every {@code decayEvery} steps
 * @param decayEvery   steps between decays
 * @param patience     epochs without a better validation loss after which it ends
 * @param epochs       epochs after which it ends in any case
 * @param averaging    how much of the average over earlier steps a step keeps ({@link WeightAverage}); 0 for no averaging
 */
public record Training(int batch, double learningRate, double decay, long decayEvery, int patience, int epochs, double averaging) {
    /** That of arXiv 2505.24413: batch 16, rate 0.001 times 0.95 every 200 steps, patience 30; at most 2,000 epochs. No averaging. */
    public static final Training PUBLISHED = new Training(16, 0.001, 0.95, 200, 30, 2000, 0);

    /** The published one, and weights averaged over the last 200 steps or so. */
    public static final Training DEFAULT = PUBLISHED.averaging(0.995);

    /** The default with twice the patience: what networks of our own choice, not of a paper's, are trained by. */
    public static final Training PATIENT = DEFAULT.patience(60);

    /** Checks every number. */
    public Training {
        requirePositive("batch", batch);
        requirePositive("decay every", decayEvery);
        requirePositive("patience", patience);
        requirePositive("epochs", epochs);
        new Schedule.StepDecay(learningRate, decay, decayEvery);
        WeightAverage.check(averaging);
    }

    /** With another batch size. */
    public Training batch(int rows) {
        return new Training(rows, learningRate, decay, decayEvery, patience, epochs, averaging);
    }

    /** With another learning rate at the start. */
    public Training learningRate(double rate) {
        return new Training(batch, rate, decay, decayEvery, patience, epochs, averaging);
    }

    /** With another decay. */
    public Training decay(double factor, long every) {
        return new Training(batch, learningRate, factor, every, patience, epochs, averaging);
    }

    /** With another patience. */
    public Training patience(int looks) {
        return new Training(batch, learningRate, decay, decayEvery, looks, epochs, averaging);
    }

    /** With another limit of epochs. */
    public Training epochs(int limit) {
        return new Training(batch, learningRate, decay, decayEvery, patience, limit, averaging);
    }

    /** With another averaging; 0 for none. */
    public Training averaging(double kept) {
        return new Training(batch, learningRate, decay, decayEvery, patience, epochs, kept);
    }

    Optimizer optimizer() {
        return Optimizer.adam(new Schedule.StepDecay(learningRate, decay, decayEvery));
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " " + value + ": must be at least 1");
        }
    }
}
