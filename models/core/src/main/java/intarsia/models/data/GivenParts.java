package intarsia.models.data;

import intarsia.linalg.RandomStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One split, given row by row. Where a task has no validation rows, they are drawn at random from its rows to learn from; folds inside a
 * fit are drawn at random as well.
 *
 * @param column where parts stand, for people
 * @param parts  the part of every row, by the task's name
 */
public record GivenParts(String column, Map<String, List<Part>> parts) implements Scheme {
    private static final RandomRows WITHIN = new RandomRows(true);

    /** What a row is for. */
    public enum Part {
        /** To learn from. */
        TRAIN,
        /** To choose and stop by. */
        VALIDATION,
        /** To be judged on. */
        TEST
    }

    /** Keeps copies. */
    public GivenParts {
        Map<String, List<Part>> copied = new LinkedHashMap<>();
        parts.forEach((task, given) -> copied.put(task, List.copyOf(given)));
        parts = Map.copyOf(copied);
    }

    /** A share of 0 for test rows leaves those given for the test to learn from. */
    @Override
    public DataSplit draw(DataSplit split, double validationShare, double testShare, RandomStream random) {
        TaskSplit.checkShares(validationShare, testShare);
        DataSplit given = new DataSplit(split.data(), split.map(task -> {
            List<Part> of = parts.get(task.task().name());
            if (IntStream.of(task.train()).allMatch(row -> of.get(row) == Part.VALIDATION || testShare > 0 && of.get(row) == Part.TEST)) {
                throw new DataException("task '" + task.task().name() + "': no row is given to learn from in column '" + column + "'");
            }
            return task.moved(row -> of.get(row) == Part.VALIDATION, row -> testShare > 0 && of.get(row) == Part.TEST);
        }));
        DataSplit drawn = WITHIN.draw(given, validationShare / (1 - testShare), 0, random);
        return new DataSplit(split.data(), given.cohorts().stream().flatMap(cohort ->
                cohort.stream().map(task -> cohort.stream().anyMatch(any -> any.validation().length > 0) ? task
                        : drawn.task(task.task().name()))).toList());
    }

    @Override
    public List<DataSplit> folds(DataSplit split, int count, int least, RandomStream random) {
        return WITHIN.folds(split, count, least, random);
    }

    @Override
    public void check(DataSplit all, int folds) {
        Scheme.checkSizes(all, "parts", task -> parts.getOrDefault(task, List.of()).size());
        if (folds != 0) {
            throw new DataException(folds + " folds: the split of column '" + column + "' is the only one");
        }
        if (parts.values().stream().noneMatch(given -> given.contains(Part.TEST))) {
            throw new DataException("column '" + column + "' gives no row for the test");
        }
        for (Task task : all.taskList()) {
            if (!parts.get(task.name()).contains(Part.TRAIN)) {
                throw new DataException("task '" + task.name() + "': no row is given to learn from in column '" + column + "'");
            }
        }
    }

    @Override
    public boolean repeatable() {
        return false;
    }

    @Override
    public String words() {
        return "as given (" + column + ")";
    }
}
