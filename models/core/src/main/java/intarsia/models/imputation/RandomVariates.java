package intarsia.models.imputation;

import intarsia.linalg.Elementary;
import intarsia.linalg.RandomStream;

/** Random numbers of other distributions than the uniform and the normal one. */
final class RandomVariates {
    private RandomVariates() {}

    /** Chi-square with so many degrees of freedom, above 0: twice a gamma variate (Marsaglia &amp; Tsang 2000). */
    static double chiSquare(double freedom, RandomStream random) {
        double shape = freedom / 2;
        if (shape < 1) {
            return chiSquare(freedom + 2, random) * Elementary.exp(Elementary.log(1 - random.nextDouble()) / shape);
        }
        double d = shape - 1 / 3.0;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double z = random.nextGaussian();
            double root = 1 + c * z;
            double v = root * root * root;
            double u = 1 - random.nextDouble();
            if (v > 0 && Elementary.log(u) < 0.5 * z * z + d - d * v + d * Elementary.log(v)) {
                return 2 * d * v;
            }
        }
    }
}
