package intarsia.models.trees;

import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.response.Likelihood;
import intarsia.models.response.ResponseFamily;
import java.util.List;
import java.util.Map;

/**
 * Gradient boosting (Friedman 2001), grown by XGBoost (Chen and Guestrin, arXiv 1603.02754), of all tasks that have the same kind of
 * response (of classes a tree for each in every round; of counts and survival the log of the events expected is added to eta):
 *
 * <pre>
 * eta_ti = base + rate sum_k tree_k(x_ti, t),   tree_k from the gradient and curvature of sum_ti loss(y_ti, eta_ti) after k - 1 trees
 * </pre>
 *
 * A tree may split on a column, on the task, and on whether a cell is missing: each split sends missing cells to the side where they
 * lower the loss more. Continuous responses are standardized within each task. For each depth, trees are added until the loss on
 * validation rows has not fallen for {@code patience} of them; the best depth and number of trees are fitted again on training and
 * validation rows together. Without validation rows there are 100 trees of the first depth. Ordered levels are not learned.
 *
 * <p>A fit runs on one thread. It gives the same trees on one platform; on another processor family or system, XGBoost's own sums may
 * round differently. Cost: O(trees depth n p) for each depth.
 *
 * @param depths     the depths to choose from
 * @param mostTrees  the most trees
 * @param patience   how many trees without a smaller validation loss end the search
 * @param rate       the learning rate
 * @param sampleRate the share of rows that each tree is grown on
 */
public record Boosting(List<Integer> depths, int mostTrees, int patience, double rate, double sampleRate) implements Estimator {
    /** Its name in files. */
    public static final String KEY = "boosting";
    /** Depth 2, 4 or 6, learning rate 0.05, at most 1,000 trees, each on 80 % of rows. */
    public static final Boosting DEFAULT = new Boosting(List.of(2, 4, 6), 1_000, 50, 0.05, 0.8);
    private static final String DEPTH = "depth";
    private static final int TREES_UNJUDGED = 100;

    /** Checks the options. */
    public Boosting {
        depths = List.copyOf(depths);
        if (depths.isEmpty() || depths.stream().anyMatch(depth -> depth < 1) || mostTrees < 1 || patience < 1 || !(rate > 0 && rate <= 1)
                || !(sampleRate > 0 && sampleRate <= 1)) {
            throw new IllegalArgumentException("boosting: depths " + depths + ", trees " + mostTrees + " and patience " + patience
                    + " must be at least 1, rate " + rate + " and sample rate " + sampleRate + " above 0 and at most 1");
        }
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public String name() {
        return "gradient boosting";
    }

    @Override
    public String reference() {
        return "Chen, Guestrin: XGBoost, a scalable tree boosting system. KDD (2016).";
    }

    @Override
    public Outcome<TreeModel> fit(FitContext context) {
        return new TreeFit(this, true, depths.stream().map(this::recipe).toList()).fit(context);
    }

    /** With the depth that was chosen; the number of trees is chosen again. */
    @Override
    public Estimator startingFrom(Model fitted) {
        List<Integer> chosen = fitted instanceof TreeModel trees
                ? depths.stream().filter(depth -> trees.chose(DEPTH, Integer.toString(depth))).toList() : List.of();
        return chosen.isEmpty() ? this : new Boosting(chosen, mostTrees, patience, rate, sampleRate);
    }

    @Override
    public boolean learns(ResponseFamily family) {
        return family.likelihood() != Likelihood.INTERVAL && family.likelihood() != Likelihood.GROUPED;
    }

    /** A leaf needs five rows of a continuous response, else a curvature of 1: four rows and more, or about one expected event. */
    private Recipe recipe(int depth) {
        return new Recipe(Map.of(DEPTH, Integer.toString(depth)), mostTrees, patience, Math.min(TREES_UNJUDGED, mostTrees),
                family -> Map.of("objective", objective(family.likelihood()), "max_depth", depth, "eta", rate, "subsample", sampleRate,
                        "lambda", 1, "min_child_weight", family.likelihood() == Likelihood.SQUARED_ERROR ? 5 : 1));
    }

    private static String objective(Likelihood likelihood) {
        return switch (likelihood) {
            case SQUARED_ERROR -> "reg:squarederror";
            case BERNOULLI, BERNOULLI_WITH_OFFSET -> "binary:logistic";
            case POISSON, NEGATIVE_BINOMIAL -> "count:poisson";
            case SOFTMAX -> "multi:softprob";
            case INTERVAL, GROUPED -> throw new IllegalStateException("XGBoost has no such objective: " + likelihood);
        };
    }
}
