package intarsia.models.gp;

import intarsia.autodiff.Node;
import intarsia.linalg.Elementary;

/**
 * A covariance that falls with the distance of two rows: a function of {@code q = ||x - x'||^2 / l^2}, 1 at q = 0, l the length scale.
 *
 * <pre>
 * squared exponential   exp(-q / 2)
 * Matern 5/2            (1 + r + r^2 / 3) exp(-r),  r = sqrt(5 q)
 * </pre>
 *
 * Rasmussen &amp; Williams 2006, section 4.2.
 */
public enum SmoothKernel {
    /** Functions with derivatives of every order. */
    SQUARED_EXPONENTIAL {
        @Override
        double value(double q) {
            return Elementary.exp(-0.5 * q);
        }

        @Override
        Node record(Node q) {
            return q.times(-0.5).exp();
        }

        @Override
        double slope(double q, double value) {
            return q * value;
        }
    },
    /** Functions with two derivatives. */
    MATERN_52 {
        @Override
        double value(double q) {
            double r = Math.sqrt(5 * q);
            return (1 + r + r * r / 3) * Elementary.exp(-r);
        }

        @Override
        Node record(Node q) {
            Node r = q.times(5).sqrt();
            return r.plus(1).plus(r.square().times(1.0 / 3)).times(r.negate().exp());
        }

        @Override
        double slope(double q, double value) {
            double r = Math.sqrt(5 * q);
            return r * r / 3 * (1 + r) * value / (1 + r + r * r / 3);
        }
    };

    /** The covariance. */
    abstract double value(double q);

    /** Records the covariance. */
    abstract Node record(Node q);

    /** Its derivative by log l, where the value is this. */
    abstract double slope(double q, double value);
}
