package intarsia.optim;

import intarsia.linalg.Binary;
import intarsia.linalg.Chain;
import intarsia.linalg.Command;
import intarsia.linalg.Kernels;
import intarsia.linalg.View;
import java.util.List;

/**
 * A running average of the values that an optimizer moves (Polyak and Juditsky 1992, with forgetting):
 *
 * <pre>
 * a_0 = x_0,   a_t = a_{t-1} + w_t (x_t - a_{t-1}),   w_t = max(1 - decay, 9 / (9 + t))
 * </pre>
 *
 * The start is soon forgotten; in the long run a step counts for {@code decay} of the next. Mini-batches make the values noisy; their
 * average is less noisy and usually the better model, at the cost of one pass over the values per step. With decay 0 the average is the
 * values themselves. Nothing allocates after construction.
 */
public final class WeightAverage {
    private static final Command NOTHING = () -> { };
    private static final int WARM_UP = 9;

    private final double decay;
    private final Kernels kernels;
    private final View weight;
    private final double[] weightValue = new double[1];
    private final View average;
    private final Command update;
    private long steps;

    /**
     * Averages these values from now on.
     *
     * @param decay in [0, 1); an average over the last 1 / (1 - decay) steps or so
     * @throws IllegalArgumentException if decay is not in that range
     */
    public WeightAverage(Kernels kernels, View values, double decay) {
        check(decay);
        this.decay = decay;
        this.kernels = kernels;
        weight = View.of(kernels.allocate(1));
        if (decay == 0) {
            average = values;
            update = NOTHING;
            return;
        }
        average = View.of(kernels.allocate(values.size()), values.rows(), values.columns());
        kernels.copy(values, average).run();
        update = kernels.chain(new Chain(3, List.of(new Chain.Zip(Binary.SUBTRACT, 1, 0), new Chain.Zip(Binary.MULTIPLY, 3, 2),
                new Chain.Zip(Binary.ADD, 0, 4)), List.of(5)), List.of(average, values, weight), List.of(average));
    }

    /**
     * Checks a decay.
     *
     * @throws IllegalArgumentException if it is not in [0, 1)
     */
    public static void check(double decay) {
        if (!(decay >= 0 && decay < 1)) {
            throw new IllegalArgumentException("averaging " + decay + ": must be at least 0 and less than 1");
        }
    }

    /** Updates the average; call it after each step. */
    public void update() {
        steps++;
        double next = Math.max(1 - decay, WARM_UP / (double) (WARM_UP + steps));
        if (next != weightValue[0]) {
            weightValue[0] = next;
            kernels.upload(weightValue, 0, weight);
        }
        update.run();
    }

    /** The average, laid out like the values; with decay 0 it is the values. */
    public View values() {
        return average;
    }
}
