package intarsia.linalg.decomposition;

import intarsia.linalg.heap.HostProducts;
import intarsia.linalg.heap.Loops64;
import java.util.Arrays;

/**
 * The QR factorization of a matrix whose columns are given as rows, a panel of columns at a time, whose reflections are applied to the rest
 * by products. A panel is done by recursion (Elmroth &amp; Gustavson 2000): the first half of its columns, then, after they were met by
 * those reflections, the second half. A few columns are done one after the other.
 */
final class QrSteps {
    /** The most columns that are done one by one. */
    private static final int FEW = 16;

    private final PaddedRows a;
    private final Reflectors reflectors;
    /** Of the few columns: {@code V'x}, {@code T'V'x}, and T as rows of its transpose. */
    private final double[] products = new double[FEW];
    private final double[] weights = new double[FEW];
    private final double[][] triangle = new double[FEW][FEW];
    private final double[] lanes = new double[4 * Loops64.ROW_LANES];

    private QrSteps(PaddedRows a) {
        this.a = a;
        reflectors = new Reflectors(Math.min(a.rows(), a.columns()), a.columns(), 0);
    }

    /** Factorizes; row j of a becomes column j of R, followed by numbers without meaning. */
    static Reflectors factorize(PaddedRows a) {
        QrSteps steps = new QrSteps(a);
        int k = Math.min(a.rows(), a.columns());
        for (int from = 0; from < k; from += Reflectors.TOGETHER) {
            int end = Math.min(from + Reflectors.TOGETHER, k);
            steps.factorize(from, end);
            steps.reflectors.apply(from, end, false, a, end, a.rows());
        }
        return steps.reflectors;
    }

    private void factorize(int from, int end) {
        if (end - from <= FEW) {
            few(from, end);
            return;
        }
        int middle = from + ((end - from + 1) / 2 + FEW - 1) / FEW * FEW;
        factorize(from, middle);
        reflectors.apply(from, middle, false, a, middle, end);
        factorize(middle, end);
    }

    private void few(int from, int end) {
        PaddedRows v = reflectors.vectors();
        int left = PaddedRows.down(from);
        int length = PaddedRows.up(a.columns()) - left;
        for (int j = from; j < end; j++) {
            int before = j - from;
            if (before > 0) {
                meet(from, before, left, length, a.numbers(), a.at(j, left));
                Arrays.fill(weights, before, FEW, 0);
                HostProducts.addWeightedRows(PaddedRows.fours(before), length, v.numbers(), v.at(from, left), v.step(), weights, 0,
                        a.numbers(), a.at(j, left));
            }
            a.set(j, j, reflectors.reflect(j, a.numbers(), a.at(j, j)));
            // T's next column: -scale T V'v
            if (before > 0) {
                Arrays.fill(products, 0);
                HostProducts.rowDots(PaddedRows.fours(before), length, v.numbers(), v.at(from, left), v.step(), v.numbers(),
                        v.at(j, left), products, 0, lanes);
                for (int i = 0; i < before; i++) {
                    double sum = 0;
                    for (int k = i; k < before; k++) {
                        sum = Math.fma(triangle[k][i], products[k], sum);
                    }
                    triangle[before][i] = -reflectors.scale(j) * sum;
                }
            }
            triangle[before][before] = reflectors.scale(j);
        }
    }

    /** The weights {@code -T'V'x}. */
    private void meet(int from, int before, int left, int length, double[] x, int at) {
        PaddedRows v = reflectors.vectors();
        Arrays.fill(products, 0);
        HostProducts.rowDots(PaddedRows.fours(before), length, v.numbers(), v.at(from, left), v.step(), x, at, products, 0, lanes);
        for (int i = 0; i < before; i++) {
            double sum = 0;
            for (int k = 0; k <= i; k++) {
                sum = Math.fma(-triangle[i][k], products[k], sum);
            }
            weights[i] = sum;
        }
    }
}
