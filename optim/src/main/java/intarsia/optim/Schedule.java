package intarsia.optim;

import intarsia.linalg.WholePower;

/** The learning rate as a function of the number of steps done. */
public sealed interface Schedule {
    /** The rate for the step with this number, counted from 1. */
    double rate(long step);

    /** A constant rate. */
    record Constant(double rate) implements Schedule {
        /** Checks that the rate is positive. */
        public Constant {
            requirePositive(rate);
        }

        @Override
        public double rate(long step) {
            return rate;
        }
    }

    /** Multiplied by a factor after every so many steps: {@code rate * factor^floor((step - 1) / every)}. */
    record StepDecay(double rate, double factor, long every) implements Schedule {
        /** Checks that the rate is positive, the factor in (0, 1] and the period positive. */
        public StepDecay {
            requirePositive(rate);
            if (!(factor > 0 && factor <= 1) || every < 1) {
                throw new IllegalArgumentException("step decay by " + factor + " every " + every
                        + " steps: needs a factor in (0, 1] and a period of at least 1");
            }
        }

        @Override
        public double rate(long step) {
            return rate * WholePower.of(factor, (step - 1) / every);
        }
    }

    private static void requirePositive(double rate) {
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("learning rate " + rate + ": must be positive and finite");
        }
    }
}
