package intarsia.bench;

import intarsia.linalg.Precision;

/** A program that trains a small net for a hundred steps and ends: what short jobs cost, compiler and all. */
final class ShortJob {
    private ShortJob() {}

    /** {@code millis [rows]}: when the process was started, as the system's clock tells it, and how names of rows begin. */
    public static void main(String[] args) {
        MlpSuite net = new MlpSuite();
        net.precision = Precision.F64;
        net.depth = 2;
        net.width = 32;
        net.batch = 16;
        net.compile();
        long start = System.nanoTime();
        net.step();
        double first = System.currentTimeMillis() - Long.parseLong(args[0]);
        for (int i = 1; i < 100; i++) {
            net.step();
        }
        double hundred = System.nanoTime() - start;
        net.close();
        String rows = args.length > 1 ? args[1] : "";
        System.out.println(new Measurement(StartUp.SUITE, rows + StartUp.FIRST_STEP, Intarsia.NAME, first * 1e6).line());
        System.out.println(new Measurement(StartUp.SUITE, rows + StartUp.HUNDRED_STEPS, Intarsia.NAME, hundred).line());
    }
}
