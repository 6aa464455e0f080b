package intarsia.bench;

import intarsia.linalg.Engine;
import intarsia.linalg.Pool;
import intarsia.linalg.Precision;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Products against OpenBLAS at many sizes, in one process and one thread: squares of 1 to 64, from there to 512 in odd steps, all four
 * transposes, and the thin shapes of models. Both are run in turns and the least time of each counts, which other work on the machine
 * disturbs least. And on two threads against one, from 96 on, beside what the cores' clock allows. {@code bench/run --sweep [PRECISION
 * [FORM]]} prints a table; FORM is NN, NT, TN, TT, thin or threads.
 */
final class ProductSweep {
    private static final int ROUNDS = 25;
    /** The least nanoseconds of a measurement, and the multiplications in it. */
    private static final long LEAST = 20_000;
    private static final int SMALL = 64;
    private static final int LARGE = 512;
    private static final int STEP = 17;
    private static final long IDLE = 4_000_000_000L;
    private static final long PATIENCE = 60_000_000_000L;
    private static final int WORST = 8;

    private final Precision precision;
    private final Peer peer = Peer.named("OpenBLAS");

    private ProductSweep(Precision precision) {
        this.precision = precision;
    }

    private record Ratio(ProductShape shape, double ours, double theirs) {
        double value() {
            return theirs / ours;
        }
    }

    /** The precision and the form to measure; without them all. */
    static void main(String[] args) {
        List<Precision> precisions = args.length > 0 ? List.of(Precision.valueOf(args[0])) : List.of(Precision.values());
        List<String> forms = args.length > 1 ? List.of(args[1]) : List.of("NN", "NT", "TN", "TT", "thin", "threads");
        for (Precision precision : precisions) {
            ProductSweep sweep = new ProductSweep(precision);
            for (String form : forms) {
                if (form.equals("threads")) {
                    sweep.warm(shapes("NN"));
                    sweep.threads();
                } else {
                    sweep.warm(shapes(form));
                    sweep.report(form, shapes(form).stream().map(sweep::measure).toList());
                }
            }
        }
    }

    private static List<ProductShape> shapes(String form) {
        if (form.equals("thin")) {
            return thin();
        }
        return IntStream.concat(IntStream.rangeClosed(1, SMALL), IntStream.iterate(SMALL + 1, n -> n <= LARGE, n -> n + STEP))
                .mapToObj(size -> ProductShape.square(size, form)).toList();
    }

    /** A batch of 16 through a layer and back, columns, and outer products. */
    private static List<ProductShape> thin() {
        List<ProductShape> shapes = new ArrayList<>();
        for (int[] layer : new int[][] {{150, 32}, {32, 32}, {64, 64}, {100, 50}, {128, 128}, {37, 4}, {4, 1}}) {
            shapes.add(new ProductShape(16, layer[1], layer[0], false, false));
            shapes.add(new ProductShape(16, layer[0], layer[1], false, true));
            shapes.add(new ProductShape(layer[0], layer[1], 16, true, false));
        }
        for (int n : new int[] {20, 150, 1000}) {
            shapes.add(new ProductShape(n, 1, 50, false, false));
            shapes.add(new ProductShape(1, n, 50, false, false));
            shapes.add(new ProductShape(n, 30, 1, false, false));
            shapes.add(new ProductShape(n, 3, 20, false, false));
            shapes.add(new ProductShape(3, 20, n, false, false));
        }
        return shapes;
    }

    private Work ours(ProductShape shape, double[] a, double[] b, int threads) {
        Engine engine = Engine.options().precision(precision).threads(threads).open();
        return Intarsia.with(engine, engine.kernels().matmul(shape.product(),
                Intarsia.view(engine, shape.transposeA() ? shape.inner() : shape.rows(), shape.strideA(), a),
                Intarsia.view(engine, shape.transposeB() ? shape.columns() : shape.inner(), shape.strideB(), b), null,
                Intarsia.view(engine, shape.rows(), shape.columns(), new double[shape.rows() * shape.columns()])));
    }

    private void warm(List<ProductShape> shapes) {
        List<Work> works = shapes.stream().map(shape -> ours(shape, left(shape), right(shape), 1)).toList();
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        long begin = System.nanoTime();
        long busy = begin;
        long compiled = -1;
        while (System.nanoTime() - busy < IDLE && System.nanoTime() - begin < PATIENCE) {
            works.forEach(Work::run);
            if (compiler.getTotalCompilationTime() != compiled) {
                compiled = compiler.getTotalCompilationTime();
                busy = System.nanoTime();
            }
        }
        works.forEach(Work::close);
    }

    private Ratio measure(ProductShape shape) {
        double[] a = left(shape);
        double[] b = right(shape);
        Work theirs = peer.product(precision, shape, a, b);
        try (Work ours = ours(shape, a, b, 1)) {
            double[] least = least(ours, theirs);
            return new Ratio(shape, least[0], least[1]);
        }
    }

    /** The least nanoseconds of each, in turns. */
    private static double[] least(Work... works) {
        int runs = runs(works[0]);
        double[] least = new double[works.length];
        Arrays.fill(least, Double.MAX_VALUE);
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < works.length; i++) {
                least[i] = Math.min(least[i], nanos(works[i], runs));
            }
        }
        return least;
    }

    private void threads() {
        Runnable peak = FmaLimit.peak(precision.name());
        try (Pool pool = new Pool(2)) {
            double[] limit = least(peak::run, () -> pool.run(2, part -> peak.run()));
            double[] call = least(() -> pool.run(2, part -> { }));
            System.out.printf(Locale.ROOT, "%s two threads: multiply-adds on registers %.3f, a call %.0f ns%n", precision,
                    2 * limit[0] / limit[1], call[0]);
        }
        for (int size : new int[] {96, 100, 128, 160, 207, 256, 300, 400, 512, 700, 1024}) {
            ProductShape shape = ProductShape.square(size, "NN");
            double[] a = left(shape);
            double[] b = right(shape);
            try (Work one = ours(shape, a, b, 1); Work two = ours(shape, a, b, 2)) {
                double[] least = least(one, two);
                System.out.printf(Locale.ROOT, "  %-18s %10.0f ns %10.0f ns %6.3f%n", shape, least[0], least[1], least[0] / least[1]);
            }
        }
    }

    private static double[] left(ProductShape shape) {
        return Numbers.of("a", shape.rows() * shape.inner(), 1);
    }

    private static double[] right(ProductShape shape) {
        return Numbers.of("b", shape.inner() * shape.columns(), 1);
    }

    private static int runs(Work work) {
        int runs = 1;
        while (nanos(work, runs) * runs < LEAST) {
            runs *= 2;
        }
        return runs;
    }

    private static double nanos(Work work, int runs) {
        long begin = System.nanoTime();
        for (int i = 0; i < runs; i++) {
            work.run();
        }
        return (double) (System.nanoTime() - begin) / runs;
    }

    private void report(String form, List<Ratio> ratios) {
        double[] values = ratios.stream().mapToDouble(Ratio::value).toArray();
        double mean = Math.exp(Arrays.stream(values).map(Math::log).average().orElse(0));
        System.out.printf(Locale.ROOT, "%s %s: geometric mean %.3f, below 1 %d, below 0.95 %d of %d%n", precision, form, mean,
                Arrays.stream(values).filter(v -> v < 1).count(), Arrays.stream(values).filter(v -> v < 0.95).count(), values.length);
        Stream<Ratio> shown = form.equals("thin") || System.getProperty("all") != null ? ratios.stream()
                : ratios.stream().sorted(Comparator.comparingDouble(Ratio::value)).limit(WORST);
        shown.forEach(r -> System.out.printf(Locale.ROOT, "  %-18s %10.0f ns %10.0f ns %6.3f%n", r.shape, r.ours, r.theirs, r.value()));
    }
}
