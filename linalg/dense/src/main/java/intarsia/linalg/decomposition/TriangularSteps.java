package intarsia.linalg.decomposition;

import intarsia.linalg.Command;
import intarsia.linalg.MatMul;
import intarsia.linalg.heap.Block64;
import intarsia.linalg.heap.HostProducts;
import java.util.function.Consumer;

/**
 * A triangular system solved in place, by recursion: for the first half of the unknowns, which are then subtracted from the rest, and for
 * the second half; where the triangle is upper, for the second half first. What was solved stands there with the other sign, so that to
 * subtract is to add a product. A few unknowns at a time are found by {@link Substitution}.
 *
 * <p>Every unknown takes its terms one after the other, each by one fused multiply-add, and is divided at last. From the first unknown on
 * the order is ascending, and the bits those of the formula. From the last one on, blocks of later terms come before those of earlier ones;
 * the blocks depend on the order of the triangle alone.
 */
final class TriangularSteps {
    private final Block64 l;
    private final boolean transposed;
    private final boolean right;
    private final Block64 b;
    private final Strips strips;
    private final Consumer<Command> to;
    /** Whether the last unknown is found first. */
    private final boolean backward;

    private TriangularSteps(Block64 l, boolean transposed, boolean right, Block64 b, Strips strips, Consumer<Command> to) {
        this.l = l;
        this.transposed = transposed;
        this.right = right;
        this.b = b;
        this.strips = strips;
        this.to = to;
        backward = transposed != right;
    }

    /**
     * Binds the steps that replace b by {@code -x}, where {@code op(l) x = b}, op(l) being l or its transpose. They allocate nothing. What
     * is above the diagonal of l is not read.
     */
    static void left(Block64 l, boolean transposed, Block64 b, Strips strips, Consumer<Command> to) {
        new TriangularSteps(l, transposed, false, b, strips, to).solve(0, l.rows());
    }

    /** The same where {@code x op(l) = b}. */
    static void right(Block64 l, boolean transposed, Block64 b, Strips strips, Consumer<Command> to) {
        new TriangularSteps(l, transposed, true, b, strips, to).solve(0, l.rows());
    }

    private void solve(int from, int end) {
        if (end - from <= Substitution.ORDER) {
            Strips.Cut cut = strips.new Cut(unknowns(from, end), right, backward);
            to.accept(() -> few(from, end, cut));
            return;
        }
        int middle = Substitution.middle(from, end);
        Block64 between = l.part(middle, end, from, middle);
        if (backward) {
            solve(middle, end);
            subtract(unknowns(middle, end), between, unknowns(from, middle));
            solve(from, middle);
        } else {
            solve(from, middle);
            subtract(unknowns(from, middle), between, unknowns(middle, end));
            solve(middle, end);
        }
    }

    private void subtract(Block64 solved, Block64 between, Block64 from) {
        MatMul product = right ? MatMul.of(false, transposed) : MatMul.of(transposed, false);
        to.accept(HostProducts.bind(product.with(MatMul.Start.OUTPUT), right ? solved : between, right ? between : solved, from,
                strips.pool()));
    }

    private Block64 unknowns(int from, int end) {
        return right ? b.part(0, b.rows(), from, end) : b.part(from, end, 0, b.columns());
    }

    private void few(int from, int end, Strips.Cut cut) {
        int order = end - from;
        Substitution substitution = strips.substitution();
        substitution.begin(order);
        for (int i = 0; i < order; i++) {
            for (int k = 0; k <= i; k++) {
                substitution.set(i, k, backward ? l.at(end - 1 - k, end - 1 - i) : l.at(from + i, from + k));
            }
        }
        cut.solve();
    }
}
