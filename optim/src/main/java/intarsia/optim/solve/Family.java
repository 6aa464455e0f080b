package intarsia.optim.solve;

import intarsia.linalg.Elementary;
import intarsia.linalg.Unary;
import intarsia.linalg.heap.HostProducts;

/** A response's distribution with its canonical link: the loss of a linear predictor eta is a negative log-likelihood, up to a constant. */
public enum Family {
    /** {@code (y - eta)^2 / 2}; the mean is eta. */
    GAUSSIAN {
        @Override
        public double loss(double y, double eta) {
            return 0.5 * (y - eta) * (y - eta);
        }

        @Override
        public double mean(double eta) {
            return eta;
        }

        @Override
        public double curvature(double mean) {
            return 1;
        }

        @Override
        double fenchelGap(double y, double eta, double scale) {
            double missing = (1 - scale) * (y - eta);
            return 0.5 * missing * missing;
        }

        @Override
        double ascent(double y, double direction) {
            return Math.abs(direction);
        }

        @Override
        double evaluate(double[] y, double[] w, double[] eta, double[] u, double[] v) {
            double sum = 0;
            for (int i = 0; i < y.length; i++) {
                double residual = w[i] > 0 ? y[i] - eta[i] : 0;
                u[i] = w[i] * residual;
                v[i] = w[i];
                sum = Math.fma(u[i], residual, sum);
            }
            return sum / 2;
        }

        /** The mean residual. */
        @Override
        double bestShift(double[] y, double[] w, double[] eta) {
            double total = 0;
            double sum = 0;
            for (int i = 0; i < y.length; i++) {
                total += w[i];
                sum += w[i] > 0 ? w[i] * (y[i] - eta[i]) : 0;
            }
            return sum / total;
        }
    },

    /** {@code log(1 + exp(eta)) - y eta} for y from 0 to 1; the mean is {@code 1 / (1 + exp(-eta))}. */
    BINOMIAL {
        @Override
        public double loss(double y, double eta) {
            // (1 - y) softplus(eta) + y softplus(-eta), without the difference of large numbers
            return Math.max(eta, 0) - y * eta + Elementary.log1p(Elementary.exp(-Math.abs(eta)));
        }

        @Override
        public double mean(double eta) {
            return Elementary.sigmoid(eta);
        }

        @Override
        public double curvature(double mean) {
            return mean * (1 - mean);
        }

        @Override
        double fenchelGap(double y, double eta, double scale) {
            if (scale == 1) {
                return 0;
            }
            double u = scale * (mean(eta) - y);
            return Math.max(0, loss(y, eta) + xLogX(y + u) + xLogX(1 - y - u) - u * eta);
        }

        @Override
        double ascent(double y, double direction) {
            return y == 1 ? -direction : y == 0 ? direction : Math.abs(direction);
        }

        @Override
        double evaluate(double[] y, double[] w, double[] eta, double[] u, double[] v) {
            int n = y.length;
            double[] small = new double[n];
            for (int i = 0; i < n; i++) {
                small[i] = -Math.abs(eta[i]);
            }
            HostProducts.map(Unary.EXP, small, small);
            double[] tail = new double[n];
            HostProducts.map(Unary.LOG1P, small, tail);
            double sum = 0;
            for (int i = 0; i < n; i++) {
                double inverse = 1 / (1 + small[i]);
                double mean = eta[i] >= 0 ? inverse : small[i] * inverse;
                double weight = w[i];
                u[i] = weight > 0 ? weight * (y[i] - mean) : 0;
                v[i] = weight > 0 ? weight * Math.max(LEAST_CURVATURE, mean * (1 - mean)) : 0;
                sum += weight > 0 ? weight * (Math.max(eta[i], 0) - y[i] * eta[i] + tail[i]) : 0;
            }
            return sum;
        }

        private static double xLogX(double x) {
            return x <= 0 ? 0 : x * Elementary.log(x);
        }
    },

    /**
     * {@code exp(eta) - y eta + y log y - y}, half the deviance, for y not negative; the mean is {@code exp(eta)}. Responses may be rates,
     * with exposures as weights, or counts, with the logarithms of exposures as offsets: both have the same minimizer.
     */
    POISSON {
        @Override
        public double loss(double y, double eta) {
            return y == 0 ? Elementary.exp(eta) : y * beyondTangent(eta - Elementary.log(y));
        }

        @Override
        public double mean(double eta) {
            return Elementary.exp(eta);
        }

        @Override
        public double curvature(double mean) {
            return mean;
        }

        @Override
        double fenchelGap(double y, double eta, double scale) {
            // the dual point belongs to a response between y and the mean: the gap is its deviance
            return scale == 1 ? 0 : loss((1 - scale) * y + scale * mean(eta), eta);
        }

        @Override
        double ascent(double y, double direction) {
            return y == 0 ? direction : Math.abs(direction);
        }

        @Override
        double evaluate(double[] y, double[] w, double[] eta, double[] u, double[] v) {
            double[] mean = new double[y.length];
            HostProducts.map(Unary.EXP, eta, mean);
            double[] log = new double[y.length];
            HostProducts.map(Unary.LOG, y, log);
            double least = LEAST_CURVATURE * Math.max(weightedMean(y, w), Double.MIN_NORMAL);
            double sum = 0;
            for (int i = 0; i < y.length; i++) {
                double weight = w[i];
                u[i] = weight > 0 ? weight * (y[i] - mean[i]) : 0;
                v[i] = weight > 0 ? weight * Math.max(least, mean[i]) : 0;
                double t = eta[i] - log[i];
                double loss = y[i] == 0 ? mean[i] : Math.abs(t) > 0.125 ? mean[i] - y[i] - y[i] * t : y[i] * beyondTangent(t);
                sum += weight > 0 ? weight * loss : 0;
            }
            return sum;
        }

        /** What makes the sum of the means that of the responses; 0 if that is 0. */
        @Override
        double bestShift(double[] y, double[] w, double[] eta) {
            double highest = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < y.length; i++) {
                highest = w[i] > 0 ? Math.max(highest, eta[i]) : highest;
            }
            double[] risen = new double[y.length];
            for (int i = 0; i < y.length; i++) {
                risen[i] = w[i] > 0 ? eta[i] - highest : 0;
            }
            HostProducts.map(Unary.EXP, risen, risen);
            double mean = weightedMean(y, w);
            return mean == 0 || !Double.isFinite(highest) ? 0 : Elementary.log(mean / weightedMean(risen, w)) - highest;
        }

        /** {@code exp(t) - 1 - t}, by its series near 0. */
        private static double beyondTangent(double t) {
            if (Math.abs(t) > 0.125) {
                return Elementary.exp(t) - 1 - t;
            }
            double sum = 1;
            for (int k = 11; k >= 3; k--) {
                sum = 1 + t / k * sum;
            }
            return t * t / 2 * sum;
        }
    };

    /** The loss of a linear predictor. */
    public abstract double loss(double y, double eta);

    /** The mean response at a linear predictor; the loss has derivative {@code mean(eta) - y}. */
    public abstract double mean(double eta);

    /** The second derivative of the loss by eta, where the mean is this. */
    public abstract double curvature(double mean);

    /** {@code f(eta) + f*(u) - u eta} at {@code u = scale f'(eta)}: what scaling the dual point costs; 0 at scale 1. */
    abstract double fenchelGap(double y, double eta, double scale);

    /** How much moving eta this way without end raises the loss in the end; not positive where the loss falls, or stays, for ever. */
    abstract double ascent(double y, double direction);

    /** The share of an ordinary curvature that a row has at least: models with vanishing ones are no models. */
    private static final double LEAST_CURVATURE = 1e-9;

    /** The sum of {@code w_i loss(y_i, eta_i)}; writes the falls {@code u_i = w_i (y_i - mean_i)} and the curvatures v_i. */
    abstract double evaluate(double[] y, double[] w, double[] eta, double[] u, double[] v);

    /** By how much to move all eta for the smallest loss, if that has a closed form; else 0. */
    double bestShift(double[] y, double[] w, double[] eta) {
        return 0;
    }

    /** {@code sum_i w_i x_i / sum_i w_i}. */
    static double weightedMean(double[] x, double[] w) {
        double total = 0;
        for (double weight : w) {
            total += weight;
        }
        double mean = 0;
        for (int i = 0; i < x.length; i++) {
            mean += w[i] > 0 ? w[i] / total * x[i] : 0;
        }
        return mean;
    }
}
