package intarsia.models.study;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Ranks of numbers. */
final class RankStatistics {
    private RankStatistics() {}

    /** Twice the ranks, from 2 for the smallest; equal numbers share the middle of theirs, so twice a rank is whole. */
    static int[] doubled(double[] numbers) {
        Integer[] order = IntStream.range(0, numbers.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> numbers[i]));
        int[] ranks = new int[numbers.length];
        for (int from = 0; from < numbers.length;) {
            int to = from;
            while (to < numbers.length && numbers[order[to]] == numbers[order[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = from + 1 + to;
            }
            from = to;
        }
        return ranks;
    }

    /** Spearman's rank correlation; NaN if all numbers of either are equal. */
    static double correlation(double[] a, double[] b) {
        int[] left = doubled(a);
        int[] right = doubled(b);
        // Twice the mean rank of n numbers.
        double middle = a.length + 1;
        double both = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < a.length; i++) {
            both += (left[i] - middle) * (right[i] - middle);
            first += (left[i] - middle) * (left[i] - middle);
            second += (right[i] - middle) * (right[i] - middle);
        }
        return both / Math.sqrt(first * second);
    }
}
