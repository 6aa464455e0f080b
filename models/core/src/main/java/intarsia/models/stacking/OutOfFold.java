package intarsia.models.stacking;

import intarsia.linalg.RandomStream;
import intarsia.models.DivergedException;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Moments;
import intarsia.models.data.ResponseEncoding;
import intarsia.models.data.TaskSplit;
import intarsia.models.net.TaskTable;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Candidates fitted on all rows, and what each predicts for rows it was not fitted on.
 *
 * @param candidates in the order given
 * @param rows       the rows held out in some fold: fold by fold, task by task
 */
record OutOfFold(List<Candidate> candidates, HeldOutRows rows) {
    /** The share of rows that is to be of tasks that judge. */
    private static final double JUDGING = 0.5;
    /** With three folds of three rows, one is left to learn from and one to stop by. */
    private static final int FEWEST_FOLDS = 3;

    /**
     * A candidate.
     *
     * @param estimator what was fitted
     * @param model     fitted on all rows; null if it is left out
     * @param stopped   the limit that ended that fit, or null
     * @param predicted the predictions of all held-out rows; null if it is left out
     * @param problem   why it is left out, or null
     * @param failure   what its fit ended with, or null
     */
    record Candidate(Estimator estimator, Model model, String stopped, double[] predicted, String problem, RuntimeException failure) {
        static Candidate leftOut(Estimator estimator, String problem) {
            return new Candidate(estimator, null, null, null, problem, null);
        }

        static Candidate failed(Estimator estimator, RuntimeException failure) {
            return new Candidate(estimator, null, null, null, failure.getMessage(), failure);
        }
    }

    /** Those that are not left out. */
    List<Candidate> fitted() {
        return candidates.stream().filter(candidate -> candidate.predicted != null).toList();
    }

    /**
     * Fits all candidates: first to the rows outside the first fold, which may rule some out ({@link Screening}); what is left to all rows
     * and to those outside each other fold.
     *
     * @throws DataException     if none can be fitted, in the words of the first
     * @throws DivergedException if none can be fitted and the first diverged
     */
    static OutOfFold of(Stacking options, FitContext context) {
        List<DataSplit> folds = folds(context.split(), options.folds(), context.random().child("folds"));
        OutOfFold fitted = new OutOfFold(new CandidateFits(options.candidates(), context, folds).all(), rows(folds));
        if (fitted.fitted().isEmpty()) {
            throw fitted.candidates.getFirst().failure;
        }
        return fitted;
    }

    /**
     * Folds in which tasks with twice as many rows as folds take part. Where those have less than half of all rows, the small ones have to
     * judge as well: in fewer folds, if a task has fewer rows than folds.
     */
    private static List<DataSplit> folds(DataSplit split, int count, RandomStream random) {
        int small = shareFrom(2 * count, split) >= JUDGING ? 0 : IntStream.iterate(count, k -> k >= FEWEST_FOLDS, k -> k - 1)
                .filter(k -> shareFrom(k, split) >= JUDGING).findFirst().orElse(0);
        return small == 0 ? split.folds(count, 2 * count, random) : split.folds(small, small, random);
    }

    /** The share of rows that are of tasks with so many at least. */
    private static double shareFrom(int least, DataSplit split) {
        int[] sizes = split.tasks().stream().mapToInt(task -> task.trainAndValidation().length).toArray();
        return IntStream.of(sizes).filter(size -> size >= least).sum() / (double) IntStream.of(sizes).sum();
    }

    /** The test rows of folds. */
    static HeldOutRows rows(List<DataSplit> folds) {
        List<ResponseFamily> families = new ArrayList<>();
        List<Double> truth = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        List<Double> scales = new ArrayList<>();
        List<Integer> tasks = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (int fold = 0; fold < folds.size(); fold++) {
            for (int t = 0; t < folds.get(fold).tasks().size(); t++) {
                TaskSplit task = folds.get(fold).tasks().get(t);
                ResponseFamily family = task.task().family();
                Moments moments = ResponseEncoding.moments(family, task.responses(task.trainAndValidation()),
                        task.weights(task.trainAndValidation()));
                double scale = moments.constant() ? 1 : moments.scale();
                for (double y : task.responses(task.test())) {
                    truth.add(y / scale);
                }
                for (double weight : task.weights(task.test())) {
                    weights.add(weight);
                    families.add(family);
                    scales.add(scale);
                    tasks.add(t);
                    numbers.add(fold);
                }
            }
        }
        return new HeldOutRows(families, truth.stream().mapToDouble(Double::doubleValue).toArray(),
                TaskTable.shares(weights.stream().mapToDouble(Double::doubleValue).toArray()),
                scales.stream().mapToDouble(Double::doubleValue).toArray(), tasks.stream().mapToInt(Integer::intValue).toArray(),
                numbers.stream().mapToInt(Integer::intValue).toArray());
    }
}
