package intarsia.models.evaluation;

import intarsia.linalg.Elementary;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.optim.prox.ElasticNet;
import intarsia.optim.solve.Family;
import intarsia.optim.solve.Glm;
import intarsia.optim.solve.GlmFit;
import intarsia.optim.solve.GlmProblem;
import intarsia.optim.solve.SolverOptions;
import intarsia.optim.solve.SolverOutcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether probabilities come true. Rows may count in part, as those do that several splits held out.
 *
 * <pre>
 * logit P(y = 1) = a + b logit(p)                      a 0 and b 1 where p is right (Cox 1958); b below 1: p is too extreme
 * mean (y - p)^2 = miscalibration - discrimination + uncertainty
 * </pre>
 *
 * <p>The Brier score is taken apart by the isotonic regression c of y on p (CORP: Dimitriadis, Gneiting &amp; Jordan 2021):
 * miscalibration is what c would save, discrimination what c saves of the score of the mean, uncertainty the score of the mean. No bins are
 * chosen.
 *
 * @param groups    rows in groups of similar probabilities
 * @param intercept a
 * @param slope     b
 * @param brier     the Brier score and its parts
 */
public record Calibration(List<Bin> groups, Estimate intercept, Estimate slope, Brier brier) {
    private static final double Z = 1.959963984540054;
    private static final int MOST_GROUPS = 10;
    private static final int LEAST_ROWS = 20;
    private static final double NEVER = 1e-15;

    /**
     * Rows of similar probabilities.
     *
     * @param predicted mean of their probabilities
     * @param observed  share of ones
     * @param low       lower end of the 95 % interval of that share (Wilson 1927)
     * @param high      its upper end
     * @param rows      how many, those that count in part in part
     */
    public record Bin(double predicted, double observed, double low, double high, double rows) {}

    /** A number with its 95 % interval by the curvature of the likelihood (Wald); NaN where rows do not say, such as those of one class. */
    public record Estimate(double value, double low, double high) {
        private static final Estimate NONE = new Estimate(Double.NaN, Double.NaN, Double.NaN);
    }

    /** The Brier score: {@code score = miscalibration - discrimination + uncertainty}, none of the three below 0. */
    public record Brier(double score, double miscalibration, double discrimination, double uncertainty) {}

    /** Rows with the same probability. */
    private record Tie(double predicted, double weight, double ones) {
        Tie and(Tie other) {
            return new Tie(predicted, weight + other.weight, ones + other.ones);
        }

        double share() {
            return ones / weight;
        }
    }

    /** Copies the list. */
    public Calibration {
        groups = List.copyOf(groups);
    }

    /**
     * Of some probabilities. O(n log n).
     *
     * @param truth   0 or 1
     * @param p       probabilities of 1
     * @param weights how much each row counts, above 0
     * @return null without rows, or if a probability is NaN
     */
    public static Calibration of(double[] truth, double[] p, double[] weights) {
        if (truth.length == 0 || Arrays.stream(p).anyMatch(Double::isNaN)) {
            return null;
        }
        List<Tie> ties = ties(truth, p, weights);
        Estimate[] line = line(truth, p, weights);
        return new Calibration(groups(ties), line[0], line[1], brier(ties));
    }

    private static List<Tie> ties(double[] truth, double[] p, double[] weights) {
        List<Tie> ties = new ArrayList<>();
        IntStream.range(0, p.length).boxed().sorted(Comparator.<Integer>comparingDouble(i -> p[i]).thenComparingDouble(i -> truth[i])
                .thenComparingDouble(i -> weights[i])).forEach(i -> {
                    Tie one = new Tie(p[i], weights[i], weights[i] * truth[i]);
                    boolean same = !ties.isEmpty() && ties.getLast().predicted == p[i];
                    ties.add(same ? ties.removeLast().and(one) : one);
                });
        return ties;
    }

    /** As many rows in each as in any other, as far as ties allow; ten groups where there are rows enough. */
    private static List<Bin> groups(List<Tie> ties) {
        double rows = ties.stream().mapToDouble(Tie::weight).sum();
        int count = Math.clamp((long) (rows / LEAST_ROWS), 1, MOST_GROUPS);
        List<Bin> groups = new ArrayList<>();
        double before = 0;
        double weight = 0;
        double ones = 0;
        double predicted = 0;
        for (int t = 0; t < ties.size(); t++) {
            Tie tie = ties.get(t);
            weight += tie.weight;
            ones += tie.ones;
            predicted += tie.weight * tie.predicted;
            double next = t + 1 < ties.size() ? ties.get(t + 1).weight / 2 : 0;
            if (t == ties.size() - 1 || before + weight + next > rows * (groups.size() + 1) / count) {
                groups.add(group(predicted / weight, ones / weight, weight));
                before += weight;
                weight = 0;
                ones = 0;
                predicted = 0;
            }
        }
        return groups;
    }

    private static Bin group(double predicted, double share, double n) {
        WilsonInterval interval = WilsonInterval.of(share, n);
        return new Bin(predicted, share, interval.low(), interval.high(), n);
    }

    /** Intercept and slope. */
    private static Estimate[] line(double[] truth, double[] p, double[] weights) {
        Estimate[] none = {Estimate.NONE, Estimate.NONE};
        double[] z = Arrays.stream(p).map(value -> Math.min(1 - NEVER, Math.max(NEVER, value)))
                .map(value -> Elementary.log(value / (1 - value))).toArray();
        boolean flat = Arrays.stream(z).allMatch(value -> value == z[0]) || Arrays.stream(truth).allMatch(y -> y == truth[0]);
        if (flat) {
            return none;
        }
        GlmProblem problem = GlmProblem.of(Family.BINOMIAL, Tensor.of(Shape.of(z.length, 1), z), truth).withWeights(weights);
        GlmFit fit = Glm.fit(problem, new ElasticNet(0, 0), SolverOptions.DEFAULT);
        if (fit.outcome() == SolverOutcome.NO_MINIMUM) {
            return none;
        }
        double[] eta = Glm.eta(problem, fit);
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        for (int i = 0; i < z.length; i++) {
            double curvature = weights[i] * Family.BINOMIAL.curvature(Family.BINOMIAL.mean(eta[i]));
            s0 += curvature;
            s1 += curvature * z[i];
            s2 += curvature * z[i] * z[i];
        }
        double determinant = s0 * s2 - s1 * s1;
        return new Estimate[] {estimate(fit.intercept(), s2 / determinant), estimate(fit.coefficients()[0], s0 / determinant)};
    }

    private static Estimate estimate(double value, double variance) {
        double half = Z * Math.sqrt(variance);
        return new Estimate(value, value - half, value + half);
    }

    private static Brier brier(List<Tie> ties) {
        double rows = ties.stream().mapToDouble(Tie::weight).sum();
        double mean = ties.stream().mapToDouble(Tie::ones).sum() / rows;
        double[] recalibrated = isotonic(ties);
        double score = 0;
        double best = 0;
        for (int t = 0; t < ties.size(); t++) {
            Tie tie = ties.get(t);
            score += squares(tie, tie.predicted) / rows;
            best += squares(tie, recalibrated[t]) / rows;
        }
        double uncertainty = mean * (1 - mean);
        return new Brier(score, score - best, uncertainty - best, uncertainty);
    }

    /** The squared errors of a probability for tied rows. */
    private static double squares(Tie tie, double p) {
        return tie.ones * (1 - p) * (1 - p) + (tie.weight - tie.ones) * p * p;
    }

    /** The rising shares nearest to those of the ties: neighbors that fall are pooled (Ayer et al. 1955). */
    private static double[] isotonic(List<Tie> ties) {
        List<Tie> pools = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        for (Tie tie : ties) {
            Tie pool = tie;
            int size = 1;
            while (!pools.isEmpty() && pools.getLast().share() >= pool.share()) {
                pool = pools.removeLast().and(pool);
                size += sizes.removeLast();
            }
            pools.add(pool);
            sizes.add(size);
        }
        double[] shares = new double[ties.size()];
        for (int pool = 0, at = 0; pool < pools.size(); at += sizes.get(pool++)) {
            Arrays.fill(shares, at, at + sizes.get(pool), pools.get(pool).share());
        }
        return shares;
    }
}
