package intarsia.linalg.decomposition;

import intarsia.linalg.Command;
import intarsia.linalg.MatMul;
import intarsia.linalg.Pool;
import intarsia.linalg.heap.Block64;
import intarsia.linalg.heap.HostProducts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The part of a product that is on and below the diagonal, for products that are symmetric. Rectangles beside the diagonal are products;
 * what is left are squares on it, halved until they are small: of these, entries above the diagonal are computed, too.
 */
final class SymmetricProduct {
    /** The largest square on the diagonal that is computed as a whole. */
    private static final int SQUARE = 64;
    /** From so many multiplications on the threads share a product; of smaller ones each does some. */
    private static final long LARGE = 1L << 22;

    private final MatMul form;
    private final Block64 left;
    private final Block64 right;
    private final Block64 out;
    private final Pool pool;
    private final Consumer<Command> to;
    private final List<Command> small = new ArrayList<>();

    private SymmetricProduct(MatMul form, Block64 left, Block64 right, Block64 out, Pool pool, Consumer<Command> to) {
        this.form = form.with(MatMul.Start.OUTPUT);
        this.left = left;
        this.right = right;
        this.out = out;
        this.pool = pool;
        this.to = to;
    }

    /** Binds what adds the entries on and below the diagonal of {@code op(left) op(right)} to an output at least as high as wide. */
    static void add(MatMul form, Block64 left, Block64 right, Block64 out, Pool pool, Consumer<Command> to) {
        SymmetricProduct product = new SymmetricProduct(form, left, right, out, pool, to);
        product.square(0, out.columns());
        if (out.rows() > out.columns()) {
            product.rectangle(out.columns(), out.rows(), 0, out.columns());
        }
        product.small();
    }

    private void square(int from, int end) {
        if (end - from <= SQUARE) {
            rectangle(from, end, from, end);
            return;
        }
        int middle = from + ((end - from) / 2 + SQUARE - 1) / SQUARE * SQUARE;
        square(from, middle);
        rectangle(middle, end, from, middle);
        square(middle, end);
    }

    private void rectangle(int top, int bottom, int from, int end) {
        Block64 rows = form.transposeA() ? left.part(0, left.rows(), top, bottom) : left.part(top, bottom, 0, left.columns());
        Block64 columns = form.transposeB() ? right.part(from, end, 0, right.columns()) : right.part(0, right.rows(), from, end);
        long size = (long) (bottom - top) * (end - from) * (form.transposeA() ? left.rows() : left.columns());
        if (pool.threads() == 1 || size >= LARGE) {
            to.accept(HostProducts.bind(form, rows, columns, out.part(top, bottom, from, end), pool));
        } else {
            small.add(HostProducts.bind(form, rows, columns, out.part(top, bottom, from, end)));
        }
    }

    private void small() {
        Command[] products = small.toArray(Command[]::new);
        Pool.Parts work = part -> products[part].run();
        if (products.length > 0) {
            to.accept(() -> pool.run(products.length, work));
        }
    }
}
