package intarsia.optim.prox;

/**
 * The constraint that every entry is from {@code low} to {@code high}.
 *
 * @param low  smallest value, possibly minus infinity
 * @param high largest value, possibly infinity, not below {@code low}
 */
public record Box(double low, double high) implements Penalty {
    /** Checks the order. */
    public Box {
        if (!(low <= high)) {
            throw new IllegalArgumentException("box from " + low + " to " + high + ": the low end must not be above the high end");
        }
    }

    @Override
    public double value(double[] x) {
        for (double v : x) {
            if (!(v >= low && v <= high)) {
                return Double.POSITIVE_INFINITY;
            }
        }
        return 0;
    }

    @Override
    public double[] prox(double[] point, double step) {
        double[] x = new double[point.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.min(high, Math.max(low, point[i]));
        }
        return x;
    }
}
