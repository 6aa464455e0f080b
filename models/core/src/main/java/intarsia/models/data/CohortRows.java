package intarsia.models.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The rows of a cohort to learn from, each once, whatever responses it has; then those without any. They stand in an order of their own
 * content's. Where rows have no names, those with the same content are told apart by their place among their likes.
 */
public final class CohortRows {
    private final List<TaskSplit> tasks;
    private final Observations rows;
    private final List<int[]> places = new ArrayList<>();
    private final Map<Long, List<Integer>> found = new HashMap<>();

    private CohortRows(DataSplit split, List<TaskSplit> tasks) {
        this.tasks = tasks;
        Observations all = Observations.NONE;
        for (TaskSplit task : tasks) {
            long[] keys = task.task().rowKeys();
            int known = all.size();
            int[] of = places(Arrays.stream(task.train()).mapToLong(row -> keys[row]).toArray(), known);
            places.add(of);
            all = all.and(task.observations(IntStream.range(0, of.length).filter(k -> of[k] >= known).map(k -> task.train()[k]).toArray()));
        }
        for (TaskSplit task : tasks) {
            Observations more = split.unlabelled(task.task());
            long[] keys = task.task().keys(more);
            for (int k = 0; k < keys.length; k++) {
                found.computeIfAbsent(keys[k], key -> new ArrayList<>()).add(all.size() + k);
            }
            all = all.and(more);
        }
        rows = all;
    }

    /** The cohorts of a split, in the order of their names. */
    public static List<CohortRows> of(DataSplit split) {
        return split.cohorts().stream().map(tasks -> new CohortRows(split, tasks)).toList();
    }

    /** Where rows of these keys are; those not there yet come next. */
    private int[] places(long[] keys, int known) {
        Map<Long, Integer> before = new HashMap<>();
        int[] of = new int[keys.length];
        int next = known;
        for (int k = 0; k < keys.length; k++) {
            List<Integer> alike = found.computeIfAbsent(keys[k], key -> new ArrayList<>());
            int nth = before.merge(keys[k], 1, Integer::sum) - 1;
            if (nth == alike.size()) {
                alike.add(next++);
            }
            of[k] = alike.get(nth);
        }
        return of;
    }

    /** The tasks about the rows' responses, in the order of their names. */
    public List<TaskSplit> tasks() {
        return tasks;
    }

    /** All that was measured of the rows. */
    public Observations rows() {
        return rows;
    }

    /** How many rows there are. */
    public int size() {
        return rows.size();
    }

    /**
     * Where a task's training rows are among them, in the order of {@link TaskSplit#train}.
     *
     * @param task its place in {@link #tasks}
     */
    public int[] places(int task) {
        return places.get(task);
    }

    /**
     * Where rows are among them; -1 for one that is not.
     *
     * @param asked of one response, all rows of its task as they were given; of several, any rows of the cohort
     */
    public int[] find(Observations asked) {
        int[] of = new int[asked.size()];
        TaskSplit first = tasks.getFirst();
        if (first.task().about().isEmpty()) {
            Arrays.fill(of, -1);
            for (int k = 0; k < first.train().length; k++) {
                of[first.train()[k]] = places.getFirst()[k];
            }
            return of;
        }
        Map<Long, Integer> before = new HashMap<>();
        long[] keys = first.task().keys(asked);
        for (int k = 0; k < of.length; k++) {
            List<Integer> alike = found.getOrDefault(keys[k], List.of());
            int nth = before.merge(keys[k], 1, Integer::sum) - 1;
            of[k] = alike.isEmpty() ? -1 : alike.get(Math.min(nth, alike.size() - 1));
        }
        return of;
    }
}
