package intarsia.autodiff;

import intarsia.linalg.Binary;
import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import intarsia.linalg.Unary;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What a node computes. All ops stand on this page, each a record with its shape rule and its derivative; the switch that turns ops into
 * commands is the plan's. Ops are values: equal ops of equal inputs are the same node.
 *
 * <p>A derivative is a vector-Jacobian product: {@code backward} takes the result y and the gradient g of a scalar with respect to y, and
 * gives the gradient with respect to each input. It is written in nodes, so that it can be differentiated again.
 */
public sealed interface Op {

    /**
     * The shape of the result; unless an op says otherwise, that of its first operand.
     *
     * @throws ShapeException naming op, operands and the rule that failed
     */
    default Shape shape(List<Node> inputs) {
        return inputs.getFirst().shape();
    }

    /**
     * Adds to the sink the gradient with respect to each input; without an addition it is 0. Where an input was broadcast, a rule may add a
     * gradient of the result's shape: {@link Gradients} undoes the broadcast, once for all rules.
     */
    void backward(Node y, Node g, Sink sink);

    /** Where a rule's gradients go. */
    @FunctionalInterface
    interface Sink {
        /** Adds to the gradient with respect to the input with this number. */
        void add(int input, Node gradient);
    }

    // Leaves

    /** A tensor given anew before each run of a plan. */
    record Input(String name, Shape shape) implements Op {
        @Override
        public Shape shape(List<Node> inputs) {
            return shape;
        }

        @Override
        public void backward(Node y, Node g, Sink sink) {}
    }

    /** A tensor that is learned; its values live outside of any plan, so that several plans share them. */
    record Parameter(String name, Shape shape, Init init) implements Op {
        @Override
        public Shape shape(List<Node> inputs) {
            return shape;
        }

        @Override
        public void backward(Node y, Node g, Sink sink) {}
    }

    /** A tensor that never changes. */
    record Constant(Tensor value) implements Op {
        @Override
        public Shape shape(List<Node> inputs) {
            return value.shape();
        }

        @Override
        public void backward(Node y, Node g, Sink sink) {}
    }

    // Elementwise

    /** {@code f(x)}. */
    record Map(Unary f) implements Op {
        @Override
        public void backward(Node y, Node g, Sink sink) {
            Node x = y.input(0);
            switch (f) {
                case NEGATE -> sink.add(0, g.negate());
                case ABS -> sink.add(0, g.times(x.sign()));
                case SIGN, STEP -> { }
                case SQUARE -> sink.add(0, g.times(x.times(2)));
                case SQRT -> sink.add(0, g.dividedBy(y).times(0.5));
                case RECIPROCAL -> sink.add(0, g.times(y.square()).negate());
                case EXP -> sink.add(0, g.times(y));
                case LOG -> sink.add(0, g.dividedBy(x));
                case LOG1P -> sink.add(0, g.dividedBy(x.plus(1)));
                case TANH -> sink.add(0, g.times(y.square().affine(-1, 1)));
                case SIGMOID -> sink.add(0, g.times(y.times(y.affine(-1, 1))));
                case SOFTPLUS -> sink.add(0, g.times(x.sigmoid()));
                case RELU -> sink.add(0, g.times(y.step()));
            }
        }
    }

    /** {@code f(x, y)}; an operand is repeated along axes where its size is 1 or that it lacks. */
    record Zip(Binary f) implements Op {
        @Override
        public Shape shape(List<Node> inputs) {
            try {
                return Shape.broadcast(inputs.get(0).shape(), inputs.get(1).shape());
            } catch (ShapeException e) {
                throw new ShapeException(label() + "(" + inputs.get(0) + ", " + inputs.get(1) + "): " + e.getMessage());
            }
        }

        @Override
        public void backward(Node z, Node g, Sink sink) {
            Node x = z.input(0);
            Node y = z.input(1);
            switch (f) {
                case ADD -> {
                    sink.add(0, g);
                    sink.add(1, g);
                }
                case SUBTRACT -> {
                    sink.add(0, g);
                    sink.add(1, g.negate());
                }
                case MULTIPLY -> {
                    sink.add(0, g.times(y));
                    sink.add(1, g.times(x));
                }
                case DIVIDE -> {
                    sink.add(0, g.dividedBy(y));
                    sink.add(1, g.dividedBy(y).times(z).negate());
                }
                // at a tie the first operand gets all of it
                case MAX -> split(g, x.atLeast(y), sink);
                case MIN -> split(g, y.atLeast(x), sink);
                case AT_LEAST -> { }
            }
        }

        /** To the first operand where {@code first} is 1, to the second where it is 0. */
        private static void split(Node g, Node first, Sink sink) {
            sink.add(0, g.times(first));
            sink.add(1, g.times(first.affine(-1, 1)));
        }
    }

    /** {@code scale * x + shift}, rounded once. */
    record Affine(double scale, double shift) implements Op {
        @Override
        public void backward(Node y, Node g, Sink sink) {
            sink.add(0, g.times(scale));
        }
    }

    /**
     * x, whose derivative counts {@code factor} times: -1 reverses gradients (Ganin and others 2016), 0 holds x fixed. What is minimized is
     * then no function's minimum, and differences of values are no check.
     */
    record GradientTimes(double factor) implements Op {
        @Override
        public void backward(Node y, Node g, Sink sink) {
            sink.add(0, g.times(factor));
        }
    }

    // Products and sums

    /** The matrix product {@code op(a) op(b)}, each side transposed first if asked. */
    record MatMul(boolean transposeA, boolean transposeB) implements Op {
        @Override
        public Shape shape(List<Node> inputs) {
            Node a = inputs.get(0);
            Node b = inputs.get(1);
            try {
                return Shape.matmul(a.shape(), transposeA, b.shape(), transposeB);
            } catch (ShapeException e) {
                String rule = e.getMessage().substring(e.getMessage().indexOf("): ") + 3);
                throw new ShapeException("matmul(" + a + (transposeA ? "'" : "") + ", " + b + (transposeB ? "'" : "") + "): " + rule);
            }
        }

        @Override
        public void backward(Node y, Node g, Sink sink) {
            Node a = y.input(0);
            Node b = y.input(1);
            sink.add(0, transposeA ? product(b, transposeB, g, true) : product(g, false, b, !transposeB));
            sink.add(1, transposeB ? product(g, true, a, transposeA) : product(a, !transposeA, g, false));
        }

        private static Node product(Node a, boolean transposeA, Node b, boolean transposeB) {
            return a.graph().add(new MatMul(transposeA, transposeB), a, b);
        }
    }

    /**
     * The sum over one run of neighboring axes, which keep size 1: the adjoint of {@link BroadcastTo}. {@link Node#sumTo} splits any sum
     * into these.
     */
    record SumTo(Shape shape) implements Op {
        @Override
        public Shape shape(List<Node> inputs) {
            Shape from = inputs.getFirst().shape();
            if (shape.rank() != from.rank() || !shape.broadcastsTo(from)) {
                throw new ShapeException("sum of " + inputs.getFirst() + " to " + shape + ": an axis must keep its size or become 1");
            }
            return shape;
        }

        @Override
        public void backward(Node y, Node g, Sink sink) {
            sink.add(0, g.broadcastTo(y.input(0).shape()));
        }
    }

    /** {@code log(sum_j exp(x_ij))} over the last axis, which keeps size 1; without overflow. */
    record LogSumExp() implements Op {
        @Override
        public Shape shape(List<Node> inputs) {
            return requireLastAxis(this, inputs.getFirst()).with(-1, 1);
        }

        @Override
        public void backward(Node y, Node g, Sink sink) {
            // exp(x - y) would do on paper, but y has lost its last digits where x is large
            sink.add(0, g.times(y.input(0).softmax()));
        }
    }

    /** {@code exp(x_ij) / sum_k exp(x_ik)} over the last axis; without overflow, and zeros where all x_i are minus infinity. */
    record Softmax() implements Op {
        @Override
        public Shape shape(List<Node> inputs) {
            return requireLastAxis(this, inputs.getFirst());
        }

        @Override
        public void backward(Node y, Node g, Sink sink) {
            sink.add(0, y.times(g.minus(g.times(y).sumTo(y.shape().with(-1, 1)))));
        }
    }

    private static Shape requireLastAxis(Op op, Node x) {
        if (x.shape().rank() == 0 || x.shape().size(-1) == 0) {
            throw new ShapeException(op.label() + " of " + x + ": needs a last axis with entries");
        }
        return x.shape();
    }

    // Movements

    /** The lower triangle of a matrix, its diagonal times a number; zeros above. Its own adjoint. */
    record LowerTriangle(double diagonal) implements Op {
        @Override
        public Shape shape(List<Node> inputs) {
            if (inputs.getFirst().shape().rank() != 2) {
                throw new ShapeException("lower triangle of " + inputs.getFirst() + ": must be a matrix");
            }
            return inputs.getFirst().shape();
        }

        @Override
        public void backward(Node y, Node g, Sink sink) {
            sink.add(0, g.lowerTriangle(diagonal));
        }
    }

    /** The diagonal of a square matrix, as a vector. */
    record Diagonal() implements Op {
        @Override
        public Shape shape(List<Node> inputs) {
            return Shape.of(requireSquare(this, inputs.getFirst()));
        }

        @Override
        public void backward(Node y, Node g, Sink sink) {
            sink.add(0, g.diagonalMatrix());
        }
    }

    /** The diagonal matrix of a vector: the adjoint of {@link Diagonal}. */
    record DiagonalMatrix() implements Op {
        @Override
        public Shape shape(List<Node> inputs) {
            Shape vector = inputs.getFirst().shape();
            if (vector.rank() != 1) {
                throw new ShapeException("diagonal matrix of " + inputs.getFirst() + ": must be a vector");
            }
            return Shape.of(vector.size(), vector.size());
        }

        @Override
        public void backward(Node y, Node g, Sink sink) {
            sink.add(0, g.diagonal());
        }
    }

    /** Repeats along axes where the size is 1 or that are lacking in front. */
    record BroadcastTo(Shape shape) implements Op {
        @Override
        public Shape shape(List<Node> inputs) {
            if (!inputs.getFirst().shape().broadcastsTo(shape)) {
                throw new ShapeException("broadcast of " + inputs.getFirst() + " to " + shape
                        + ": an axis must have the same size, or size 1");
            }
            return shape;
        }

        @Override
        public void backward(Node y, Node g, Sink sink) {
            sink.add(0, g);
        }
    }

    /** The same numbers in row-major order under another shape. */
    record Reshape(Shape shape) implements Op {
        @Override
        public Shape shape(List<Node> inputs) {
            Node x = inputs.getFirst();
            if (x.shape().size() != shape.size()) {
                throw new ShapeException("reshape of " + x + " to " + shape + ": " + x.shape().size() + " and " + shape.size()
                        + " elements");
            }
            return shape;
        }

        @Override
        public void backward(Node y, Node g, Sink sink) {
            sink.add(0, g.reshape(y.input(0).shape()));
        }
    }

    /** Reorders axes: axis k of the result is axis {@code axes[k]} of the operand. */
    record Permute(List<Integer> axes) implements Op {
        /** Copies the list. */
        public Permute {
            axes = List.copyOf(axes);
        }

        @Override
        public Shape shape(List<Node> inputs) {
            Shape from = inputs.getFirst().shape();
            if (!axes.stream().sorted().toList().equals(IntStream.range(0, from.rank()).boxed().toList())) {
                throw new ShapeException("permute of " + inputs.getFirst() + " by " + axes + ": must name each axis once");
            }
            return Shape.of(axes.stream().mapToInt(from::size).toArray());
        }

        @Override
        public void backward(Node y, Node g, Sink sink) {
            sink.add(0, g.permute(IntStream.range(0, axes.size()).mapToObj(axes::indexOf).toArray(Integer[]::new)));
        }
    }

    /** Tensors put one after another along an axis. */
    record Concat(int axis) implements Op {
        @Override
        public Shape shape(List<Node> inputs) {
            Shape first = inputs.getFirst().shape();
            int total = 0;
            for (Node node : inputs) {
                if (node.shape().rank() != first.rank() || !node.shape().with(axis, first.size(axis)).equals(first)) {
                    throw new ShapeException("concat " + inputs + " along axis " + axis + ": all other sizes must be equal");
                }
                total += node.shape().size(axis);
            }
            return first.with(axis, total);
        }

        @Override
        public void backward(Node y, Node g, Sink sink) {
            int from = 0;
            for (int i = 0; i < y.inputs().size(); i++) {
                int size = y.input(i).shape().size(axis);
                sink.add(i, g.slice(axis, from, from + size));
                from += size;
            }
        }
    }

    /** The entries {@code from} (inclusive) to {@code to} (exclusive) along an axis. */
    record Slice(int axis, int from, int to) implements Op {
        @Override
        public Shape shape(List<Node> inputs) {
            Shape whole = inputs.getFirst().shape();
            if (from < 0 || to < from || to > whole.size(axis)) {
                throw new ShapeException("slice " + from + " to " + to + " of " + inputs.getFirst() + " along axis " + axis
                        + ": it has size " + whole.size(axis));
            }
            return whole.with(axis, to - from);
        }

        @Override
        public void backward(Node y, Node g, Sink sink) {
            sink.add(0, g.pad(axis, from, y.input(0).shape().size(axis) - to));
        }
    }

    /** Zeros put before and after along an axis: the adjoint of {@link Slice}. */
    record Pad(int axis, int before, int after) implements Op {
        @Override
        public Shape shape(List<Node> inputs) {
            Shape inner = inputs.getFirst().shape();
            if (before < 0 || after < 0) {
                throw new ShapeException("pad of " + inputs.getFirst() + " by " + before + " and " + after
                        + ": neither may be negative; see slice");
            }
            return inner.with(axis, before + inner.size(axis) + after);
        }

        @Override
        public void backward(Node y, Node g, Sink sink) {
            sink.add(0, g.slice(axis, before, before + y.input(0).shape().size(axis)));
        }
    }

    // Tables

    /** The rows of a matrix that {@link Rows} name, in their order; a row may come more than once. */
    record Gather(Rows rows) implements Op {
        @Override
        public Shape shape(List<Node> inputs) {
            Node table = inputs.getFirst();
            if (table.shape().rank() != 2) {
                throw new ShapeException("gather from " + table + ": must be a matrix");
            }
            return Shape.of(rows.size(), table.shape().size(1));
        }

        @Override
        public void backward(Node y, Node g, Sink sink) {
            sink.add(0, y.graph().add(new ScatterAdd(rows, y.input(0).shape().size(0)), g));
        }
    }

    /** Row i of the operand added to row {@code rows[i]} of {@code height} rows of zeros: the adjoint of {@link Gather}. */
    record ScatterAdd(Rows rows, int height) implements Op {
        @Override
        public Shape shape(List<Node> inputs) {
            return Shape.of(height, inputs.getFirst().shape().size(1));
        }

        @Override
        public void backward(Node y, Node g, Sink sink) {
            sink.add(0, g.gather(rows));
        }
    }

    // Factorizations

    /**
     * The Cholesky factor l of a symmetric positive definite matrix, {@code l l' = a}, l lower triangular; what is above a's diagonal is
     * not read, so that its gradient is 0 there.
     */
    record Cholesky() implements Op {
        @Override
        public Shape shape(List<Node> inputs) {
            requireSquare(this, inputs.getFirst());
            return inputs.getFirst().shape();
        }

        /** Murray (2016), equation 10: with p the lower triangle, diagonal halved, p(s + s') for {@code s = l'^-1 p(l' g) l^-1}. */
        @Override
        public void backward(Node l, Node g, Sink sink) {
            Node inner = l.transpose().matmul(g).lowerTriangle(0.5);
            Node s = l.triangularSolveRight(l.triangularSolve(inner, true), false);
            sink.add(0, s.plus(s.transpose()).lowerTriangle(0.5));
        }
    }

    /**
     * The x with {@code op(l) x = b} or, on the right, {@code x op(l) = b}: op(l) is a lower triangular matrix or its transpose. What is
     * above l's diagonal is not read.
     */
    record TriangularSolve(boolean transposed, boolean right) implements Op {
        @Override
        public Shape shape(List<Node> inputs) {
            Node l = inputs.get(0);
            Node b = inputs.get(1);
            int n = requireSquare(this, l);
            if (b.shape().rank() != 2 || b.shape().size(right ? 1 : 0) != n) {
                throw new ShapeException(label() + "(" + l + ", " + b + "): the right-hand sides must be a matrix with " + n
                        + (right ? " columns" : " rows"));
            }
            return b.shape();
        }

        @Override
        public void backward(Node x, Node g, Sink sink) {
            Node l = x.input(0);
            Node b = x.graph().add(new TriangularSolve(!transposed, right), l, g);
            sink.add(1, b);
            Node first = transposed == right ? b : x;
            Node second = transposed == right ? x : b;
            Node outer = right ? first.transpose().matmul(second) : first.matmul(second.transpose());
            sink.add(0, outer.lowerTriangle(1).negate());
        }
    }

    private static int requireSquare(Op op, Node a) {
        Shape shape = a.shape();
        if (shape.rank() != 2 || shape.size(0) != shape.size(1) || shape.size(0) == 0) {
            throw new ShapeException(op.label() + " of " + a + ": must be a square matrix with at least one row");
        }
        return shape.size(0);
    }

    /** Its name in messages and profiles: of an input or a parameter its own, of a single number the number. */
    default String label() {
        return switch (this) {
            case Input(String name, _) -> name;
            case Parameter(String name, _, _) -> name;
            case Constant(Tensor value) -> value.size() == 1 ? Double.toString(value.at(0)) : "constant";
            case Map(Unary f) -> f.name().toLowerCase(Locale.ROOT);
            case Zip(Binary f) -> f.name().toLowerCase(Locale.ROOT);
            case Affine(double scale, double shift) -> "affine(" + scale + ", " + shift + ")";
            case GradientTimes(double factor) -> "gradientTimes(" + factor + ")";
            case MatMul(boolean transposeA, boolean transposeB) -> "matmul" + (transposeA ? "'" : "") + (transposeB ? "_'" : "");
            case SumTo _ -> "sum";
            case LogSumExp _ -> "logSumExp";
            case Softmax _ -> "softmax";
            case LowerTriangle(double diagonal) -> "lowerTriangle" + (diagonal == 1 ? "" : "(" + diagonal + ")");
            case Diagonal _ -> "diagonal";
            case DiagonalMatrix _ -> "diagonalMatrix";
            case BroadcastTo _ -> "broadcast";
            case Reshape _ -> "reshape";
            case Permute(List<Integer> axes) -> "permute" + axes;
            case Concat(int axis) -> "concat(" + axis + ")";
            case Slice(int axis, int from, int to) -> "slice(" + axis + ": " + from + ".." + to + ")";
            case Pad(int axis, int before, int after) -> "pad(" + axis + ": " + before + ", " + after + ")";
            case Gather(Rows rows) -> "gather(" + rows.name() + ")";
            case ScatterAdd(Rows rows, _) -> "scatter(" + rows.name() + ")";
            case Cholesky _ -> "cholesky";
            case TriangularSolve(boolean transposed, boolean right) -> "triangularSolve" + (right ? "Right" : "") + (transposed ? "'" : "");
        };
    }
}
