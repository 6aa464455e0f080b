package intarsia.models.gp;

import intarsia.linalg.Pool;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import intarsia.linalg.decomposition.TriangularSolve;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * All n rows as m inducing rows u see them, panel by panel:
 *
 * <pre>
 * K_uu + 10^-9 diag(K_uu) = L L',   T = K_fu L^-T,   Q = T T' is what u says of the rows' covariance,   rest_i = k_ii - q_ii
 * </pre>
 *
 * Panels are computed side by side, and what is made of them is summed in their order: the same bits on any number of threads. T is kept
 * where it has at most {@value #KEPT} numbers, else computed whenever it is read, so that memory does not grow with n. O(n m^2).
 */
final class InducingProjection {
    /** What is added to the diagonal of K_uu, as a share of each entry: where rows say the same, K_uu is singular but for rounding. */
    static final double JITTER = 1e-9;
    private static final int HEIGHT = 256;
    private static final int AT_ONCE = 32;
    private static final long KEPT = 1L << 24;

    private final CrossCovariance inducing;
    private final Hyperparameters h;
    private final KernelRows rows;
    private final Pool pool;
    private final Tensor lower;
    private final int n;
    private final int m;
    private final Panel[] kept;

    /**
     * A panel of rows.
     *
     * @param first the number of its first row
     * @param size  how many rows
     * @param t     their part of T, size x m; not to be changed
     * @param rest  for each row {@code k_ii - q_ii}, at least 0
     */
    record Panel(int first, int size, double[] t, double[] rest) {}

    /** Of rows on inducing rows. */
    InducingProjection(MultitaskGp.KernelSet kernels, TrainingRows inducing, KernelRows rows, Hyperparameters h, Pool pool) {
        this.inducing = inducing.cross(kernels);
        this.h = h;
        this.rows = rows;
        this.pool = pool;
        n = rows.size();
        m = inducing.size();
        kept = (long) n * m <= KEPT ? new Panel[panels()] : null;
        double[] k = new double[m * m];
        inducing.covariance(kernels).fill(h, k, pool);
        for (int i = 0; i < m; i++) {
            k[i * m + i] *= 1 + JITTER;
        }
        lower = Cholesky.of(Tensor.of(Shape.of(m, m), k), pool).lower();
    }

    /** How many rows there are. */
    int rows() {
        return n;
    }

    /** m. */
    int size() {
        return m;
    }

    /** L. */
    Tensor lower() {
        return lower;
    }

    /** The covariance with the inducing rows. */
    CrossCovariance inducing() {
        return inducing;
    }

    private int panels() {
        return (n + HEIGHT - 1) / HEIGHT;
    }

    /** The rows of a panel. */
    KernelRows of(Panel panel) {
        return rows.range(panel.first, panel.first + panel.size);
    }

    /**
     * Makes something of each panel, several at a time, and takes what was made in the order of rows.
     *
     * @param made  called on any thread
     * @param taken called on the caller's thread
     */
    <P> void panels(Function<Panel, P> made, Consumer<P> taken) {
        for (int from = 0; from < panels(); from += AT_ONCE) {
            int first = from;
            int count = Math.min(AT_ONCE, panels() - from);
            Object[] parts = new Object[count];
            pool.run(count, i -> parts[i] = made.apply(panel(first + i)));
            for (Object part : parts) {
                @SuppressWarnings("unchecked")
                P own = (P) part;
                taken.accept(own);
            }
        }
    }

    private Panel panel(int index) {
        if (kept == null) {
            return project(index);
        }
        kept[index] = kept[index] == null ? project(index) : kept[index];
        return kept[index];
    }

    private Panel project(int index) {
        int first = index * HEIGHT;
        int size = Math.min(n, first + HEIGHT) - first;
        CrossCovariance.Of cross = inducing.of(h, rows.range(first, first + size));
        double[] t = TriangularSolve.right(lower, true, Tensor.of(Shape.of(size, m), cross.covariance())).doubles();
        double[] rest = cross.variance();
        for (int i = 0; i < size; i++) {
            rest[i] = Math.max(0, rest[i] - GpPosterior.dot(t, i * m, t, i * m, m));
        }
        return new Panel(first, size, t, rest);
    }
}
