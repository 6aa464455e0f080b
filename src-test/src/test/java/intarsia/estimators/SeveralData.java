package intarsia.estimators;

import intarsia.models.data.Observations;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@link EstimatorData} with two responses, "first" and "second": the second is the response that a row's neighbor has. Each change gives
 * the same data in another form, or with responses missing.
 *
 * @param first    family of the first response
 * @param second   family of the second response
 * @param swapped  whether the second response is given before the first
 * @param named    whether rows have names
 * @param reversed whether rows are in another order
 * @param lacking  whether bergen has no second response
 * @param partly   whether every fourth row lacks the second response, and every fifth both
 */
record SeveralData(ResponseFamily first, ResponseFamily second, boolean swapped, boolean named, boolean reversed, boolean lacking,
        boolean partly) {
    SeveralData(ResponseFamily first, ResponseFamily second) {
        this(first, second, false, true, false, false, false);
    }

    SeveralData swap() {
        return new SeveralData(first, second, true, named, reversed, lacking, partly);
    }

    SeveralData unnamed() {
        return new SeveralData(first, second, swapped, false, reversed, lacking, partly);
    }

    SeveralData reverse() {
        return new SeveralData(first, second, swapped, named, true, lacking, partly);
    }

    SeveralData lack() {
        return new SeveralData(first, second, swapped, named, reversed, true, partly);
    }

    SeveralData missingPartly() {
        return new SeveralData(first, second, swapped, named, reversed, lacking, true);
    }

    /** The family of a response. */
    ResponseFamily family(String about) {
        return about.equals("first") ? first : second;
    }

    /** The tasks, all pairs that are there. */
    TaskSet taskSet() {
        List<Task> tasks = new ArrayList<>();
        for (String about : List.of("first", "second")) {
            for (Task of : new EstimatorData(family(about)).taskSet().tasks()) {
                if (!lacking || !of.name().equals("bergen") || about.equals("first")) {
                    tasks.add(task(of, about));
                }
            }
        }
        if (swapped) {
            Collections.reverse(tasks);
        }
        TaskSet.Builder all = TaskSet.builder();
        tasks.forEach(all::task);
        return all.build();
    }

    private Task task(Task of, String about) {
        boolean isFirst = about.equals("first");
        List<Integer> order = new ArrayList<>(IntStream.range(0, of.size()).boxed().toList());
        if (reversed) {
            Collections.reverse(order);
        }
        int[] given = order.stream().mapToInt(Integer::intValue).filter(row -> !partly || row % 5 != 4 && (isFirst || row % 4 != 3))
                .toArray();
        int[] missing = order.stream().mapToInt(Integer::intValue).filter(row -> IntStream.of(given).noneMatch(one -> one == row))
                .toArray();
        Observations rows = Observations.of(of, given);
        Task.Builder task = Task.of(of.name(), about, of.family()).rows(named ? rows.rows() : null)
                .unlabelled(Observations.of(of, missing));
        rows.blocks().forEach(task::block);
        int each = of.family().columns();
        double[] y = new double[given.length * each];
        for (int i = 0; i < given.length; i++) {
            int from = isFirst ? given[i] : (given[i] + 1) % of.size();
            System.arraycopy(of.response(), from * each, y, i * each, each);
        }
        return task.response(y);
    }
}
