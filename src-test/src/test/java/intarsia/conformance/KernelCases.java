package intarsia.conformance;

import intarsia.conformance.KernelCase.Binder;
import intarsia.conformance.KernelCase.Formula;
import intarsia.conformance.KernelCase.Operand;
import intarsia.conformance.KernelCase.Tolerance;
import intarsia.linalg.AdamStep;
import intarsia.linalg.Binary;
import intarsia.linalg.Chain;
import intarsia.linalg.Indices;
import intarsia.linalg.Kernels;
import intarsia.linalg.MatMul;
import intarsia.linalg.Shape;
import intarsia.linalg.Unary;
import intarsia.linalg.View;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** The conformance table: at least one row for every kernel, and one for every elementwise function. */
final class KernelCases {
    private static final IntFunction<Tolerance> EXACT = n -> Tolerance.EXACT;
    /** The formulas use functions that are off by up to one unit themselves. */
    private static final IntFunction<Tolerance> ELEMENTARY = n -> new Tolerance(3, 0);

    private KernelCases() {}

    static List<KernelCase> all() {
        List<KernelCase> rows = new ArrayList<>();
        for (Unary f : Unary.values()) {
            rows.add(map(f));
        }
        for (Binary f : Binary.values()) {
            rows.add(zip(f));
        }
        affine(rows);
        chains(rows);
        movement(rows);
        for (MatMul.Start start : MatMul.Start.values()) {
            for (int transposes = 0; transposes < 4; transposes++) {
                rows.add(matmul(new MatMul(transposes % 2 == 1, transposes >= 2, start, null), "deep"));
            }
        }
        for (String shape : List.of("flat", "narrow", "wide", "square", "ragged")) {
            for (int transposes = 0; transposes < 4; transposes++) {
                MatMul.Start start = transposes % 2 == 0 ? MatMul.Start.OUTPUT : MatMul.Start.ZERO;
                rows.add(matmul(new MatMul(transposes % 2 == 1, transposes >= 2, start, null), shape));
            }
        }
        rows.add(matmul(MatMul.PLAIN.with(MatMul.Start.OUTPUT), "large"));
        rows.add(matmul(MatMul.of(true, true), "large"));
        rows.add(matmul(MatMul.PLAIN.with(MatMul.Start.BIAS).with(Unary.TANH), "deep"));
        rows.add(matmul(MatMul.PLAIN.with(MatMul.Start.BIAS).with(Unary.RELU), "narrow"));
        rows.add(matmul(MatMul.of(false, true).with(Unary.SIGMOID), "wide"));
        reductions(rows);
        tables(rows);
        rows.add(adam());
        return rows;
    }

    private static KernelCase map(Unary f) {
        IntFunction<Tolerance> tolerance = switch (f) {
            case NEGATE, ABS, SIGN, STEP, SQUARE, SQRT, RECIPROCAL, RELU -> EXACT;
            case EXP, LOG, LOG1P, TANH, SIGMOID, SOFTPLUS -> ELEMENTARY;
        };
        return new KernelCase("chain", f.name(), n -> List.of(Operand.special(3, n), Operand.unit(3, n)),
                (kernels, views) -> kernels.chain(Chain.of(f), views.subList(0, 1), views.subList(1, 2)),
                each((x, i) -> Formulas.apply(f, x[0][i]), 1), tolerance);
    }

    private static KernelCase zip(Binary f) {
        return new KernelCase("chain", f.name(), n -> List.of(Operand.special(3, n), Operand.special(3, n), Operand.unit(3, n)),
                (kernels, views) -> kernels.chain(Chain.of(f), views.subList(0, 2), views.subList(2, 3)),
                each((x, i) -> Formulas.apply(f, x[0][i], x[1][i]), 2), EXACT);
    }

    private static void affine(List<KernelCase> rows) {
        double scale = 0.7;
        double shift = -0.3;
        rows.add(new KernelCase("chain", "AFFINE", n -> List.of(Operand.special(3, n), Operand.unit(3, n)),
                (kernels, views) -> kernels.chain(Chain.affine(scale, shift), views.subList(0, 1), views.subList(1, 2)),
                (operands, x, precision) -> {
                    for (int i = 0; i < x[1].length; i++) {
                        x[1][i] = Formulas.fma(Formulas.round(scale, precision), x[0][i], Formulas.round(shift, precision), precision);
                    }
                }, EXACT));
    }

    private static void chains(List<KernelCase> rows) {
        Chain twoOutputs = new Chain(2, List.of(new Chain.Zip(Binary.MULTIPLY, 0, 1), new Chain.Affine(2, 1, 2),
                new Chain.Zip(Binary.SUBTRACT, 3, 0)),
                List.of(2, 4));
        rows.add(new KernelCase("chain", "two outputs, the first in place", n ->
                List.of(Operand.unit(2, n), Operand.unit(2, n), Operand.unit(2, n)),
                (kernels, views) -> kernels.chain(twoOutputs, views.subList(0, 2), List.of(views.get(0), views.get(2))),
                (operands, x, precision) -> {
                    for (int i = 0; i < x[0].length; i++) {
                        double before = x[0][i];
                        x[0][i] = before * x[1][i];
                        x[2][i] = 2 * x[0][i] + 1 - before;
                    }
                }, n -> new Tolerance(1, 4)));
        for (Binary f : List.of(Binary.ADD, Binary.DIVIDE)) {
            rows.add(new KernelCase("chain", f + " in place", n -> List.of(Operand.special(1, n), Operand.special(1, n)),
                    (kernels, views) -> kernels.chain(Chain.of(f), views, views.subList(0, 1)),
                    (operands, x, precision) -> {
                        for (int i = 0; i < x[0].length; i++) {
                            x[0][i] = Formulas.round(Formulas.apply(f, x[0][i], x[1][i]), precision);
                        }
                    }, EXACT));
        }
        for (int kind = 0; kind < 4; kind++) {
            boolean row = kind % 2 == 1;
            boolean column = kind >= 2;
            String shape = row && column ? "a number" : row ? "a row" : column ? "a column" : "a matrix";
            rows.add(new KernelCase("chain", "SUBTRACT of " + shape, n ->
                    List.of(Operand.unit(5, n), Operand.unit(row ? 1 : 5, column ? 1 : n)),
                    (kernels, views) -> kernels.chain(Chain.of(Binary.SUBTRACT), views, views.subList(0, 1)),
                    (operands, x, precision) -> {
                        int columns = operands.get(0).columns();
                        for (int i = 0; i < x[0].length; i++) {
                            double y = x[1][(row ? 0 : i / columns) * (column ? 1 : columns) + (column ? 0 : i % columns)];
                            x[0][i] = Formulas.round(x[0][i] - y, precision);
                        }
                    }, EXACT));
        }
    }

    private static void movement(List<KernelCase> rows) {
        rows.add(new KernelCase("fill", "", n -> List.of(Operand.unit(3, n)), (kernels, views) -> kernels.fill(views.get(0), 0.1),
                (operands, x, precision) -> Arrays.fill(x[0], Formulas.round(0.1, precision)), EXACT));
        rows.add(new KernelCase("copy", "", n -> List.of(Operand.special(3, n), Operand.unit(3, n)),
                (kernels, views) -> kernels.copy(views.get(0), views.get(1)), each((x, i) -> x[0][i], 1), EXACT));
        rows.add(new KernelCase("copy", "of a row", n -> List.of(Operand.special(1, n), Operand.unit(3, n)),
                (kernels, views) -> kernels.copy(views.get(0), views.get(1)), each((x, i) -> x[0][i % x[0].length], 1), EXACT));
        rows.add(new KernelCase("copy", "of a column", n -> List.of(Operand.special(3, 1), Operand.unit(3, n)),
                (kernels, views) -> kernels.copy(views.get(0), views.get(1)), each((x, i) -> x[0][i / (x[1].length / 3)], 1), EXACT));
        Shape shape = Shape.of(2, 3, 5);
        rows.add(new KernelCase("permute", shape + " to (2, 0, 1)", n -> List.of(Operand.unit(1, 30), Operand.unit(1, 30)),
                (kernels, views) -> kernels.permute(views.get(0), shape, new int[] {2, 0, 1}, views.get(1)),
                each((x, i) -> x[0][i / 3 % 2 * 15 + i % 3 * 5 + i / 6], 1), EXACT));
    }

    /**
     * Sizes that are deep, flat, narrow, wide, ragged (no multiples of anything), square or large, about n in the direction that matters.
     */
    private static int[] sizes(String shape, int n) {
        return switch (shape) {
            case "deep" -> new int[] {17, n, 37};
            case "flat" -> new int[] {Math.min(n, 4), 33, n};
            case "narrow" -> new int[] {n, 19, 1};
            case "wide" -> new int[] {9, 21, n};
            case "ragged" -> new int[] {13, 5, n / 2 + 3};
            case "large" -> n < 1000 ? new int[] {n, 2, n} : new int[] {301, 450, 270};
            case "square" -> new int[] {Math.min(n, 130), Math.min(n, 130), Math.min(n, 130)};
            default -> throw new IllegalArgumentException(shape);
        };
    }

    private static KernelCase matmul(MatMul product, String shape) {
        boolean bias = product.start() == MatMul.Start.BIAS;
        return new KernelCase("matmul", shape + " " + product, n -> {
            int[] s = sizes(shape, n);
            return List.of(Operand.unit(s[product.transposeA() ? 1 : 0], s[product.transposeA() ? 0 : 1]),
                    Operand.unit(s[product.transposeB() ? 2 : 1], s[product.transposeB() ? 1 : 2]), Operand.unit(1, s[2]),
                            Operand.unit(s[0], s[2]));
        }, (kernels, views) -> kernels.matmul(product, views.get(0), views.get(1), bias ? views.get(2) : null, views.get(3)),
                (operands, x, precision) -> Formulas.matmul(product, operands, x),
                n -> new Tolerance(3, 2 + sizes(shape, n)[1]));
    }

    private static void reductions(List<KernelCase> rows) {
        for (boolean accumulate : new boolean[] {false, true}) {
            String name = accumulate ? ", accumulating" : "";
            rows.add(new KernelCase("sum", "of all" + name, n -> List.of(Operand.unit(3, n), Operand.unit(1, 1)), sum(accumulate),
                    sums(accumulate, (i, columns) -> 0), n -> new Tolerance(1, 3 * n / 32 + 8)));
            rows.add(new KernelCase("sum", "over rows" + name, n -> List.of(Operand.unit(9, n + 2), Operand.unit(1, n + 2)),
                    sum(accumulate),
                    sums(accumulate, (i, columns) -> i % columns), n -> new Tolerance(1, 10)));
            rows.add(new KernelCase("sum", "over columns" + name, n -> List.of(Operand.unit(9, n), Operand.unit(9, 1)), sum(accumulate),
                    sums(accumulate, (i, columns) -> i / columns), n -> new Tolerance(1, n / 32 + 8)));
            rows.add(new KernelCase("dot", name, n -> List.of(Operand.unit(3, n), Operand.unit(3, n), Operand.unit(1, 1)),
                    (kernels, views) -> kernels.dot(views.get(0), views.get(1), views.get(2), accumulate),
                    (operands, x, precision) -> {
                        BigDecimal sum = new BigDecimal(accumulate ? x[2][0] : 0);
                        for (int i = 0; i < x[0].length; i++) {
                            sum = sum.add(new BigDecimal(x[0][i]).multiply(new BigDecimal(x[1][i])));
                        }
                        x[2][0] = sum.doubleValue();
                    }, n -> new Tolerance(1, 3 * n / 32 + 8)));
        }
        rows.add(new KernelCase("logSumExp", "", n -> List.of(Operand.unit(3, n), Operand.unit(3, 1)),
                (kernels, views) -> kernels.logSumExp(views.get(0), views.get(1)), Formulas::logSumExp, n -> new Tolerance(4, 8)));
        rows.add(new KernelCase("softmax", "", n -> List.of(Operand.unit(3, n), Operand.unit(3, n)),
                (kernels, views) -> kernels.softmax(views.get(0), views.get(1)), Formulas::softmax, n -> new Tolerance(8 + n / 32, 0)));
    }

    private static Binder sum(boolean accumulate) {
        return (kernels, views) -> kernels.sum(views.get(0), views.get(1), accumulate);
    }

    private interface Place {
        int of(int index, int columns);
    }

    private static Formula sums(boolean accumulate, Place place) {
        return (operands, x, precision) -> {
            BigDecimal[] sums = new BigDecimal[x[1].length];
            Arrays.setAll(sums, i -> new BigDecimal(accumulate ? x[1][i] : 0));
            for (int i = 0; i < x[0].length; i++) {
                int at = place.of(i, operands.get(0).columns());
                sums[at] = sums[at].add(new BigDecimal(x[0][i]));
            }
            Arrays.setAll(x[1], i -> sums[i].doubleValue());
        };
    }

    private static void tables(List<KernelCase> rows) {
        int[] picked = {2, 0, 2, 3};
        rows.add(new KernelCase("gather", "", n -> List.of(Operand.special(4, n), Operand.unit(4, n)),
                (kernels, views) -> kernels.gather(views.get(0), indices(kernels, picked), views.get(1)),
                each((x, i) -> x[0][picked[i / (x[1].length / 4)] * (x[1].length / 4) + i % (x[1].length / 4)], 1), EXACT));
        rows.add(new KernelCase("scatterAdd", "", n -> List.of(Operand.unit(4, n), Operand.unit(5, n)),
                (kernels, views) -> kernels.scatterAdd(views.get(0), indices(kernels, picked), views.get(1)),
                (operands, x, precision) -> {
                    int columns = operands.get(0).columns();
                    for (int i = 0; i < x[0].length; i++) {
                        x[1][picked[i / columns] * columns + i % columns] += x[0][i];
                    }
                }, n -> new Tolerance(1, 3)));
    }

    private static Indices indices(Kernels kernels, int[] rows) {
        Indices indices = kernels.allocateIndices(rows.length);
        kernels.upload(rows, 0, indices);
        return indices;
    }

    private static KernelCase adam() {
        return new KernelCase("adam", "", n -> List.of(Operand.unit(1, n), Operand.unit(1, n), Operand.unit(1, n), Operand.unit(1, n)),
                (kernels, views) -> {
                    AdamStep step = new AdamStep(0.9, 0.999, 1e-8);
                    step.set(0.01, 3);
                    View v = views.get(3);
                    kernels.chain(Chain.of(Unary.SQUARE), List.of(v), List.of(v)).run();
                    return kernels.adam(step, views.get(0), views.get(1), views.get(2), v);
                }, Formulas::adam, n -> new Tolerance(16, 2));
    }

    private interface Element {
        double of(double[][] operands, int index);
    }

    /** A formula for each element of one output, rounded to the precision. */
    private static Formula each(Element element, int output) {
        return (operands, x, precision) -> {
            for (int i = 0; i < x[output].length; i++) {
                x[output][i] = Formulas.round(element.of(x, i), precision);
            }
        };
    }
}
