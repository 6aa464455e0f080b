package intarsia.linalg.decomposition;

/**
 * A symmetric matrix as {@code Q T Q'} with T tridiagonal, by Householder reflections (Golub &amp; Van Loan 2013, section 8.3.1).
 *
 * @param diagonal    of T [n]
 * @param offDiagonal next to it [n], the last number unused
 * @param rows        of {@code Q'} [n x n]
 */
record Tridiagonal(double[] diagonal, double[] offDiagonal, double[][] rows) {
    /** Reduces a, whose rows are used up; entries should be about 1 or less. O(4 n^3 / 3) multiplications, half of them for Q. */
    static Tridiagonal of(double[][] a) {
        int n = a.length;
        double[] diagonal = new double[n];
        double[] offDiagonal = new double[n];
        Reflector[] reflectors = new Reflector[n];
        double[] w = new double[n];
        for (int k = 0; k < n - 1; k++) {
            diagonal[k] = a[k][k];
            // the row is the column, and not needed any more
            reflectors[k] = Reflector.of(a[k], k + 1);
            offDiagonal[k] = reflectors[k].beta();
            reflect(a, reflectors[k], w);
        }
        diagonal[n - 1] = a[n - 1][n - 1];
        double[][] q = RowArrays.identity(n, n);
        for (int k = n - 2; k >= 0; k--) {
            reflectors[k].apply(q, k + 1, n, w);
        }
        return new Tridiagonal(diagonal, offDiagonal, transposed(q));
    }

    /** {@code a = H a H} where v has numbers, as {@code a - v w' - w v'} with {@code w = scale (a v - scale (v' a v) v / 2)}. */
    private static void reflect(double[][] a, Reflector h, double[] w) {
        if (h.scale() == 0) {
            return;
        }
        int n = a.length;
        double[] v = h.v();
        RowArrays.combine(v, h.from(), a, h.from(), n, w);
        double inner = 0;
        for (int j = h.from(); j < n; j++) {
            inner = Math.fma(v[j], w[j], inner);
        }
        double half = h.scale() * inner / 2;
        for (int j = h.from(); j < n; j++) {
            w[j] = h.scale() * Math.fma(-half, v[j], w[j]);
        }
        for (int i = h.from(); i < n; i++) {
            RowArrays.axpyTwice(h.from(), n, -v[i], w, -w[i], v, a[i]);
        }
    }

    private static double[][] transposed(double[][] q) {
        int n = q.length;
        double[] turned = Matrices.transpose(RowArrays.tensor(q, n)).doubles();
        for (int i = 0; i < n; i++) {
            System.arraycopy(turned, i * n, q[i], 0, n);
        }
        return q;
    }
}
