package intarsia.models.gp;

import intarsia.linalg.Elementary;
import intarsia.linalg.MatMul;
import intarsia.linalg.heap.Block64;
import intarsia.linalg.heap.HostProducts;

/**
 * The kernels of a source between some rows and the first rows of others, before they are weighted. Where a row is imputed,
 * {@code x ~ N(m, V)}, they are expectations; rows' errors are independent, and a row is the same as itself:
 *
 * <pre>
 * linear      E x'y = m_x'm_y,                                                E x'x = m'm + tr V
 * quadratic   E (x'y)^2 = (m_x'm_y)^2 + m_x'V_y m_x + m_y'V_x m_y + tr V_x V_y,  E (x'x)^2 = (m'm + tr V)^2 + 2 tr V^2 + 4 m'Vm
 * smooth      E exp(-||x - y||^2 / 2a) = |I + W/a|^-1/2 exp(-1/2 (m_x - m_y)'(aI + W)^-1 (m_x - m_y)),  W = V_x + V_y
 * </pre>
 *
 * Not for use by several threads.
 */
final class SourcePanel {
    private static final MatMul PRODUCT = MatMul.of(false, true);

    /** What {@link #at} found: x'y, the product of squares, (x'y)^2, phi, and phi's derivative by log l. */
    double linear;
    double squares;
    double quadratic;
    double smooth;
    double slope;
    /** Whether both rows were measured. */
    boolean measured;

    private final SmoothKernel kernel;
    private final SourceRows a;
    private final SourceRows b;
    private final int from;
    private final int end;
    private final Products products;
    private final double scale;
    private final Metric[] metrics;

    /**
     * Products of rows that no hyperparameter changes.
     *
     * @param linear  of features
     * @param squares of squares; null if no kernel reads them
     */
    record Products(double[] linear, double[] squares) {
        static Products of(MultitaskGp.KernelSet kernels, SourceRows a, int from, int to, SourceRows b, int end) {
            return new Products(product(a.x(), a.width(), from, to, b.x(), end),
                    kernels.has(KernelKind.SQUARES) ? product(a.squares(), a.squaresWidth(), from, to, b.squares(), end) : null);
        }
    }

    /**
     * Rows {@code from} to {@code to} of a against the first rows of b.
     *
     * @param scale {@code p_s l_s^2}
     * @param slopes whether derivatives are asked for
     */
    SourcePanel(MultitaskGp.KernelSet kernels, SourceRows a, int from, int to, SourceRows b, int end, Products products, double scale,
            boolean slopes) {
        this.kernel = kernels.has(KernelKind.SMOOTH) ? kernels.smooth() : null;
        this.a = a;
        this.b = b;
        this.from = from;
        this.end = end;
        this.products = products;
        this.scale = scale;
        metrics = kernel == null || a.spread() == null ? null : new Metric[] {new Metric(1, to, slopes), new Metric(2, to, slopes)};
    }

    private static double[] product(double[] x, int width, int from, int to, double[] y, int end) {
        double[] product = new double[(to - from) * end];
        if (product.length > 0 && width > 0) {
            HostProducts.bind(PRODUCT, new Block64(x, from * width, to - from, width, width), new Block64(y, 0, end, width, width),
                    new Block64(product, 0, to - from, end, end)).run();
        }
        return product;
    }

    /** The kernels between row i of a and row j of b. */
    void at(int i, int j) {
        int index = (i - from) * end + j;
        linear = products.linear[index];
        quadratic = linear * linear;
        squares = products.squares == null ? 0 : products.squares[index];
        boolean first = a.uncertain(i);
        boolean second = b.uncertain(j);
        measured = !first && !second;
        if (!measured) {
            uncertain(i, j, first, second);
        } else if (kernel != null) {
            double q = Math.max(0, a.norms()[i] + b.norms()[j] - 2 * linear) / scale;
            smooth = kernel.value(q);
            slope = kernel.slope(q, smooth);
        }
    }

    /** The kernels between row i of a and itself; needs no products. */
    void itself(int i) {
        linear = a.norms()[i];
        quadratic = linear * linear;
        squares = 0;
        for (int k = i * a.squaresWidth(); k < (i + 1) * a.squaresWidth(); k++) {
            squares = Math.fma(a.squares()[k], a.squares()[k], squares);
        }
        smooth = kernel == null ? 0 : 1;
        slope = 0;
        measured = !a.uncertain(i);
        if (!measured) {
            sameUncertain(i);
        }
    }

    /** What a row's uncertainty adds to its kernels with itself. */
    private void sameUncertain(int i) {
        SourceRows.Spread spread = a.spread();
        linear += spread.total();
        quadratic = linear * linear + 2 * spread.square() + 4 * spread.weighted()[i];
        squares += spread.excess()[i];
        smooth = kernel == null ? 0 : 1;
        slope = 0;
    }

    private void uncertain(int i, int j, boolean first, boolean second) {
        if (a == b && i == j) {
            sameUncertain(i);
            return;
        }
        quadratic += (second ? a.spread().weighted()[i] : 0) + (first ? b.spread().weighted()[j] : 0)
                + (first && second ? a.spread().square() : 0);
        if (kernel != null) {
            metrics[first && second ? 1 : 0].at(i, j);
        }
    }

    /** The smooth kernel where one row is imputed, or both: distances in a metric of their own. */
    private final class Metric {
        private final Distances near;
        private final Distances stretched;
        private final double factor;
        private final double factorSlope;

        Metric(int imputed, int to, boolean slopes) {
            double[] variances = a.spread().variances();
            double[] inverse = new double[variances.length];
            double[] squared = new double[variances.length];
            double log = 0;
            double sum = 0;
            for (int k = 0; k < variances.length; k++) {
                double variance = imputed * variances[k];
                inverse[k] = 1 / (scale + variance);
                squared[k] = scale * inverse[k] * inverse[k];
                log -= 0.5 * Elementary.log1p(variance / scale);
                sum += variance * inverse[k];
            }
            factor = Elementary.exp(log);
            factorSlope = sum;
            near = new Distances(inverse, to);
            stretched = slopes ? new Distances(squared, to) : null;
        }

        void at(int i, int j) {
            smooth = factor * Elementary.exp(-0.5 * near.at(i, j));
            slope = stretched == null ? Double.NaN : smooth * (factorSlope + stretched.at(i, j));
        }
    }

    /** Squared distances whose terms are weighted. */
    private final class Distances {
        private final double[] ofA;
        private final double[] ofB;
        private final double[] inner;

        Distances(double[] weights, int to) {
            double[] weighted = weighted(a.x(), weights, from, to);
            inner = product(weighted, a.width(), 0, to - from, b.x(), end);
            ofA = norms(weighted, a.x(), from, to);
            ofB = norms(weighted(b.x(), weights, 0, end), b.x(), 0, end);
        }

        private static double[] weighted(double[] x, double[] weights, int from, int to) {
            double[] weighted = new double[(to - from) * weights.length];
            for (int k = 0; k < weighted.length; k++) {
                weighted[k] = x[from * weights.length + k] * weights[k % weights.length];
            }
            return weighted;
        }

        private double[] norms(double[] weighted, double[] x, int first, int last) {
            int width = a.width();
            double[] norms = new double[last - first];
            for (int i = 0; i < norms.length; i++) {
                for (int k = 0; k < width; k++) {
                    norms[i] = Math.fma(weighted[i * width + k], x[(first + i) * width + k], norms[i]);
                }
            }
            return norms;
        }

        double at(int i, int j) {
            return Math.max(0, ofA[i - from] + ofB[j] - 2 * inner[(i - from) * end + j]);
        }
    }
}
