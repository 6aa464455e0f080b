package intarsia.bench;

import java.util.Arrays;

/**
 * How near a training step comes to the time that its products and sums would take as fused multiply-adds on registers: both are timed in
 * turns, since a core's clock changes with what else the machine does.
 */
final class FmaLimit {
    static final String SUITE = "limit";

    private static final int ROUNDS = 5;
    /** Read by nobody; it keeps the peak's result alive. */
    private static volatile double sink;

    private FmaLimit() {}

    /** The median over rounds of the limit over a step's time; each of the two is timed for some milliseconds a round. */
    static double share(TrainingSuite step, String precision, int millis) {
        Runnable limit = peak(precision);
        nanos(step::step, millis);
        double[] shares = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            double perOperation = nanos(limit, millis) / PeakSuite.operations(precision);
            shares[i] = step.flops() * perOperation / nanos(step::step, millis);
        }
        Arrays.sort(shares);
        return shares[ROUNDS / 2];
    }

    /** {@link PeakSuite#operations} on registers. */
    static Runnable peak(String precision) {
        PeakSuite peak = new PeakSuite();
        return precision.equals("F64") ? () -> sink = peak.f64() : () -> sink = peak.f32();
    }

    /** Nanoseconds of a run. */
    private static double nanos(Runnable work, int millis) {
        long begin = System.nanoTime();
        long now;
        int runs = 0;
        do {
            work.run();
            runs++;
            now = System.nanoTime();
        } while (now - begin < millis * 1_000_000L);
        return (double) (now - begin) / runs;
    }
}
