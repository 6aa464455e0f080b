package intarsia.linalg.decomposition;

import intarsia.linalg.Command;
import intarsia.linalg.Kernels;
import intarsia.linalg.Pool;
import intarsia.linalg.View;
import intarsia.linalg.heap.Block64;
import java.util.ArrayList;
import java.util.List;

/**
 * Factorizations of views, bound to their operands as kernels are: running one allocates nothing. They compute in F64 on copies, whatever
 * the kernels' precision, and may use the pool's threads.
 */
public final class Factorizations {
    private Factorizations() {}

    /**
     * Writes the Cholesky factor of a [n x n], of which only the lower triangle counts, to l, with zeros above.
     *
     * @throws DecompositionException when run, if a is not positive definite or not finite
     */
    public static Command cholesky(Kernels kernels, Pool pool, View a, View l) {
        int n = a.rows();
        double[] work = new double[n * n];
        List<Command> steps = new ArrayList<>(List.of(() -> kernels.download(a, work, 0)));
        CholeskySteps.bind(new Block64(work, 0, n, n, n), new Strips(pool, n, n), steps::add);
        steps.add(() -> kernels.upload(work, 0, l));
        return inOrder(steps);
    }

    /**
     * Writes the x with {@code op(l) x = b} or, on the right, {@code x op(l) = b}, op(l) being l [n x n] or its transpose; of l only the
     * lower triangle counts.
     */
    public static Command triangularSolve(Kernels kernels, Pool pool, boolean transposed, boolean right, View l, View b, View x) {
        int n = l.rows();
        double[] triangle = new double[n * n];
        double[] work = new double[b.size()];
        Block64 block = new Block64(triangle, 0, n, n, n);
        Block64 unknowns = new Block64(work, 0, b.rows(), b.columns(), b.columns());
        List<Command> steps = new ArrayList<>(List.of(() -> {
            kernels.download(l, triangle, 0);
            kernels.download(b, work, 0);
        }));
        Strips strips = new Strips(pool, n, right ? b.rows() : b.columns());
        if (right) {
            TriangularSteps.right(block, transposed, unknowns, strips, steps::add);
        } else {
            TriangularSteps.left(block, transposed, unknowns, strips, steps::add);
        }
        steps.add(() -> {
            for (int i = 0; i < work.length; i++) {
                work[i] = -work[i];
            }
            kernels.upload(work, 0, x);
        });
        return inOrder(steps);
    }

    private static Command inOrder(List<Command> steps) {
        Command[] all = steps.toArray(Command[]::new);
        return () -> {
            for (Command step : all) {
                step.run();
            }
        };
    }
}
