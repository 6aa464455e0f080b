package intarsia.models.dual;

import java.util.Arrays;

/**
 * {@code x'Gx / 2 - c'x + m} with x = (alpha, b, beta): O(p^2) for a value with its slopes, whatever the number of rows.
 *
 * @param gram     G [p x p]
 * @param cross    c [p]
 * @param constant m
 */
record QuadraticLoss(double[][] gram, double[] cross, double constant) implements TaskLoss {
    @Override
    public double slopes(double[] alpha, double intercept, double[] beta, double[] byAlpha, double[] byIntercept, double[] byBeta) {
        double[] x = joined(alpha, intercept, beta);
        double[] product = new double[x.length];
        for (int a = 0; a < x.length; a++) {
            Vectors.add(x[a], gram[a], product);
        }
        double value = constant;
        for (int a = 0; a < x.length; a++) {
            value += x[a] * (product[a] / 2 - cross[a]);
            double slope = product[a] - cross[a];
            if (a < byAlpha.length) {
                byAlpha[a] += slope;
            } else if (a == byAlpha.length) {
                byIntercept[0] += slope;
            } else {
                byBeta[a - byAlpha.length - 1] += slope;
            }
        }
        return value;
    }

    /** {@code (first, middle, last)}. */
    static double[] joined(double[] first, double middle, double[] last) {
        double[] all = Arrays.copyOf(first, first.length + 1 + last.length);
        all[first.length] = middle;
        System.arraycopy(last, 0, all, first.length + 1, last.length);
        return all;
    }
}
