package intarsia.models.data;

import intarsia.linalg.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A task's rows, each in one of three parts: to learn from, to choose and stop by, to be judged on.
 *
 * @param train      row numbers to learn from
 * @param validation row numbers to choose and stop by
 * @param test       row numbers to be judged on; never seen before
 */
public record Split(int[] train, int[] validation, int[] test) {
    /**
     * Splits every task at random, within each class of a binary response separately so that shares of classes are kept, and each part gets at least
     * one row of every class that has enough.
     *
     * @param validationShare share of rows to choose and stop by
     * @param testShare       share of rows to be judged on
     */
    public static List<Split> random(TaskSet data, double validationShare, double testShare, RandomStream random) {
        if (!(validationShare >= 0 && testShare >= 0 && validationShare + testShare < 1)) {
            throw new DataException("shares of validation " + validationShare + " and test " + testShare + " must leave rows to learn from");
        }
        List<Split> splits = new ArrayList<>();
        for (Task task : data.tasks()) {
            splits.add(random(task, validationShare, testShare, random.child("split/" + task.name())));
        }
        return splits;
    }

    private static Split random(Task task, double validationShare, double testShare, RandomStream random) {
        List<Integer> train = new ArrayList<>();
        List<Integer> validation = new ArrayList<>();
        List<Integer> test = new ArrayList<>();
        for (List<Integer> group : groups(task)) {
            int[] order = random.permutation(group.size());
            int forTest = share(group.size(), testShare);
            int forValidation = share(group.size(), validationShare);
            for (int i = 0; i < order.length; i++) {
                (i < forTest ? test : i < forTest + forValidation ? validation : train).add(group.get(order[i]));
            }
        }
        if (train.isEmpty()) {
            throw new DataException("task '" + task.name() + "': " + task.size() + " rows are too few to split");
        }
        return new Split(sorted(train), sorted(validation), sorted(test));
    }

    private static List<List<Integer>> groups(Task task) {
        List<List<Integer>> groups = List.of(new ArrayList<>(), new ArrayList<>());
        boolean binary = task.responseKind() == Task.ResponseKind.BINARY;
        for (int i = 0; i < task.size(); i++) {
            groups.get(binary && task.response()[i] == 1 ? 1 : 0).add(i);
        }
        return groups;
    }

    private static int share(int size, double share) {
        int rounded = (int) Math.rint(size * share);
        return share > 0 && rounded == 0 && size >= 3 ? 1 : rounded;
    }

    private static int[] sorted(List<Integer> rows) {
        return rows.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    /** Training and validation rows together, in order. */
    public int[] known() {
        return java.util.stream.IntStream.concat(java.util.Arrays.stream(train), java.util.Arrays.stream(validation)).sorted().toArray();
    }
}
