package intarsia.models.dual;

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

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " " + value + ": must be at least 1");
        }
    }
}
