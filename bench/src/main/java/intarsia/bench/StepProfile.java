package intarsia.bench;

import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.models.hmb.HmbSuite;
import java.util.Locale;

/** Where the time of a training step goes, command by command: the least time of each, which a busy machine disturbs least. */
final class StepProfile {
    private static final int ROUNDS = 120;
    private static final long ROUND = 50_000_000;

    private StepProfile() {}

    /** {@code mlp PRECISION DEPTH WIDTH BATCH} or {@code hmb PRECISION DEPTH WIDTH}, as the rows of these suites are named. */
    public static void main(String[] row) {
        double whole = time(step(row));
        System.setProperty(Engine.KERNELS_PROPERTY, new TimedKernels().name());
        TimedKernels.TIMINGS.clear();
        double timed = time(step(row));
        double sum = 0;
        for (TimedKernels.Timing timing : TimedKernels.TIMINGS) {
            double nanos = timing.nanos()[0];
            sum += nanos;
            System.out.printf(Locale.ROOT, "%8.0f ns  %5.1f GFLOP/s  %s%n", nanos, timing.flops() / nanos, timing.what());
        }
        System.out.printf(Locale.ROOT, "%8.0f ns a step, %.0f with %d timers, of which the commands are %.0f%n", whole, timed,
                TimedKernels.TIMINGS.size(), sum);
    }

    private static Runnable step(String[] row) {
        if (row[0].equals("mlp")) {
            MlpSuite suite = new MlpSuite();
            suite.precision = Precision.valueOf(row[1]);
            suite.depth = Integer.parseInt(row[2]);
            suite.width = Integer.parseInt(row[3]);
            suite.batch = Integer.parseInt(row[4]);
            suite.compile();
            return suite::step;
        }
        HmbSuite suite = new HmbSuite();
        suite.precision = Precision.valueOf(row[1]);
        suite.depth = Integer.parseInt(row[2]);
        suite.width = Integer.parseInt(row[3]);
        suite.compile();
        return suite::step;
    }

    /** Nanoseconds a run in the best of many rounds. */
    private static double time(Runnable step) {
        double best = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            int runs = 0;
            for (; System.nanoTime() - start < ROUND; runs++) {
                step.run();
            }
            best = Math.min(best, (double) (System.nanoTime() - start) / runs);
        }
        return best;
    }
}
