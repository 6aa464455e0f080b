package intarsia.linalg.simd;

import intarsia.linalg.AdamStep;
import intarsia.linalg.Binary;
import intarsia.linalg.Command;
import intarsia.linalg.MatMul;
import intarsia.linalg.Pool;
import intarsia.linalg.Unary;
import intarsia.linalg.heap.Block64;
import intarsia.linalg.heap.Loops64;
import intarsia.linalg.heap.ScalarLoops64;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

/**
 * Scalar loops that become vector loops, kernel by kernel. Until the compiler has dealt with it, vector code is a thousand times slower
 * than scalar code; so a kernel that is asked for the first time is run in the background, on numbers of its own, until it beats the
 * scalar one, and only then takes its place. Both give the same bits, so nobody can tell. Where vectors are emulated they never win, and
 * scalar loops stay.
 */
final class WarmingLoops64 implements Loops64 {
    private static final int BINARY = Unary.values().length;
    private static final int AFFINE = BINARY + Binary.values().length;
    private static final int SUM = AFFINE + 1;
    private static final int DOT = SUM + 1;
    private static final int ROWS = DOT + 1;
    private static final int ADAM = ROWS + 1;
    private static final int MATMUL = ADAM + 1;

    private static final int COLD = 0;
    private static final int WARMING = 1;
    private static final int READY = 2;

    /** How warm each kernel is: a fact about this process's compiled code, the same for all its engines. */
    private static final AtomicIntegerArray STATES = new AtomicIntegerArray(MATMUL + 1);

    private static final Pool ALONE = new Pool(1);

    private final ScalarLoops64 scalar = new ScalarLoops64();
    private final VectorLoops64 vector = new VectorLoops64();

    private boolean ready(int kernel) {
        int state = STATES.get(kernel);
        if (state == COLD && STATES.compareAndSet(kernel, COLD, WARMING)) {
            Warming.BACKGROUND.execute(() -> {
                List<Runnable> fast = trials(new VectorLoops64(), kernel);
                List<Runnable> slow = trials(new ScalarLoops64(), kernel);
                // one by one, or those that win would hide those that are not compiled yet
                if (IntStream.range(0, fast.size()).allMatch(i -> Warming.wins(fast.get(i), slow.get(i)))) {
                    STATES.set(kernel, READY);
                }
            });
        }
        return state == READY;
    }

    private Loops64 loops(int kernel) {
        return ready(kernel) ? vector : scalar;
    }

    @Override
    public String name() {
        return vector.name();
    }

    @Override
    public void map(Unary f, double[] x, int xo, double[] out, int oo, int n) {
        loops(f.ordinal()).map(f, x, xo, out, oo, n);
    }

    @Override
    public void zip(Binary f, double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
        loops(BINARY + f.ordinal()).zip(f, x, xo, y, yo, out, oo, n);
    }

    @Override
    public void affine(double scale, double shift, double[] x, int xo, double[] out, int oo, int n) {
        loops(AFFINE).affine(scale, shift, x, xo, out, oo, n);
    }

    @Override
    public double sum(double[] x, int xo, int n) {
        return loops(SUM).sum(x, xo, n);
    }

    @Override
    public double dot(double[] x, int xo, double[] y, int yo, int n) {
        return loops(DOT).dot(x, xo, y, yo, n);
    }

    @Override
    public void addRows(double[] x, int xo, int stride, int rows, double[] out, int oo, int n) {
        loops(ROWS).addRows(x, xo, stride, rows, out, oo, n);
    }

    @Override
    public void adam(AdamStep step, double[] p, int po, double[] g, int go, double[] m, int mo, double[] v, int vo, int n) {
        loops(ADAM).adam(step, p, po, g, go, m, mo, v, vo, n);
    }

    @Override
    public Command matmul(MatMul product, Block64 a, Block64 b, Block64 bias, Block64 c, Pool pool) {
        if (MatMulBinding64.tiny(c.rows(), c.columns(), product.transposeA() ? a.rows() : a.columns())) {
            return scalar.matmul(product, a, b, bias, c, pool);
        }
        Command fast = vector.matmul(product, a, b, bias, c, pool);
        int activation = product.activation() == null ? MATMUL : product.activation().ordinal();
        if (ready(MATMUL) & ready(activation)) {
            return fast;
        }
        Command slow = scalar.matmul(product, a, b, bias, c, pool);
        return () -> (ready(MATMUL) & ready(activation) ? fast : slow).run();
    }

    /** What proves a kernel warm. */
    private static List<Runnable> trials(Loops64 loops, int kernel) {
        return kernel == MATMUL ? products(loops) : List.of(trial(loops, kernel));
    }

    /** One run of a kernel on numbers of its own. */
    private static Runnable trial(Loops64 loops, int kernel) {
        int n = 512;
        double[] x = new double[n];
        double[] y = new double[n];
        double[] z = new double[n];
        Arrays.fill(x, 1);
        Arrays.fill(y, 1);
        if (kernel < BINARY) {
            Unary f = Unary.values()[kernel];
            return () -> loops.map(f, x, 0, z, 0, n);
        }
        if (kernel < AFFINE) {
            Binary f = Binary.values()[kernel - BINARY];
            return () -> loops.zip(f, x, 0, y, 0, z, 0, n);
        }
        if (kernel == ADAM) {
            AdamStep step = new AdamStep(0.9, 0.999, 1e-8);
            return () -> loops.adam(step, z, 0, x, 0, y, 0, x, 0, n);
        }
        if (kernel == ROWS) {
            return () -> loops.addRows(x, 0, 64, 8, z, 0, 64);
        }
        if (kernel == AFFINE) {
            return () -> loops.affine(2, 1, x, 0, z, 0, n);
        }
        return kernel == SUM ? () -> z[0] = loops.sum(x, 0, n) : () -> z[0] = loops.dot(x, 0, y, 0, n);
    }

    /** Products that between them go every way there is: in tiles and edges of every shape, row by row, turned round, packed, through scratch memory. */
    private static List<Runnable> products(Loops64 loops) {
        int l = Width.F64.length();
        int[][] sizes = {{10, 20, 4 * l}, {12, 20, 4 * l}, {3, 20, 5 * l}, {16, 20, 7 * l}, {16, 20, 6 * l}, {16, 20, 5 * l}, {16, 20, 4 * l + l / 2},
            {16, 20, 4 * l + 1}, {16, 20, 1}, {10, 140, 8 * l}};
        List<Runnable> trials = new ArrayList<>();
        for (int[] size : sizes) {
            List<Command> commands = new ArrayList<>();
            for (int form = 0; form < 4; form++) {
                commands.add(product(loops, MatMul.of(form % 2 == 1, form > 1), size));
                commands.add(product(loops, MatMul.of(form % 2 == 1, form > 1).with(MatMul.Start.OUTPUT), size));
            }
            trials.add(() -> commands.forEach(Command::run));
        }
        trials.add(product(loops, MatMul.PLAIN, new int[] {4, 370, 370})::run);
        return trials;
    }

    private static Command product(Loops64 loops, MatMul product, int[] size) {
        return loops.matmul(product, product.transposeA() ? block(size[1], size[0]) : block(size[0], size[1]),
                product.transposeB() ? block(size[2], size[1]) : block(size[1], size[2]), null, block(size[0], size[2]), ALONE);
    }

    private static Block64 block(int rows, int columns) {
        return new Block64(new double[rows * columns], 0, rows, columns, columns);
    }
}
