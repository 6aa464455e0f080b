package intarsia.optim.solve;

/**
 * Whether the loss falls for ever along intercepts and coordinates without a penalty: such a direction is one that is not positive at any
 * 0 nor negative at any 1 of binomial responses. One that is so only nearly counts where linear predictors are far from where they began.
 *
 * @param free the coordinates without a penalty
 */
record Recession(SparsePoint point, int[] free) {
    private static final double FAR = 12;
    /** What the loss may rise by along a direction that is so nearly, of the direction's largest number. */
    private static final double SLACK = 1e-7;

    /** Along the way from 0 to the point. */
    boolean atPoint() {
        return along(point.b, point.c(), 0);
    }

    /** Nearly so along the way from 0 to the point, if it is far. */
    boolean nearlyAtPoint() {
        return far() && along(point.b, point.c(), SLACK);
    }

    /** Nearly so along a step, if the point is far. */
    boolean nearlyAlong(double[][] coefficients, double[] intercepts) {
        return far() && along(coefficients, intercepts, SLACK);
    }

    private boolean along(double[][] coefficients, double[] intercepts, double slack) {
        SparseLoss loss = point.loss;
        if (free.length == 0 && !loss.intercepts()) {
            return false;
        }
        double[] direction = new double[point.eta().length];
        for (int k = 0; k < point.outputs && free.length > 0; k++) {
            double[] part = new double[point.design.rows];
            for (int j : free) {
                if (coefficients[k][j] != 0) {
                    point.design.addColumn(j, coefficients[k][j], part);
                }
            }
            System.arraycopy(part, 0, direction, k * part.length, part.length);
        }
        return loss.recedes(direction, intercepts, slack);
    }

    /** Whether some linear predictor is far from where it began. */
    private boolean far() {
        SparseLoss loss = point.loss;
        double[] eta = point.eta();
        double[] c = point.c();
        for (int at = 0; at < eta.length; at++) {
            int k = at / point.design.rows;
            if (Math.abs(loss.intercepts() ? eta[at] + c[k] - point.begin[k] : eta[at]) > FAR) {
                return true;
            }
        }
        return false;
    }
}
