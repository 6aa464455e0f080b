package intarsia.linalg.decomposition;

/** Positions of numbers in the order of the numbers; equal ones stay in the order of their positions. */
final class Order {
    private Order() {}

    /** The positions from {@code from} to {@code end}, those of the smallest numbers first. */
    static int[] ascending(double[] numbers, int from, int end) {
        int[] order = new int[end - from];
        for (int i = 0; i < order.length; i++) {
            order[i] = from + i;
        }
        int[] merged = new int[order.length];
        for (int run = 1; run < order.length; run *= 2) {
            for (int at = 0; at < order.length; at += 2 * run) {
                merge(numbers, order, at, Math.min(at + run, order.length), Math.min(at + 2 * run, order.length), merged);
            }
            int[] next = order;
            order = merged;
            merged = next;
        }
        return order;
    }

    /** The positions of all numbers, those of the largest first. */
    static int[] descending(double[] numbers) {
        double[] negative = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            negative[i] = -numbers[i];
        }
        return ascending(negative, 0, numbers.length);
    }

    private static void merge(double[] numbers, int[] order, int from, int middle, int end, int[] merged) {
        int i = from;
        int j = middle;
        for (int at = from; at < end; at++) {
            boolean left = j == end || i < middle && numbers[order[i]] <= numbers[order[j]];
            merged[at] = left ? order[i++] : order[j++];
        }
    }
}
