package intarsia.models.data;

import intarsia.linalg.RandomStream;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * What may be on different sides of a split, and how sides are drawn. Every split of a study is made by its scheme: those it is judged on,
 * the validation rows of a fit, the folds inside a fit.
 */
public sealed interface Scheme permits RandomRows, WholeGroups, PastToFuture, GivenParts {
    /** Of the rows beside a fold, one in so many is to choose and stop by. */
    int INNER = 5;

    /**
     * A split whose rows to learn from are divided in three; its other parts keep the rows they have.
     *
     * @param validationShare share of the rows to learn from that is moved to those to choose and stop by
     * @param testShare       share that is moved to those to be judged on; 0 for none
     * @throws DataException if the shares leave nothing, or a task has no row left to learn from
     */
    DataSplit draw(DataSplit split, double validationShare, double testShare, RandomStream random);

    /**
     * Splits whose test rows are folds of a split's training and validation rows; a fifth of the others is to choose and stop by. The
     * split's own test rows take no part. Folds that cannot be held out are left out, so that there may be none.
     *
     * @param count how many folds
     * @param least a task with fewer rows keeps them all to learn from, where rows are drawn one by one
     */
    List<DataSplit> folds(DataSplit split, int count, int least, RandomStream random);

    /**
     * Makes sure that the scheme is one for these tasks, and that they can be split by it.
     *
     * @param all   the tasks with all rows to learn from
     * @param folds how many folds they are to be judged on; 0 for none
     * @throws DataException naming what is wrong
     */
    void check(DataSplit all, int folds);

    /** Whether another draw gives another split. */
    boolean repeatable();

    /**
     * Rows judged on for each row learned from in so many folds, which the correction of the paired test needs: {@code 1 / (K - 1)}.
     */
    default double testToLearned(int folds) {
        return 1.0 / (folds - 1);
    }

    /** What is divided and how, for people, to follow "random splits" or "folds": "of groups (patient)"; empty for single rows. */
    String words();

    /** Compares the number of a task's rows with the entries for them. */
    static void checkSizes(DataSplit all, String what, ToIntFunction<String> entries) {
        for (Task task : all.taskList()) {
            int found = entries.applyAsInt(task.name());
            if (found != task.size()) {
                throw new DataException("task '" + task.name() + "': " + found + " " + what + " for " + task.size() + " rows");
            }
        }
    }
}
