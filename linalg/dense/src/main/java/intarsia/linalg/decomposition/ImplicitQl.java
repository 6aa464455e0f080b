package intarsia.linalg.decomposition;

/**
 * Eigenvalues of a symmetric tridiagonal matrix by the QL algorithm with implicit shifts (Bowdler, Martin, Reinsch &amp; Wilkinson 1968;
 * Parlett 1998, chapter 8). An unreduced block (no negligible off-diagonal number) is swept from its larger end to its smaller one, QL or
 * QR, as LAPACK's dsteqr does; this keeps small eigenvalues of a graded matrix accurate. Rotations are applied to pairs of contiguous rows,
 * two rotations at a time.
 */
final class ImplicitQl {
    private static final int SWEEPS = 60;
    private static final double SQUARED_PRECISION = 0x1p-106;
    /** The square below which a number counts as 0; the matrix has entries of about 1. */
    private static final double NOTHING = 0x1p-900;

    private final double[] d;
    private final double[] e;
    private final double[][] rows;
    private final double[] cosines;
    private final double[] sines;
    private int left;

    private ImplicitQl(double[] d, double[] e, double[][] rows) {
        this.d = d;
        this.e = e;
        this.rows = rows;
        cosines = new double[d.length];
        sines = new double[d.length];
        left = SWEEPS * d.length;
    }

    /**
     * Turns the diagonal d into the eigenvalues, in no order, and the off-diagonal e into zeros. The rotations are applied to the rows:
     * from {@code Q'} with {@code a = Q T Q'} they become the eigenvectors of a. About 10 n^2 operations and 6 n^3 for the rows.
     *
     * @return false if more than 60 sweeps per eigenvalue were needed
     */
    static boolean diagonalize(double[] d, double[] e, double[][] rows) {
        ImplicitQl ql = new ImplicitQl(d, e, rows);
        int begin = 0;
        while (begin < d.length) {
            int end = ql.blockEnd(begin, d.length - 1, 1);
            if (!ql.diagonalize(begin, end)) {
                return false;
            }
            begin = end + 1;
        }
        return true;
    }

    /** Finds the eigenvalues of a block from its smaller end on. */
    private boolean diagonalize(int begin, int end) {
        boolean up = Math.abs(d[end]) < Math.abs(d[begin]);
        int step = up ? -1 : 1;
        int last = up ? begin : end;
        int at = up ? end : begin;
        while (at != last) {
            int far = blockEnd(at, last, step);
            if (far == at) {
                at += step;
            } else if (left-- > 0) {
                sweep(at, far, step);
            } else {
                return false;
            }
        }
        return true;
    }

    /** The end of a block: the first negligible off-diagonal number. */
    private int blockEnd(int from, int last, int step) {
        int at = from;
        while (at != last) {
            double offDiagonal = e[Math.min(at, at + step)];
            if (offDiagonal * offDiagonal <= SQUARED_PRECISION * Math.abs(d[at]) * Math.abs(d[at + step]) + NOTHING) {
                break;
            }
            at += step;
        }
        return at;
    }

    /** One sweep from the far end to the near one, where an eigenvalue converges; {@code step} leads from near to far. */
    private void sweep(int near, int far, int step) {
        int offset = step > 0 ? 0 : -1;
        double first = e[near + offset];
        double ratio = (d[near + step] - d[near]) / (2 * first);
        double g = d[far] - d[near] + first / (ratio + Math.copySign(Math.sqrt(Math.fma(ratio, ratio, 1)), ratio));
        double c = 1;
        double s = 1;
        double p = 0;
        for (int i = far - step; i != near - step; i -= step) {
            double f = s * e[i + offset];
            double b = c * e[i + offset];
            double square = Math.fma(f, f, g * g);
            double r = 0;
            c = 1;
            s = 0;
            if (square > NOTHING) {
                r = Math.sqrt(square);
                c = g / r;
                s = f / r;
            }
            if (i + step != far) {
                e[i + step + offset] = r;
            }
            g = d[i + step] - p;
            double t = Math.fma(d[i] - g, s, 2 * c * b);
            p = s * t;
            d[i + step] = g + p;
            g = Math.fma(c, t, -b);
            cosines[i] = c;
            sines[i] = s;
        }
        d[near] -= p;
        e[near + offset] = g;
        rotate(near, far, step);
    }

    private void rotate(int near, int far, int step) {
        int i = far - step;
        for (; i != near && i != near - step; i -= 2 * step) {
            int next = i - step;
            twice(cosines[i], sines[i], cosines[next], sines[next], rows[i + step], rows[i], rows[next]);
        }
        if (i == near) {
            once(cosines[i], sines[i], rows[i + step], rows[i]);
        }
    }

    private static void once(double c, double s, double[] x, double[] y) {
        for (int k = 0; k < x.length; k++) {
            double u = x[k];
            double v = y[k];
            x[k] = Math.fma(s, v, c * u);
            y[k] = Math.fma(c, v, -(s * u));
        }
    }

    /** Rotates x and y, then y and z. */
    private static void twice(double c0, double s0, double c1, double s1, double[] x, double[] y, double[] z) {
        for (int k = 0; k < x.length; k++) {
            double u = x[k];
            double v = y[k];
            double w = z[k];
            x[k] = Math.fma(s0, v, c0 * u);
            double between = Math.fma(c0, v, -(s0 * u));
            y[k] = Math.fma(s1, w, c1 * between);
            z[k] = Math.fma(c1, w, -(s1 * between));
        }
    }
}
