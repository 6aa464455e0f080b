package intarsia.linalg.decomposition;

/** Plane rotations of pairs of rows. */
final class Rotations {
    private Rotations() {}

    /** {@code x = c x + s y} and {@code y = c y - s x} for n numbers of each. */
    static void apply(double[] a, int x, int y, int n, double c, double s) {
        for (int k = 0; k < n; k++) {
            double u = a[x + k];
            double v = a[y + k];
            a[x + k] = Math.fma(s, v, c * u);
            a[y + k] = Math.fma(c, v, -(s * u));
        }
    }

    /** The same for two arrays. */
    static void apply(double[] x, double[] y, double c, double s) {
        for (int k = 0; k < x.length; k++) {
            double u = x[k];
            double v = y[k];
            x[k] = Math.fma(s, v, c * u);
            y[k] = Math.fma(c, v, -(s * u));
        }
    }
}
