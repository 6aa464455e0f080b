package intarsia.optim.solve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The distinct times of events, stratum after stratum, and who is at risk: each row over a range of consecutive times. Rows at risk from
 * the first time of their stratum, most often all, are summed in one pass over the times. Others go through a binary tree over the times,
 * each row being in O(log T) nodes: no sum is the difference of two others, so late entries and far linear predictors cost no digits.
 */
final class RiskSets {
    /** The stratum and time of each leaf. */
    final int[] stratum;
    final double[] time;
    /** The rows with an event at each time. */
    final int[][] deaths;
    /** The first and last time at which a row is at risk; first above last if it never is. */
    private final int[] first;
    private final int[] last;
    private final int leaves;
    /** Whether a time is the first of its stratum. */
    private final boolean[] begins;
    /** The rows at risk that are not so from the first time of their stratum on. */
    private final int[] late;

    private RiskSets(int[] stratum, double[] time, int[][] deaths, int[] first, int[] last) {
        this.stratum = stratum;
        this.time = time;
        this.deaths = deaths;
        this.first = first;
        this.last = last;
        this.leaves = time.length < 2 ? 1 : Integer.highestOneBit(time.length - 1) * 2;
        this.begins = new boolean[time.length];
        for (int t = 0; t < begins.length; t++) {
            begins[t] = t == 0 || stratum[t] != stratum[t - 1];
        }
        this.late = IntStream.range(0, first.length).filter(i -> first[i] <= last[i] && !begins[first[i]]).toArray();
    }

    /** Those of rows with weight. */
    static RiskSets of(Cox cox) {
        int[] strata = cox.strata();
        double[] times = cox.times();
        int[] order = IntStream.range(0, times.length).filter(i -> cox.events()[i] && cox.weights()[i] > 0).boxed()
                .sorted(Comparator.<Integer>comparingInt(i -> strata[i]).thenComparingDouble(i -> times[i])).mapToInt(i -> i).toArray();
        List<int[]> deaths = new ArrayList<>();
        for (int from = 0, to; from < order.length; from = to) {
            to = from;
            while (to < order.length && strata[order[to]] == strata[order[from]] && times[order[to]] == times[order[from]]) {
                to++;
            }
            deaths.add(Arrays.copyOfRange(order, from, to));
        }
        int[] stratum = deaths.stream().mapToInt(d -> strata[d[0]]).toArray();
        double[] time = deaths.stream().mapToDouble(d -> times[d[0]]).toArray();
        int[] first = new int[times.length];
        int[] last = new int[times.length];
        for (int i = 0; i < times.length; i++) {
            first[i] = after(stratum, time, strata[i], cox.entries()[i]);
            last[i] = cox.weights()[i] > 0 ? after(stratum, time, strata[i], times[i]) - 1 : -1;
        }
        return new RiskSets(stratum, time, deaths.toArray(int[][]::new), first, last);
    }

    /** How many leaves are of lower strata, or of this one and not after a time. */
    private static int after(int[] stratum, double[] time, int of, double when) {
        int low = 0;
        int high = time.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (stratum[middle] < of || stratum[middle] == of && time[middle] <= when) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    int times() {
        return time.length;
    }

    /** Whether a row is at risk at any time of an event. */
    boolean everAtRisk(int row) {
        return first[row] <= last[row];
    }

    /** Sums over the rows at risk at each time [T x width] of numbers of the rows [n x width]. */
    double[] overRows(double[] ofRows, int width) {
        double[] sums = new double[times() * width];
        for (int i = 0; i < first.length; i++) {
            if (first[i] <= last[i] && begins[first[i]]) {
                add(ofRows, i * width, sums, last[i] * width, width);
            }
        }
        for (int t = times() - 1; t > 0; t--) {
            if (!begins[t]) {
                add(sums, t * width, sums, (t - 1) * width, width);
            }
        }
        if (late.length == 0) {
            return sums;
        }
        double[] nodes = new double[2 * leaves * width];
        for (int i : late) {
            int from = first[i] + leaves;
            int to = last[i] + leaves + 1;
            for (; from < to; from >>= 1, to >>= 1) {
                if ((from & 1) == 1) {
                    add(ofRows, i * width, nodes, from++ * width, width);
                }
                if ((to & 1) == 1) {
                    add(ofRows, i * width, nodes, --to * width, width);
                }
            }
        }
        for (int node = 2; node < 2 * leaves; node++) {
            add(nodes, (node >> 1) * width, nodes, node * width, width);
        }
        add(nodes, leaves * width, sums, 0, sums.length);
        return sums;
    }

    /** Sums over the times at which each row is at risk [n] of numbers of the times [T]. */
    double[] overTimes(double[] ofTimes) {
        double[] soFar = ofTimes.clone();
        for (int t = 1; t < soFar.length; t++) {
            soFar[t] += begins[t] ? 0 : soFar[t - 1];
        }
        double[] sums = new double[first.length];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = first[i] <= last[i] ? soFar[last[i]] : 0;
        }
        if (late.length == 0) {
            return sums;
        }
        double[] nodes = new double[2 * leaves];
        System.arraycopy(ofTimes, 0, nodes, leaves, ofTimes.length);
        for (int node = leaves - 1; node > 0; node--) {
            nodes[node] = nodes[2 * node] + nodes[2 * node + 1];
        }
        for (int i : late) {
            int from = first[i] + leaves;
            int to = last[i] + leaves + 1;
            sums[i] = 0;
            for (; from < to; from >>= 1, to >>= 1) {
                sums[i] += (from & 1) == 1 ? nodes[from++] : 0;
                sums[i] += (to & 1) == 1 ? nodes[--to] : 0;
            }
        }
        return sums;
    }

    /** The largest number of the rows at risk at each time. */
    double[] largest(double[] ofRows) {
        double[] nodes = new double[2 * leaves];
        Arrays.fill(nodes, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < first.length; i++) {
            int from = first[i] + leaves;
            int to = last[i] + leaves + 1;
            for (; from < to; from >>= 1, to >>= 1) {
                if ((from & 1) == 1) {
                    nodes[from] = Math.max(nodes[from], ofRows[i]);
                    from++;
                }
                if ((to & 1) == 1) {
                    --to;
                    nodes[to] = Math.max(nodes[to], ofRows[i]);
                }
            }
        }
        for (int node = 2; node < 2 * leaves; node++) {
            nodes[node] = Math.max(nodes[node], nodes[node >> 1]);
        }
        return Arrays.copyOfRange(nodes, leaves, leaves + times());
    }

    private static void add(double[] from, int at, double[] to, int toAt, int width) {
        for (int k = 0; k < width; k++) {
            to[toAt + k] += from[at + k];
        }
    }
}
