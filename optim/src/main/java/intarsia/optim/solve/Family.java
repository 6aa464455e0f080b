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

        @Override
        double ascent(double y, double direction) {
            return Math.abs(direction);
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
}
