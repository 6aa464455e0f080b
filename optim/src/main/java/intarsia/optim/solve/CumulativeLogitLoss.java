package intarsia.optim.solve;

import intarsia.linalg.Elementary;
import intarsia.linalg.Tensor;

/**
 * With {@code a = theta_y - eta} above and {@code b = theta_(y-1) - eta} below a level (infinite at the ends), a row's loss is
 * <pre>  -log(sigmoid(a) - sigmoid(b)) = softplus(-a) + softplus(b) - log(1 - exp(b - a)),</pre>
 * a sum of convex functions of a, of b and of the distance of the thresholds (this way of writing it is ours).
 */
final class CumulativeLogitLoss implements DenseLoss {
    private final int[] y;
    private final int levels;
    private final double[] w;

    CumulativeLogitLoss(int[] y, int levels, double[] w) {
        this.y = y;
        this.levels = levels;
        this.w = w;
    }

    @Override
    public int outputs() {
        return 1;
    }

    /** The log odds of the cumulative shares; every level has rows. */
    @Override
    public double[] start() {
        double[] shares = new double[levels];
        double total = 0;
        for (int i = 0; i < y.length; i++) {
            shares[y[i]] += w[i];
            total += w[i];
        }
        double[] theta = new double[levels - 1];
        double below = 0;
        for (int k = 0; k < theta.length; k++) {
            below += shares[k];
            theta[k] = Elementary.log(below / (total - below));
        }
        return theta;
    }

    @Override
    public boolean counts(int row) {
        return w[row] > 0;
    }

    @Override
    public double value(double[] eta, double[] theta) {
        for (int k = 1; k < theta.length; k++) {
            if (!(theta[k] > theta[k - 1])) {
                return Double.POSITIVE_INFINITY;
            }
        }
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            if (w[i] > 0) {
                double a = above(y[i], eta[i], theta);
                double b = below(y[i], eta[i], theta);
                sum += w[i] * (Elementary.softplus(-a) + Elementary.softplus(b) - Elementary.log(below(a - b)));
            }
        }
        return sum;
    }

    private double above(int level, double eta, double[] theta) {
        return level < levels - 1 ? theta[level] - eta : Double.POSITIVE_INFINITY;
    }

    private static double below(int level, double eta, double[] theta) {
        return level > 0 ? theta[level - 1] - eta : Double.NEGATIVE_INFINITY;
    }

    /** {@code 1 - exp(-distance)}, accurate for short distances too. */
    static double below(double distance) {
        double t = Elementary.tanh(distance / 2);
        return 2 * t / (1 + t);
    }

    @Override
    public void derivatives(Tensor x, double[] eta, double[] theta, double[] gradient, double[] hessian) {
        int n = y.length;
        int p = x.shape().columns();
        int size = gradient.length;
        double[] slopes = new double[n];
        double[] bends = new double[n];
        double[] mixed = new double[n * theta.length];
        for (int i = 0; i < n; i++) {
            double a = above(y[i], eta[i], theta);
            double b = below(y[i], eta[i], theta);
            // 1 / (exp(a - b) - 1)
            double near = 1 / below(a - b) - 1;
            double bendA = w[i] * Elementary.sigmoid(a) * Elementary.sigmoid(-a);
            double bendB = w[i] * Elementary.sigmoid(b) * Elementary.sigmoid(-b);
            slopes[i] = w[i] * (Elementary.sigmoid(-a) - Elementary.sigmoid(b));
            bends[i] = bendA + bendB;
            double apart = w[i] * near * (1 + near);
            int up = p + y[i];
            int down = up - 1;
            if (y[i] < levels - 1) {
                gradient[up] -= w[i] * (Elementary.sigmoid(-a) + near);
                hessian[up * size + up] += bendA + apart;
                mixed[i * theta.length + y[i]] = -bendA;
            }
            if (y[i] > 0) {
                gradient[down] += w[i] * (Elementary.sigmoid(b) + near);
                hessian[down * size + down] += bendB + apart;
                mixed[i * theta.length + y[i] - 1] = -bendB;
            }
            if (y[i] > 0 && y[i] < levels - 1) {
                hessian[up * size + down] -= apart;
                hessian[down * size + up] -= apart;
            }
        }
        DenseLoss.products(x, slopes, bends, mixed, theta.length, gradient, hessian);
    }

    @Override
    public boolean recedes(double[] eta, double[] theta, double slack) {
        double largest = 0;
        double worst = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < y.length; i++) {
            double a = w[i] > 0 ? above(y[i], eta[i], theta) : Double.POSITIVE_INFINITY;
            double b = w[i] > 0 ? below(y[i], eta[i], theta) : Double.NEGATIVE_INFINITY;
            worst = Math.max(worst, Math.max(-a, b));
            largest = Math.max(largest, Math.max(finite(a), finite(b)));
        }
        return largest > 0 && worst <= slack * largest;
    }

    private static double finite(double v) {
        return Double.isInfinite(v) ? 0 : Math.abs(v);
    }

    @Override
    public void absorb(double[] shift, double[] theta) {
        for (int k = 0; k < theta.length; k++) {
            theta[k] -= shift[0];
        }
    }
}
