package intarsia.models.gp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Blocks as outputs of the process: what is known of them, and the anchors over which it runs.
 *
 * @param labelled how many rows have responses; rows without follow
 * @param anchors  the rows' anchors, as those of one task
 * @param divisors what belongs to each anchor
 * @param outputs  of all blocks, block after block
 */
record BlockOutputs(int labelled, KernelRows anchors, Divisors[] divisors, List<BlockOutput> outputs) {
    /** For each source its directions: none of anchors, and where there are too few rows. */
    static List<BlockDirections> directions(KernelFeatures features, KernelRows labelled, KernelRows unlabelled) {
        List<BlockDirections> directions = new ArrayList<>();
        for (int s = 0; s < features.sources().size(); s++) {
            directions.add(s < features.layout().anchors().size() ? null
                    : BlockDirections.of(joined(features, s, labelled, unlabelled)));
        }
        return directions;
    }

    /** The rows of a source, those without responses after the others. */
    private static SourceRows joined(KernelFeatures features, int s, KernelRows labelled, KernelRows unlabelled) {
        SourceRows first = labelled.sources()[s];
        SourceRows more = unlabelled.sources()[s];
        int[] rows = Arrays.copyOf(first.rows(), first.size() + more.size());
        Arrays.setAll(rows, i -> i < first.size() ? first.rows()[i] : labelled.size() + more.rows()[i - first.size()]);
        double[] x = Arrays.copyOf(first.x(), first.x().length + more.x().length);
        System.arraycopy(more.x(), 0, x, first.x().length, more.x().length);
        return features.measured(s, rows, x);
    }

    /** Of measured rows. */
    static BlockOutputs of(KernelFeatures features, KernelRows labelled, KernelRows unlabelled, List<BlockDirections> directions) {
        int n = labelled.size();
        int anchors = features.layout().anchors().size();
        SourceRows[] ofAnchors = new SourceRows[anchors];
        Divisors[] divisors = new Divisors[anchors];
        Divisors[] ofTasks = features.divisors(List.of());
        for (int s = 0; s < anchors; s++) {
            ofAnchors[s] = joined(features, s, labelled, unlabelled);
            divisors[s] = new Divisors(ofTasks[s].features(), ofTasks[s].quantities(), new double[1], new double[1]);
        }
        List<BlockOutput> outputs = new ArrayList<>();
        for (int s = anchors; s < directions.size(); s++) {
            BlockDirections of = directions.get(s);
            if (of != null) {
                SourceRows rows = joined(features, s, labelled, unlabelled);
                int[] missing = IntStream.range(0, n).filter(row -> Arrays.binarySearch(rows.rows(), row) < 0).toArray();
                for (int k = 0; k < of.count(); k++) {
                    double[] values = new double[rows.size()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = of.output(k, rows.x(), i * rows.width());
                    }
                    outputs.add(new BlockOutput(s, of.share(k), rows.rows(), values, missing));
                }
            }
        }
        return new BlockOutputs(n, new KernelRows(new int[n + unlabelled.size()], ofAnchors, ofAnchors), divisors, outputs);
    }

    /** Those of some rows with responses, by ascending numbers, and of all rows without. */
    BlockOutputs select(int[] which) {
        int[] all = IntStream.concat(Arrays.stream(which), IntStream.range(labelled, anchors.size())).toArray();
        int[] numbers = new int[anchors.size()];
        Arrays.fill(numbers, -1);
        for (int i = 0; i < all.length; i++) {
            numbers[all[i]] = i;
        }
        return new BlockOutputs(which.length, anchors.select(all), divisors,
                outputs.stream().map(output -> output.renumbered(numbers)).toList());
    }
}
