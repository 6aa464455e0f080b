package intarsia.linalg.decomposition;

/**
 * Forward substitution with a small lower triangle l: the rows s of a {@link Strip} become the rows y of {@code l y = -s},
 * <pre>  y_i = (s_i + sum_k&lt;i l_ik y_k) / -l_ii.</pre>
 * Terms come in ascending order of k, each by one fused multiply-add. The sign lets what was solved be multiplied and added, as products
 * are, and changes no bits. Kernels take four rows at a time; where there are no four, l has ones on its diagonal and the strip zeros.
 */
final class Substitution {
    /** The largest order of l. */
    static final int ORDER = 64;

    /** Where a cut begins: at whole vectors of any width, counted from the beginning. */
    private static final int EVEN = 8;

    private final double[] l;
    private final int step;
    private int order;

    /** With room for triangles of this order. */
    Substitution(int largest) {
        step = Strip.fours(largest);
        l = new double[step * step];
    }

    /** Where to halve more unknowns than {@link #ORDER}, so that halving goes on to as few parts as need be, of about equal size. */
    static int middle(int from, int end) {
        int parts = (end - from + ORDER - 1) / ORDER;
        int left = (end - from) * ((parts + 1) / 2) / parts;
        return from + (left + EVEN - 1) / EVEN * EVEN;
    }

    /** Begins another triangle, which is then to be written. */
    void begin(int newOrder) {
        order = newOrder;
        for (int i = order; i < Strip.fours(order); i++) {
            one(i, 0, 1);
        }
    }

    double get(int i, int k) {
        return l[i * step + k];
    }

    void set(int i, int k, double value) {
        l[i * step + k] = value;
    }

    /** Solves. */
    void solve(Strip strip) {
        strip.substitute(0, Strip.fours(order), l, step, 0, strip.width());
    }

    /**
     * Solves where l is not known: s has at least as many columns, of which the first, on and above the diagonal, are {@code -l l'}. Writes
     * l. In those columns y is its transpose above the diagonal, and has no meaning on it and below.
     *
     * @return the number of the first pivot that is not positive and finite, which is then in its place with the other sign, or -1
     */
    int factorize(Strip strip) {
        int columns = Strip.chunks(order);
        for (int i = 0; i < order; i += 4) {
            int end = Math.min(i + 4, order);
            int from = i / Strip.CHUNK * Strip.CHUNK;
            for (int r = i; r < i + 4; r++) {
                // as yet rows are only to be added to
                one(r, i, -1);
            }
            strip.substitute(i, i + 4, l, step, from, columns);
            for (int r = i; r < end; r++) {
                for (int j = r; j < end; j++) {
                    double sum = strip.get(r, j);
                    for (int k = i; k < r; k++) {
                        sum = Math.fma(get(r, k), get(j, k), sum);
                    }
                    if (j > r) {
                        set(j, r, sum / -get(r, r));
                    } else if (sum < 0 && sum >= -Double.MAX_VALUE) {
                        set(r, r, Math.sqrt(-sum));
                    } else {
                        strip.set(r, r, sum);
                        return r;
                    }
                }
            }
            strip.divide(i, l, step, from, columns);
            for (int j = end; j < order; j++) {
                for (int r = i; r < end; r++) {
                    set(j, r, strip.get(r, j));
                }
            }
        }
        strip.substitute(0, Strip.fours(order), l, step, columns, strip.width());
        return -1;
    }

    /** Makes a row from a column on that of an identity times a number. */
    private void one(int i, int from, double diagonal) {
        for (int k = from; k < i; k++) {
            set(i, k, 0);
        }
        set(i, i, diagonal);
    }
}
