package intarsia.optim.solve;

import intarsia.linalg.Elementary;

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

        private static double xLogX(double x) {
            return x <= 0 ? 0 : x * Elementary.log(x);
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
}
