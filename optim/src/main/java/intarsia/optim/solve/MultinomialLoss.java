package intarsia.optim.solve;

import intarsia.linalg.Elementary;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.Unary;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.heap.HostProducts;
import java.util.Arrays;

/**
 * {@code sum_i w_i (log sum_k exp(eta_ik + c_k) - eta_iy - c_y)}, c being an intercept a class. With probabilities P, the derivatives are
 * {@code w_i (P_ik - [y_i = k])} and {@code w_i P_ik ([k = l] - P_il)}. What moves all classes alike has no curvature; it is given that of
 * their mean, so that steps leave the sums over classes at 0.
 */
final class MultinomialLoss implements DenseLoss, SparseLoss {
    private static final double LEAST_CURVATURE = 1e-9;

    private final int[] y;
    private final int classes;
    private final double[] w;

    MultinomialLoss(int[] y, int classes, double[] w) {
        this.y = y;
        this.classes = classes;
        this.w = w;
    }

    @Override
    public int outputs() {
        return classes;
    }

    /** The logarithms of the classes' shares, with mean 0; every class has rows. */
    @Override
    public double[] start() {
        double[] c = new double[classes];
        for (int i = 0; i < y.length; i++) {
            c[y[i]] += w[i];
        }
        double mean = 0;
        for (int k = 0; k < classes; k++) {
            c[k] = Elementary.log(c[k]);
            mean += c[k] / classes;
        }
        for (int k = 0; k < classes; k++) {
            c[k] -= mean;
        }
        return c;
    }

    @Override
    public boolean counts(int row) {
        return w[row] > 0;
    }

    @Override
    public double value(double[] eta, double[] c) {
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            if (w[i] > 0) {
                sum += w[i] * loss(eta, i, c);
            }
        }
        return sum;
    }

    private double loss(double[] eta, int row, double[] c) {
        int label = y[row];
        double own = eta[label * y.length + row] + c[label];
        double others = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < classes; k++) {
            highest = k == label ? highest : Math.max(highest, eta[k * y.length + row] + c[k] - own);
        }
        if (classes == 1) {
            return 0;
        }
        for (int k = 0; k < classes; k++) {
            others += k == label ? 0 : Elementary.exp(eta[k * y.length + row] + c[k] - own - highest);
        }
        // log(1 + exp(highest) others)
        return Elementary.softplus(highest + Elementary.log(others));
    }

    /** Turns linear predictors into probabilities, in place. */
    static void softmax(double[] eta, int at, double[] c) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < c.length; k++) {
            eta[at + k] += c[k];
            highest = Math.max(highest, eta[at + k]);
        }
        double sum = 0;
        for (int k = 0; k < c.length; k++) {
            eta[at + k] = Elementary.exp(eta[at + k] - highest);
            sum += eta[at + k];
        }
        for (int k = 0; k < c.length; k++) {
            eta[at + k] /= sum;
        }
    }

    /** P [n x K], row after row. */
    private double[] probabilities(double[] eta, double[] c) {
        int n = y.length;
        double[] p = Matrices.transpose(Tensor.of(Shape.of(classes, n), eta)).doubles();
        for (int i = 0; i < n; i++) {
            softmax(p, i * classes, c);
        }
        return p;
    }

    @Override
    public void derivatives(Tensor x, double[] eta, double[] c, double[] gradient, double[] hessian) {
        double[] p = probabilities(eta, c);
        int n = y.length;
        int columns = x.shape().columns() + 1;
        Tensor ones = withOnes(x);
        Tensor transposed = Matrices.transpose(ones);
        double[] residuals = new double[n * classes];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < classes; k++) {
                residuals[i * classes + k] = w[i] * (p[i * classes + k] - (y[i] == k ? 1 : 0));
            }
        }
        System.arraycopy(Matrices.product(transposed, Tensor.of(Shape.of(n, classes), residuals)).doubles(), 0, gradient, 0,
                columns * classes);
        int size = columns * classes;
        double[] scaled = new double[n * columns];
        for (int k = 0; k < classes; k++) {
            for (int l = 0; l <= k; l++) {
                for (int i = 0; i < n; i++) {
                    double v = w[i] * p[i * classes + k] * ((k == l ? 1 : 0) - p[i * classes + l]);
                    for (int j = 0; j < columns; j++) {
                        scaled[i * columns + j] = v * ones.at(i * columns + j);
                    }
                }
                double[] block = Matrices.product(transposed, Tensor.of(Shape.of(n, columns), scaled)).doubles();
                for (int a = 0; a < columns; a++) {
                    for (int b = 0; b < columns; b++) {
                        hessian[(a * classes + k) * size + b * classes + l] = block[a * columns + b];
                        hessian[(b * classes + l) * size + a * classes + k] = block[a * columns + b];
                    }
                }
            }
        }
        curveSums(hessian, columns);
    }

    @Override
    public boolean intercepts() {
        return true;
    }

    @Override
    public boolean relative() {
        return true;
    }

    @Override
    public boolean centered() {
        return true;
    }

    @Override
    public double evaluate(double[] eta, double[] c, double[] u, double[] v) {
        int n = y.length;
        double[] logs = logs(eta, c, u);
        for (int k = 0; k < classes; k++) {
            for (int i = 0; i < n; i++) {
                double p = u[k * n + i];
                v[k * n + i] = w[i] > 0 ? w[i] * Math.max(LEAST_CURVATURE, p * (1 - p)) : 0;
                u[k * n + i] = w[i] > 0 ? -w[i] * p : 0;
            }
        }
        double value = 0;
        for (int i = 0; i < n; i++) {
            u[y[i] * n + i] += w[i];
            value -= w[i] > 0 ? w[i] * logs[i] : 0;
        }
        return value;
    }

    /** Writes P [K x n]; gives the logarithm of that of each row's own class. */
    private double[] logs(double[] eta, double[] c, double[] p) {
        int n = y.length;
        double[] highest = new double[n];
        Arrays.fill(highest, Double.NEGATIVE_INFINITY);
        for (int k = 0; k < classes; k++) {
            for (int i = 0; i < n; i++) {
                p[k * n + i] = eta[k * n + i] + c[k];
                highest[i] = Math.max(highest[i], p[k * n + i]);
            }
        }
        double[] own = new double[n];
        for (int i = 0; i < n; i++) {
            own[i] = p[y[i] * n + i] - highest[i];
        }
        for (int k = 0; k < classes; k++) {
            for (int i = 0; i < n; i++) {
                p[k * n + i] -= highest[i];
            }
        }
        HostProducts.map(Unary.EXP, p, p);
        double[] sums = new double[n];
        for (int k = 0; k < classes; k++) {
            for (int i = 0; i < n; i++) {
                sums[i] += p[k * n + i];
            }
        }
        for (int k = 0; k < classes; k++) {
            for (int i = 0; i < n; i++) {
                p[k * n + i] /= sums[i];
            }
        }
        HostProducts.map(Unary.LOG, sums, sums);
        for (int i = 0; i < n; i++) {
            own[i] -= sums[i];
        }
        return own;
    }

    /** The divergence {@code sum_k m_k log(m_k / P_k)} of a point m between label and probabilities. */
    @Override
    public double fenchelGap(double[] eta, double[] c, double scale) {
        int n = y.length;
        double[] p = new double[n * classes];
        double[] logs = logs(eta, c, p);
        double[] own = new double[n];
        for (int i = 0; i < n; i++) {
            own[i] = 1 - scale + scale * p[y[i] * n + i];
        }
        double[] ownLogs = new double[n];
        HostProducts.map(Unary.LOG, own, ownLogs);
        double log = scale == 0 ? 0 : scale * Elementary.log(scale);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double divergence = log * (1 - p[y[i] * n + i]) + own[i] * (ownLogs[i] - logs[i]);
            sum += w[i] > 0 ? w[i] * Math.max(0, divergence) : 0;
        }
        return sum;
    }

    /** The last column of 1 has the intercepts as its coefficients. */
    private static Tensor withOnes(Tensor x) {
        int n = x.shape().rows();
        int p = x.shape().columns();
        double[] ones = new double[n * (p + 1)];
        Arrays.fill(ones, 1);
        for (int i = 0; i < n; i++) {
            System.arraycopy(x.doubles(), i * p, ones, i * (p + 1), p);
        }
        return Tensor.of(Shape.of(n, p + 1), ones);
    }

    private void curveSums(double[] hessian, int columns) {
        int size = columns * classes;
        for (int a = 0; a < columns; a++) {
            double mean = 0;
            for (int k = 0; k < classes; k++) {
                mean += hessian[(a * classes + k) * (size + 1)] / classes;
            }
            for (int k = 0; k < classes; k++) {
                for (int l = 0; l < classes; l++) {
                    hessian[(a * classes + k) * size + a * classes + l] += mean;
                }
            }
        }
    }

    @Override
    public double magnitude() {
        return Arrays.stream(w).sum();
    }

    @Override
    public boolean recedes(double[] eta, double[] c, double slack) {
        double largest = 0;
        double worst = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < y.length; i++) {
            for (int k = 0; w[i] > 0 && k < classes; k++) {
                double rise = eta[k * y.length + i] + c[k] - eta[y[i] * y.length + i] - c[y[i]];
                largest = Math.max(largest, Math.abs(rise));
                worst = Math.max(worst, rise);
            }
        }
        return largest > 0 && worst <= slack * largest;
    }

    @Override
    public void absorb(double[] shift, double[] c) {
        double mean = 0;
        for (int k = 0; k < classes; k++) {
            c[k] += shift[k];
            mean += c[k] / classes;
        }
        for (int k = 0; k < classes; k++) {
            c[k] -= mean;
        }
    }
}
