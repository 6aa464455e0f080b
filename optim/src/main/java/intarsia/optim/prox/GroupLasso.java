package intarsia.optim.prox;

/**
 * {@code weight sum_g ||x_g||_2} over consecutive groups of one size (Yuan &amp; Lin 2006). With one group it is the Euclidean norm; with
 * the rows of a matrix as groups it is the L21 norm of multi-task learning, which keeps or drops a feature for all tasks at once.
 *
 * @param weight    not negative
 * @param groupSize numbers in a group; divides the length of every vector given
 */
public record GroupLasso(double weight, int groupSize) implements Penalty {
    /** Checks weight and size. */
    public GroupLasso {
        Penalty.checkWeight("weight", weight);
        if (groupSize < 1) {
            throw new IllegalArgumentException("group size " + groupSize + ": must be at least 1");
        }
    }

    @Override
    public double value(double[] x) {
        check(x);
        double sum = 0;
        for (int from = 0; from < x.length; from += groupSize) {
            sum += norm(x, from);
        }
        return weight * sum;
    }

    @Override
    public double[] prox(double[] point, double step) {
        check(point);
        double[] x = new double[point.length];
        for (int from = 0; from < x.length; from += groupSize) {
            double norm = norm(point, from);
            double kept = norm > step * weight ? 1 - step * weight / norm : 0;
            for (int i = from; i < from + groupSize; i++) {
                x[i] = kept == 0 ? 0 : kept * point[i];
            }
        }
        return x;
    }

    private double norm(double[] x, int from) {
        double squares = 0;
        for (int i = from; i < from + groupSize; i++) {
            squares = Math.fma(x[i], x[i], squares);
        }
        return Math.sqrt(squares);
    }

    private void check(double[] x) {
        if (x.length % groupSize != 0) {
            throw new IllegalArgumentException("group lasso: " + x.length + " numbers are not a multiple of the group size " + groupSize);
        }
    }
}
