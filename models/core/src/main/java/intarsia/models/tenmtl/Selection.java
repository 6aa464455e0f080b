package intarsia.models.tenmtl;

import intarsia.linalg.Elementary;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.optim.solve.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Chooses ranks, weights or whole methods. */
public final class Selection {
    private Selection() {}

    /**
     * A choice.
     *
     * @param scores of all candidates, in their order; smaller is better
     * @param best   the number of the best, the first of equals
     */
    public record Choice(List<Double> scores, int best) {
        static Choice of(List<Double> scores) {
            int best = 0;
            for (int c = 1; c < scores.size(); c++) {
                best = scores.get(c) < scores.get(best) ? c : best;
            }
            return new Choice(List.copyOf(scores), best);
        }
    }

    /**
     * By the mean loss on rows held out: within each individual a random share of the rows, at least one row staying, in each of several
     * splits.
     *
     * @param share  held out, above 0 and below 1
     * @param splits how many, at least 1
     */
    public static Choice validate(List<? extends PersonalMethod> candidates, List<Individual> individuals, Family family, double share,
            int splits, long seed) {
        if (candidates.isEmpty() || !(share > 0 && share < 1) || splits < 1) {
            throw new IllegalArgumentException("selection: " + candidates.size() + " candidates, share " + share + ", splits " + splits
                    + "; wants at least one candidate and split, and a share above 0 and below 1");
        }
        double[] totals = new double[candidates.size()];
        for (int split = 0; split < splits; split++) {
            List<Individual> kept = new ArrayList<>();
            List<Individual> held = new ArrayList<>();
            for (int i = 0; i < individuals.size(); i++) {
                Individual all = individuals.get(i);
                int[] order = RandomStream.of(seed, "selection/" + split + "/" + i).permutation(all.rows());
                int out = Math.min(all.rows() - 1, (int) Math.round(share * all.rows()));
                kept.add(rows(all, Arrays.copyOfRange(order, out, order.length)));
                held.add(out == 0 ? null : rows(all, Arrays.copyOf(order, out)));
            }
            List<Double> scores = validate(candidates, kept, held, family).scores();
            for (int c = 0; c < totals.length; c++) {
                totals[c] += scores.get(c) / splits;
            }
        }
        return Choice.of(Arrays.stream(totals).boxed().toList());
    }

    /** By the mean loss on these rows held out of the same individuals; null stands for an individual without any. */
    public static Choice validate(List<? extends PersonalMethod> candidates, List<Individual> kept, List<Individual> held, Family family) {
        return Choice.of(candidates.stream().map(candidate -> loss(candidate.fit(kept), held, family)).toList());
    }

    /**
     * By Schwarz' criterion of TenMTL fits of the same individuals: {@code deviance + df log N}. The deviance is
     * {@code N log(mean squared residual)} for Gaussian responses, and twice the negative log-likelihood for binomial ones. df counts
     * intercepts, nonzero entries of the core and nonzero entries of the factors; without lasso, less what scaling and rotating factors
     * against the core leaves undetermined: R_k^2 of each factor and, beside a common column, R_f more of F_0. (The count is ours.)
     */
    public static Choice bic(List<TenMtlFit> fits, List<Individual> individuals) {
        return Choice.of(fits.stream().map(fit -> bic(fit, individuals)).toList());
    }

    private static double bic(TenMtlFit fit, List<Individual> individuals) {
        double sum = 0;
        int rows = 0;
        Family family = fit.options().family();
        for (int i = 0; i < individuals.size(); i++) {
            Individual individual = individuals.get(i);
            double[] means = fit.models().predict(i, individual.predictors());
            for (int n = 0; n < means.length; n++) {
                sum += deviance(family, individual.response()[n], means[n]);
            }
            rows += means.length;
        }
        double deviance = family == Family.GAUSSIAN ? rows * Elementary.log(Math.max(sum / rows, Double.MIN_NORMAL)) : sum;
        return deviance + degrees(fit) * Elementary.log(rows);
    }

    private static double degrees(TenMtlFit fit) {
        int tied = fit.options().common() ? 1 : 0;
        double df = fit.models().intercepts().length + nonzeros(fit.parameters().core());
        List<Tensor> factors = fit.parameters().factors();
        for (int k = 0; k < factors.size(); k++) {
            int free = factors.get(k).shape().columns() - (k == 0 ? tied : 0);
            df += nonzeros(factors.get(k)) - (k == 0 ? tied * factors.get(k).shape().rows() : 0);
            df -= fit.options().penalized() ? 0 : free * free + (k == 0 ? tied * free : 0);
        }
        return df;
    }

    private static int nonzeros(Tensor a) {
        int count = 0;
        for (double v : a.doubles()) {
            count += v != 0 ? 1 : 0;
        }
        return count;
    }

    private static double loss(PersonalModels models, List<Individual> held, Family family) {
        double sum = 0;
        int rows = 0;
        for (int i = 0; i < held.size(); i++) {
            if (held.get(i) == null) {
                continue;
            }
            double[] means = models.predict(i, held.get(i).predictors());
            for (int n = 0; n < means.length; n++) {
                sum += deviance(family, held.get(i).response()[n], means[n]);
            }
            rows += means.length;
        }
        return rows == 0 ? Double.POSITIVE_INFINITY : sum / rows;
    }

    /** The squared residual, or minus twice the log-likelihood of a label, its probability kept 1e-15 from 0. */
    private static double deviance(Family family, double y, double mean) {
        if (family == Family.GAUSSIAN) {
            return (y - mean) * (y - mean);
        }
        return -2 * (y * Elementary.log(Math.max(mean, 1e-15)) + (1 - y) * Elementary.log(Math.max(1 - mean, 1e-15)));
    }

    private static Individual rows(Individual all, int[] rows) {
        Shape shape = all.predictors().shape().with(0, rows.length);
        int p = shape.without(0).size();
        double[] x = new double[shape.size()];
        double[] y = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(all.predictors().doubles(), rows[i] * p, x, i * p, p);
            y[i] = all.response()[rows[i]];
        }
        return new Individual(all.name(), Tensor.of(shape, x), y);
    }
}
