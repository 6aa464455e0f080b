package intarsia.models.study.dual;

import intarsia.linalg.Engine;
import intarsia.models.BoundModel;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.ModelState;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One network on the rows of all tasks, which does not know of tasks; of the sources, those that all have.
 *
 * @param responses the tasks
 * @param network   fitted on a single task, {@value #ALL}
 */
record PooledNetwork(Map<String, ResponseFamily> responses, Model network) implements Model {
    private static final String ALL = "all";

    static PooledNetwork fit(FitContext context) {
        Map<String, ResponseFamily> responses = new LinkedHashMap<>();
        Map<Source, List<double[]>> blocks = new LinkedHashMap<>();
        context.split().data().anchors().forEach(source -> blocks.put(source, new ArrayList<>()));
        List<Double> y = new ArrayList<>();
        List<Integer> train = new ArrayList<>();
        List<Integer> validation = new ArrayList<>();
        for (TaskSplit split : context.split().tasks()) {
            responses.put(split.task().name(), split.task().family());
            for (int part = 0; part < 2; part++) {
                for (int row : part == 0 ? split.train() : split.validation()) {
                    (part == 0 ? train : validation).add(y.size());
                    y.add(split.task().response()[row]);
                    blocks.forEach((source, rows) -> rows.add(split.task().blocks().get(source).row(row)));
                }
            }
        }
        Task.Builder all = Task.of(ALL, context.split().tasks().getFirst().task().family());
        blocks.forEach((source, rows) -> all.block(source, rows.toArray(double[][]::new)));
        TaskSet data = TaskSet.builder().task(all.response(y.stream().mapToDouble(Double::doubleValue).toArray())).build();
        DataSplit split = DataSplit.of(data, task -> new TaskSplit(task, numbers(train), numbers(validation), new int[0]));
        return new PooledNetwork(responses, DualMethods.singleTask(context.with(split)));
    }

    private static int[] numbers(List<Integer> rows) {
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public List<Source> sources() {
        return network.sources();
    }

    @Override
    public List<Source> requiredSources() {
        return network.requiredSources();
    }

    @Override
    public BoundModel bind(Engine engine) {
        BoundModel bound = network.bind(engine);
        return new BoundModel() {
            @Override
            public double[] predict(String task, Observations rows) {
                response(task);
                return bound.predict(ALL, rows);
            }

            @Override
            public void close() {
                bound.close();
            }
        };
    }

    @Override
    public ModelState state() {
        return network.state();
    }

    @Override
    public Map<String, String> hyperparameters() {
        return network.hyperparameters();
    }
}
