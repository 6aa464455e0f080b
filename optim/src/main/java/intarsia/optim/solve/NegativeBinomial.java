package intarsia.optim.solve;

import intarsia.linalg.Elementary;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import intarsia.optim.prox.ElasticNet;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Counts that vary more than a Poisson distribution allows: negative binomial, log link,
 *
 * <pre>
 * mean m_i = e_i exp(b_0 + x_i' b),   variance m + a m^2
 * </pre>
 *
 * with the dispersion a, of which MASS's {@code theta} is the reciprocal (Lawless 1987).
 */
public final class NegativeBinomial {
    /** One-sided, at five percent. */
    private static final double CRITICAL = 1.6448536269514722;
    private static final double LARGEST = 1e6;
    private static final double SMALLEST = 1e-12;
    private static final int MOST_ROUNDS = 500;
    private static final double CHANGE = 1e-11;
    /** Sums over smaller counts are exact; beyond them the midpoint rule is to 1e-8 of each term. */
    private static final int EXACT = 1000;
    private static final double SERIES = 0.05;
    /** From here Stirling's series is to all digits. */
    private static final int STIRLING = 16;
    private static final double HALF_LOG_TWO_PI = 0.91893853320467274;

    private NegativeBinomial() {}

    /**
     * A fit.
     *
     * @param fit        intercept and coefficients
     * @param dispersion a; 0 where counts are not overdispersed: the fit is Poisson's then
     */
    public record Fit(GlmFit fit, double dispersion) {}

    /**
     * Whether counts vary significantly more than Poisson's with these means do: by the score test of Dean &amp; Lawless 1989, one-sided,
     * at five percent, {@code sum w ((y - m)^2 - y) > 1.645 sqrt(2 sum w m^2)}.
     *
     * @param weights how often each row is there
     */
    public static boolean overdispersed(double[] counts, double[] means, double[] weights) {
        double excess = 0;
        double variance = 0;
        for (int i = 0; i < counts.length; i++) {
            excess += weights[i] * ((counts[i] - means[i]) * (counts[i] - means[i]) - counts[i]);
            variance += 2 * weights[i] * means[i] * means[i];
        }
        return excess > CRITICAL * Math.sqrt(variance);
    }

    /**
     * The most probable dispersion of counts with these means, at most 10^6; 0 if that is Poisson's. By bisection of the score.
     * O(50 (n + k)), k the largest count or 1000.
     */
    public static double dispersion(double[] counts, double[] means, double[] weights) {
        double[] above = above(counts, weights);
        if (!(score(0, counts, means, weights, above) > 0)) {
            return 0;
        }
        double high = SMALLEST;
        while (high < LARGEST && score(high, counts, means, weights, above) > 0) {
            high *= 4;
        }
        if (high >= LARGEST) {
            return LARGEST;
        }
        double low = high / 4;
        for (double middle = Math.sqrt(low * high); middle > low && middle < high; middle = (low + high) / 2) {
            if (score(middle, counts, means, weights, above) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low <= SMALLEST ? 0 : low;
    }

    /**
     * The logarithm of the probability of a count, to 1e-11 of its largest part:
     *
     * <pre>
     * sum_(j &lt; y) log(1 + a j) + y log m - (y + 1 / a) log(1 + a m) - log y!
     * </pre>
     *
     * Poisson's where a is 0. O(min(y, 1000)).
     *
     * @param mean m, above 0
     */
    public static double logProbability(double count, double mean, double dispersion) {
        double poisson = (count == 0 ? 0 : count * Elementary.log(mean)) - logFactorial(count);
        if (dispersion == 0) {
            return poisson - mean;
        }
        double sum = 0;
        for (int j = 1; j < Math.min(count, EXACT); j++) {
            sum += Elementary.log1p(dispersion * j);
        }
        if (count > EXACT) {
            sum += rising(dispersion, count - 0.5) - rising(dispersion, EXACT - 0.5);
        }
        double x = dispersion * mean;
        return poisson + sum - count * Elementary.log1p(x) - mean * (1 - x * slope(x));
    }

    /** A function whose differences are sums of log(1 + a j) over the whole numbers between: Euler and Maclaurin's, from midpoints. */
    private static double rising(double a, double t) {
        double x = a * t;
        double slope = a / (1 + x);
        double integral = x > SERIES ? ((1 + x) * Elementary.log1p(x) - x) / a : t * x * (1 - slope(x) * (1 + x));
        return integral - slope / 24 + 7 * slope * slope * slope / 2880;
    }

    /** Of a whole number, by Stirling's series where it is large. */
    private static double logFactorial(double count) {
        if (count < STIRLING) {
            double product = 1;
            for (int j = 2; j <= count; j++) {
                product *= j;
            }
            return Elementary.log(product);
        }
        double square = count * count;
        return (count + 0.5) * Elementary.log(count) - count + HALF_LOG_TWO_PI
                + (1 / 12.0 - (1 / 360.0 - (1 / 1260.0 - 1 / 1680.0 / square) / square) / square) / count;
    }

    /** For each j below {@value #EXACT} the weight of the rows with more than j events. */
    private static double[] above(double[] counts, double[] weights) {
        double[] above = new double[EXACT];
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] >= 1) {
                above[(int) Math.min(counts[i], EXACT) - 1] += weights[i];
            }
        }
        for (int j = EXACT - 2; j >= 0; j--) {
            above[j] += above[j + 1];
        }
        return above;
    }

    /**
     * The derivative of the log-likelihood by a:
     * {@code sum_i w_i (sum_(j < y_i) j / (1 + a j) + log(1 + a m_i) / a^2 - (y_i + 1 / a) m_i / (1 + a m_i))}.
     */
    private static double score(double a, double[] counts, double[] means, double[] weights, double[] above) {
        double sum = 0;
        for (int j = 1; j < EXACT && above[j] > 0; j++) {
            sum += above[j] * j / (1 + a * j);
        }
        for (int i = 0; i < counts.length; i++) {
            double m = means[i];
            double rest = m * m * curve(a * m) - counts[i] * m / (1 + a * m);
            if (counts[i] > EXACT) {
                double to = counts[i] - 0.5;
                double from = EXACT - 0.5;
                rest += to * to * slope(a * to) - from * from * slope(a * from);
            }
            sum += weights[i] * rest;
        }
        return sum;
    }

    /** {@code (log(1 + x) - x / (1 + x)) / x^2}. */
    private static double curve(double x) {
        if (x > SERIES) {
            return (Elementary.log1p(x) - x / (1 + x)) / (x * x);
        }
        double sum = 0;
        for (int k = 14; k >= 2; k--) {
            sum = (k - 1.0) / k - x * sum;
        }
        return sum;
    }

    /** {@code (x - log(1 + x)) / x^2}: the integral of t / (1 + a t) from 0 is {@code t^2} times that of a t. */
    private static double slope(double x) {
        if (x > SERIES) {
            return (x - Elementary.log1p(x)) / (x * x);
        }
        double sum = 0;
        for (int k = 14; k >= 2; k--) {
            sum = 1.0 / k - x * sum;
        }
        return sum;
    }

    /**
     * Fits both, in turn, until neither changes: coefficients by a logistic regression, since with a held
     *
     * <pre>
     * -log likelihood = (y + 1/a) log(1 + exp(z)) - y z,   z = b_0 + x' b + log(a e)
     * </pre>
     *
     * is that of y of {@code y + 1/a} trials; the dispersion given the means. Where counts are not overdispersed it is Poisson's
     * regression.
     *
     * @param x        predictors [n x p]
     * @param counts   y
     * @param exposure e, above 0
     * @param weights  how often each row is there
     * @param ridge    the weight of half the squared coefficients, not negative
     */
    public static Fit fit(Tensor x, double[] counts, double[] exposure, double[] weights, double ridge, SolverOptions options) {
        int n = counts.length;
        if (x.shape().rows() != n || exposure.length != n || weights.length != n) {
            throw new ShapeException("negative binomial: predictors " + x.shape() + ", " + n + " counts, " + exposure.length
                    + " exposures, " + weights.length + " weights: wants as many of each");
        }
        ElasticNet penalty = new ElasticNet(0, ridge);
        double[] rates = IntStream.range(0, n).mapToDouble(i -> counts[i] / exposure[i]).toArray();
        GlmProblem poisson = GlmProblem.of(Family.POISSON, x, rates).withWeights(IntStream.range(0, n).mapToDouble(i -> weights[i]
                * exposure[i]).toArray());
        GlmFit fit = Glm.fit(poisson, penalty, options);
        double[] means = means(poisson, fit, exposure);
        if (fit.outcome() == SolverOutcome.NO_MINIMUM || !overdispersed(counts, means, weights)) {
            return new Fit(fit, 0);
        }
        GlmFit last = fit;
        double a = dispersion(counts, means, weights);
        for (int round = 0; round < MOST_ROUNDS && a > 0; round++) {
            double held = a;
            double[] trials = Arrays.stream(counts).map(y -> y + 1 / held).toArray();
            GlmProblem logistic = GlmProblem.of(Family.BINOMIAL, x, IntStream.range(0, n).mapToDouble(i -> counts[i] / trials[i]).toArray())
                    .withWeights(IntStream.range(0, n).mapToDouble(i -> weights[i] * trials[i]).toArray())
                    .withOffsets(Arrays.stream(exposure).map(e -> Elementary.log(held * e)).toArray());
            last = Glm.fit(logistic, penalty, options);
            a = dispersion(counts, means(poisson, last, exposure), weights);
            if (Math.abs(a - held) <= CHANGE * held) {
                return new Fit(last, a);
            }
        }
        return a == 0 ? new Fit(fit, 0) : new Fit(new GlmFit(last.intercept(), last.coefficients(), last.objective(), last.gap(),
                MOST_ROUNDS, SolverOutcome.LIMIT_REACHED), a);
    }

    private static double[] means(GlmProblem problem, GlmFit fit, double[] exposure) {
        double[] eta = Glm.eta(problem, fit);
        return IntStream.range(0, eta.length).mapToDouble(i -> exposure[i] * Elementary.exp(eta[i])).toArray();
    }
}
