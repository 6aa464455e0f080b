package intarsia.models.data;

import intarsia.linalg.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What is judged is later than all that is learned from, in every task: one cut in time divides the rows of all tasks. Rows of one time are
 * on one side. Nothing is random.
 *
 * <p>Folds go forward (Tashman 2000, rolling origin with a growing window): the later half of the rows is cut into as many blocks; each is
 * held out once, with all earlier rows to learn from, the latest fifth of which is to choose and stop by.
 *
 * @param column where times stand, for people
 * @param times  the time of every row, by the task's name; finite numbers
 * @param shown  a time as people write it
 */
public record PastToFuture(String column, Map<String, double[]> times, DoubleFunction<String> shown) implements Scheme {
    /** Keeps a copy of the map. */
    public PastToFuture {
        times = Map.copyOf(new TreeMap<>(times));
    }

    @Override
    public DataSplit draw(DataSplit split, double validationShare, double testShare, RandomStream random) {
        TaskSplit.checkShares(validationShare, testShare);
        double test = cut(split, testShare);
        for (TaskSplit task : split.tasks()) {
            double begin = sorted(List.of(task), TaskSplit::train)[0];
            if (begin >= test) {
                throw tooLate(task, begin, test);
            }
        }
        DataSplit rest = moved(split, Double.POSITIVE_INFINITY, test);
        return moved(rest, cut(rest, validationShare / (1 - testShare)), Double.POSITIVE_INFINITY);
    }

    private DataException tooLate(TaskSplit task, double begin, double cut) {
        return new DataException("task '" + task.task().name() + "' begins at " + column + " " + shown.apply(begin)
                + ", and what is learned from ends before " + shown.apply(cut)
                + ": it has nothing to learn from there; leave the task out, or ask for fewer folds");
    }

    /** A task without an earlier row keeps all to learn from, its whole cohort too: what is chosen by may not cost a task all its rows. */
    private DataSplit moved(DataSplit split, double validation, double test) {
        return new DataSplit(split.data(), split.cohorts().stream().flatMap(cohort -> {
            boolean keeps = cohort.stream().anyMatch(task -> IntStream.of(task.train()).allMatch(row -> at(task, row) >= validation));
            return cohort.stream().map(task -> task.moved(row -> !keeps && at(task, row) >= validation, row -> at(task, row) >= test));
        }).toList());
    }

    private double at(TaskSplit task, int row) {
        return times.get(task.task().name())[row];
    }

    /** The time at which the last share of the rows to learn from begins; after the first of all. */
    private double cut(DataSplit split, double share) {
        double[] sorted = sorted(split.tasks(), TaskSplit::train);
        int count = (int) Math.rint(share * sorted.length);
        return count == 0 ? Double.POSITIVE_INFINITY : after(sorted, sorted[sorted.length - count]);
    }

    /** A time, or the next one where it is the first of all. */
    private static double after(double[] sorted, double time) {
        return time > sorted[0] ? time : Arrays.stream(sorted).filter(other -> other > sorted[0]).findFirst()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private double[] sorted(List<TaskSplit> tasks, Function<TaskSplit, int[]> rows) {
        return tasks.stream().flatMapToDouble(task -> {
            double[] at = times.get(task.task().name());
            return IntStream.of(rows.apply(task)).mapToDouble(row -> at[row]);
        }).sorted().toArray();
    }

    /** Folds before which a task has no row are left out. */
    @Override
    public List<DataSplit> folds(DataSplit split, int count, int least, RandomStream random) {
        List<DataSplit> folds = new ArrayList<>();
        double[] cuts = cuts(split, count);
        for (int fold = 0; fold < count; fold++) {
            double from = cuts[fold];
            double to = cuts[fold + 1];
            if (from < to && split.tasks().stream().allMatch(task -> sorted(List.of(task), TaskSplit::trainAndValidation)[0] < from)) {
                DataSplit held = new DataSplit(split.data(), split.map(task -> {
                    double[] at = times.get(task.task().name());
                    int[] rows = task.trainAndValidation();
                    return new TaskSplit(task.task(), IntStream.of(rows).filter(row -> at[row] < from).toArray(), new int[0],
                            IntStream.of(rows).filter(row -> at[row] >= from && at[row] < to).toArray());
                }));
                folds.add(draw(held, 1.0 / INNER, 0, random));
            }
        }
        return folds;
    }

    /** Where blocks begin, and the end of the last. */
    private double[] cuts(DataSplit split, int count) {
        double[] sorted = sorted(split.tasks(), TaskSplit::trainAndValidation);
        double[] cuts = new double[count + 1];
        for (int fold = 0; fold < count; fold++) {
            cuts[fold] = after(sorted, sorted[(int) ((long) sorted.length * (count + fold) / (2L * count))]);
        }
        cuts[count] = Double.POSITIVE_INFINITY;
        return cuts;
    }

    @Override
    public void check(DataSplit all, int folds) {
        Scheme.checkSizes(all, "times", task -> times.getOrDefault(task, new double[0]).length);
        if (folds < 1) {
            throw new DataException(folds + " folds " + words() + ": at least 1");
        }
        double[] cuts = cuts(all, folds);
        for (int fold = 0; fold < folds; fold++) {
            if (!(cuts[fold] < cuts[fold + 1])) {
                throw new DataException("column '" + column + "' has too few different times for " + folds
                        + (folds == 1 ? " fold" : " folds") + " from past to future");
            }
            for (TaskSplit task : all.tasks()) {
                double begin = sorted(List.of(task), TaskSplit::train)[0];
                if (begin >= cuts[fold]) {
                    throw tooLate(task, begin, cuts[fold]);
                }
            }
        }
    }

    @Override
    public boolean repeatable() {
        return false;
    }

    /** The mean over folds k = 0, ..., K - 1: {@code 1 / (K + k)}. */
    @Override
    public double testToLearned(int folds) {
        return IntStream.range(0, folds).mapToDouble(fold -> 1.0 / (folds + fold)).average().orElseThrow();
    }

    @Override
    public String words() {
        return "from past to future (" + column + ")";
    }
}
