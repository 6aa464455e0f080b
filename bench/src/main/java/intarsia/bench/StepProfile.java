package intarsia.bench;

import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.models.hmb.HmbSuite;
import java.util.Locale;

/** Where the time of a training step goes, command by command. */
final class StepProfile {
    private static final int RUNS = 500;

    private StepProfile() {}

    /** {@code mlp PRECISION DEPTH WIDTH BATCH} or {@code hmb PRECISION DEPTH WIDTH}, as the rows of these suites are named. */
    public static void main(String[] row) {
        Runnable plain = step(row);
        for (int i = 0; i < 30; i++) {
            time(plain);
        }
        double whole = time(plain);
        System.setProperty(Engine.KERNELS_PROPERTY, new TimedKernels().name());
        TimedKernels.TIMINGS.clear();
        Runnable timed = step(row);
        for (int i = 0; i < 30; i++) {
            time(timed);
        }
        TimedKernels.TIMINGS.forEach(timing -> timing.nanos()[0] = 0);
        double sum = time(timed);
        for (TimedKernels.Timing timing : TimedKernels.TIMINGS) {
            double nanos = (double) timing.nanos()[0] / RUNS;
            System.out.printf(Locale.ROOT, "%8.0f ns  %5.1f GFLOP/s  %s%n", nanos, timing.flops() / nanos, timing.what());
        }
        System.out.printf(Locale.ROOT, "%8.0f ns a step, %.0f with %d timers%n", whole, sum, TimedKernels.TIMINGS.size());
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

    /** Nanoseconds a run. */
    private static double time(Runnable step) {
        long start = System.nanoTime();
        for (int i = 0; i < RUNS; i++) {
            step.run();
        }
        return (double) (System.nanoTime() - start) / RUNS;
    }
}
