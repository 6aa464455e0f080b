package intarsia.models.study.hmb;

import intarsia.models.baseline.HardSharing;
import intarsia.models.baseline.SingleTask;
import intarsia.models.data.DataException;
import intarsia.models.data.Encoding;
import intarsia.models.hmb.MtlHmb;
import intarsia.models.hmb.MtlHmbOptions;
import intarsia.models.net.Training;
import intarsia.models.study.Keyed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What tuning chooses from, for every method of a study.
 *
 * @param key       its name at the command line
 * @param imputers  widths and depths of step 1's networks
 * @param networks  widths, depths and weights of step 2, and of HTL without its imputation weight
 * @param singles   single-task networks
 * @param trunks    networks with a shared trunk
 */
public record Grid(String key, List<MtlHmbOptions> imputers, List<MtlHmbOptions> networks, List<SingleTask> singles, List<HardSharing> trunks)
        implements Keyed {
    private static final MtlHmbOptions BASE = MtlHmb.options().scaling(Encoding.Scaling.RAW);

    /** Copies the lists. */
    public Grid {
        imputers = List.copyOf(imputers);
        networks = List.copyOf(networks);
        singles = List.copyOf(singles);
        trunks = List.copyOf(trunks);
    }

    /**
     * The published grid where it is feasible, and what the authors ran: step 1 widths 8, 16, 32, depths 1 to 3; step 2 one width of 32, 64, 128 and one depth
     * of 2 to 4 throughout, each weight 0.01 or 0.1, 72 points; single tasks widths 32, 64, 128, depths 2 to 5. Batch 16.
     */
    public static final Grid PAPER = of("paper", new int[] {8, 16, 32}, new int[] {1, 2, 3}, new int[] {32, 64, 128}, new int[] {2, 3, 4},
            everyTriple(0.01, 0.1), new int[] {2, 3, 4, 5});

    /** A few points around what the large grid chooses; the weights are all 0.01 or all 0.1, as the choice matters little. */
    public static final Grid SMALL = of("small", new int[] {16, 32}, new int[] {1, 2}, new int[] {64, 128}, new int[] {2, 3},
            List.of(new double[] {0.01, 0.01, 0.01}, new double[] {0.1, 0.1, 0.1}), new int[] {2, 3});

    /** The grid that the authors' code was timed with: step 1 widths 16, 32, depths 1, 2; step 2 width 64, depths 2, 3, weights 0.01; single tasks alike. */
    public static final Grid TINY = of("tiny", new int[] {16, 32}, new int[] {1, 2}, new int[] {64}, new int[] {2, 3},
            List.of(new double[] {0.01, 0.01, 0.01}), new int[] {2, 3});

    /** One point each: no tuning. */
    public static final Grid FIXED = of("fixed", new int[] {32}, new int[] {1}, new int[] {64}, new int[] {2},
            List.of(new double[] {0.01, 0.01, 0.01}), new int[] {2});

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
        return Keyed.find("grid", key, ALL);
    }

    /** The same points, each trained for at most so many epochs: for a quick look. */
    public Grid epochs(int most) {
        return new Grid(key + " up to " + most + " epochs",
                imputers.stream().map(o -> o.imputerTraining(o.imputerTraining().epochs(most))).toList(),
                networks.stream().map(o -> o.training(o.training().epochs(most))).toList(),
                singles.stream().map(o -> new SingleTask(o.width(), o.depth(), o.training().epochs(most), o.scaling())).toList(),
                trunks.stream().map(o -> new HardSharing(o.width(), o.depth(), o.training().epochs(most))).toList());
    }

    private static Grid of(String key, int[] imputerWidths, int[] imputerDepths, int[] widths, int[] depths, List<double[]> weights, int[] singleDepths) {
        List<MtlHmbOptions> imputers = new ArrayList<>();
        for (int width : imputerWidths) {
            for (int depth : imputerDepths) {
                // Full batches take one step an epoch, so the released reading needs its authors' limit.
                imputers.add(BASE.imputer(width, depth, 0).imputerTraining(Training.DEFAULT.epochs(5000)));
            }
        }
        List<MtlHmbOptions> networks = new ArrayList<>();
        List<HardSharing> trunks = new ArrayList<>();
        for (int width : widths) {
            for (int depth : depths) {
                for (double[] w : weights) {
                    networks.add(BASE.width(width).depth(depth).weights(w[0], w[1], w[2]));
                }
                trunks.add(new HardSharing(width, depth, Training.DEFAULT));
            }
        }
        List<SingleTask> singles = Arrays.stream(widths).boxed().flatMap(width -> Arrays.stream(singleDepths)
                .mapToObj(depth -> new SingleTask(width, depth, Training.DEFAULT, Encoding.Scaling.RAW))).toList();
        return new Grid(key, imputers, networks, singles, trunks);
    }

    private static List<double[]> everyTriple(double low, double high) {
        return IntStream.range(0, 8).mapToObj(bits -> new double[] {(bits & 4) == 0 ? low : high, (bits & 2) == 0 ? low : high,
            (bits & 1) == 0 ? low : high}).toList();
    }
}
