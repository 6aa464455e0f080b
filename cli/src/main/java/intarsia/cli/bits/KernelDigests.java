package intarsia.cli.bits;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.cli.bits.BitsCases.BitsCase;
import intarsia.linalg.Binary;
import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.Unary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;

/** Kernels one by one, run by a plan: elementwise functions over all magnitudes, sums and products of awkward sizes. */
final class KernelDigests {
    private static final int[] LENGTHS = {1, 2, 7, 31, 32, 33, 100, 1000, 1025};
    /** m, k, n. */
    private static final int[][] PRODUCTS = {{1, 1, 1}, {7, 5, 9}, {33, 17, 65}, {16, 128, 64}, {100, 3, 1}, {1, 200, 40}, {130, 129, 131}};
    private static final double[] SPECIAL = {0, -0.0, 1, -1, Double.MIN_VALUE, Double.MIN_NORMAL, 1e-300, 1e300, Double.MAX_VALUE,
            Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 710, -745, 88, -104, 1e-9, 0.5};

    private KernelDigests() {}

    static List<BitsCase> cases() {
        List<BitsCase> cases = new ArrayList<>();
        for (Precision precision : Precision.values()) {
            String before = "kernel " + precision + " ";
            for (Unary f : Unary.values()) {
                cases.add(new BitsCase(before + name(f), precision, (engine, digest) ->
                        digest.add(run(engine, magnitudes(), x -> x.map(f)))));
            }
            for (Binary f : Binary.values()) {
                cases.add(new BitsCase(before + name(f), precision, (engine, digest) -> digest.add(run(engine, magnitudes(), x -> x.zip(f,
                        x.slice(0, 1, x.shape().size()).plus(0).pad(0, 1, 0))))));
            }
            cases.add(new BitsCase(before + "affine", precision, (engine, digest) ->
                    digest.add(run(engine, magnitudes(), x -> x.affine(-1.7, 0.3)))));
            cases.add(new BitsCase(before + "sums", precision, KernelDigests::sums));
            for (int transposed = 0; transposed < 4; transposed++) {
                boolean a = transposed % 2 == 1;
                boolean b = transposed > 1;
                cases.add(new BitsCase(before + "product " + (a ? "T" : "N") + (b ? "T" : "N"), precision,
                        (engine, digest) -> products(engine, digest, a, b)));
            }
        }
        return cases;
    }

    private static String name(Enum<?> f) {
        return f.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** What a plan makes of a constant input. */
    static double[] run(Engine engine, Tensor input, UnaryOperator<Node> output) {
        Graph graph = new Graph();
        Node x = graph.input("x", input.shape().sizes());
        Node y = output.apply(x);
        Plan plan = Plan.compile(Parameters.of(engine, graph, RandomStream.of(1, "none")), y);
        plan.set(x, input.toDoubles());
        plan.run();
        return plan.get(y).toDoubles();
    }

    /** Numbers of every magnitude, the special ones first. */
    private static Tensor magnitudes() {
        RandomStream random = RandomStream.of(1, "bits/magnitudes");
        double[] all = DoubleStream.concat(DoubleStream.of(SPECIAL), DoubleStream.generate(() -> random.nextGaussian()
                * Math.scalb(1.0, random.nextInt(80) - 40)).limit(4079)).toArray();
        return Tensor.vector(all);
    }

    static Tensor gaussian(String path, int... sizes) {
        RandomStream random = RandomStream.of(1, "bits/" + path);
        return Tensor.of(Shape.of(sizes), DoubleStream.generate(random::nextGaussian).limit(Shape.of(sizes).size()).toArray());
    }

    private static void sums(Engine engine, Digest digest) {
        for (int n : LENGTHS) {
            digest.add(run(engine, gaussian("sum", n), Node::sum));
            digest.add(run(engine, gaussian("rows", 5, n), x -> x.sum(0)));
            digest.add(run(engine, gaussian("columns", n, 5), x -> x.sum(1)));
            digest.add(run(engine, gaussian("softmax", 3, n), Node::softmax));
            digest.add(run(engine, gaussian("softmax", 3, n), Node::logSumExp));
        }
    }

    private static void products(Engine engine, Digest digest, boolean a, boolean b) {
        for (int[] size : PRODUCTS) {
            Tensor left = a ? gaussian("left", size[1], size[0]) : gaussian("left", size[0], size[1]);
            Tensor right = b ? gaussian("right", size[2], size[1]) : gaussian("right", size[1], size[2]);
            digest.add(run(engine, left, x -> {
                Node y = x.graph().constant(right);
                return (a ? x.transpose() : x).matmul(b ? y.transpose() : y);
            }));
        }
    }
}
