package intarsia.models.net;

import intarsia.autodiff.Node;

/** What stands between the linear layers of a perceptron. */
public enum Activation {
    /** {@code max(a, 0)}, the published methods'. */
    RELU {
        @Override
        public Node apply(Node a) {
            return a.relu();
        }
    },
    /** {@code log(1 + exp(a)) - log 2}: relu without its kink, 0 at 0. A smooth response takes fewer units, so fewer rows. */
    SOFTPLUS {
        @Override
        public Node apply(Node a) {
            return a.softplus().minus(LOG_2);
        }
    };

    private static final double LOG_2 = 0.6931471805599453;

    /** Applies it to every number. */
    public abstract Node apply(Node a);
}
