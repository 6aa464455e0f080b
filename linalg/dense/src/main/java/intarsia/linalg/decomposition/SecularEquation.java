package intarsia.linalg.decomposition;

/**
 * The roots of {@code f(x) = 1 + sum_i w_i / (p_i - x)}, w_i &gt; 0, one behind each pole, as a matrix needs them whose eigenvalues are
 * known and to which one of rank 1 is added (Golub &amp; Van Loan 2013, section 8.4.3). A root is kept as its distance from the nearer pole
 * beside it, so that its distance from every pole has few wrong digits, however close.
 *
 * <p>A step replaces the sums over the poles on either side by a rational function each with the pole next to the root, with the sum's
 * value and slope (the middle way of Li 1994, LAPACK Working Note 89), and stays between what is known of the root; bisection takes over
 * where that does not get ahead. Many roots are found side by side, the same operations for each.
 *
 * <p>For singular values poles and roots are squares, {@code p_i^2 - x^2 = (p_i - x)(p_i + x)}; they are given and found as what is
 * squared.
 */
final class SecularEquation {
    private static final double EPSILON = 0x1p-53;
    private static final int SIDE_BY_SIDE = 256;
    private static final int PATIENCE = 8;
    private static final int MOST = 200;

    private final double[] poles;
    private final double[] weights;
    private final int count;
    /** {@code p - o}, the distance of poles, times {@code square (p + o) + linear}: 1 and 0, or 0 and 1. */
    private final double square;
    private final double linear;
    /** The pole next to each root, and the distance from it. */
    private final double[] origins;
    private final double[] shifts;

    /** Of the roots in work: the number, where each is now, what bounds it, and the sums there. */
    private final int[] index;
    private final double[] origin;
    private final double[] shift;
    private final double[] least;
    private final double[] most;
    private final double[] width;
    private final double[] below;
    private final double[] belowSlope;
    private final double[] above;
    private final double[] aboveSlope;
    private final double[] magnitude;

    /** For the first {@code count} poles, in ascending order; solves. */
    SecularEquation(double[] poles, double[] weights, int count, boolean squared) {
        this.poles = poles;
        this.weights = weights;
        this.count = count;
        square = squared ? 1 : 0;
        linear = squared ? 0 : 1;
        origins = new double[count];
        shifts = new double[count];
        int together = Math.min(count, SIDE_BY_SIDE);
        index = new int[together];
        origin = new double[together];
        shift = new double[together];
        least = new double[together];
        most = new double[together];
        width = new double[together];
        below = new double[together];
        belowSlope = new double[together];
        above = new double[together];
        aboveSlope = new double[together];
        magnitude = new double[together];
        for (int from = 0; from < count; from += SIDE_BY_SIDE) {
            solve(from, Math.min(count, from + SIDE_BY_SIDE));
        }
    }

    /** Root k. */
    double root(int k) {
        double o = origins[k];
        if (square == 0) {
            return o + shifts[k];
        }
        double root = Math.sqrt(Math.fma(o, o, shifts[k]));
        return o == 0 ? root : o + shifts[k] / (root + o);
    }

    /** {@code p_i - x_k}, or the difference of their squares, for n poles in any order. */
    void differences(double[] p, int n, int k, double[] to, int at) {
        differences(p, n, origins[k], shifts[k], square, linear, to, at);
    }

    private static void differences(double[] p, int n, double origin, double shift, double square, double linear, double[] to, int at) {
        for (int i = 0; i < n; i++) {
            to[at + i] = Math.fma(p[i] - origin, Math.fma(square, p[i] + origin, linear), -shift);
        }
    }

    /** {@code p_i - q}, or the difference of their squares. */
    private double gap(double p, double q) {
        return (p - q) * Math.fma(square, p + q, linear);
    }

    /** For n poles p in any order: {@code to_i *= d_i / (p_i - q)}, where d are differences from a root and p_i is not q. */
    void multiplyRatios(double[] p, int from, int end, double q, double[] d, int at, double[] to) {
        multiplyRatios(p, from, end, q, square, linear, d, at, to);
    }

    private static void multiplyRatios(double[] p, int from, int end, double q, double square, double linear, double[] d, int at,
            double[] to) {
        for (int i = from; i < end; i++) {
            to[i] *= d[at + i] / ((p[i] - q) * Math.fma(square, p[i] + q, linear));
        }
    }

    private void solve(int from, int end) {
        if (count == 1) {
            origins[0] = poles[0];
            shifts[0] = weights[0];
            return;
        }
        for (int k = from; k < end; k++) {
            start(k - from, k);
        }
        evaluate(end - from);
        for (int r = 0; r < end - from; r++) {
            guess(r);
        }
        int active = end - from;
        for (int round = 0; active > 0; round++) {
            evaluate(active);
            int left = 0;
            for (int r = 0; r < active; r++) {
                if (step(r, round)) {
                    keep(r, left++);
                } else {
                    origins[index[r]] = origin[r];
                    shifts[index[r]] = shift[r];
                }
            }
            active = left;
        }
    }

    private void keep(int r, int to) {
        index[to] = index[r];
        origin[to] = origin[r];
        shift[to] = shift[r];
        least[to] = least[r];
        most[to] = most[r];
        width[to] = width[r];
    }

    /** In the middle between two poles, or half of what is the most behind the last. */
    private void start(int r, int k) {
        index[r] = k;
        origin[r] = poles[k];
        least[r] = 0;
        double reach = 0;
        if (k + 1 < count) {
            reach = gap(poles[k + 1], poles[k]);
        } else {
            for (int i = 0; i < count; i++) {
                reach += weights[i];
            }
            // never the root itself
            reach *= 1 + 0x1p-40;
        }
        most[r] = reach;
        shift[r] = reach / 2;
    }

    /** From the sums in the middle: which pole is nearer, and the root if all others' part stayed as it is there. */
    private void guess(int r) {
        int k = Math.min(index[r], count - 2);
        double f = 1 + below[r] + above[r];
        double middle = shift[r];
        double between = gap(poles[k + 1], poles[k]);
        double toLower = index[r] == k ? -middle : -between - middle;
        double toUpper = index[r] == k ? between - middle : -middle;
        double rest = f - weights[k] / toLower - weights[k + 1] / toUpper;
        double both = weights[k] + weights[k + 1];
        if (index[r] != k) {
            narrow(r, f, middle);
            shift[r] = behind(-rest * between + both, -weights[k + 1] * between, rest);
        } else if (f >= 0) {
            most[r] = middle;
            shift[r] = inside(rest * between + both, weights[k] * between, rest);
        } else {
            origin[r] = poles[k + 1];
            least[r] = -middle;
            most[r] = 0;
            shift[r] = inside(-rest * between + both, -weights[k + 1] * between, rest);
        }
        width[r] = most[r] - least[r];
        if (!(shift[r] > least[r] && shift[r] < most[r])) {
            shift[r] = halfway(least[r], most[r]);
        }
    }

    /** The root of {@code c x^2 - a x + b} between two poles. */
    private static double inside(double a, double b, double c) {
        double root = Math.sqrt(Math.abs(Math.fma(a, a, -4 * b * c)));
        return a > 0 ? 2 * b / (a + root) : (a - root) / (2 * c);
    }

    /** The root of {@code c x^2 - a x + b} behind two poles. */
    private static double behind(double a, double b, double c) {
        double root = Math.sqrt(Math.abs(Math.fma(a, a, -4 * b * c)));
        return a >= 0 ? (a + root) / (2 * c) : 2 * b / (a - root);
    }

    private void narrow(int r, double f, double at) {
        if (f < 0) {
            least[r] = Math.max(least[r], at);
        } else {
            most[r] = Math.min(most[r], at);
        }
    }

    /** Between two bounds, by their ratio if that is large: a root may be very close to its pole. */
    private static double halfway(double least, double most) {
        if (least > 0 && most > 16 * least) {
            return Math.sqrt(least) * Math.sqrt(most);
        }
        if (most < 0 && least < 16 * most) {
            return -Math.sqrt(-least) * Math.sqrt(-most);
        }
        return least + (most - least) / 2;
    }

    /** Steps on; false if the root is there. */
    private boolean step(int r, int round) {
        double f = 1 + below[r] + above[r];
        double slope = belowSlope[r] + aboveSlope[r];
        double now = shift[r];
        double error = Math.fma(8, above[r] - below[r], magnitude[r] + 1) + Math.abs(now) * slope;
        if (Math.abs(f) <= EPSILON * error || round >= MOST) {
            return false;
        }
        narrow(r, f, now);
        int k = Math.min(index[r], count - 2);
        double lower = gap(poles[k], origin[r]) - now;
        double upper = gap(poles[k + 1], origin[r]) - now;
        double c = f - lower * belowSlope[r] - upper * aboveSlope[r];
        double a = Math.fma(lower + upper, f, -lower * upper * slope);
        double b = lower * upper * f;
        double change = index[r] == k ? inside(a, b, c) : behind(a, b, Math.abs(c));
        if (!(f * change < 0)) {
            change = -f / slope;
        }
        double next = now + change;
        boolean slow = round % PATIENCE == PATIENCE - 1 && most[r] - least[r] > width[r] / 2;
        if (round % PATIENCE == PATIENCE - 1) {
            width[r] = most[r] - least[r];
        }
        if (slow || !(next > least[r] && next < most[r])) {
            next = halfway(least[r], most[r]);
        }
        shift[r] = next;
        return next != now && next > least[r] && next < most[r];
    }

    /** The sums for the roots in work where they are now, over the poles in ascending order. */
    private void evaluate(int active) {
        clear(below, belowSlope, above, aboveSlope, magnitude, active);
        int cut = 0;
        for (int i = 0; i < count; i++) {
            // of the last root the last pole counts as above: two poles are needed
            while (cut < active && Math.min(index[cut], count - 2) < i) {
                cut++;
            }
            add(poles[i], weights[i], square, linear, origin, shift, above, aboveSlope, magnitude, 0, cut);
            add(poles[i], weights[i], square, linear, origin, shift, below, belowSlope, magnitude, cut, active);
        }
    }

    private static void clear(double[] a, double[] b, double[] c, double[] d, double[] e, int end) {
        for (int r = 0; r < end; r++) {
            a[r] = 0;
            b[r] = 0;
            c[r] = 0;
            d[r] = 0;
            e[r] = 0;
        }
    }

    private static void add(double pole, double weight, double square, double linear, double[] origin, double[] shift, double[] sum,
            double[] slope, double[] magnitude, int from, int end) {
        for (int r = from; r < end; r++) {
            double reciprocal = 1 / Math.fma(pole - origin[r], Math.fma(square, pole + origin[r], linear), -shift[r]);
            double term = weight * reciprocal;
            double total = sum[r] + term;
            sum[r] = total;
            slope[r] = Math.fma(term, reciprocal, slope[r]);
            magnitude[r] += Math.abs(total);
        }
    }
}
