package intarsia.linalg.decomposition;

import intarsia.linalg.Command;
import intarsia.linalg.MatMul;
import intarsia.linalg.heap.Block64;
import intarsia.linalg.heap.HostProducts;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The inverse x of {@code l l'} by recursion: with the halves of l, and {@code w = l_21 l_11^-1},
 * <pre>  x_22 = (l_22 l_22')^-1,   x_12 = -w' x_22,   x_11 = (l_11 l_11')^-1 + w' x_22 w,</pre>
 * in all a triangular solve and two products a level, of which the second needs one half only. Where x_21 will be is -w until then.
 */
final class InverseSteps {
    private final Block64 l;
    private final Block64 x;
    private final Strips strips;
    private final Consumer<Command> to;

    private InverseSteps(Block64 l, Block64 x, Strips strips, Consumer<Command> to) {
        this.l = l;
        this.x = x;
        this.strips = strips;
        this.to = to;
    }

    /** Binds the steps that write the inverse of {@code l l'} to x. They allocate nothing. What is above the diagonal of l is not read. */
    static void bind(Block64 l, Block64 x, Strips strips, Consumer<Command> to) {
        InverseSteps steps = new InverseSteps(l, x, strips, to);
        steps.invert(0, l.rows());
        to.accept(() -> Matrices.mirror(x));
    }

    /** The inverse of a part of l, on and below the diagonal. */
    private void invert(int from, int end) {
        Block64 all = x.part(from, end, from, end);
        if (end - from <= Substitution.ORDER) {
            to.accept(() -> identity(all));
            TriangularSteps.left(l.part(from, end, from, end), false, all, strips, to);
            TriangularSteps.left(l.part(from, end, from, end), true, all, strips, to);
            return;
        }
        int middle = Substitution.middle(from, end);
        Block64 x11 = x.part(from, middle, from, middle);
        Block64 x12 = x.part(from, middle, middle, end);
        Block64 x21 = x.part(middle, end, from, middle);
        Block64 x22 = x.part(middle, end, middle, end);
        Block64 l21 = l.part(middle, end, from, middle);
        invert(from, middle);
        invert(middle, end);
        to.accept(() -> {
            Matrices.mirror(x22);
            copy(l21, x21);
        });
        TriangularSteps.right(l.part(from, middle, from, middle), false, x21, strips, to);
        to.accept(HostProducts.bind(MatMul.of(true, false), x21, x22, x12, strips.pool()));
        SymmetricProduct.add(MatMul.PLAIN, x12, x21, x11, strips.pool(), to);
        to.accept(() -> HostProducts.transpose(x12.rows(), x12.columns(), x.array(), x12.offset(), x.stride(), x.array(), x21.offset(),
                x.stride()));
    }

    private static void identity(Block64 block) {
        for (int i = 0; i < block.rows(); i++) {
            Arrays.fill(block.array(), block.row(i), block.row(i) + block.columns(), 0);
            block.array()[block.row(i) + i] = 1;
        }
    }

    private static void copy(Block64 from, Block64 to) {
        for (int i = 0; i < from.rows(); i++) {
            System.arraycopy(from.array(), from.row(i), to.array(), to.row(i), from.columns());
        }
    }
}
