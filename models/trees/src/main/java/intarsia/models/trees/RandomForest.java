package intarsia.models.trees;

import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.response.ResponseFamily;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A random forest (Breiman 2001), grown by XGBoost, of all tasks that have the same kind of response: the mean over deep trees, each grown
 * on 63.2 % of rows, with a share of the columns to choose from at each split. Splits lower the squared error, of 0 and 1 too, so that a
 * binary response gets a probability (a probability forest: Malley et al. 2012). A leaf predicts
 *
 * <pre>
 * base + sum_(its rows) (y - base) / (rows + 1),   base = mean of y
 * </pre>
 *
 * its mean with one row of the overall mean added, so that no probability is 0 or 1. Of counts and survival y is the events over those
 * expected at the task's rate or hazard, and rows count by these: a leaf predicts its relative risk (Ishwaran et al. 2004), events over
 * those expected, with one expected event added; where more than one event a row is expected on average, rows count 1 on average. Missing
 * cells, tasks and units are as in {@link Boosting}, and so is what is promised of bits. The smallest leaf and the share of columns are
 * chosen by validation rows, then the forest is grown on training and validation rows together; without validation rows the first of both
 * are taken. Cost: O(trees n log(n) p) for each pair.
 *
 * @param leaves  the fewest rows of a leaf, to choose from
 * @param columns the shares of columns at a split, to choose from; a small one makes trees differ, 1 finds interactions
 * @param trees   how many trees
 */
public record RandomForest(List<Integer> leaves, List<Double> columns, int trees) implements Estimator {
    /** Its name in files. */
    public static final String KEY = "forest";
    /** 300 trees; leaves of at least 10 or 3 rows, a third of the columns or all. */
    public static final RandomForest DEFAULT = new RandomForest(List.of(10, 3), List.of(1.0 / 3, 1.0), 300);
    private static final String LEAF = "leaf";
    private static final String COLUMNS = "columns";
    /** Thresholds of a column: with deep trees, most of the time goes into counting them. */
    private static final int BINS = 64;
    /** The share of distinct rows in a bootstrap sample: {@code 1 - 1/e}. */
    private static final double SAMPLE_RATE = 0.632;

    /** Checks the options. */
    public RandomForest {
        leaves = List.copyOf(leaves);
        columns = List.copyOf(columns);
        if (leaves.isEmpty() || leaves.stream().anyMatch(leaf -> leaf < 1) || trees < 1 || columns.isEmpty()
                || columns.stream().anyMatch(share -> !(share > 0 && share <= 1))) {
            throw new IllegalArgumentException("forest: leaves " + leaves + " and trees " + trees + " must be at least 1, shares of "
                    + "columns " + columns + " above 0 and at most 1");
        }
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public String name() {
        return "random forest";
    }

    /** Those with a mean of one number. */
    @Override
    public boolean learns(ResponseFamily family) {
        return switch (family.likelihood()) {
            case SQUARED_ERROR, BERNOULLI, POISSON, NEGATIVE_BINOMIAL -> true;
            case SOFTMAX, INTERVAL, GROUPED, BERNOULLI_WITH_OFFSET -> false;
        };
    }

    @Override
    public String reference() {
        return "Breiman: Random forests. Machine Learning 45 (2001).";
    }

    @Override
    public Outcome<TreeModel> fit(FitContext context) {
        return new TreeFit(this, false, columns.stream()
                .flatMap(share -> leaves.stream().map(leaf -> recipe(leaf, share))).toList()).fit(context);
    }

    /** With the leaves and columns that were chosen. */
    @Override
    public Estimator startingFrom(Model fitted) {
        if (!(fitted instanceof TreeModel forest)) {
            return this;
        }
        List<Integer> leaf = leaves.stream().filter(of -> forest.chose(LEAF, Integer.toString(of))).toList();
        List<Double> share = columns.stream().filter(of -> forest.chose(COLUMNS, percent(of))).toList();
        return leaf.isEmpty() || share.isEmpty() ? this : new RandomForest(leaf, share, trees);
    }

    private static String percent(double share) {
        return share == 1 ? "all" : Math.round(100 * share) + " %";
    }

    /** One round of many trees: XGBoost divides the rate by their number. */
    private Recipe recipe(int leaf, double share) {
        Map<String, String> chosen = new TreeMap<>(Map.of(LEAF, Integer.toString(leaf), COLUMNS, percent(share)));
        Map<String, Object> parameters = Map.of("objective", "reg:squarederror", "num_parallel_tree", trees, "max_depth", 0, "eta", 1,
                "subsample", SAMPLE_RATE, "colsample_bynode", share, "lambda", 1, "max_bin", BINS, "min_child_weight", leaf);
        return new Recipe(chosen, 1, 1, 1, family -> parameters);
    }
}
