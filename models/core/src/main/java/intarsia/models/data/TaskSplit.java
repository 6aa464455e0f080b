package intarsia.models.data;

import intarsia.linalg.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A task with its rows in three parts: to learn from, to choose and stop by, to be judged on. Row numbers count the task's rows from 0;
 * within a part they stand in the task's canonical order, by the rows' keys, so that nothing depends on the order of rows in a
 * file.
 *
 * @param task       whose rows they are
 * @param train      rows to learn from, at least one
 * @param validation rows to choose and stop by; may be none
 * @param test       rows to be judged on; never seen before; may be none
 */
public record TaskSplit(Task task, int[] train, int[] validation, int[] test) {
    /**
     * Checks that no row is in two parts and puts each part into canonical order.
     *
     * @throws DataException if a row is not the task's or is in two parts, or none is left to learn from
     */
    public TaskSplit {
        if (train.length == 0) {
            throw new DataException("task '" + task.name() + "': " + task.size() + " rows are too few to split");
        }
        boolean[] seen = new boolean[task.size()];
        for (int row : joined(train, validation, test)) {
            if (row < 0 || row >= seen.length || seen[row]) {
                throw new DataException("task '" + task.name() + "': row " + row + (row < 0 || row >= seen.length
                        ? " is none of its " + seen.length + " rows" : " is in two parts of a split"));
            }
            seen[row] = true;
        }
        int[] rank = task.canonicalRank();
        train = ordered(train, rank);
        validation = ordered(validation, rank);
        test = ordered(test, rank);
    }

    /** All rows to learn from. */
    public static TaskSplit all(Task task) {
        return new TaskSplit(task, IntStream.range(0, task.size()).toArray(), new int[0], new int[0]);
    }

    /**
     * A random split, within each stratum of the response (its classes) so that their shares are kept, and so that each part gets at least
     * one row of every stratum that has three. A row's place is drawn from its name, or its content where rows have no names: the order of
     * rows does not matter.
     *
     * @param validationShare share of rows to choose and stop by
     * @param testShare       share of rows to be judged on
     */
    public static TaskSplit random(Task task, double validationShare, double testShare, RandomStream random) {
        return all(task).divided(validationShare, testShare, true, random);
    }

    /**
     * The rows to learn from divided at random as in {@link #random}; the other parts keep the rows they have.
     *
     * @param stratified whether each stratum is divided on its own
     */
    TaskSplit divided(double validationShare, double testShare, boolean stratified, RandomStream random) {
        checkShares(validationShare, testShare);
        List<Integer> kept = new ArrayList<>();
        List<Integer> forValidation = new ArrayList<>();
        List<Integer> forTest = new ArrayList<>();
        for (List<Integer> stratum : shuffled(task, train, stratified, random)) {
            int tests = count(stratum.size(), testShare);
            int validations = count(stratum.size(), validationShare);
            forTest.addAll(stratum.subList(0, tests));
            forValidation.addAll(stratum.subList(tests, tests + validations));
            kept.addAll(stratum.subList(tests + validations, stratum.size()));
        }
        return new TaskSplit(task, array(kept), joined(validation, array(forValidation)), joined(test, array(forTest)));
    }

    /** The same with about so many rows to learn from at most, drawn as in {@link #random}; the others are in no part. */
    public TaskSplit atMost(int rows, RandomStream random) {
        return train.length <= rows ? this
                : new TaskSplit(task, divided(1 - (double) rows / train.length, 0, true, random).train, validation, test);
    }

    static void checkShares(double validationShare, double testShare) {
        if (!(validationShare >= 0 && testShare >= 0 && validationShare + testShare < 1)) {
            throw new DataException("shares of validation " + validationShare + " and test " + testShare
                    + " must leave rows to learn from");
        }
    }

    /**
     * The training and validation rows dealt into folds, within strata, sizes differing by one at most: in the k-th split the k-th fold is
     * for validation, the others for training; test rows stay as they are.
     *
     * @throws DataException unless there are at least 2 folds and a row for each
     */
    public List<TaskSplit> folds(int count, RandomStream random) {
        return folds(count, true, random);
    }

    /** The same, within strata or not. */
    List<TaskSplit> folds(int count, boolean stratified, RandomStream random) {
        int[] rows = trainAndValidation();
        if (count < 2 || count > rows.length) {
            throw new DataException("task '" + task.name() + "': " + count + " folds of " + rows.length
                    + " rows; give at least 2 folds and no more than rows");
        }
        List<Integer> order = shuffled(task, rows, stratified, random).stream().flatMap(List::stream).toList();
        List<TaskSplit> folds = new ArrayList<>();
        for (int fold = 0; fold < count; fold++) {
            int held = fold;
            folds.add(new TaskSplit(task, IntStream.range(0, order.size()).filter(i -> i % count != held).map(order::get).toArray(),
                    IntStream.range(0, order.size()).filter(i -> i % count == held).map(order::get).toArray(), test));
        }
        return folds;
    }

    /** Rows in random order by stratum: sorted by numbers drawn from the stream and each row's key. */
    private static List<List<Integer>> shuffled(Task task, int[] rows, boolean stratified, RandomStream random) {
        long salt = random.nextLong();
        long[] keys = task.rowKeys();
        int[] rank = task.canonicalRank();
        Map<Integer, List<Integer>> strata = new TreeMap<>();
        for (int row : rows) {
            strata.computeIfAbsent(stratified ? task.stratum(row) : 0, stratum -> new ArrayList<>()).add(row);
        }
        strata.values().forEach(stratum -> stratum.sort((a, b) -> {
            int byDraw = Long.compare(RowKeys.mix(keys[a] ^ salt), RowKeys.mix(keys[b] ^ salt));
            return byDraw != 0 ? byDraw : Integer.compare(rank[a], rank[b]);
        }));
        return List.copyOf(strata.values());
    }

    private static int count(int size, double share) {
        int rounded = (int) Math.rint(size * share);
        return share > 0 && rounded == 0 && size >= 3 ? 1 : rounded;
    }

    /** Training and validation rows together. */
    public int[] trainAndValidation() {
        return ordered(joined(train, validation), task.canonicalRank());
    }

    /** The rows to stop by: those for validation, or those to learn from where there are none. */
    public int[] stopping() {
        return validation.length > 0 ? validation : train;
    }

    /** The same with some of the rows to learn from moved to the other parts. */
    TaskSplit moved(IntPredicate toValidation, IntPredicate toTest) {
        return new TaskSplit(task, Arrays.stream(train).filter(toValidation.or(toTest).negate()).toArray(),
                joined(validation, Arrays.stream(train).filter(toValidation.and(toTest.negate())).toArray()),
                joined(test, Arrays.stream(train).filter(toTest).toArray()));
    }

    /** The same with validation rows moved to those to learn from. */
    public TaskSplit withoutValidation() {
        return new TaskSplit(task, trainAndValidation(), new int[0], test);
    }

    /** Some of the task's rows, as if their responses were not known. */
    public Observations observations(int[] rows) {
        return Observations.of(task, rows);
    }

    /** The responses of some of the task's rows, row after row. */
    public double[] responses(int[] rows) {
        int numbers = task.family().columns();
        double[] responses = new double[rows.length * numbers];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(task.response(), rows[i] * numbers, responses, i * numbers, numbers);
        }
        return responses;
    }

    /** How much some of the task's rows count. */
    public double[] weights(int[] rows) {
        return Arrays.stream(rows).mapToDouble(row -> task.weights()[row]).toArray();
    }

    private static int[] joined(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
    }

    private static int[] array(List<Integer> rows) {
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int[] ordered(int[] rows, int[] rank) {
        return Arrays.stream(rows).boxed().sorted((a, b) -> Integer.compare(rank[a], rank[b])).mapToInt(Integer::intValue).toArray();
    }
}
