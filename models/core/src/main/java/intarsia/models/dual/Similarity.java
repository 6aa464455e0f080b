package intarsia.models.dual;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What it costs tasks to differ: a penalty on the coefficients beta_r of the shared encoder, with {@code lambda_r = strength sqrt(d / n_r)}. A value
 * that the user picks; {@link CoefficientProblem} solves each.
 */
public sealed interface Similarity {
    /** {@code sum_r lambda_r ||beta_r - beta||_2}: a task joins the center exactly, or leaves it (ARMUL, Duan &amp; Wang 2023). */
    record Group() implements Similarity {}

    /** {@code sum_r lambda_r ||beta_r - beta||_1}: a task leaves the center in some coordinates. */
    record Lasso() implements Similarity {}

    /** {@code sum_r lambda_r ||beta_r - beta||_2^2}: every task is drawn towards the center, none joins it. */
    record Ridge() implements Similarity {}

    /** {@code sum_{r<s} (lambda_r + lambda_s) / 2R ||beta_r - beta_s||_2}: pairs of tasks join, without a center. */
    record Fusion() implements Similarity {}

    /** {@link Group} towards the nearest of several centers; tasks are reassigned until none moves. */
    record Clusters(int count) implements Similarity {
        /** Checks the count. */
        public Clusters {
            requirePositive("clusters", count);
        }
    }

    /** {@code beta_r = Z a_r} with Z of this many columns: tasks lie in a common subspace; lambda is not used. */
    record LowRank(int rank) implements Similarity {
        /** Checks the rank. */
        public LowRank {
            requirePositive("rank", rank);
        }
    }

    /** Its name in files and at the command line: {@code group}, {@code lasso}, {@code ridge}, {@code fusion}, {@code clusters(3)}, {@code lowrank(2)}. */
    default String key() {
        return switch (this) {
            case Group() -> "group";
            case Lasso() -> "lasso";
            case Ridge() -> "ridge";
            case Fusion() -> "fusion";
            case Clusters(int count) -> "clusters(" + count + ")";
            case LowRank(int rank) -> "lowrank(" + rank + ")";
        };
    }

    /**
     * The similarity of this name.
     *
     * @throws IllegalArgumentException naming those there are
     */
    static Similarity of(String key) {
        Matcher counted = Pattern.compile("(clusters|lowrank)\\((\\d{1,6})\\)").matcher(key);
        if (counted.matches()) {
            int count = Integer.parseInt(counted.group(2));
            return counted.group(1).equals("clusters") ? new Clusters(count) : new LowRank(count);
        }
        return switch (key) {
            case "group" -> new Group();
            case "lasso" -> new Lasso();
            case "ridge" -> new Ridge();
            case "fusion" -> new Fusion();
            default -> throw new IllegalArgumentException("no similarity '" + key + "'; there are group, lasso, ridge, fusion, clusters(K), lowrank(K)");
        };
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " " + value + ": must be at least 1");
        }
    }
}
