package intarsia.models.evaluation;

import java.util.HashMap;
import java.util.Map;

/**
 * How alike two partitions of the same things are (Hubert &amp; Arabie 1985): pairs that are together in both, beyond those expected by
 * chance.
 *
 * <pre>
 * (sum_ij C(n_ij, 2) - e) / ((a + b) / 2 - e),   a = sum_i C(n_i., 2),  b = sum_j C(n_.j, 2),  e = a b / C(n, 2)
 * </pre>
 */
public final class AdjustedRandIndex {
    private AdjustedRandIndex() {}

    /**
     * The index: 1 for the same partition, about 0 for independent ones. 1 too where both partitions have one part, or n of them.
     *
     * @param first  for each thing the number of its part
     * @param second the same in the other partition
     * @throws IllegalArgumentException if they differ in length or are empty
     */
    public static double of(int[] first, int[] second) {
        if (first.length != second.length || first.length == 0) {
            throw new IllegalArgumentException("adjusted Rand index: partitions of " + first.length + " and " + second.length
                    + " things; both must be of the same, at least one");
        }
        Map<Long, Integer> both = new HashMap<>();
        Map<Integer, Integer> rows = new HashMap<>();
        Map<Integer, Integer> columns = new HashMap<>();
        for (int i = 0; i < first.length; i++) {
            both.merge((long) first[i] << 32 | second[i] & 0xffffffffL, 1, Integer::sum);
            rows.merge(first[i], 1, Integer::sum);
            columns.merge(second[i], 1, Integer::sum);
        }
        double a = pairs(rows);
        double b = pairs(columns);
        double expected = first.length < 2 ? 0 : a * b / (first.length * (first.length - 1.0) / 2);
        double most = (a + b) / 2 - expected;
        return most == 0 ? 1 : (pairs(both) - expected) / most;
    }

    private static double pairs(Map<?, Integer> counts) {
        return counts.values().stream().mapToDouble(n -> n * (n - 1.0) / 2).sum();
    }
}
