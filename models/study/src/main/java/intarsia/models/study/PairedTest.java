package intarsia.models.study;

import intarsia.models.evaluation.StudentT;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Two methods on the same replicates.
 *
 * @param difference mean of a - b
 * @param t          Student's t of the differences, n - 1 degrees of freedom
 * @param tProbability two-sided p-value of t
 * @param signedRank two-sided p-value of Wilcoxon's signed-rank test, exact, zeros dropped, ties by mid-ranks
 * @param smaller    pairs where a is less than b
 * @param pairs      n
 */
public record PairedTest(double difference, double t, double tProbability, double signedRank, int smaller, int pairs) {
    /** A column of two methods' items, paired by replicate; whatever has no partner is left out. */
    public static PairedTest of(Measurements a, Measurements b, String column) {
        Map<Integer, Double> left = a.byReplicate(column);
        Map<Integer, Double> right = b.byReplicate(column);
        int[] both = left.keySet().stream().filter(right::containsKey).mapToInt(Integer::intValue).sorted().toArray();
        return of(Arrays.stream(both).mapToDouble(left::get).toArray(), Arrays.stream(both).mapToDouble(right::get).toArray());
    }

    /** Pairs of numbers. */
    public static PairedTest of(double[] a, double[] b) {
        double[] d = IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
        Sample sample = new Sample(d);
        double t = sample.mean() / sample.standardError();
        return new PairedTest(sample.mean(), t, StudentT.twoSided(t, d.length - 1), signedRank(d),
                (int) Arrays.stream(d).filter(v -> v < 0).count(), d.length);
    }

    /** Exact over all 2^n signs, by counting rank sums in halves of a rank. */
    static double signedRank(double[] differences) {
        double[] d = Arrays.stream(differences).filter(v -> v != 0).toArray();
        int n = d.length;
        if (n == 0) {
            return 1;
        }
        int[] doubled = RankStatistics.doubled(Arrays.stream(d).map(Math::abs).toArray());
        int total = Arrays.stream(doubled).sum();
        int positive = IntStream.range(0, n).filter(i -> d[i] > 0).map(i -> doubled[i]).sum();
        double[] probability = new double[total + 1];
        probability[0] = 1;
        for (int rank : doubled) {
            for (int s = total; s >= 0; s--) {
                probability[s] = 0.5 * (probability[s] + (s >= rank ? probability[s - rank] : 0));
            }
        }
        int smaller = Math.min(positive, total - positive);
        double tail = 0;
        for (int s = 0; s <= smaller; s++) {
            tail += probability[s];
        }
        return Math.min(1, 2 * tail);
    }

    /** Holm's correction for so many tests: sorted upwards, the i-th times (n - i + 1), never below the one before, at most 1. */
    static double[] holm(double[] probabilities) {
        int n = probabilities.length;
        int[] order = IntStream.range(0, n).boxed().sorted(Comparator.comparingDouble(i -> probabilities[i])).mapToInt(i -> i).toArray();
        double[] corrected = new double[n];
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, Math.min(1, (n - i) * probabilities[order[i]]));
            corrected[order[i]] = largest;
        }
        return corrected;
    }

    /** A p-value as a person reads it. */
    public static String text(double p) {
        if (Double.isNaN(p)) {
            return "";
        }
        return p >= 0.001 ? Sample.number(p) : p == 0 ? "0" : String.format(Locale.ROOT, "%.0e", p).replace("e-0", "e-");
    }
}
