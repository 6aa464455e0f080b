package intarsia.conformance;

import intarsia.autodiff.Gradients;
import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.conformance.OpCase.Build;
import intarsia.conformance.OpCase.Formula;
import intarsia.linalg.Binary;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.Unary;
import intarsia.linalg.decomposition.Matrices;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** The table of ops: at least one row that ends in each op, at ordinary, broadcast and degenerate shapes, and some with what is fused. */
final class OpCases {
    private static final int ALL = -1;

    private final List<OpCase> rows = new ArrayList<>();

    private OpCases() {}

    static List<OpCase> all() {
        OpCases table = new OpCases();
        table.elementwise();
        table.leaves();
        table.sums();
        table.movements();
        table.products();
        table.fused();
        table.factorizations();
        return table.rows;
    }

    private void add(String name, List<Shape> operands, Build build, Formula formula) {
        rows.add(new OpCase(name, operands, build, formula));
    }

    private void elementwise() {
        List<Shape> shapes = List.of(shape(), shape(5), shape(3, 4), shape(2, 3, 4), shape(2, 1, 3, 2), shape(1, 1), shape(0), shape(3, 0),
                shape(2, 0, 3));
        for (Unary f : Unary.values()) {
            for (Shape shape : shapes) {
                add(f.name().toLowerCase(Locale.ROOT), List.of(shape), (g, x) -> domain(f, x.getFirst()).map(f),
                        (x, i) -> Formulas.apply(f, domain(f, x.getFirst().get(i))));
            }
        }
        for (Shape shape : shapes) {
            add("affine", List.of(shape), (g, x) -> x.getFirst().affine(-1.5, 0.25), (x, i) -> -1.5 * x.getFirst().get(i) + 0.25);
        }
        List<List<Shape>> pairs = List.of(
                List.of(shape(3, 4), shape(3, 4)), List.of(shape(3, 4), shape(4)), List.of(shape(3, 1), shape(3, 4)),
                List.of(shape(1, 4), shape(3, 1)), List.of(shape(), shape(3, 4)), List.of(shape(), shape()),
                List.of(shape(2, 3, 4), shape(3, 1)), List.of(shape(2, 1, 4), shape(1, 3, 1)), List.of(shape(2, 1, 2, 3), shape(4, 1, 3)),
                List.of(shape(1, 1), shape(1, 1)), List.of(shape(5), shape(5)), List.of(shape(1), shape(0)),
                        List.of(shape(3, 0), shape(3, 1)),
                List.of(shape(0, 1, 3), shape(2, 1)));
        for (Binary f : Binary.values()) {
            for (List<Shape> pair : pairs) {
                add(f.name().toLowerCase(Locale.ROOT), pair,
                        (g, x) -> x.get(0).zip(f, f == Binary.DIVIDE ? x.get(1).square().plus(0.5) : x.get(1)),
                        (x, i) -> {
                            double y = read(x.get(1), i);
                            return Formulas.apply(f, read(x.get(0), i), f == Binary.DIVIDE ? y * y + 0.5 : y);
                        });
            }
        }
    }

    private void leaves() {
        add("parameter", List.of(shape(3, 4)), (g, x) -> x.getFirst(), (x, i) -> x.getFirst().get(i));
        add("constant", List.of(shape()), (g, x) -> g.constant(Tensor.matrix(new double[][] {{1, 2}, {3, 4}})), (x, i) -> 1 + 2 * i[0]
                + i[1]);
        add("input", List.of(shape()), (g, x) -> g.input("zeros until given", 2, 3), (x, i) -> 0);
    }

    private void sums() {
        for (int[] sizes : new int[][] {{1, 4}, {3, 1}, {1, 1}}) {
            add("sum to " + shape(sizes), List.of(shape(3, 4)), (g, x) -> x.getFirst().sumTo(shape(sizes)), (x, i) ->
                    over(x.getFirst(), summed(i, sizes)));
        }
        for (int[] sizes : new int[][] {{1, 3, 1}, {2, 1, 4}, {1, 1, 4}, {2, 1, 1}, {1, 3, 4}, {1, 1, 1}}) {
            add("sum to " + shape(sizes), List.of(shape(2, 3, 4)), (g, x) -> x.getFirst().sumTo(shape(sizes)), (x, i) ->
                    over(x.getFirst(), summed(i, sizes)));
        }
        add("sum to lower rank", List.of(shape(2, 3, 4)), (g, x) -> x.getFirst().sumTo(shape(3, 1)), (x, i) ->
                over(x.getFirst(), ALL, i[0], ALL));
        add("sum of nothing", List.of(shape(0, 3)), (g, x) -> x.getFirst().sumTo(shape(1, 3)), (x, i) -> 0);
        add("sum of empty rows", List.of(shape(3, 0)), (g, x) -> x.getFirst().sumTo(shape(3, 1)), (x, i) -> 0);
        add("sum of all", List.of(shape(2, 3, 4)), (g, x) -> x.getFirst().sum(), (x, i) -> over(x.getFirst(), ALL, ALL, ALL));
        add("mean of all", List.of(shape(3, 4)), (g, x) -> x.getFirst().mean(), (x, i) -> over(x.getFirst(), ALL, ALL) / 12);
        for (int axis = 0; axis < 3; axis++) {
            int along = axis;
            Formula sum = (x, i) -> over(x.getFirst(), inserted(i, along, ALL));
            add("sum along " + axis, List.of(shape(2, 3, 4)), (g, x) -> x.getFirst().sum(along), sum);
            add("mean along " + axis, List.of(shape(2, 3, 4)), (g, x) -> x.getFirst().mean(along), (x, i) -> sum.at(x, i) / (along + 2));
        }
        for (Shape shape : List.of(shape(5), shape(3, 4), shape(2, 3, 4), shape(3, 1))) {
            int columns = shape.columns();
            add("logSumExp", List.of(shape), (g, x) -> x.getFirst().logSumExp(),
                    (x, i) -> StrictMath.log(sum(columns, j -> StrictMath.exp(x.getFirst().get(changed(i, i.length - 1, j))))));
            add("softmax", List.of(shape), (g, x) -> x.getFirst().softmax(), (x, i) -> StrictMath.exp(x.getFirst().get(i))
                    / sum(columns, j -> StrictMath.exp(x.getFirst().get(changed(i, i.length - 1, j)))));
        }
        add("softmax of a part", List.of(shape(3, 4)),
                (g, x) -> g.concat(1, List.of(x.getFirst().tanh().slice(1, 1, 3).softmax(), x.getFirst())),
                (x, i) -> i[1] > 1 ? x.getFirst().get(i[0], i[1] - 2) : StrictMath.exp(StrictMath.tanh(x.getFirst().get(i[0], i[1] + 1)))
                        / sum(2, j -> StrictMath.exp(StrictMath.tanh(x.getFirst().get(i[0], j + 1)))));
        add("logSoftmax", List.of(shape(3, 4)), (g, x) -> x.getFirst().logSoftmax(),
                (x, i) -> x.getFirst().get(i) - StrictMath.log(sum(4, j -> StrictMath.exp(x.getFirst().get(i[0], j)))));
    }

    private void movements() {
        for (Shape from : List.of(shape(), shape(3, 1), shape(1, 3, 4), shape(2, 1, 4), shape(4), shape(2, 3, 1))) {
            add("broadcast", List.of(from), (g, x) -> x.getFirst().broadcastTo(shape(2, 3, 4)), (x, i) -> read(x.getFirst(), i));
        }
        add("broadcast of alternate axes", List.of(shape(2, 1, 2, 1)), (g, x) -> x.getFirst().broadcastTo(shape(2, 3, 2, 3)), (x, i) ->
                read(x.getFirst(), i));
        add("broadcast of nothing", List.of(shape(0, 1, 3)), (g, x) -> x.getFirst().broadcastTo(shape(0, 2, 3)), (x, i) -> 0);
        add("broadcast to nothing", List.of(shape(2, 1, 3)), (g, x) -> x.getFirst().broadcastTo(shape(0, 2, 0, 3)), (x, i) -> 0);
        add("reshape", List.of(shape(3, 4)), (g, x) -> x.getFirst().tanh().reshape(2, 6), (x, i) ->
                StrictMath.tanh(x.getFirst().at(i[0] * 6 + i[1])));
        add("reshape of a part", List.of(shape(3, 4)), (g, x) -> x.getFirst().tanh().slice(1, 1, 3).reshape(6),
                (x, i) -> StrictMath.tanh(x.getFirst().get(i[0] / 2, 1 + i[0] % 2)));
        add("permute", List.of(shape(2, 3, 4)), (g, x) -> x.getFirst().permute(2, 0, 1), (x, i) -> x.getFirst().get(i[1], i[2], i[0]));
        add("permute of four axes", List.of(shape(2, 3, 1, 2)), (g, x) -> x.getFirst().permute(3, 1, 0, 2), (x, i) ->
                x.getFirst().get(i[2], i[1], i[3], i[0]));
        add("transpose", List.of(shape(3, 4)), (g, x) -> x.getFirst().transpose(), (x, i) -> x.getFirst().get(i[1], i[0]));
        add("transpose of nothing", List.of(shape(0, 4)), (g, x) -> x.getFirst().transpose(), (x, i) -> 0);
        for (int axis = 0; axis < 3; axis++) {
            int a = axis;
            int size = a + 2;
            add("concat along " + a, List.of(shape(2, 3, 4), shape(2, 3, 4)), (g, x) -> g.concat(a, List.of(x.get(0).tanh(), x.get(1))),
                    (x, i) -> i[a] < size ? StrictMath.tanh(x.get(0).get(i)) : x.get(1).get(changed(i, a, i[a] - size)));
            add("slice along " + a, List.of(shape(2, 3, 4)), (g, x) -> x.getFirst().tanh().slice(a, 1, 2),
                    (x, i) -> StrictMath.tanh(x.getFirst().get(changed(i, a, i[a] + 1))));
            add("pad along " + a, List.of(shape(2, 3, 4)), (g, x) -> x.getFirst().pad(a, 1, 2),
                    (x, i) -> i[a] < 1 || i[a] > size ? 0 : x.getFirst().get(changed(i, a, i[a] - 1)));
        }
        add("concat of columns and nothing", List.of(shape(3, 2), shape(3, 0), shape(3, 1)), (g, x) ->
                g.concat(1, List.of(x.get(0).exp(), x.get(1), x.get(2))),
                (x, i) -> i[1] < 2 ? StrictMath.exp(x.get(0).get(i)) : x.get(2).get(i[0], 0));
        add("concat of one thing twice", List.of(shape(3, 4)), (g, x) -> g.concat(1, List.of(x.getFirst().tanh(), x.getFirst().tanh())),
                (x, i) -> StrictMath.tanh(x.getFirst().get(i[0], i[1] % 4)));
        add("concat of rows", List.of(shape(3, 4)), (g, x) -> g.concat(0, List.of(x.getFirst().tanh(), x.getFirst(), x.getFirst().exp())),
                (x, i) -> {
            double v = x.getFirst().get(i[0] % 3, i[1]);
            return i[0] < 3 ? StrictMath.tanh(v) : i[0] < 6 ? v : StrictMath.exp(v);
        });
        add("slice of nothing", List.of(shape(3, 4)), (g, x) -> x.getFirst().slice(0, 2, 2), (x, i) -> 0);
        add("slice of columns", List.of(shape(3, 4)), (g, x) -> x.getFirst().slice(1, 1, 3), (x, i) -> x.getFirst().get(i[0], i[1] + 1));
        add("pad of columns", List.of(shape(3, 4)), (g, x) -> x.getFirst().pad(1, 2, 0), (x, i) -> i[1] < 2 ? 0
                : x.getFirst().get(i[0], i[1] - 2));
        add("gather", List.of(shape(4, 3)), (g, x) -> x.getFirst().tanh().gather(g.rows("rows", OpCase.PICKS.length)),
                (x, i) -> StrictMath.tanh(x.getFirst().get(OpCase.PICKS[i[0]], i[1])));
        add("scatter", List.of(shape(4, 3), shape(5, 3)),
                (g, x) -> Gradients.of(x.get(0).gather(g.rows("rows", OpCase.PICKS.length)).times(x.get(1)).sum(), x.get(0)).getFirst(),
                (x, i) -> sum(OpCase.PICKS.length, r -> OpCase.PICKS[r] == i[0] ? x.get(1).get(r, i[1]) : 0));
    }

    private void products() {
        for (boolean left : new boolean[] {false, true}) {
            for (boolean right : new boolean[] {false, true}) {
                add("matmul" + (left ? "'" : "") + (right ? " '" : ""),
                        List.of(left ? shape(4, 3) : shape(3, 4), right ? shape(5, 4) : shape(4, 5)),
                        (g, x) -> (left ? x.get(0).transpose() : x.get(0)).matmul(right ? x.get(1).transpose() : x.get(1)),
                        (x, i) -> sum(4, k -> (left ? x.get(0).get(k, i[0]) : x.get(0).get(i[0], k)) * (right ? x.get(1).get(i[1], k)
                                : x.get(1).get(k, i[1]))));
            }
        }
        for (int[] size : new int[][] {{1, 1, 1}, {1, 4, 5}, {3, 4, 1}, {3, 1, 5}, {3, 0, 5}, {0, 4, 5}, {3, 4, 0}, {9, 33, 17}}) {
            add("matmul", List.of(shape(size[0], size[1]), shape(size[1], size[2])), (g, x) -> x.get(0).matmul(x.get(1)), OpCases::product);
        }
    }

    private void fused() {
        List<Shape> layer = List.of(shape(3, 4), shape(4, 5), shape(5));
        Formula linear = (x, i) -> product(x, i) + x.get(2).at(i[1]);
        add("layer", layer, (g, x) -> x.get(0).matmul(x.get(1)).plus(x.get(2)).tanh(), (x, i) -> StrictMath.tanh(linear.at(x, i)));
        add("bias and product", layer, (g, x) -> x.get(2).plus(x.get(0).matmul(x.get(1))), linear);
        add("layer of one row", List.of(shape(1, 4), shape(4, 5), shape(5)), (g, x) -> x.get(0).matmul(x.get(1)).plus(x.get(2)).relu(),
                (x, i) -> Math.max(0, linear.at(x, i)));
        add("product used twice", List.of(shape(3, 4), shape(4, 4)), (g, x) -> {
            Node p = x.get(0).matmul(x.get(1));
            return p.sigmoid().plus(p);
        }, (x, i) -> Formulas.apply(Unary.SIGMOID, product(x, i)) + product(x, i));
        // What the product is added to is also what it is made of, and nobody needs it afterwards.
        add("residual", List.of(shape(4, 4), shape(4, 4)), (g, x) -> {
            Node h = x.get(0).tanh();
            return h.plus(h.matmul(x.get(1)));
        }, (x, i) -> StrictMath.tanh(x.get(0).get(i)) + sum(4, k -> StrictMath.tanh(x.get(0).get(i[0], k)) * x.get(1).get(k, i[1])));
        add("residual over itself", List.of(shape(4, 4), shape(4, 4)), (g, x) -> {
            Node h = x.get(0).tanh();
            return h.plus(x.get(1).matmul(h)).sigmoid();
        }, (x, i) -> Formulas.apply(Unary.SIGMOID,
                StrictMath.tanh(x.get(0).get(i)) + sum(4, k -> x.get(1).get(i[0], k) * StrictMath.tanh(x.get(0).get(k, i[1])))));
        add("less the first row", List.of(shape(600, 3)), (g, x) -> {
            Node h = x.getFirst().tanh();
            return h.minus(h.slice(0, 0, 1));
        }, (x, i) -> StrictMath.tanh(x.getFirst().get(i)) - StrictMath.tanh(x.getFirst().get(0, i[1])));
        add("times the last column", List.of(shape(3, 4)), (g, x) -> {
            Node h = x.getFirst().tanh();
            return h.times(h.slice(1, 0, 1));
        }, (x, i) -> StrictMath.tanh(x.getFirst().get(i)) * StrictMath.tanh(x.getFirst().get(i[0], 0)));
        add("sum of products", List.of(shape(3, 4), shape(4, 4)), (g, x) ->
                x.get(0).matmul(x.get(1)).plus(x.get(0).tanh().matmul(x.get(1).square())).plus(x.get(0)),
                (x, i) -> product(x, i) + x.get(0).get(i) + sum(4, k ->
                        StrictMath.tanh(x.get(0).get(i[0], k)) * x.get(1).get(k, i[1]) * x.get(1).get(k, i[1])));
        add("product of a slice", List.of(shape(6, 4), shape(3, 4)),
                (g, x) -> x.get(0).slice(0, 1, 4).transpose().matmul(x.get(1)).plus(x.get(0).transpose().matmul(x.get(0))),
                (x, i) -> sum(3, k -> x.get(0).get(k + 1, i[0]) * x.get(1).get(k, i[1]))
                        + sum(6, k -> x.get(0).get(k, i[0]) * x.get(0).get(k, i[1])));
        add("product into a part", List.of(shape(2, 4), shape(4, 3), shape(5, 3)), (g, x) ->
                x.get(2).tanh().plus(x.get(0).matmul(x.get(1)).pad(0, 1, 2)),
                (x, i) -> StrictMath.tanh(x.get(2).get(i)) + (i[0] == 1 || i[0] == 2
                        ? sum(4, k -> x.get(0).get(i[0] - 1, k) * x.get(1).get(k, i[1])) : 0));
        add("sum of squares", List.of(shape(3, 4)), (g, x) -> x.getFirst().square().sum(), (x, i) ->
                sum(12, k -> x.getFirst().at(k) * x.getFirst().at(k)));
        add("sum of products of elements", List.of(shape(3, 4), shape(3, 4)), (g, x) -> x.get(0).times(x.get(1)).sum(),
                (x, i) -> sum(12, k -> x.get(0).at(k) * x.get(1).at(k)));
        // its derivative is not that of its value: here half of twice is once
        add("gradient times", List.of(shape(3, 4)), (g, x) -> x.getFirst().gradientTimes(0.5).gradientTimes(2),
                (x, i) -> x.getFirst().get(i));
        add("sum of squares of a part", List.of(shape(3, 4)), (g, x) -> x.getFirst().tanh().slice(1, 1, 3).square().sum(),
                (x, i) -> sum(6, k -> Math.pow(StrictMath.tanh(x.getFirst().get(k / 2, 1 + k % 2)), 2)));
        add("squared norm of a product", List.of(shape(5, 4), shape(5, 3)), (g, x) -> x.get(0).transpose().matmul(x.get(1)).square().sum(),
                (x, i) -> sum(12, e -> Math.pow(sum(5, k -> x.get(0).get(k, e / 3) * x.get(1).get(k, e % 3)), 2)));
        add("layers side by side", List.of(shape(3, 4), shape(4, 2), shape(4, 3)),
                (g, x) -> g.concat(1, List.of(x.get(0).matmul(x.get(1)).tanh(), x.get(0).matmul(x.get(2)).relu(),
                        x.get(0).sum(1).reshape(3, 1))),
                (x, i) -> i[1] < 2 ? StrictMath.tanh(product(x, i))
                        : i[1] < 5 ? Math.max(0, sum(4, k -> x.get(0).get(i[0], k) * x.get(2).get(k, i[1] - 2)))
                                : over(x.get(0), i[0], ALL));
    }

    private void factorizations() {
        for (int[] sizes : new int[][] {{3, 4}, {4, 3}, {1, 1}, {3, 0}, {5, 5}}) {
            add("lower triangle", List.of(shape(sizes)), (g, x) -> x.getFirst().lowerTriangle(),
                    (x, i) -> i[1] <= i[0] ? x.getFirst().get(i) : 0);
        }
        add("lower triangle of a part", List.of(shape(4, 6)),
                (g, x) -> g.concat(1, List.of(x.getFirst().slice(1, 1, 4).lowerTriangle(), x.getFirst())),
                (x, i) -> i[1] < 3 ? i[1] <= i[0] ? x.getFirst().get(i[0], i[1] + 1) : 0 : x.getFirst().get(i[0], i[1] - 3));
        for (int n : new int[] {1, 4}) {
            add("diagonal", List.of(shape(n, n)), (g, x) -> x.getFirst().diagonal(), (x, i) -> x.getFirst().get(i[0], i[0]));
            add("diagonal matrix", List.of(shape(n)), (g, x) -> x.getFirst().diagonalMatrix(),
                    (x, i) -> i[0] == i[1] ? x.getFirst().at(i[0]) : 0);
        }
        add("diagonal of a part", List.of(shape(4, 6)), (g, x) -> x.getFirst().tanh().slice(1, 1, 5).diagonal(),
                (x, i) -> StrictMath.tanh(x.getFirst().get(i[0], i[0] + 1)));
        for (int n : new int[] {1, 2, 3, 5, 9, 30}) {
            add("cholesky", List.of(shape(n, n)), (g, x) -> definite(g, x.getFirst()).cholesky(), (x, i) -> factor(x.getFirst()).get(i));
        }
        // the upper triangle is not read: whatever stands there has gradient 0
        add("cholesky of a lower triangle", List.of(shape(4, 4), shape(4, 4)), (g, x) -> definite(g, x.get(0)).lowerTriangle()
                .plus(x.get(1).minus(x.get(1).lowerTriangle())).cholesky(), (x, i) -> factor(x.get(0)).get(i));
        add("log determinant", List.of(shape(5, 5)), (g, x) -> definite(g, x.getFirst()).cholesky().logDeterminant(),
                (x, i) -> sum(5, k -> 2 * StrictMath.log(factor(x.getFirst()).get(k, k))));
        for (boolean transposed : new boolean[] {false, true}) {
            for (int[] sizes : new int[][] {{1, 1}, {4, 1}, {4, 3}, {9, 2}, {3, 0}}) {
                Shape triangle = shape(sizes[0], sizes[0]);
                add("triangular solve" + (transposed ? "'" : ""), List.of(triangle, shape(sizes)),
                        (g, x) -> triangle(g, x.get(0)).triangularSolve(x.get(1), transposed),
                        (x, i) -> solution(x.get(0), transposed, sizes[0], k -> x.get(1).get(k, i[1]))[i[0]]);
                add("triangular solve from the right" + (transposed ? "'" : ""), List.of(triangle, shape(sizes[1], sizes[0])),
                        (g, x) -> triangle(g, x.get(0)).triangularSolveRight(x.get(1), transposed),
                        (x, i) -> solution(x.get(0), !transposed, sizes[0], k -> x.get(1).get(i[0], k))[i[1]]);
            }
        }
        add("negative log likelihood", List.of(shape(6, 6), shape(6, 1)), (g, x) -> {
            Node l = definite(g, x.get(0)).cholesky();
            return l.triangularSolve(x.get(1), false).square().sum().plus(l.logDeterminant());
        }, (x, i) -> {
            Tensor l = factor(x.get(0));
            double[] z = new double[6];
            for (int k = 0; k < 6; k++) {
                int row = k;
                z[k] = (x.get(1).get(k, 0) - sum(k, j -> l.get(row, j) * z[j])) / l.get(k, k);
            }
            return sum(6, k -> z[k] * z[k] + 2 * StrictMath.log(l.get(k, k)));
        });
    }

    /** A positive definite matrix of any square one: {@code x x' / n + I}. */
    private static Node definite(Graph graph, Node x) {
        int n = x.shape().size(0);
        return x.matmul(x.transpose()).times(1.0 / n).plus(graph.constant(Matrices.identity(n)));
    }

    /** The Cholesky factor of that. */
    private static Tensor factor(Tensor x) {
        int n = x.shape().size(0);
        Tensor l = Tensor.zeros(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                int row = i;
                int column = j;
                double entry = sum(n, k -> x.get(row, k) * x.get(column, k)) / n + (i == j ? 1 : 0);
                double rest = entry - sum(j, k -> l.get(row, k) * l.get(column, k));
                l.set(i == j ? Math.sqrt(rest) : rest / l.get(j, j), i, j);
            }
        }
        return l;
    }

    /** A square matrix with a diagonal far enough from 0: {@code x / 2 + 3 I}. */
    private static Node triangle(Graph graph, Node x) {
        return x.times(0.5).plus(graph.constant(Matrices.identity(x.shape().size(0))).times(3));
    }

    /** What solves its lower triangle, or the transpose of that. */
    private static double[] solution(Tensor x, boolean transposed, int n, IntToDoubleFunction right) {
        double[] z = new double[n];
        for (int step = 0; step < n; step++) {
            int i = transposed ? n - 1 - step : step;
            double known = sum(n, k -> (transposed ? k > i : k < i) ? 0.5 * (transposed ? x.get(k, i) : x.get(i, k)) * z[k] : 0);
            z[i] = (right.applyAsDouble(i) - known) / (0.5 * x.get(i, i) + 3);
        }
        return z;
    }

    private static Shape shape(int... sizes) {
        return Shape.of(sizes);
    }

    /** Keeps a function's operand where the function is defined and smooth. */
    private static Node domain(Unary f, Node x) {
        return switch (f) {
            case SQRT, LOG, RECIPROCAL, LOG1P -> x.square().plus(0.5);
            default -> x;
        };
    }

    private static double domain(Unary f, double x) {
        return switch (f) {
            case SQRT, LOG, RECIPROCAL, LOG1P -> x * x + 0.5;
            default -> x;
        };
    }

    private static double sum(int n, IntToDoubleFunction term) {
        return IntStream.range(0, n).mapToDouble(term).sum();
    }

    private static double product(List<Tensor> x, int... i) {
        return sum(x.get(0).shape().size(1), k -> x.get(0).get(i[0], k) * x.get(1).get(k, i[1]));
    }

    /** The number that stands at an index of a larger shape when x is repeated to it. */
    private static double read(Tensor x, int[] index) {
        int lead = index.length - x.shape().rank();
        return x.get(IntStream.range(0, x.shape().rank()).map(k -> x.shape().size(k) == 1 ? 0 : index[lead + k]).toArray());
    }

    /** The sum of the numbers at an index, over every axis where it says ALL. */
    private static double over(Tensor x, int... index) {
        for (int axis = 0; axis < index.length; axis++) {
            if (index[axis] == ALL) {
                int a = axis;
                return sum(x.shape().size(a), j -> over(x, changed(index, a, j)));
            }
        }
        return x.get(index);
    }

    /** ALL wherever the result has size 1. */
    private static int[] summed(int[] index, int[] sizes) {
        return IntStream.range(0, index.length).map(k -> sizes[k] == 1 ? ALL : index[k]).toArray();
    }

    private static int[] changed(int[] index, int axis, int value) {
        int[] changed = index.clone();
        changed[axis] = value;
        return changed;
    }

    private static int[] inserted(int[] index, int axis, int value) {
        return IntStream.rangeClosed(0, index.length).map(k -> k < axis ? index[k] : k == axis ? value : index[k - 1]).toArray();
    }
}
