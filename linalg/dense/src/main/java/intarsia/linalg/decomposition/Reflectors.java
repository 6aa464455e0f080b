package intarsia.linalg.decomposition;

import intarsia.linalg.Kernels;
import intarsia.linalg.MatMul;
import intarsia.linalg.heap.Block64;
import intarsia.linalg.heap.HostProducts;

/**
 * Householder reflections {@code H_k = I - scale_k v_k v_k'} (Golub &amp; Van Loan 2013, section 5.1), their vectors as rows. Some of them
 * together are {@code H_a ... H_b = I - V T V'} with T upper triangular, the compact WY form (Schreiber &amp; Van Loan 1989), which is
 * applied by matrix products.
 */
final class Reflectors {
    /** The square below which there is no reflection, since it could not be accurate: numbers are about 1 or less. */
    private static final double NOTHING = 0x1p-900;
    /** How many reflections are applied together. */
    static final int TOGETHER = 64;
    private static final MatMul INNER = MatMul.of(false, true);
    private static final MatMul ADDED = MatMul.PLAIN.with(MatMul.Start.OUTPUT);

    private final PaddedRows vectors;
    private final double[] scales;
    /** How far behind its own number a reflection's vector begins. */
    private final int shift;
    /** {@code -T} of those that go together, once it was needed. */
    private final Block64[] triangles;
    private final double[] lanes = new double[Kernels.LANES];

    /** Room for {@code count} reflections of vectors of this length; reflection k leaves the first {@code k + shift} numbers alone. */
    Reflectors(int count, int length, int shift) {
        vectors = new PaddedRows(count, length);
        scales = new double[PaddedRows.up(count)];
        triangles = new Block64[(count + TOGETHER - 1) / TOGETHER];
        this.shift = shift;
    }

    /** {@code v_k} as rows. */
    PaddedRows vectors() {
        return vectors;
    }

    double scale(int k) {
        return scales[k];
    }

    /**
     * Makes reflection k the one that maps x, from its first number on, to {@code (beta, 0, ..., 0)}; x stays as it is.
     *
     * @return beta, the norm with the sign opposite to the first number; that number itself if all behind it are 0
     */
    double reflect(int k, double[] x, int at) {
        int length = vectors.columns() - k - shift;
        double head = x[at];
        double tail = HostProducts.dot(x, at + 1, x, at + 1, length - 1, lanes);
        if (tail <= NOTHING) {
            return head;
        }
        double norm = Math.sqrt(Math.fma(head, head, tail));
        double beta = head > 0 ? -norm : norm;
        double[] v = vectors.numbers();
        int to = vectors.at(k, k + shift);
        System.arraycopy(x, at, v, to, length);
        v[to] = 1;
        divide(v, to + 1, to + length, head - beta);
        scales[k] = (beta - head) / beta;
        return beta;
    }

    private static void divide(double[] x, int from, int end, double divisor) {
        for (int i = from; i < end; i++) {
            x[i] /= divisor;
        }
    }

    /** {@code rows = rows Q'}, Q being the product of all reflections in their order: the last ones come first. */
    void applyTransposed(PaddedRows rows, int top, int bottom) {
        for (int from = (vectors.rows() - 1) / TOGETHER * TOGETHER; from >= 0; from -= TOGETHER) {
            apply(from, Math.min(from + TOGETHER, vectors.rows()), true, rows, top, bottom);
        }
    }

    /** The first rows of {@code Q'}, n of them. */
    PaddedRows transposed(int n) {
        PaddedRows q = new PaddedRows(n, vectors.columns());
        for (int i = 0; i < n; i++) {
            q.set(i, i, 1);
        }
        for (int from = (vectors.rows() - 1) / TOGETHER * TOGETHER; from >= 0; from -= TOGETHER) {
            // rows before are those of an identity, which these reflections leave alone
            apply(from, Math.min(from + TOGETHER, vectors.rows()), true, q, Math.min(from + shift, n), n);
        }
        return q;
    }

    /**
     * Some rows times {@code I - V T V'} or its transpose, V being the reflections from {@code from} to {@code end}; they are known, and no
     * more than go together.
     */
    void apply(int from, int end, boolean transposed, PaddedRows rows, int top, int bottom) {
        int count = end - from;
        if (bottom <= top) {
            return;
        }
        int left = from + shift;
        Block64 v = vectors.block(from, end, left, vectors.columns());
        Block64 x = rows.block(top, bottom, left, vectors.columns());
        Block64 xv = new PaddedRows(bottom - top, count).all();
        Block64 xvt = new PaddedRows(bottom - top, count).all();
        HostProducts.run(INNER, x, v, xv);
        HostProducts.run(MatMul.of(false, transposed), xv, triangle(from, end, v), xvt);
        HostProducts.run(ADDED, xvt, v, x);
    }

    private Block64 triangle(int from, int end, Block64 v) {
        boolean all = from % TOGETHER == 0 && end == Math.min(from + TOGETHER, vectors.rows());
        if (!all) {
            return newTriangle(from, end, v);
        }
        int block = from / TOGETHER;
        if (triangles[block] == null) {
            triangles[block] = newTriangle(from, end, v);
        }
        return triangles[block];
    }

    /**
     * {@code -T}: column j is {@code -scale_j (-T) V'v_j} above the diagonal, {@code -scale_j} on it. Columns are kept as rows, and all
     * entries of one are summed side by side, four terms at a time; beyond its diagonal a row is 0.
     */
    private Block64 newTriangle(int from, int end, Block64 v) {
        int count = end - from;
        PaddedRows gram = new PaddedRows(count, count);
        HostProducts.run(INNER, v, v, gram.all());
        double[][] columns = new double[count][count];
        for (int j = 0; j < count; j++) {
            double[] column = columns[j];
            int k = 0;
            for (; k + 4 <= j; k += 4) {
                RowArrays.axpy4(0, k + 4, gram.get(j, k), gram.get(j, k + 1), gram.get(j, k + 2), gram.get(j, k + 3), columns[k],
                        columns[k + 1], columns[k + 2], columns[k + 3], column);
            }
            for (; k < j; k++) {
                RowArrays.axpy(0, k + 1, gram.get(j, k), columns[k], column);
            }
            double scale = scales[from + j];
            for (int i = 0; i < j; i++) {
                column[i] *= -scale;
            }
            column[j] = -scale;
        }
        PaddedRows t = new PaddedRows(count, count);
        for (int j = 0; j < count; j++) {
            for (int i = 0; i <= j; i++) {
                t.set(i, j, columns[j][i]);
            }
        }
        return t.all();
    }
}
