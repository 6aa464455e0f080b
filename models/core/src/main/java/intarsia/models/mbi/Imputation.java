package intarsia.models.mbi;

import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Layout;
import intarsia.models.data.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A layer of imputation of a pattern: each missing source is linear in the columns that the pattern and a donor pattern, which observes it,
 * both observe. Columns that do not vary in the donor's rows tell nothing there and are left out.
 *
 * @param blocks one for each missing source
 * @param common which columns the pattern and all its donors observe
 */
record Imputation(List<Block> blocks, boolean[] common) {
    /**
     * One missing source.
     *
     * @param source     its name
     * @param donor      the number of the donor pattern
     * @param predictors columns that it is predicted from, the ones first
     * @param from       its first column
     * @param to         one past its last column
     */
    record Block(String source, int donor, int[] predictors, int from, int to) {
        int targets() {
            return to - from;
        }
    }

    static Imputation of(Layout layout, FeatureEncoding encoding, List<Pattern> all, Pattern pattern, int layer) {
        List<Source> sources = layout.sources();
        List<Block> blocks = new ArrayList<>();
        for (int s = 0; s < sources.size(); s++) {
            if (!pattern.observed()[s]) {
                int[] donors = Pattern.donors(s, all);
                int donor = donors[layer % donors.length];
                boolean[] both = pattern.common(List.of(all.get(donor)));
                boolean[] varying = encoding.varying(sources, all.get(donor).task());
                int[] predictors = IntStream.range(0, pattern.width()).filter(j -> both[j] && (j == 0 || varying[j - 1])).toArray();
                blocks.add(new Block(sources.get(s).name(), donor, predictors, pattern.from()[s], pattern.from()[s + 1]));
            }
        }
        return new Imputation(List.copyOf(blocks), pattern.common(blocks.stream().map(block -> all.get(block.donor)).toList()));
    }

    /**
     * Rows with the missing sources filled in.
     *
     * @param coefficients of each block, predictors x targets
     */
    double[] fill(double[] x, List<double[]> coefficients) {
        int width = common.length;
        double[] whole = x.clone();
        for (int b = 0; b < blocks.size(); b++) {
            Block block = blocks.get(b);
            for (int at = 0; at < x.length; at += width) {
                for (int c = 0; c < block.targets(); c++) {
                    double sum = 0;
                    for (int j = 0; j < block.predictors.length; j++) {
                        sum += x[at + block.predictors[j]] * coefficients.get(b)[j * block.targets() + c];
                    }
                    whole[at + block.from + c] = sum;
                }
            }
        }
        return whole;
    }
}
