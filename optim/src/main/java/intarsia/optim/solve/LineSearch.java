package intarsia.optim.solve;

import intarsia.linalg.Kernels;
import intarsia.linalg.heap.Loops64;

/**
 * A line search for the strong Wolfe conditions: of {@code phi(t) = f(x + t d)} a step t with
 * <pre>  phi(t) &lt;= phi(0) + c1 t phi'(0)   and   |phi'(t)| &lt;= c2 |phi'(0)|,   c1 = 1e-4, c2 = 0.9</pre>
 * (Nocedal &amp; Wright 2006, section 3.5). An interval that contains such steps grows by cubic extrapolation until it has an upper end,
 * then shrinks by cubic interpolation. The safeguards are those of Mor&eacute; &amp; Thuente (1994): trial steps keep away from the ends,
 * and an interval that two evaluations have not shrunk by a third is halved. A step at which phi or its slope is not finite becomes an
 * upper end.
 *
 * <p>Near a minimum values agree up to rounding: increases within 1e-14 of the value at the start count as none, and slopes decide.
 */
final class LineSearch {
    /** How a search ended. */
    enum Result {
        /** The point satisfies the conditions. */
        FOUND,
        /** No step was found; the point is the lowest with sufficient decrease, or else where the search began. */
        FAILED,
        /** The limit of evaluations was reached; the point is as after a failure. */
        LIMIT
    }

    static final double DECREASE = 1e-4;
    static final double CURVATURE = 0.9;
    static final double ROUNDING = 1e-14;
    private static final double LEAST_GROWTH = 1.1;
    private static final double MOST_GROWTH = 4;
    private static final double MARGIN = 0.1;
    private static final double SLOW = 0.66;
    private static final double NARROW = 1e-10;
    private static final int TRIALS = 40;

    private final Objective f;
    private final Loops64 loops;
    private final double[] lanes = new double[Kernels.LANES];
    private final int maxEvaluations;
    private int evaluations;

    private double[] point;
    private double[] gradient;
    private double value;
    /** Where the search began. */
    private double[] lastPoint;
    private double[] lastGradient;

    /** The lower end, which has sufficient decrease and the lowest value so far: phi falls from here towards the upper end. */
    private double low;
    private double lowValue;
    private double lowSlope;
    private double[] lowGradient;
    /** The upper end, infinite until there is one; NaN is its value where phi is not finite. */
    private double high;
    private double highValue;
    private double highSlope;

    /** At a point, which searches will change. */
    LineSearch(Objective f, double[] point, Loops64 loops, int maxEvaluations) {
        this.f = f;
        this.point = point;
        this.loops = loops;
        this.maxEvaluations = maxEvaluations;
        gradient = new double[point.length];
        lastPoint = new double[point.length];
        lastGradient = new double[point.length];
        lowGradient = new double[point.length];
    }

    /** Evaluates the first point; says whether value and gradient are finite. */
    boolean begin() {
        evaluate();
        return Double.isFinite(value) && Double.isFinite(dot(gradient, gradient));
    }

    double[] point() {
        return point;
    }

    double[] gradient() {
        return gradient;
    }

    double value() {
        return value;
    }

    int evaluations() {
        return evaluations;
    }

    /** Writes by how much the last search changed point and gradient. */
    void lastChange(double[] ofPoint, double[] ofGradient) {
        for (int i = 0; i < point.length; i++) {
            ofPoint[i] = point[i] - lastPoint[i];
            ofGradient[i] = gradient[i] - lastGradient[i];
        }
    }

    /** Moves the point along a direction of descent; tries {@code firstStep} first. */
    Result run(double[] direction, double firstStep) {
        swapWithLast();
        double startValue = value;
        double startSlope = dot(lastGradient, direction);
        double slack = ROUNDING * Math.abs(startValue);
        setLow(0, startValue, startSlope);
        setHigh(Double.POSITIVE_INFINITY, Double.NaN, Double.NaN);
        double step = firstStep;
        double width = Double.POSITIVE_INFINITY;
        double widthBefore = Double.POSITIVE_INFINITY;
        for (int trial = 0; trial < TRIALS && evaluations < maxEvaluations && width > NARROW * step; trial++) {
            moveTo(step, direction);
            evaluate();
            double slope = dot(gradient, direction);
            double beyond = high == Double.POSITIVE_INFINITY ? extrapolated(step, slope) : high;
            if (!Double.isFinite(value) || !Double.isFinite(slope)) {
                setHigh(step, Double.NaN, Double.NaN);
            } else if (value > startValue + DECREASE * step * startSlope + slack || value > lowValue + slack) {
                setHigh(step, value, slope);
            } else if (Math.abs(slope) <= -CURVATURE * startSlope) {
                return Result.FOUND;
            } else {
                if (slope * Math.signum(high - low) >= 0) {
                    setHigh(low, lowValue, lowSlope);
                }
                setLow(step, value, slope);
                swapWithLow();
            }
            if (high == Double.POSITIVE_INFINITY) {
                step = beyond;
            } else {
                double now = Math.abs(high - low);
                step = now > SLOW * widthBefore ? low + (high - low) / 2 : interpolated();
                widthBefore = width;
                width = now;
            }
        }
        if (lowValue < startValue) {
            moveTo(low, direction);
            swapWithLow();
            value = lowValue;
        } else {
            swapWithLast();
            value = startValue;
        }
        return evaluations < maxEvaluations ? Result.FAILED : Result.LIMIT;
    }

    private void evaluate() {
        value = f.value(point, gradient);
        evaluations++;
    }

    private void moveTo(double step, double[] direction) {
        for (int i = 0; i < point.length; i++) {
            point[i] = Math.fma(step, direction[i], lastPoint[i]);
        }
    }

    /** The minimizer of the cubic through the lower end and a step beyond it, 1.1 to 4 times as far on as these are apart. */
    private double extrapolated(double step, double slope) {
        double further = step - low;
        double minimizer = minimizer(low, lowValue, lowSlope, step, value, slope);
        return minimizer > step ? Math.clamp(minimizer, step + LEAST_GROWTH * further, step + MOST_GROWTH * further)
                : step + MOST_GROWTH * further;
    }

    /** The minimizer of the cubic through both ends, kept a tenth of the interval from them; where phi is not finite, well below. */
    private double interpolated() {
        if (Double.isNaN(highValue)) {
            return low == 0 ? MARGIN * high : low + (high - low) / 2;
        }
        double share = (minimizer(low, lowValue, lowSlope, high, highValue, highSlope) - low) / (high - low);
        return low + (high - low) * (Double.isNaN(share) ? 0.5 : Math.clamp(share, MARGIN, 1 - MARGIN));
    }

    /** The local minimizer of the cubic with these values and slopes at a and b; NaN if it has none. */
    private static double minimizer(double a, double valueA, double slopeA, double b, double valueB, double slopeB) {
        double mean = slopeA + slopeB - 3 * (valueA - valueB) / (a - b);
        double root = Math.copySign(Math.sqrt(mean * mean - slopeA * slopeB), b - a);
        return b - (b - a) * (slopeB + root - mean) / (slopeB - slopeA + 2 * root);
    }

    private void setLow(double step, double atStep, double slope) {
        low = step;
        lowValue = atStep;
        lowSlope = slope;
    }

    private void setHigh(double step, double atStep, double slope) {
        high = step;
        highValue = atStep;
        highSlope = slope;
    }

    private void swapWithLast() {
        double[] otherPoint = lastPoint;
        lastPoint = point;
        point = otherPoint;
        double[] otherGradient = lastGradient;
        lastGradient = gradient;
        gradient = otherGradient;
    }

    private void swapWithLow() {
        double[] other = lowGradient;
        lowGradient = gradient;
        gradient = other;
    }

    private double dot(double[] x, double[] y) {
        return loops.dot(x, 0, y, 0, x.length, lanes);
    }
}
