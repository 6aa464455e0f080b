package intarsia.linalg.heap;

import intarsia.linalg.Command;
import intarsia.linalg.MatMul;
import java.util.Arrays;

/**
 * A matrix product in plain Java, the reference for every bit: to what an element starts with, its products are added in order of the inner
 * index, each by one fused multiply-add. The sums of four rows by two columns stay in registers meanwhile: as many as 16 registers hold.
 */
final class ScalarMatMul64 implements Command {
    private static final int HIGH = 4;

    private final ScalarLoops64 loops;
    private final MatMul product;
    private final Block64 left;
    private final Block64 right;
    private final Block64 bias;
    private final Block64 out;
    private final int inner;
    /** From one row of the left operand to the next, and along a row. */
    private final int leftRow;
    private final int leftStep;
    /** From one column of the right operand to the next, and along a column. */
    private final int rightColumn;
    private final int rightStep;

    ScalarMatMul64(ScalarLoops64 loops, MatMul product, Block64 left, Block64 right, Block64 bias, Block64 out) {
        this.loops = loops;
        this.product = product;
        this.left = left;
        this.right = right;
        this.bias = bias;
        this.out = out;
        inner = product.transposeA() ? left.rows() : left.columns();
        leftRow = product.transposeA() ? 1 : left.stride();
        leftStep = product.transposeA() ? left.stride() : 1;
        rightColumn = product.transposeB() ? right.stride() : 1;
        rightStep = product.transposeB() ? 1 : right.stride();
    }

    @Override
    public void run() {
        for (int i = 0; i < out.rows(); i += HIGH) {
            int end = Math.min(i + HIGH, out.rows());
            for (int row = i; row < end; row++) {
                start(row);
            }
            if (end - i == HIGH) {
                fourRows(i);
            } else {
                for (int row = i; row < end; row++) {
                    row(row);
                }
            }
            for (int row = i; row < end && product.activation() != null; row++) {
                loops.map(product.activation(), out.array(), out.row(row), out.array(), out.row(row), out.columns());
            }
        }
    }

    private void start(int row) {
        switch (product.start()) {
            case ZERO -> Arrays.fill(out.array(), out.row(row), out.row(row) + out.columns(), 0);
            case BIAS -> System.arraycopy(bias.array(), bias.offset(), out.array(), out.row(row), out.columns());
            case OUTPUT -> { }
        }
    }

    private void fourRows(int row) {
        int from = left.offset() + row * leftRow;
        int j = 0;
        for (; j + 2 <= out.columns(); j += 2) {
            fourByTwo(inner, left.array(), from, leftRow, leftStep, right.array(), right.offset() + j * rightColumn, rightColumn,
                    rightStep, out.array(), out.row(row) + j, out.stride());
        }
        if (j < out.columns()) {
            four(inner, left.array(), from, leftRow, leftStep, right.array(), right.offset() + j * rightColumn, rightStep, out.array(),
                    out.row(row) + j, out.stride());
        }
    }

    /** One row, four columns at a time, which then have the part of rows. */
    private void row(int row) {
        int from = left.offset() + row * leftRow;
        int j = 0;
        for (; j + HIGH <= out.columns(); j += HIGH) {
            four(inner, right.array(), right.offset() + j * rightColumn, rightColumn, rightStep, left.array(), from, leftStep, out.array(),
                    out.row(row) + j, 1);
        }
        for (; j < out.columns(); j++) {
            int column = right.offset() + j * rightColumn;
            double sum = out.at(row, j);
            for (int k = 0; k < inner; k++) {
                sum = Math.fma(left.array()[from + k * leftStep], right.array()[column + k * rightStep], sum);
            }
            out.array()[out.row(row) + j] = sum;
        }
    }

    private static void fourByTwo(int inner, double[] a, int ao, int aRow, int aStep, double[] b, int bo, int bColumn, int bStep,
            double[] c, int co, int cRow) {
        int c1 = co + cRow;
        int c2 = c1 + cRow;
        int c3 = c2 + cRow;
        double x00 = c[co];
        double x01 = c[co + 1];
        double x10 = c[c1];
        double x11 = c[c1 + 1];
        double x20 = c[c2];
        double x21 = c[c2 + 1];
        double x30 = c[c3];
        double x31 = c[c3 + 1];
        for (int k = 0; k < inner; k++) {
            int ak = ao + k * aStep;
            int bk = bo + k * bStep;
            double y0 = b[bk];
            double y1 = b[bk + bColumn];
            double z = a[ak];
            x00 = Math.fma(z, y0, x00);
            x01 = Math.fma(z, y1, x01);
            z = a[ak + aRow];
            x10 = Math.fma(z, y0, x10);
            x11 = Math.fma(z, y1, x11);
            z = a[ak + 2 * aRow];
            x20 = Math.fma(z, y0, x20);
            x21 = Math.fma(z, y1, x21);
            z = a[ak + 3 * aRow];
            x30 = Math.fma(z, y0, x30);
            x31 = Math.fma(z, y1, x31);
        }
        c[co] = x00;
        c[co + 1] = x01;
        c[c1] = x10;
        c[c1 + 1] = x11;
        c[c2] = x20;
        c[c2 + 1] = x21;
        c[c3] = x30;
        c[c3 + 1] = x31;
    }

    private static void four(int inner, double[] a, int ao, int aRow, int aStep, double[] b, int bo, int bStep, double[] c, int co,
            int cStep) {
        double x0 = c[co];
        double x1 = c[co + cStep];
        double x2 = c[co + 2 * cStep];
        double x3 = c[co + 3 * cStep];
        for (int k = 0; k < inner; k++) {
            int ak = ao + k * aStep;
            double y = b[bo + k * bStep];
            x0 = Math.fma(a[ak], y, x0);
            x1 = Math.fma(a[ak + aRow], y, x1);
            x2 = Math.fma(a[ak + 2 * aRow], y, x2);
            x3 = Math.fma(a[ak + 3 * aRow], y, x3);
        }
        c[co] = x0;
        c[co + cStep] = x1;
        c[co + 2 * cStep] = x2;
        c[co + 3 * cStep] = x3;
    }
}
