package intarsia.models.dual;

import intarsia.linalg.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The solutions of a {@link CoefficientProblem} for falling strengths, each started from the one before.
 *
 * @param strengths from the one at which tasks share, downward
 * @param solutions one for each
 */
public record CoefficientPath(List<Double> strengths, List<Coefficients> solutions) {
    /** Copies the lists. */
    public CoefficientPath {
        strengths = List.copyOf(strengths);
        solutions = List.copyOf(solutions);
    }

    /**
     * How well each strength predicts rows left out.
     *
     * @param strengths     the strengths
     * @param loss          for each, the mean loss of rows left out, summed over tasks, averaged over folds
     * @param standardError of that average over folds
     * @param best          the number of the smallest loss; of several, the strongest
     */
    public record CrossValidation(List<Double> strengths, double[] loss, double[] standardError, int best) {
        /** From the losses of folds by strengths. */
        static CrossValidation of(List<Double> strengths, double[][] folds) {
            int count = strengths.size();
            double[] loss = new double[count];
            double[] error = new double[count];
            for (int i = 0; i < count; i++) {
                int at = i;
                double[] losses = Arrays.stream(folds).mapToDouble(fold -> fold[at]).toArray();
                loss[i] = Arrays.stream(losses).average().orElse(Double.NaN);
                double mean = loss[i];
                double squares = Arrays.stream(losses).map(l -> (l - mean) * (l - mean)).sum();
                error[i] = folds.length < 2 ? Double.NaN : Math.sqrt(squares / (folds.length - 1) / folds.length);
            }
            int best = 0;
            for (int i = 1; i < count; i++) {
                best = loss[i] < loss[best] ? i : best;
            }
            return new CrossValidation(strengths, loss, error, best);
        }

        /** The strength with the smallest loss. */
        public double strength() {
            return strengths.get(best);
        }
    }

    /**
     * {@code count} strengths from the largest down to {@code ratio} of it, in equal steps of their logarithm.
     *
     * @throws IllegalArgumentException unless the count is at least 2, the ratio in (0, 1) and the largest finite and not negative
     */
    public static List<Double> falling(double largest, int count, double ratio) {
        if (count < 2 || !(ratio > 0 && ratio < 1) || !(largest >= 0 && largest < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("path of " + count + " strengths from " + largest + " to " + ratio
                    + " of it: needs at least 2, a finite largest, a ratio between 0 and 1");
        }
        List<Double> strengths = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            strengths.add(largest * StrictMath.pow(ratio, i / (count - 1.0)));
        }
        return strengths;
    }

    /** The path of a problem through these strengths; the problem's own does not matter. */
    public static CoefficientPath of(CoefficientProblem problem, List<Double> strengths) {
        List<Coefficients> solutions = new ArrayList<>();
        for (double strength : strengths) {
            CoefficientProblem at = problem.withStrength(strength);
            solutions.add(solutions.isEmpty() ? at.solve() : at.solve(solutions.getLast()));
        }
        return new CoefficientPath(strengths, solutions);
    }

    /**
     * Cross-validation over the strengths: each task's rows are dealt into folds at random, every fold is predicted from the others.
     *
     * @param folds at least 2, no more than the smallest task has rows
     */
    public static CrossValidation crossValidate(CoefficientProblem problem, List<Double> strengths, int folds, RandomStream random) {
        List<int[][]> dealt = new ArrayList<>();
        for (int r = 0; r < problem.tasks().size(); r++) {
            dealt.add(Folds.deal(problem.tasks().get(r).rows(), folds, random.child("task", r)));
        }
        double[][] losses = new double[folds][];
        for (int fold = 0; fold < folds; fold++) {
            List<EncodedTask> kept = new ArrayList<>();
            List<EncodedTask> left = new ArrayList<>();
            for (int r = 0; r < dealt.size(); r++) {
                kept.add(problem.tasks().get(r).only(Folds.without(dealt.get(r), fold)));
                left.add(problem.tasks().get(r).only(dealt.get(r)[fold]));
            }
            CoefficientPath path = of(new CoefficientProblem(kept, problem.similarity(), 0, problem.ridge(), problem.solver()), strengths);
            losses[fold] = path.solutions().stream().mapToDouble(at -> loss(left, at)).toArray();
        }
        return CrossValidation.of(strengths, losses);
    }

    /** The mean loss of rows, summed over tasks. */
    public static double loss(List<EncodedTask> tasks, Coefficients at) {
        double sum = 0;
        for (int r = 0; r < tasks.size(); r++) {
            sum += tasks.get(r).loss(at.own()[r], at.intercepts()[r], at.shared()[r]);
        }
        return sum;
    }
}
