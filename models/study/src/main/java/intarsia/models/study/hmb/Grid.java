package intarsia.models.study.hmb;

import intarsia.models.baseline.HardSharing;
import intarsia.models.baseline.SingleTask;
import intarsia.models.data.DataException;
import intarsia.models.data.FeatureEncoding.Scaling;
import intarsia.models.hmb.MtlHmb;
import intarsia.models.hmb.Variant;
import intarsia.models.net.Training;
import intarsia.models.study.Choices;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * What tuning chooses from, for every method of a study. All networks that predict responses are trained in the same way, but for those
 * that repeat what the authors released, which train as published.
 *
 * @param key      its name at the command line
 * @param imputers widths and depths of step 1's networks
 * @param networks step 2, and HTL without its imputation weight
 * @param released the same for the released reading
 * @param singles  single-task networks
 * @param trunks   networks with a shared trunk
 */
public record Grid(String key, List<MtlHmb> imputers, List<MtlHmb> networks, List<MtlHmb> released, List<SingleTask> singles,
        List<HardSharing> trunks) {
    private static final double[] LOW = {0.01, 0.01, 0.01};
    private static final double[] HIGH = {0.1, 0.1, 0.1};

    /** Copies the lists. */
    public Grid {
        imputers = List.copyOf(imputers);
        networks = List.copyOf(networks);
        released = List.copyOf(released);
        singles = List.copyOf(singles);
        trunks = List.copyOf(trunks);
    }

    /**
     * Ours: batches of 8, weights averaged ({@link Training#averaging()}), representations 4 wide between encoders and paths of width 32,
     * three and four layers deep; the weights are all 0.01 or all 0.1. Single tasks choose their batch, 8 or 16, as well. Step 1 has the
     * published training, the released reading that and width 64 throughout.
     */
    public static final Grid SMALL = new Grid("small",
            imputers(Training.PUBLISHED, new int[] {16, 32}, new int[] {1, 2}),
            networks(Training.DEFAULT.batch(8), new int[] {32}, new int[] {3, 4}, List.of(LOW, HIGH)).stream()
                    .map(o -> o.encoder(new MtlHmb.Encoder(32, o.encoder().depth(), 4))).toList(),
            released(networks(Training.PUBLISHED, new int[] {64}, new int[] {2, 3}, List.of(LOW, HIGH))),
            IntStream.of(8, 16).boxed().flatMap(batch -> singles(Training.DEFAULT.batch(batch), new int[] {64}, new int[] {2, 3}).stream())
                    .toList(),
            trunks(Training.DEFAULT.batch(8), new int[] {64}, new int[] {2, 3}));

    /**
     * The published grid where it is feasible, and what the authors ran: step 1 widths 8, 16, 32, depths 1 to 3; step 2 one width of 32,
     * 64, 128 and one depth of 2 to 4 throughout, each weight 0.01 or 0.1, 72 points; single tasks widths 32, 64, 128, depths 2 to 5.
     * Published training, batch 16.
     */
    public static final Grid PAPER = published("paper", new int[] {8, 16, 32}, new int[] {1, 2, 3}, new int[] {32, 64, 128},
            new int[] {2, 3, 4},
            everyTriple(0.01, 0.1), new int[] {2, 3, 4, 5});

    /**
     * The grid that the authors' code was timed with: step 1 widths 16, 32, depths 1, 2; step 2 width 64, depths 2, 3, weights 0.01; single
     * tasks alike.
     */
    public static final Grid TINY = published("tiny", new int[] {16, 32}, new int[] {1, 2}, new int[] {64}, new int[] {2, 3}, List.of(LOW),
            new int[] {2, 3});

    /** One point each, published training: no tuning. */
    public static final Grid FIXED = published("fixed", new int[] {32}, new int[] {1}, new int[] {64}, new int[] {2}, List.of(LOW),
            new int[] {2});

    private static final List<Grid> ALL = List.of(SMALL, PAPER, TINY, FIXED);

    /** All of them. */
    public static List<Grid> all() {
        return ALL;
    }

    /**
     * The grid with this key.
     *
     * @throws DataException naming those there are
     */
    public static Grid of(String key) {
        return Choices.find("grid", key, ALL, Grid::key);
    }

    /** The same points, each trained for at most so many epochs: for a quick look. */
    public Grid epochs(int most) {
        return new Grid(key + " up to " + most + " epochs",
                imputers.stream().map(o -> o.epochs(most)).toList(),
                networks.stream().map(o -> o.epochs(most)).toList(),
                released.stream().map(o -> o.epochs(most)).toList(),
                singles.stream().map(o -> o.epochs(Math.min(most, o.training().epochs()))).toList(),
                trunks.stream().map(o -> o.epochs(Math.min(most, o.training().epochs()))).toList());
    }

    private static Grid published(String key, int[] imputerWidths, int[] imputerDepths, int[] widths, int[] depths, List<double[]> weights,
            int[] singleDepths) {
        List<MtlHmb> networks = networks(Training.PUBLISHED, widths, depths, weights);
        return new Grid(key, imputers(Training.PUBLISHED, imputerWidths, imputerDepths), networks, released(networks),
                singles(Training.PUBLISHED, widths, singleDepths), trunks(Training.PUBLISHED, widths, depths));
    }

    private static List<MtlHmb> imputers(Training training, int[] widths, int[] depths) {
        // Full batches take one step an epoch, so the released reading needs its authors' limit.
        return product(widths, depths, (width, depth) -> MtlHmb.published().scaling(Scaling.RAW)
                .imputer(new MtlHmb.Imputer(width, depth, 0, training.epochs(5000))));
    }

    private static List<MtlHmb> networks(Training training, int[] widths, int[] depths, List<double[]> weights) {
        return product(widths, depths,
                (width, depth) -> MtlHmb.published().scaling(Scaling.RAW).width(width).depth(depth).training(training))
                .stream().flatMap(o -> weights.stream().map(w -> o.penalties(w[0], w[1], w[2]))).toList();
    }

    private static List<MtlHmb> released(List<MtlHmb> networks) {
        return networks.stream().map(o -> o.variant(Variant.RELEASED)).toList();
    }

    private static List<SingleTask> singles(Training training, int[] widths, int[] depths) {
        return product(widths, depths, (width, depth) -> new SingleTask(width, depth, training, Scaling.RAW));
    }

    private static List<HardSharing> trunks(Training training, int[] widths, int[] depths) {
        return product(widths, depths, (width, depth) -> new HardSharing(width, depth, training, Scaling.RAW));
    }

    private static <T> List<T> product(int[] widths, int[] depths, BiFunction<Integer, Integer, T> point) {
        return Arrays.stream(widths).boxed().flatMap(width -> Arrays.stream(depths).mapToObj(depth -> point.apply(width, depth))).toList();
    }

    private static List<double[]> everyTriple(double low, double high) {
        return IntStream.range(0, 8).mapToObj(bits -> new double[] {(bits & 4) == 0 ? low : high, (bits & 2) == 0 ? low : high,
            (bits & 1) == 0 ? low : high}).toList();
    }
}
