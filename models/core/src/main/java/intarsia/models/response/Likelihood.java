package intarsia.models.response;

import intarsia.autodiff.Node;
import intarsia.linalg.Elementary;
import intarsia.optim.solve.GroupedHazards;

/**
 * The negative log-likelihood of a learned response given linear predictors, up to a constant; for a graph and in numbers. All are convex
 * in the linear predictors.
 *
 * <p>A learned response is one or several numbers a row, as {@link ResponseFamily#encode} makes them.
 */
public enum Likelihood {
    /** {@code (y - eta)^2 / 2}; in a graph without the half. */
    SQUARED_ERROR(1) {
        @Override
        public Node loss(Node eta, Node y) {
            return eta.minus(y).square();
        }

        @Override
        public double graphScale() {
            return 0.5;
        }

        @Override
        public double loss(double[] y, int at, double eta) {
            return 0.5 * (y[at] - eta) * (y[at] - eta);
        }

        @Override
        public double slope(double[] y, int at, double eta) {
            return eta - y[at];
        }

        @Override
        public double curvature(double[] y, int at, double eta) {
            return 1;
        }
    },

    /** {@code log(1 + exp(eta)) - y eta} for y of 0 or 1. */
    BERNOULLI(1) {
        @Override
        public Node loss(Node eta, Node y) {
            return eta.softplus().minus(y.times(eta));
        }

        @Override
        public double loss(double[] y, int at, double eta) {
            return Math.max(eta, 0) - y[at] * eta + Elementary.log1p(Elementary.exp(-Math.abs(eta)));
        }

        @Override
        public double slope(double[] y, int at, double eta) {
            return Elementary.sigmoid(eta) - y[at];
        }

        @Override
        public double curvature(double[] y, int at, double eta) {
            double mean = Elementary.sigmoid(eta);
            return mean * (1 - mean);
        }
    },

    /** {@code softplus(eta + y_2) - y_1 (eta + y_2)}: y_1 is 0 or 1, y_2 its offset. */
    BERNOULLI_WITH_OFFSET(2) {
        @Override
        public Node loss(Node eta, Node y) {
            return BERNOULLI.loss(eta.plus(y.slice(1, 1, 2)), y.slice(1, 0, 1));
        }

        @Override
        public double loss(double[] y, int at, double eta) {
            return BERNOULLI.loss(y, at, eta + y[at + 1]);
        }

        @Override
        public double slope(double[] y, int at, double eta) {
            return BERNOULLI.slope(y, at, eta + y[at + 1]);
        }

        @Override
        public double curvature(double[] y, int at, double eta) {
            return BERNOULLI.curvature(y, at, eta + y[at + 1]);
        }
    },

    /** {@code y_2 exp(eta) - y_1 eta}: y_1 events in an exposure of y_2. */
    POISSON(2) {
        @Override
        public Node loss(Node eta, Node y) {
            return eta.exp().times(y.slice(1, 1, 2)).minus(y.slice(1, 0, 1).times(eta));
        }

        @Override
        public double loss(double[] y, int at, double eta) {
            return y[at + 1] * Elementary.exp(eta) - y[at] * eta;
        }

        @Override
        public double slope(double[] y, int at, double eta) {
            return y[at + 1] * Elementary.exp(eta) - y[at];
        }

        @Override
        public double curvature(double[] y, int at, double eta) {
            return y[at + 1] * Elementary.exp(eta);
        }
    },

    /**
     * {@code (y_1 + 1 / y_3) log(1 + y_3 m) - y_1 eta}, {@code m = y_2 exp(eta)}: y_1 events where m are expected, of variance
     * {@code m + y_3 m^2}, y_3 above 0. Poisson's is its limit for y_3 near 0.
     */
    NEGATIVE_BINOMIAL(3) {
        @Override
        public Node loss(Node eta, Node y) {
            Node events = y.slice(1, 0, 1);
            Node dispersion = y.slice(1, 2, 3);
            Node odds = eta.plus(y.slice(1, 1, 2).times(dispersion).log());
            return odds.softplus().times(events.plus(dispersion.reciprocal())).minus(events.times(eta));
        }

        @Override
        public double loss(double[] y, int at, double eta) {
            return trials(y, at) * Elementary.softplus(eta + Elementary.log(y[at + 1] * y[at + 2])) - y[at] * eta;
        }

        @Override
        public double slope(double[] y, int at, double eta) {
            return trials(y, at) * Elementary.sigmoid(eta + Elementary.log(y[at + 1] * y[at + 2])) - y[at];
        }

        @Override
        public double curvature(double[] y, int at, double eta) {
            double share = Elementary.sigmoid(eta + Elementary.log(y[at + 1] * y[at + 2]));
            return trials(y, at) * share * (1 - share);
        }

        private static double trials(double[] y, int at) {
            return y[at] + 1 / y[at + 2];
        }
    },

    /**
     * {@code y_1 exp(eta) - log(1 - exp(-y_2 exp(eta)))}, the second part where y_2 is above 0: a hazard of y_1 exp(eta) survived, and an
     * event where the hazard is y_2 exp(eta).
     */
    GROUPED(2) {
        @Override
        public Node loss(Node eta, Node y) {
            Node ratio = eta.exp();
            Node event = y.slice(1, 1, 2).step();
            Node half = y.slice(1, 1, 2).plus(event.affine(-1, 1)).times(ratio).times(0.5).tanh();
            Node happened = half.log().minus(half.affine(1, 1).log()).affine(1, Elementary.log(2.0)).times(event);
            return ratio.times(y.slice(1, 0, 1)).minus(happened);
        }

        @Override
        public double loss(double[] y, int at, double eta) {
            double ratio = Elementary.exp(eta);
            double t = Elementary.tanh(y[at + 1] * ratio / 2);
            return y[at] * ratio - (y[at + 1] > 0 ? Elementary.log(2 * t / (1 + t)) : 0);
        }

        @Override
        public double slope(double[] y, int at, double eta) {
            double ratio = Elementary.exp(eta);
            return y[at] * ratio - (y[at + 1] > 0 ? GroupedHazards.eventSlope(y[at + 1] * ratio) : 0);
        }

        @Override
        public double curvature(double[] y, int at, double eta) {
            double ratio = Elementary.exp(eta);
            return y[at] * ratio + (y[at + 1] > 0 ? GroupedHazards.eventCurvature(y[at + 1] * ratio) : 0);
        }
    },

    /**
     * {@code -log(sigmoid(y_2 - eta) - sigmoid(y_1 - eta))}: eta and a logistic error lie between the thresholds y_1 and y_2. It is
     * {@code softplus(y_1 - eta) + softplus(eta - y_2)} and a constant, which is left out.
     */
    INTERVAL(2) {
        @Override
        public Node loss(Node eta, Node y) {
            return y.slice(1, 0, 1).minus(eta).softplus().plus(eta.minus(y.slice(1, 1, 2)).softplus());
        }

        @Override
        public double loss(double[] y, int at, double eta) {
            return Elementary.softplus(y[at] - eta) + Elementary.softplus(eta - y[at + 1]);
        }

        @Override
        public double slope(double[] y, int at, double eta) {
            return Elementary.sigmoid(eta - y[at + 1]) - Elementary.sigmoid(y[at] - eta);
        }

        @Override
        public double curvature(double[] y, int at, double eta) {
            double below = Elementary.sigmoid(y[at] - eta);
            double above = Elementary.sigmoid(eta - y[at + 1]);
            return below * (1 - below) + above * (1 - above);
        }
    },

    /** {@code log sum_k exp(eta_k) - sum_k y_k eta_k}, y being 1 at one class and 0 at the others: a linear predictor for each class. */
    SOFTMAX(0) {
        @Override
        public Node loss(Node eta, Node y) {
            return eta.logSumExp().minus(y.times(eta).sum(1).reshape(eta.shape().rows(), 1));
        }

        @Override
        public double loss(double[] y, int at, double[] eta, int from, int predictors) {
            double largest = largest(eta, from, predictors);
            double sum = 0;
            double seen = 0;
            for (int k = 0; k < predictors; k++) {
                sum += Elementary.exp(eta[from + k] - largest);
                seen += y[at + k] * (eta[from + k] - largest);
            }
            return Elementary.log(sum) - seen;
        }

        @Override
        public void expand(double[] y, int at, double[] eta, int from, int predictors, double[] slopes, double[] curvatures) {
            double largest = largest(eta, from, predictors);
            double sum = 0;
            for (int k = 0; k < predictors; k++) {
                slopes[from + k] = Elementary.exp(eta[from + k] - largest);
                sum += slopes[from + k];
            }
            for (int k = 0; k < predictors; k++) {
                double p = slopes[from + k] / sum;
                curvatures[from + k] = 2 * p * (1 - p);
                slopes[from + k] = p - y[at + k];
            }
        }

        private static double largest(double[] eta, int from, int predictors) {
            double largest = eta[from];
            for (int k = 1; k < predictors; k++) {
                largest = Math.max(largest, eta[from + k]);
            }
            return largest;
        }
    };

    private final int columns;

    Likelihood(int columns) {
        this.columns = columns;
    }

    /** How many numbers a learned response has; 0: as many as there are linear predictors. */
    public int columns() {
        return columns;
    }

    /** The losses of rows, rows x 1: eta is rows x linear predictors, y rows x learned numbers. */
    public abstract Node loss(Node eta, Node y);

    /** What the numbers are as a share of the graph's losses. */
    public double graphScale() {
        return 1;
    }

    /** The loss of one linear predictor; y begins at a place of an array. Classes have several. */
    public double loss(double[] y, int at, double eta) {
        throw new IllegalStateException("a response of classes has a linear predictor for each class");
    }

    /** Its derivative by eta. */
    public double slope(double[] y, int at, double eta) {
        return loss(y, at, eta);
    }

    /** Its second derivative by eta. */
    public double curvature(double[] y, int at, double eta) {
        return loss(y, at, eta);
    }

    /** The loss of a row with one or several linear predictors, which begin at a place of an array. */
    public double loss(double[] y, int at, double[] eta, int from, int predictors) {
        return loss(y, at, eta[from]);
    }

    /**
     * Writes the derivatives by a row's linear predictors at their places, and curvatures that the Hessian does not exceed: of one linear
     * predictor the second derivative; of classes with probabilities p {@code 2 p (1 - p)}, as {@code 2 diag(p (1 - p)) - (diag(p) - p p')}
     * is diagonally dominant. For two classes it is exact where linear predictors sum to 0.
     */
    public void expand(double[] y, int at, double[] eta, int from, int predictors, double[] slopes, double[] curvatures) {
        slopes[from] = slope(y, at, eta[from]);
        curvatures[from] = curvature(y, at, eta[from]);
    }
}
