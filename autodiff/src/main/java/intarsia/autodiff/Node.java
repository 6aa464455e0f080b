package intarsia.autodiff;

import intarsia.linalg.Binary;
import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Unary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One result in a {@link Graph}: an op of earlier nodes, with a shape known from the start. Methods record further nodes and fail at once,
 * with names and full shapes, where shapes do not fit. Elementwise operations broadcast: an operand is repeated along axes where its size
 * is 1 or that it lacks.
 */
public final class Node {
    private final Graph graph;
    private final int id;
    private final Op op;
    private final List<Node> inputs;
    private final Shape shape;

    Node(Graph graph, int id, Op op, List<Node> inputs, Shape shape) {
        this.graph = graph;
        this.id = id;
        this.op = op;
        this.inputs = inputs;
        this.shape = shape;
    }

    /** The graph it is recorded in. */
    public Graph graph() {
        return graph;
    }

    /** Its place in the order of recording; operands come before their use. */
    public int id() {
        return id;
    }

    /** What it computes. */
    public Op op() {
        return op;
    }

    /** Its operands. */
    public List<Node> inputs() {
        return inputs;
    }

    /** One of its operands. */
    public Node input(int index) {
        return inputs.get(index);
    }

    /** Its shape. */
    public Shape shape() {
        return shape;
    }

    /** {@code this + other}. */
    public Node plus(Node other) {
        return zip(Binary.ADD, other);
    }

    /** {@code this - other}. */
    public Node minus(Node other) {
        return zip(Binary.SUBTRACT, other);
    }

    /** {@code this * other}, elementwise. */
    public Node times(Node other) {
        return zip(Binary.MULTIPLY, other);
    }

    /** {@code this / other}, elementwise. */
    public Node dividedBy(Node other) {
        return zip(Binary.DIVIDE, other);
    }

    /** The larger of the two, elementwise. */
    public Node max(Node other) {
        return zip(Binary.MAX, other);
    }

    /** The smaller of the two, elementwise. */
    public Node min(Node other) {
        return zip(Binary.MIN, other);
    }

    /** 1 where {@code this >= other}, else 0; derivative 0. */
    public Node atLeast(Node other) {
        return zip(Binary.AT_LEAST, other);
    }

    /** {@code this + number}. */
    public Node plus(double number) {
        return affine(1, number);
    }

    /** {@code this - number}. */
    public Node minus(double number) {
        return affine(1, -number);
    }

    /** {@code this * number}. */
    public Node times(double number) {
        return affine(number, 0);
    }

    /** This, but that its derivative counts so many times: -1 reverses the gradient of what is below, 0 stops it. */
    public Node gradientTimes(double factor) {
        return factor == 1 ? this : graph.add(new Op.GradientTimes(factor), this);
    }

    /** {@code scale * this + shift}, rounded once. */
    public Node affine(double scale, double shift) {
        return graph.add(new Op.Affine(scale, shift), this);
    }

    /** {@code -this}. */
    public Node negate() {
        return map(Unary.NEGATE);
    }

    /** {@code |this|}. */
    public Node abs() {
        return map(Unary.ABS);
    }

    /** -1, 0 or 1; derivative 0. */
    public Node sign() {
        return map(Unary.SIGN);
    }

    /** 1 where {@code this > 0}, else 0; derivative 0. */
    public Node step() {
        return map(Unary.STEP);
    }

    /** {@code this^2}. */
    public Node square() {
        return map(Unary.SQUARE);
    }

    /** The square root. */
    public Node sqrt() {
        return map(Unary.SQRT);
    }

    /** {@code 1 / this}. */
    public Node reciprocal() {
        return map(Unary.RECIPROCAL);
    }

    /** {@code e^this}. */
    public Node exp() {
        return map(Unary.EXP);
    }

    /** The natural logarithm. */
    public Node log() {
        return map(Unary.LOG);
    }

    /** {@code log(1 + this)}. */
    public Node log1p() {
        return map(Unary.LOG1P);
    }

    /** The hyperbolic tangent. */
    public Node tanh() {
        return map(Unary.TANH);
    }

    /** {@code 1 / (1 + e^-this)}. */
    public Node sigmoid() {
        return map(Unary.SIGMOID);
    }

    /** {@code log(1 + e^this)}. */
    public Node softplus() {
        return map(Unary.SOFTPLUS);
    }

    /** {@code max(this, 0)}. */
    public Node relu() {
        return map(Unary.RELU);
    }

    /** Any elementwise function of one operand. */
    public Node map(Unary f) {
        return graph.add(new Op.Map(f), this);
    }

    /** Any elementwise function of two operands. */
    public Node zip(Binary f, Node other) {
        return graph.add(new Op.Zip(f), this, other);
    }

    /** The matrix product. */
    public Node matmul(Node other) {
        return graph.add(new Op.MatMul(false, false), this, other);
    }

    /** A matrix with rows and columns exchanged; inside a product it costs nothing. */
    public Node transpose() {
        if (shape.rank() != 2) {
            throw new ShapeException("transpose of " + this + ": must be a matrix");
        }
        return permute(1, 0);
    }

    /** Axes in another order: axis k of the result is axis {@code axes[k]} of this. */
    public Node permute(Integer... axes) {
        return graph.add(new Op.Permute(List.of(axes)), this);
    }

    /** The sum of all elements, a scalar. */
    public Node sum() {
        return sumTo(Shape.scalar());
    }

    /** The sum along one axis, which is gone afterwards. */
    public Node sum(int axis) {
        return sumTo(shape.with(axis, 1)).reshape(shape.without(axis));
    }

    /** The mean of all elements, a scalar. */
    public Node mean() {
        return sum().times(1.0 / shape.size());
    }

    /** The mean along one axis, which is gone afterwards. */
    public Node mean(int axis) {
        return sum(axis).times(1.0 / shape.size(axis));
    }

    /** The sum over whatever axes have to go for this shape: the adjoint of {@link #broadcastTo}. */
    public Node sumTo(Shape target) {
        if (!target.broadcastsTo(shape)) {
            throw new ShapeException("sum of " + this + " to " + target + ": an axis must keep its size, become 1 or go from the front");
        }
        int lead = shape.rank() - target.rank();
        int[] kept = IntStream.range(0, shape.rank()).map(i -> i < lead ? 1 : target.size(i - lead)).toArray();
        Node result = this;
        // One run of neighboring axes at a time, the last first; axes of size 1 belong to any run.
        int end = shape.rank();
        while (end > 0) {
            int last = end - 1;
            if (kept[last] == result.shape.size(last)) {
                end--;
                continue;
            }
            int first = last;
            while (first > 0 && kept[first - 1] == 1) {
                first--;
            }
            int[] sizes = result.shape.sizes();
            for (int i = first; i <= last; i++) {
                sizes[i] = 1;
            }
            result = graph.add(new Op.SumTo(Shape.of(sizes)), result);
            end = first;
        }
        return result.reshape(target);
    }

    /** This tensor repeated to a larger shape. */
    public Node broadcastTo(Shape target) {
        return graph.add(new Op.BroadcastTo(target), this);
    }

    /** The same numbers under another shape. */
    public Node reshape(Shape target) {
        return graph.add(new Op.Reshape(target), this);
    }

    /** The same numbers under another shape. */
    public Node reshape(int... sizes) {
        return reshape(Shape.of(sizes));
    }

    /** The entries {@code from} (inclusive) to {@code to} (exclusive) along an axis. */
    public Node slice(int axis, int from, int to) {
        return graph.add(new Op.Slice(shape.axis(axis), from, to), this);
    }

    /** Columns of a matrix, in this order; a column may come more than once. */
    public Node columns(int... which) {
        List<Node> runs = new ArrayList<>();
        for (int from = 0, to = 1; from < which.length; from = to++) {
            while (to < which.length && which[to] == which[to - 1] + 1) {
                to++;
            }
            runs.add(slice(1, which[from], which[to - 1] + 1));
        }
        return graph.concat(1, runs);
    }

    /** Zeros put before and after along an axis. */
    public Node pad(int axis, int before, int after) {
        return graph.add(new Op.Pad(shape.axis(axis), before, after), this);
    }

    /** The rows with these numbers. */
    public Node gather(Rows rows) {
        graph.requireDeclared(rows);
        return graph.add(new Op.Gather(rows), this);
    }

    /**
     * {@code log(sum_j exp(x_ij))} over the last axis, which keeps size 1. Its gradient is the {@link #softmax}, right at any size of x;
     * where all x_i are minus infinity it is taken as 0.
     */
    public Node logSumExp() {
        return graph.add(new Op.LogSumExp(), this);
    }

    /** {@code exp(x_ij) / sum_k exp(x_ik)} over the last axis; zeros where all x_i are minus infinity. */
    public Node softmax() {
        return graph.add(new Op.Softmax(), this);
    }

    /** {@code x - logSumExp(x)}: the logarithm of the softmax over the last axis. */
    public Node logSoftmax() {
        return minus(logSumExp());
    }

    /** The lower triangle of a matrix; zeros above its diagonal. */
    public Node lowerTriangle() {
        return lowerTriangle(1);
    }

    Node lowerTriangle(double diagonal) {
        return graph.add(new Op.LowerTriangle(diagonal), this);
    }

    /** The diagonal of a square matrix, a vector. */
    public Node diagonal() {
        return graph.add(new Op.Diagonal(), this);
    }

    /** The diagonal matrix of a vector. */
    public Node diagonalMatrix() {
        return graph.add(new Op.DiagonalMatrix(), this);
    }

    /**
     * The Cholesky factor l of a symmetric positive definite matrix: lower triangular, {@code l l' = this}. What is above the diagonal is
     * not read, so that it has gradient 0 and what is below has both; n^3 / 6 multiplications, its gradient 4 n^3. On the CPU only, in F64
     * whatever the engine's precision. A plan that meets a matrix which is not positive definite throws a {@link
     * intarsia.linalg.decomposition.DecompositionException} that names the pivot.
     */
    public Node cholesky() {
        return graph.add(new Op.Cholesky(), this);
    }

    /**
     * The x with {@code this x = b}, or {@code this' x = b} if transposed, for this lower triangular [n x n] and b [n x m]. What is above
     * the diagonal is not read; a 0 on it gives infinities. n^2 m / 2 multiplications, on the CPU only, in F64 whatever the engine's
     * precision.
     */
    public Node triangularSolve(Node b, boolean transposed) {
        return graph.add(new Op.TriangularSolve(transposed, false), this, b);
    }

    /** The x with {@code x this = b}, or {@code x this' = b} if transposed, for b [m x n]; see {@link #triangularSolve}. */
    public Node triangularSolveRight(Node b, boolean transposed) {
        return graph.add(new Op.TriangularSolve(transposed, true), this, b);
    }

    /** The logarithm of the determinant of {@code this this'}, this being a Cholesky factor: {@code 2 sum_i log l_ii}. */
    public Node logDeterminant() {
        return diagonal().log().sum().times(2);
    }

    /** The name or the op, with the shape: {@code w[150x64]}; a reshape is called what it reshapes. */
    @Override
    public String toString() {
        return (op instanceof Op.Reshape ? input(0).op : op).label() + shape;
    }
}
