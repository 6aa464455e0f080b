package intarsia.linalg.decomposition;

import intarsia.linalg.Command;
import intarsia.linalg.MatMul;
import intarsia.linalg.Pool;
import intarsia.linalg.heap.Block64;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The Cholesky factorization in place of a lower triangle [n x n], by recursion: the first half of the columns is factorized and subtracted
 * from the rest, then the second half. What is not factorized yet stands there with the other sign, so that to subtract is to add a
 * product. A few columns at a time are done by {@link Substitution}, strips of rows in parallel.
 *
 * <p>Every entry takes its terms in ascending order, each by one fused multiply-add, and is divided at last: the same bits as by the
 * formula, {@code l_ij = (a_ij - sum_k l_ik l_jk) / l_jj}, on any number of threads; a zero is 0, never -0.
 */
final class CholeskySteps {
    /** Diagonals from 2^-200 to 2^200 need no other units: no square leaves the range. */
    private static final int ORDINARY = 200;

    private final Block64 w;
    private final int n;
    private final Strips strips;
    private final Consumer<Command> to;
    /** The unit of each row, a power of two, unless all entries are of ordinary size. */
    private final double[] units;
    private boolean ordinary;

    private CholeskySteps(Block64 w, Strips strips, Consumer<Command> to) {
        this.w = w;
        this.strips = strips;
        this.to = to;
        n = w.rows();
        units = new double[n];
    }

    /**
     * Binds the steps; run, they turn the lower triangle of w into its factor and write zeros above. They allocate nothing.
     *
     * @throws DecompositionException when run, if the matrix is not positive definite or not finite
     */
    static void bind(Block64 w, Strips strips, Consumer<Command> to) {
        CholeskySteps steps = new CholeskySteps(w, strips, to);
        int parts = steps.strips.pool().threads();
        Pool.Parts begin = part -> steps.begin(part, parts);
        Pool.Parts end = part -> steps.end(part, parts);
        to.accept(() -> {
            steps.findUnits();
            steps.strips.pool().run(parts, begin);
        });
        steps.factorize(0, steps.n);
        to.accept(() -> steps.strips.pool().run(parts, end));
    }

    private void factorize(int from, int end) {
        if (end - from <= Substitution.ORDER) {
            to.accept(new Few(from, end));
            return;
        }
        int middle = Substitution.middle(from, end);
        factorize(from, middle);
        Block64 done = w.part(middle, n, from, middle);
        SymmetricProduct.add(MatMul.of(false, true), done, done, w.part(middle, n, middle, end), strips.pool(), to);
        factorize(middle, end);
    }

    private void findUnits() {
        ordinary = true;
        for (int i = 0; i < n; i++) {
            units[i] = Cholesky.unit(w.at(i, i));
            ordinary &= Math.abs(Math.getExponent(w.at(i, i))) <= ORDINARY;
        }
    }

    /** Brings rows of the lower triangle, a step apart, into their units and changes their sign. */
    private void begin(int first, int step) {
        double[] x = w.array();
        for (int i = first; i < n; i += step) {
            int row = w.row(i);
            for (int j = 0; j <= i; j++) {
                x[row + j] = -x[row + j];
            }
            for (int j = 0; !ordinary && j <= i; j++) {
                x[row + j] = x[row + j] * units[i] * units[j];
            }
        }
    }

    /** Brings rows of the factor back to the units of the matrix given; zeros, whose sign has changed, become 0, as is what is above. */
    private void end(int first, int step) {
        double[] x = w.array();
        for (int i = first; i < n; i += step) {
            int row = w.row(i);
            for (int j = 0; !ordinary && j <= i; j++) {
                x[row + j] /= units[i];
            }
            for (int j = 0; j <= i; j++) {
                x[row + j] += 0.0;
            }
            Arrays.fill(x, row + i + 1, row + n, 0);
        }
    }

    /** A few columns from which nothing is to be subtracted any more. */
    private final class Few implements Command {
        private final int from;
        private final int order;
        /** The rows done first: those that have the diagonal, and on a single thread as many more as go together. */
        private final Block64 first;
        private final Strips.Cut others;

        Few(int from, int end) {
            this.from = from;
            order = end - from;
            int bottom = strips.pool().threads() == 1 ? Math.min(n, from + Strip.WIDTH) : end;
            first = w.part(from, bottom, from, end);
            others = strips.new Cut(w.part(bottom, n, from, end), true, false);
        }

        @Override
        public void run() {
            Strip strip = strips.strip();
            Substitution substitution = strips.substitution();
            strip.take(first, true, false);
            substitution.begin(order);
            int failed = substitution.factorize(strip);
            if (failed >= 0) {
                int pivot = from + failed;
                double unit = ordinary ? 1 : units[pivot];
                throw Cholesky.notPositive(n, pivot, -strip.get(failed, failed) / unit / unit);
            }
            for (int i = 0; i < order; i++) {
                strip.set(i, i, substitution.get(i, i));
            }
            strip.put(first, true, false);
            others.solve();
        }
    }
}
