package intarsia.bench.cost;

/**
 * {@code y = factor x^exponent}, by least squares of the logarithms.
 *
 * @param factor   y where x is 1
 * @param exponent the slope on log axes
 */
record PowerLaw(double factor, double exponent) {
    /**
     * Of points, at least two of different x; all numbers are positive.
     *
     * @throws IllegalArgumentException otherwise
     */
    static PowerLaw of(double[] x, double[] y) {
        int n = x.length;
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < n; i++) {
            if (!(x[i] > 0 && y[i] > 0)) {
                throw new IllegalArgumentException("point " + i + " (" + x[i] + ", " + y[i] + "): both must be above 0");
            }
            meanX += Math.log(x[i]) / n;
            meanY += Math.log(y[i]) / n;
        }
        double products = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double deviation = Math.log(x[i]) - meanX;
            products += deviation * (Math.log(y[i]) - meanY);
            squares += deviation * deviation;
        }
        if (!(squares > 0)) {
            throw new IllegalArgumentException("a power law needs points of two different x");
        }
        return new PowerLaw(Math.exp(meanY - products / squares * meanX), products / squares);
    }

    double at(double x) {
        return factor * Math.pow(x, exponent);
    }
}
