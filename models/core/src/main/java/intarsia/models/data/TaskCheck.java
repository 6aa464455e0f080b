package intarsia.models.data;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether what a task was put together from fits. */
final class TaskCheck {
    private static final int LONGEST_NAME = 100;

    private TaskCheck() {}

    /**
     * Checks all of a task.
     *
     * @throws DataException at the first thing that does not fit
     */
    static void check(Task task) {
        checkName(task.name());
        int columns = task.family().columns();
        if (task.response().length % columns != 0) {
            throw new DataException("task '" + task.name() + "': " + task.response().length + " numbers are not responses of " + columns
                    + " numbers each");
        }
        if (task.size() == 0) {
            throw new DataException("task '" + task.name() + "': has no rows");
        }
        checkRows(task);
        checkResponse(task);
        checkWeights(task);
        task.blocks().forEach((source, values) -> checkBlock(task, source, values));
    }

    /** A task's name becomes the name of a file when its table is written. */
    private static void checkName(String name) {
        boolean fits = !name.isBlank() && name.length() <= LONGEST_NAME && !name.equals(".") && !name.equals("..")
                && name.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
        if (!fits) {
            throw new DataException("task '" + (name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "..." : name)
                    + "': its name becomes a file's; it may not be empty, '.' or '..', longer than " + LONGEST_NAME
                    + " characters, or hold a slash, a backslash or a control character");
        }
    }

    private static void checkRows(Task task) {
        List<String> rows = task.rows();
        if (rows.size() != task.size()) {
            throw new DataException("task '" + task.name() + "': " + rows.size() + " row names and " + task.size() + " responses");
        }
        Set<String> seen = new HashSet<>();
        for (String row : rows) {
            if (!seen.add(row)) {
                throw new DataException("task '" + task.name() + "': row '" + row + "' is there twice");
            }
        }
    }

    private static void checkResponse(Task task) {
        for (int i = 0; i < task.size(); i++) {
            String problem = task.family().problem(task.response(), i * task.family().columns());
            if (problem != null) {
                throw new DataException(row(task, i) + ": the response is " + problem);
            }
        }
    }

    private static void checkWeights(Task task) {
        double[] weights = task.weights();
        if (weights.length != task.size()) {
            throw new DataException("task '" + task.name() + "': " + weights.length + " weights of " + task.size() + " rows");
        }
        for (int i = 0; i < weights.length; i++) {
            if (!(weights[i] > 0 && weights[i] < Double.POSITIVE_INFINITY)) {
                throw new DataException(row(task, i) + ": the weight is " + weights[i] + ", which must be above 0");
            }
        }
    }

    private static void checkBlock(Task task, Source source, Block values) {
        if (values.size() != task.size()) {
            throw new DataException("task '" + task.name() + "', source '" + source.name() + "': " + values.size() + " rows and "
                    + task.size() + " responses");
        }
        source.check(values, i -> row(task, i));
    }

    private static String row(Task task, int row) {
        return "task '" + task.name() + "', row '" + task.rows().get(row) + "'";
    }
}
