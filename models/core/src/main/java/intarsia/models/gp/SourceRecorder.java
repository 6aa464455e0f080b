package intarsia.models.gp;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.linalg.Elementary;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Records a source's kernels between rows of a task and fixed rows, as {@link SourcePanel} has them and {@link KernelWeights} weighs them.
 * A row that lacks the source is imputed where the fixed rows are; else it has covariance 0.
 */
final class SourceRecorder {
    private final MultitaskGp.KernelSet kernels;
    private final Hyperparameters h;
    private final int source;
    private final int task;
    private final Divisors divisors;
    private final SourceRows fixed;
    private final int[] fixedTasks;
    private final Graph graph;
    private final Node observed;
    private final Rows all;
    private final Rows own;

    /** Rows as kernels read them, and products of theirs with the fixed ones. */
    private record Rows(Node x, Node squares, Node excess, Node norms, Node linear, Node products) {}

    /**
     * For a source.
     *
     * @param fixedTasks the task of each fixed row that has the source
     * @param observed   whether a row has it, rows x 1
     * @param all        rows' features, and what their squares are where they are imputed
     * @param own        the same with features that do not vary in the task set to what they are there
     */
    SourceRecorder(MultitaskGp.KernelSet kernels, Hyperparameters h, int source, int task, Divisors divisors, SourceRows fixed,
            int[] fixedTasks, Node observed, Features all, Features own) {
        this.kernels = kernels;
        this.h = h;
        this.source = source;
        this.task = task;
        this.divisors = divisors;
        this.fixed = fixed;
        this.fixedTasks = fixedTasks;
        this.observed = observed;
        graph = observed.graph();
        this.all = rows(all);
        this.own = own == all ? this.all : rows(own);
    }

    /**
     * Features of rows, whole.
     *
     * @param x       rows x features, rotated where some are imputed
     * @param squares of quantities, or the means of these; null if there is none
     * @param excess  the variance of an imputed row's squares, summed, rows x 1; null where nothing is imputed
     */
    record Features(Node x, Node squares, Node excess) {}

    private Rows rows(Features of) {
        int m = fixed.size();
        Node products = of.squares == null || !kernels.has(KernelKind.SQUARES) ? null
                : of.squares.matmul(constant(m, fixed.squaresWidth(), fixed.squares()).transpose());
        return new Rows(of.x, of.squares, of.excess, sum(of.x.square()), of.x.matmul(constant(m, fixed.width(), fixed.x()).transpose()),
                products);
    }

    private static Node sum(Node columns) {
        return columns.sum(1).reshape(columns.shape().size(0), 1);
    }

    private Node constant(int rows, int columns, double[] numbers) {
        return graph.constant(Tensor.of(Shape.of(rows, columns), numbers.clone()));
    }

    /** A number for each fixed row. */
    private Node each(IntToDoubleFunction of) {
        return constant(1, fixed.size(), IntStream.range(0, fixed.size()).mapToDouble(of).toArray());
    }

    private Node imputed() {
        return observed.affine(-1, 1);
    }

    private Node fixedImputed() {
        return each(j -> fixed.uncertain(j) ? 1 : 0);
    }

    private double weight(int part, KernelKind kind) {
        return kernels.has(kind) ? h.weight(part, source, kind) / divisors.of(kind) : 0;
    }

    /** The covariance with the fixed rows that have the source, rows x fixed rows. */
    Node covariance() {
        Node shared = weighed(Hyperparameters.SHARED, all.linear, all.products, quadratic(), smooth(all))
                .times(each(j -> h.covariance(task, fixedTasks[j])));
        Node linear = own.linear.minus(divisors.constant()[task]);
        Node products = own.products == null ? null : own.products.minus(divisors.squares()[task]);
        Node both = each(j -> fixedTasks[j] == task && !fixed.uncertain(j) ? h.scale(task) : 0);
        Node specific = weighed(Hyperparameters.SPECIFIC, linear, products, linear.square(), smooth(own)).times(both).times(observed);
        return present(shared.plus(specific));
    }

    private Node weighed(int part, Node linear, Node products, Node quadratic, Node smooth) {
        Node sum = linear.times(weight(part, KernelKind.LINEAR)).plus(quadratic.times(weight(part, KernelKind.QUADRATIC)));
        sum = products == null ? sum : sum.plus(products.times(weight(part, KernelKind.SQUARES)));
        return smooth == null ? sum : sum.plus(smooth.times(weight(part, KernelKind.SMOOTH)));
    }

    /** Rows that lack a source that is not imputed have covariance 0. */
    private Node present(Node covariance) {
        return fixed.spread() == null ? covariance.times(observed) : covariance;
    }

    private Node quadratic() {
        Node quadratic = all.linear.square();
        if (fixed.spread() == null) {
            return quadratic;
        }
        SourceRows.Spread spread = fixed.spread();
        return quadratic.plus(spread(all).times(fixedImputed())).plus(imputed().times(each(j -> spread.weighted()[j])))
                .plus(imputed().times(fixedImputed()).times(spread.square()));
    }

    /** x'Vx of each row. */
    private Node spread(Rows of) {
        return sum(of.x.square().times(constant(1, fixed.width(), fixed.spread().variances())));
    }

    private Node smooth(Rows of) {
        if (!kernels.has(KernelKind.SMOOTH)) {
            return null;
        }
        Node norms = each(j -> fixed.norms()[j]);
        Node q = of.norms.plus(norms).minus(of.linear.times(2)).relu().times(1 / divisors.scale(h, source));
        Node measured = kernels.smooth().record(q);
        if (fixed.spread() == null) {
            return measured;
        }
        Node one = imputed();
        Node other = fixedImputed();
        Node both = one.times(other);
        Node either = one.plus(other).minus(both.times(2));
        return measured.times(one.plus(other).minus(both).affine(-1, 1)).plus(either.times(smooth(of, 1))).plus(both.times(smooth(of, 2)));
    }

    /** The smooth kernel where so many of the two rows are imputed. */
    private Node smooth(Rows of, int imputed) {
        double scale = divisors.scale(h, source);
        double[] variances = fixed.spread().variances();
        double[] inverse = Arrays.stream(variances).map(variance -> 1 / (scale + imputed * variance)).toArray();
        double log = Arrays.stream(variances).map(variance -> -0.5 * Elementary.log1p(imputed * variance / scale)).sum();
        Node weights = constant(1, fixed.width(), inverse);
        Node z = constant(fixed.size(), fixed.width(), fixed.x());
        Node distance = sum(of.x.square().times(weights))
                .plus(each(j -> IntStream.range(0, fixed.width()).mapToDouble(k -> inverse[k] * square(j * fixed.width() + k)).sum()))
                .minus(of.x.times(weights).matmul(z.transpose()).times(2)).relu();
        return distance.times(-0.5).exp().times(Elementary.exp(log));
    }

    private double square(int k) {
        return fixed.x()[k] * fixed.x()[k];
    }

    /** The variance of each row, rows x 1. */
    Node variance() {
        Node smooth = kernels.has(KernelKind.SMOOTH) ? observed.affine(0, 1) : null;
        Node linear = all.norms;
        Node quadratic = linear.square();
        Node products = products(all);
        if (fixed.spread() != null) {
            SourceRows.Spread spread = fixed.spread();
            Node whole = linear.plus(imputed().times(spread.total()));
            quadratic = whole.square().plus(imputed().times(spread(all).times(4).plus(2 * spread.square())));
            linear = whole;
            products = products == null ? null : products.plus(imputed().times(all.excess));
        }
        Node shared = weighed(Hyperparameters.SHARED, linear, products, quadratic, smooth).times(h.covariance(task, task));
        Node ownLinear = own.norms.minus(divisors.constant()[task]);
        Node ownProducts = products(own);
        Node specific = weighed(Hyperparameters.SPECIFIC, ownLinear,
                ownProducts == null ? null : ownProducts.minus(divisors.squares()[task]), ownLinear.square(), smooth)
                .times(h.scale(task)).times(observed);
        return present(shared.plus(specific));
    }

    private Node products(Rows of) {
        return of.products == null ? null : sum(of.squares.square());
    }
}
