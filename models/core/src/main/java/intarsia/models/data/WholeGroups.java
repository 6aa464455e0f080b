package intarsia.models.data;

import intarsia.linalg.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Rows of a group are on one side of every split, whatever their task: visits of a patient, patients of a family. Groups are gone through
 * in random order; each joins the side that lacks most of its share of the group's rows,
 *
 * <pre>
 * argmax_p sum_c n_gc (share_p - n_pc / n_c),   c a task, or a class of a task's response
 * </pre>
 *
 * where n_gc are the group's rows in c, n_pc those on the side so far and n_c all of them. The first group of every c is learned from. This
 * keeps shares of rows and of classes about as they should be, as far as the sizes of groups allow. The rule is ours; scikit-learn's
 * StratifiedGroupKFold is of the same kind. O(G P C) for G groups, P sides, and C entries n_gc that are not 0 on average.
 *
 * @param column     where groups are named, for people
 * @param groups     the group of every row, by the task's name
 * @param stratified whether each class of a response keeps its share
 */
public record WholeGroups(String column, Map<String, List<String>> groups, boolean stratified) implements Scheme {
    private static final int TRAIN = 0;
    private static final int TEST = 1;
    private static final int VALIDATION = 2;

    /** Keeps copies. */
    public WholeGroups {
        Map<String, List<String>> copied = new LinkedHashMap<>();
        groups.forEach((task, names) -> copied.put(task, List.copyOf(names)));
        groups = Map.copyOf(copied);
    }

    @Override
    public DataSplit draw(DataSplit split, double validationShare, double testShare, RandomStream random) {
        TaskSplit.checkShares(validationShare, testShare);
        double[] shares = {1 - validationShare - testShare, testShare, validationShare};
        Units units = new Units(split, TaskSplit::train, random);
        Map<String, Integer> sides = new HashMap<>();
        boolean[] learned = new boolean[units.cells()];
        double[][] filled = new double[shares.length][units.cells()];
        for (Unit unit : units.inOrder) {
            boolean first = IntStream.of(unit.cells).anyMatch(cell -> !learned[cell]);
            int side = first ? TRAIN : units.mostLacking(unit, shares, filled, IntStream.range(0, shares.length).filter(p -> shares[p] > 0)
                    .toArray());
            if (side == TRAIN) {
                IntStream.of(unit.cells).forEach(cell -> learned[cell] = true);
            }
            unit.addTo(filled[side]);
            sides.put(unit.name, side);
        }
        return new DataSplit(split.data(), split.map(task -> {
            List<String> of = groups.get(task.task().name());
            return task.moved(row -> sides.get(of.get(row)) == VALIDATION, row -> sides.get(of.get(row)) == TEST);
        }));
    }

    /** No task loses all its groups to one fold; a group that would be the last is learned from in every fold. */
    @Override
    public List<DataSplit> folds(DataSplit split, int count, int least, RandomStream random) {
        Units units = new Units(split, TaskSplit::trainAndValidation, random.child("outer"));
        double[] shares = new double[count];
        Arrays.fill(shares, 1.0 / count);
        double[][] filled = new double[count][units.cells()];
        Map<String, Integer> folds = new HashMap<>();
        for (Unit unit : units.inOrder) {
            int[] open = IntStream.range(0, count).filter(fold -> units.leavesSome(unit, fold, folds)).toArray();
            int fold = open.length == 0 ? -1 : units.mostLacking(unit, shares, filled, open);
            if (fold >= 0) {
                unit.addTo(filled[fold]);
            }
            folds.put(unit.name, fold);
        }
        return folds.values().stream().allMatch(fold -> fold < 0) ? List.of() : IntStream.range(0, count).mapToObj(fold -> {
            DataSplit held = new DataSplit(split.data(), split.map(task -> {
                List<String> of = groups.get(task.task().name());
                int[] rows = task.trainAndValidation();
                return new TaskSplit(task.task(), IntStream.of(rows).filter(row -> folds.get(of.get(row)) != fold).toArray(), new int[0],
                        IntStream.of(rows).filter(row -> folds.get(of.get(row)) == fold).toArray());
            }));
            return draw(held, 1.0 / INNER, 0, random.child("inner"));
        }).toList();
    }

    @Override
    public void check(DataSplit all, int folds) {
        Scheme.checkSizes(all, "groups", task -> groups.getOrDefault(task, List.of()).size());
        if (groups.values().stream().allMatch(names -> names.stream().distinct().count() < 2)) {
            throw new DataException("column '" + column + "' names one group in each task, so none can be held out");
        }
        long different = groups.values().stream().flatMap(List::stream).distinct().count();
        if (folds == 1 || different < folds) {
            throw new DataException("column '" + column + "' names " + different + " groups, and there are to be " + folds
                    + (folds == 1 ? " fold" : " folds") + "; at least 2, and no more than groups");
        }
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public String words() {
        return "of groups (" + column + ")";
    }

    /**
     * A group.
     *
     * @param draw  its place in the random order
     * @param cells the tasks, or classes in tasks, that it has rows in
     * @param rows  how many, for each of these
     */
    private record Unit(String name, long draw, int[] cells, int[] rows) {
        void addTo(double[] counts) {
            for (int i = 0; i < cells.length; i++) {
                counts[cells[i]] += rows[i];
            }
        }
    }

    /** The groups of some rows in random order, which the order of rows and tasks does not change. */
    private final class Units {
        private final List<Unit> inOrder = new ArrayList<>();
        private final int strata;
        private final double[] sizes;
        private final Map<Integer, List<String>> ofTask = new HashMap<>();

        Units(DataSplit split, Function<TaskSplit, int[]> rows, RandomStream random) {
            strata = stratified ? split.tasks().stream().mapToInt(task -> task.task().family().strata()).max().orElseThrow() : 1;
            sizes = new double[strata * split.tasks().size()];
            Map<String, Map<Integer, Integer>> counts = new TreeMap<>();
            for (int t = 0; t < split.tasks().size(); t++) {
                TaskSplit task = split.tasks().get(t);
                List<String> names = groups.get(task.task().name());
                for (int row : rows.apply(task)) {
                    int cell = strata * t + (stratified ? task.task().stratum(row) : 0);
                    counts.computeIfAbsent(names.get(row), name -> new TreeMap<>()).merge(cell, 1, Integer::sum);
                    sizes[cell]++;
                }
            }
            long salt = random.child("groups").nextLong();
            counts.forEach((name, cells) -> inOrder.add(new Unit(name, RowKeys.mix(RowKeys.hash(name) ^ salt),
                    cells.keySet().stream().mapToInt(Integer::intValue).toArray(),
                    cells.values().stream().mapToInt(Integer::intValue).toArray())));
            inOrder.sort(Comparator.comparingLong(Unit::draw).thenComparing(Unit::name));
            inOrder.forEach(unit -> IntStream.of(unit.cells).map(cell -> cell / strata).distinct().forEach(task ->
                    ofTask.computeIfAbsent(task, t -> new ArrayList<>()).add(unit.name)));
        }

        int cells() {
            return sizes.length;
        }

        /** The side, among those that are open, that lacks most of what the unit has; of equals the one with the fewest rows. */
        int mostLacking(Unit unit, double[] shares, double[][] filled, int[] open) {
            int best = -1;
            double most = Double.NEGATIVE_INFINITY;
            double fewest = 0;
            for (int side : open) {
                double lacks = 0;
                for (int i = 0; i < unit.cells.length; i++) {
                    int cell = unit.cells[i];
                    lacks += unit.rows[i] * (shares[side] - filled[side][cell] / sizes[cell]);
                }
                double rows = DoubleStream.of(filled[side]).sum();
                if (lacks > most || lacks == most && rows < fewest) {
                    most = lacks;
                    best = side;
                    fewest = rows;
                }
            }
            return best;
        }

        /** Whether every task of a unit keeps a group if the unit goes to a fold. */
        boolean leavesSome(Unit unit, int fold, Map<String, Integer> folds) {
            return IntStream.of(unit.cells).map(cell -> cell / strata).distinct().allMatch(task -> ofTask.get(task).stream()
                    .anyMatch(other -> !other.equals(unit.name) && folds.getOrDefault(other, -1) != fold));
        }
    }
}
