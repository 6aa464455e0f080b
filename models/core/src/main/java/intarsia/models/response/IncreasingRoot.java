package intarsia.models.response;

/** Where an increasing function of one number is 0: Newton's method, within bounds that every step narrows. */
final class IncreasingRoot {
    private static final int MOST_STEPS = 200;

    private IncreasingRoot() {}

    /** A function with its derivative. */
    interface Increasing {
        /**
         * At a place.
         *
         * @return value and derivative
         */
        double[] at(double x);
    }

    /** The root between two numbers, begun at one between them. */
    static double of(Increasing function, double low, double high, double start) {
        double from = low;
        double to = high;
        double x = start;
        for (int step = 0; step < MOST_STEPS && from < to; step++) {
            double[] found = function.at(x);
            from = found[0] < 0 ? x : from;
            to = found[0] > 0 ? x : to;
            double next = x - found[0] / found[1];
            next = next > from && next < to ? next : (from + to) / 2;
            if (found[0] == 0 || Math.abs(next - x) <= 1e-14 * Math.max(1, Math.abs(x))) {
                return next;
            }
            x = next;
        }
        return x;
    }
}
