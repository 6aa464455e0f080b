package intarsia.linalg.decomposition;

/**
 * Singular values of an upper bidiagonal matrix by implicitly shifted QR, without a shift where one would cost small values their digits
 * (Demmel &amp; Kahan 1990, LAPACK's dbdsqr). Rotations are applied to pairs of rows.
 */
final class ImplicitQr {
    private static final int SWEEPS = 60;
    private static final double EPSILON = 0x1p-53;

    private final double[] d;
    private final double[] e;
    private final double[][] left;
    private final double[][] right;
    /** The off-diagonal number that is nothing beside the whole matrix. */
    private final double nothing;
    private double c;
    private double s;
    private double r;

    private ImplicitQr(double[] d, double[] e, double[][] left, double[][] right) {
        this.d = d;
        this.e = e;
        this.left = left;
        this.right = right;
        double norm = 0;
        for (int i = 0; i < d.length; i++) {
            norm = Math.max(norm, Math.max(Math.abs(d[i]), i + 1 < d.length ? Math.abs(e[i]) : 0));
        }
        nothing = EPSILON * EPSILON * norm;
    }

    /**
     * Turns the diagonal d [n] into the singular values, in no order, and what is above it, e [n], of which the last number does not
     * count, into zeros. The rotations are applied to the first n rows of either side, which become singular vectors.
     *
     * @return false if more than 60 sweeps per value were needed
     */
    static boolean diagonalize(double[] d, double[] e, double[][] left, double[][] right) {
        return new ImplicitQr(d, e, left, right).diagonalize();
    }

    private boolean diagonalize() {
        int last = d.length - 1;
        for (int sweeps = SWEEPS * d.length; last > 0; sweeps--) {
            int first = last;
            while (first > 0 && !negligible(first - 1)) {
                first--;
            }
            if (first == last) {
                last--;
            } else if (sweeps > 0) {
                sweep(first, last);
            } else {
                return false;
            }
        }
        for (int i = 0; i < d.length; i++) {
            if (d[i] < 0) {
                d[i] = -d[i];
                for (int j = 0; j < right[i].length; j++) {
                    right[i][j] = 0 - right[i][j];
                }
            }
        }
        return true;
    }

    private boolean negligible(int i) {
        return Math.abs(e[i]) <= EPSILON * (Math.abs(d[i]) + Math.abs(d[i + 1])) + nothing;
    }

    private void sweep(int first, int last) {
        double shift = smaller(d[last - 1], e[last - 1], d[last]);
        double head = Math.abs(d[first]);
        if (head == 0 || shift / head * (shift / head) < EPSILON) {
            unshifted(first, last);
        } else {
            shifted(first, last, shift);
        }
    }

    /** The smaller singular value of {@code (f g; 0 h)}. */
    private static double smaller(double f, double g, double h) {
        double a = Math.max(Math.abs(f), Math.abs(h));
        double b = Math.min(Math.abs(f), Math.abs(h));
        double w = Math.abs(g);
        double scale = Math.max(a, w);
        if (b == 0) {
            return 0;
        }
        double sum = (a + b) / scale;
        double difference = (a - b) / scale;
        double above = w / scale;
        double larger = Math.sqrt(Math.fma(sum, sum, above * above)) + Math.sqrt(Math.fma(difference, difference, above * above));
        return 2 * b / larger * (a / scale);
    }

    /** The rotation that takes (x, y) to (r, 0). */
    private void rotation(double x, double y) {
        if (y == 0) {
            c = 1;
            s = 0;
            r = x;
            return;
        }
        double scale = Math.max(Math.abs(x), Math.abs(y));
        double f = x / scale;
        double g = y / scale;
        double norm = Math.sqrt(Math.fma(f, f, g * g));
        c = f / norm;
        s = g / norm;
        r = scale * norm;
    }

    private void unshifted(int first, int last) {
        double cosine = 1;
        double oldCosine = 1;
        double oldSine = 0;
        for (int i = first; i < last; i++) {
            rotation(d[i] * cosine, e[i]);
            cosine = c;
            double sine = s;
            rotate(right, i);
            if (i > first) {
                e[i - 1] = oldSine * r;
            }
            rotation(oldCosine * r, d[i + 1] * sine);
            oldCosine = c;
            oldSine = s;
            d[i] = r;
            rotate(left, i);
        }
        double h = d[last] * cosine;
        d[last] = h * oldCosine;
        e[last - 1] = h * oldSine;
    }

    private void shifted(int first, int last, double shift) {
        double f = (Math.abs(d[first]) - shift) * (Math.copySign(1, d[first]) + shift / d[first]);
        double g = e[first];
        for (int i = first; i < last; i++) {
            rotation(f, g);
            if (i > first) {
                e[i - 1] = r;
            }
            f = Math.fma(c, d[i], s * e[i]);
            e[i] = Math.fma(c, e[i], -(s * d[i]));
            g = s * d[i + 1];
            d[i + 1] *= c;
            rotate(right, i);
            rotation(f, g);
            d[i] = r;
            f = Math.fma(c, e[i], s * d[i + 1]);
            d[i + 1] = Math.fma(c, d[i + 1], -(s * e[i]));
            if (i + 1 < last) {
                g = s * e[i + 1];
                e[i + 1] *= c;
            }
            rotate(left, i);
        }
        e[last - 1] = f;
    }

    /** Rotates rows i and i + 1. */
    private void rotate(double[][] rows, int i) {
        Rotations.apply(rows[i], rows[i + 1], c, s);
    }
}
