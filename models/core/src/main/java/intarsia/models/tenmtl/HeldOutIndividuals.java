package intarsia.models.tenmtl;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.Outcome;
import intarsia.models.data.Individual;
import intarsia.models.response.ResponseFamily;
import intarsia.models.selection.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Choosing by held-out rows where predictors are tensors that no table holds, as in simulations; tables go through
 * {@link intarsia.models.selection.Tuned}.
 */
public final class HeldOutIndividuals {
    private HeldOutIndividuals() {}

    /**
     * The candidate with the smallest mean over individuals of the mean deviance on rows held out: of each individual a random share, at
     * least one row being left to learn from, in each of several splits.
     *
     * @param candidates what is chosen from; the first of equals is taken
     * @param family     of the responses
     * @param share      held out, above 0 and below 1
     * @param splits     how many, at least 1
     * @param random     what splits are drawn from
     * @throws IllegalArgumentException unless there are a candidate, a split, and a share above 0 and below 1
     */
    public static <E extends PersonalEstimator> Selection<E> choose(List<E> candidates, List<Individual> individuals, ResponseFamily family,
            double share, int splits, RandomStream random) {
        if (candidates.isEmpty() || !(share > 0 && share < 1) || splits < 1) {
            throw new IllegalArgumentException("selection: " + candidates.size() + " candidates, share " + share + ", splits " + splits
                    + "; needs at least one candidate and split, and a share above 0 and below 1");
        }
        double[][] losses = new double[splits][candidates.size()];
        for (int split = 0; split < splits; split++) {
            List<Individual> kept = new ArrayList<>();
            List<Individual> held = new ArrayList<>();
            for (int i = 0; i < individuals.size(); i++) {
                Individual all = individuals.get(i);
                int[] order = random.child("selection/" + split, i).permutation(all.rows());
                int out = Math.min(all.rows() - 1, (int) Math.round(share * all.rows()));
                kept.add(rows(all, Arrays.copyOfRange(order, out, order.length)));
                held.add(out == 0 ? null : rows(all, Arrays.copyOf(order, out)));
            }
            for (int c = 0; c < candidates.size(); c++) {
                losses[split][c] = loss(candidates.get(c).fit(kept, family, random.child("candidate/" + c, split)), held, family);
            }
        }
        return Selection.of(candidates, losses, Selection.Rule.SMALLEST);
    }

    private static double loss(Outcome<PersonalCoefficients> outcome, List<Individual> held, ResponseFamily family) {
        PersonalCoefficients fitted = outcome.orThrow();
        double sum = 0;
        int count = 0;
        for (int i = 0; i < held.size(); i++) {
            if (held.get(i) != null) {
                double[] means = fitted.predict(i, held.get(i).predictors());
                for (int n = 0; n < held.get(i).rows(); n++) {
                    sum += held.get(i).weights()[n] * family.deviance(held.get(i).response(), n, means, n * family.width())
                            / held.get(i).total();
                }
                count++;
            }
        }
        return sum / count;
    }

    private static Individual rows(Individual all, int[] rows) {
        Shape shape = all.predictors().shape().with(0, rows.length);
        int p = shape.without(0).size();
        double[] x = new double[shape.size()];
        double[] y = new double[rows.length];
        double[] weights = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(all.predictors().doubles(), rows[i] * p, x, i * p, p);
            y[i] = all.response()[rows[i]];
            weights[i] = all.weights()[rows[i]];
        }
        return new Individual(all.name(), Tensor.of(shape, x), y, weights, all.modalities());
    }
}
