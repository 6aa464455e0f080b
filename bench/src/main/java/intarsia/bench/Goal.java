package intarsia.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A figure that is to be reached.
 *
 * @param what    what is measured
 * @param against what it is held against
 * @param bound   the figure to reach: at least this, or at most
 * @param atMost  which of the two
 * @param finder  finds it in results; nothing if they do not have it
 */
record Goal(String what, String against, double bound, boolean atMost, Function<BenchResults, Optional<Goal.Reached>> finder) {
    /**
     * What was found.
     *
     * @param value the figure
     * @param where the row it comes from if one row decides, or how many rows take part
     */
    record Reached(double value, String where) {}

    /** How the ratios of several rows become one figure. */
    private enum Over { WORST, MEAN }

    private static final String TORCH = "PyTorch";
    private static final List<String> AWKWARD = List.of("7 8", "33 32", "100 128", "207 256", "300 256");

    /** The figure in these results. */
    Optional<Reached> measure(BenchResults results) {
        return finder.apply(results);
    }

    /** Whether a figure reaches it. */
    boolean isReached(double value) {
        return atMost ? value <= bound : value >= bound;
    }

    /** Every goal. */
    static List<Goal> all() {
        List<Goal> goals = new ArrayList<>();
        for (String precision : List.of("F64", "F32")) {
            Predicate<String> products = row -> row.startsWith(precision + " NN ") && size(row) >= 32;
            goals.add(speed("matmul " + precision + ", slowest size", "matmul", "OpenBLAS", products, Over.WORST, 1.0));
            goals.add(speed("matmul " + precision + ", geometric mean", "matmul", "OpenBLAS", products, Over.MEAN, 1.1));
            goals.add(new Goal("matmul " + precision + ", 64 to 512, lowest", "peak of one core", 0.9, false, r -> worst(r, "matmul", row ->
                    products.test(row) && size(row) >= 64 && size(row) <= 512, row -> share(r, precision, row), false)));
            goals.add(new Goal("matmul " + precision + ", two threads, 128 up, lowest", "one thread", 1.85, false, r -> worst(r, "matmul",
                    row -> products.test(row) && size(row) >= 128, row -> ratio(r, "matmul", row, Intarsia.NAME, Intarsia.TWO_THREADS),
                            false)));
            goals.add(new Goal("matmul " + precision + ", awkward sizes, lowest", "round neighbor", 0.75, false, r ->
                    awkward(r, precision)));
            goals.add(new Goal("matmul " + precision + ", small sizes, lowest", "plain Java", 1.0, false, r -> worst(r, "matmul",
                    row -> row.startsWith(precision), row -> ratio(r, "matmul", row, Intarsia.PLAIN, Intarsia.NAME), false)));
        }
        mlp(goals, "F32", 30, 14, 5);
        mlp(goals, "F64", 15, 7, 3.5);
        goals.add(speed("perceptron step, worst cell", "mlp", "libtorch", row -> true, Over.WORST, 2.5));
        goals.add(speed("MTL-HMB step F32, geometric mean", "hmb", TORCH, row -> row.startsWith("F32"), Over.MEAN, 25));
        goals.add(speed("MTL-HMB step F64, geometric mean", "hmb", TORCH, row -> row.startsWith("F64"), Over.MEAN, 14));
        goals.add(speed("MTL-HMB step, worst cell", "hmb", TORCH, row -> true, Over.WORST, 8));
        limit(goals, "32", 0.25);
        limit(goals, "64", 0.5);
        limit(goals, "128", 0.65);
        goals.add(speed("elementary functions F64, worst", "elementwise", TORCH, row -> row.startsWith("F64"), Over.WORST, 2));
        goals.add(speed("elementary functions F32, worst", "elementwise", TORCH, row -> row.startsWith("F32"), Over.WORST, 2));
        goals.add(new Goal("fused Adam, worst", "memory and divider limit", 1.2, true, r ->
                worst(r, "adam", row -> true, row -> adam(r, row), true)));
        for (Peer.Decomposition what : List.of(Peer.Decomposition.CHOLESKY, Peer.Decomposition.TRIANGULAR, Peer.Decomposition.INVERSE)) {
            goals.add(speed(what.name().toLowerCase(Locale.ROOT) + ", 200 to 4,000, slowest size", "decomposition", "OpenBLAS",
                    row -> row.startsWith(what.name()), Over.WORST, 0.9));
        }
        Predicate<String> timed = row -> row.endsWith(PathSuite.PROCESSOR);
        goals.add(speed("lasso paths of every family, slowest", "paths", "glmnet", timed, Over.WORST, 1));
        goals.add(speed("lasso paths of every family, geometric mean", "paths", "glmnet", timed, Over.MEAN, 1.5));
        goals.add(speed("HOSVD, slowest", "tenmtl", "numpy", row -> row.startsWith("HOSVD"), Over.WORST, 1 / 1.2));
        goals.add(new Goal("fit of 42 patients at fixed ranks, s", "", 2, true, r -> one(r, "tenmtl", PersonalSuite.PATIENTS, 1e-9)));
        goals.add(speed("marginal likelihood with gradient, 2,000 rows", "gp", "scikit-learn", row -> true, Over.WORST, 4));
        goals.add(new Goal("predict one row, MTL-HMB, µs", "", 20, true, r -> one(r, "predict", "mtl-hmb 1 1 1", 1e-3)));
        goals.add(new Goal("predict 100,000 rows, MTL-HMB, s", "", 0.2, true, r -> one(r, "predict", "mtl-hmb 100000 1 1", 1e-9)));
        goals.add(most("plan overhead, ns", "plan", 50, 1));
        goals.add(most("allocation of a training step, B", "allocation", 1, 1));
        goals.add(new Goal("first trained step after process start, s", "", 1, true, r -> one(r, StartUp.SUITE, StartUp.FIRST_STEP, 1e-9)));
        goals.add(new Goal("app: first trained step after process start, s", "", 0.35, true, r ->
                one(r, StartUp.SUITE, StartUp.APP + StartUp.FIRST_STEP, 1e-9)));
        goals.add(new Goal("app: --version, s", "", 0.15, true, r -> one(r, StartUp.SUITE, StartUp.APP + StartUp.HELLO, 1e-9)));
        goals.add(new Goal("100 steps of a small net after loop start, s", "", 0.2, true, r ->
                one(r, StartUp.SUITE, StartUp.HUNDRED_STEPS, 1e-9)));
        return goals;
    }

    private static void mlp(List<Goal> goals, String precision, double... bounds) {
        String[] widths = {"32", "64", "128"};
        for (int i = 0; i < widths.length; i++) {
            String width = widths[i];
            goals.add(speed("perceptron step " + precision + ", width " + width + ", geometric mean", "mlp", TORCH,
                    row -> row.startsWith(precision) && row.split(" ")[2].equals(width), Over.MEAN, bounds[i]));
        }
    }

    private static void limit(List<Goal> goals, String width, double bound) {
        goals.add(new Goal("MTL-HMB step, width " + width + ", lowest", "FMA limit of its operations", bound, false, r ->
                worst(r, FmaLimit.SUITE, row -> row.startsWith("hmb ") && row.endsWith(" " + width),
                        row -> r.median(FmaLimit.SUITE, row, Intarsia.NAME), false)));
    }

    /** How many times faster we are than a peer. */
    private static Goal speed(String what, String suite, String peer, Predicate<String> rows, Over over, double bound) {
        return new Goal(what, peer, bound, false, r -> over == Over.MEAN
                ? mean(r, suite, rows, row -> ratio(r, suite, row, peer, Intarsia.NAME))
                : worst(r, suite, rows, row -> ratio(r, suite, row, peer, Intarsia.NAME), false));
    }

    private static Goal most(String what, String suite, double bound, double scale) {
        return new Goal(what, "", bound, true, r -> worst(r, suite, row -> true, row -> scaled(r.median(suite, row, Intarsia.NAME), scale),
                true));
    }

    private static Optional<Reached> one(BenchResults r, String suite, String row, double scale) {
        return worst(r, suite, row::equals, name -> scaled(r.median(suite, name, Intarsia.NAME), scale), true);
    }

    private static Optional<Reached> worst(BenchResults r, String suite, Predicate<String> rows, Function<String, OptionalDouble> of,
            boolean largest) {
        Reached worst = null;
        for (String row : r.rows(suite)) {
            OptionalDouble value = rows.test(row) ? of.apply(row) : OptionalDouble.empty();
            if (value.isPresent() && (worst == null || (largest ? value.getAsDouble() > worst.value : value.getAsDouble() < worst.value))) {
                worst = new Reached(value.getAsDouble(), row);
            }
        }
        return Optional.ofNullable(worst);
    }

    private static Optional<Reached> mean(BenchResults r, String suite, Predicate<String> rows, Function<String, OptionalDouble> of) {
        double sum = 0;
        int count = 0;
        for (String row : r.rows(suite)) {
            OptionalDouble value = rows.test(row) ? of.apply(row) : OptionalDouble.empty();
            if (value.isPresent()) {
                sum += Math.log(value.getAsDouble());
                count++;
            }
        }
        return count == 0 ? Optional.empty() : Optional.of(new Reached(Math.exp(sum / count), count + " rows"));
    }

    private static OptionalDouble ratio(BenchResults r, String suite, String row, String above, String below) {
        OptionalDouble x = r.median(suite, row, above);
        OptionalDouble y = r.median(suite, row, below);
        return x.isPresent() && y.isPresent() ? OptionalDouble.of(x.getAsDouble() / y.getAsDouble()) : OptionalDouble.empty();
    }

    private static OptionalDouble share(BenchResults r, String precision, String row) {
        OptionalDouble nanos = r.median("matmul", row, Intarsia.NAME);
        OptionalDouble peak = r.median("peak", precision, "peak, GFLOP/s");
        return nanos.isPresent() && peak.isPresent()
                ? OptionalDouble.of(2 * Math.pow(size(row), 3) / nanos.getAsDouble() / peak.getAsDouble()) : OptionalDouble.empty();
    }

    private static Optional<Reached> awkward(BenchResults r, String precision) {
        BenchResults shares = new BenchResults();
        for (String pair : AWKWARD) {
            String[] sizes = pair.split(" ");
            OptionalDouble odd = share(r, precision, precision + " NN " + sizes[0]);
            OptionalDouble round = share(r, precision, precision + " NN " + sizes[1]);
            if (odd.isPresent() && round.isPresent()) {
                shares.add(new Measurement("", sizes[0] + " against " + sizes[1], "", odd.getAsDouble() / round.getAsDouble()));
            }
        }
        return worst(shares, "", row -> true, row -> shares.median("", row, ""), false);
    }

    /** Ours over the larger of the two limits. */
    private static OptionalDouble adam(BenchResults r, String row) {
        OptionalDouble memory = ratio(r, "adam", row, Intarsia.NAME, AdamSuite.MEMORY);
        OptionalDouble divider = ratio(r, "adam", row, Intarsia.NAME, AdamSuite.DIVIDER);
        return memory.isPresent() && divider.isPresent()
                ? OptionalDouble.of(Math.min(memory.getAsDouble(), divider.getAsDouble())) : OptionalDouble.empty();
    }

    private static OptionalDouble scaled(OptionalDouble value, double scale) {
        return value.isPresent() ? OptionalDouble.of(value.getAsDouble() * scale) : value;
    }

    private static int size(String row) {
        return Integer.parseInt(row.substring(row.lastIndexOf(' ') + 1));
    }

    /** {@code at least 1.1}. */
    String wanted() {
        return String.format(Locale.ROOT, "%s %s", atMost ? "at most" : "at least", number(bound));
    }

    /** Three digits that matter. */
    static String number(double value) {
        if (value == 0) {
            return "0";
        }
        int digits = Math.clamp(2 - (int) Math.floor(Math.log10(Math.abs(value))), 0, 3);
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
