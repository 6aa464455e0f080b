package intarsia.models.evaluation;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.AcceptsTasks;
import intarsia.models.BoundModel;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.ModelState;
import intarsia.models.Outcome;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a new task would do: each task in turn is left out, the estimator is fitted on the others, and the task is added to that model by its
 * own training and validation rows. Beside the estimator fitted on all tasks at once this tells what a later task loses. As many fits as
 * there are tasks; a test row of a task is never seen by the model that predicts it.
 *
 * @param estimator whose models take a task
 */
public record LeaveOneTaskOut(Estimator estimator) implements Estimator {
    @Override
    public String key() {
        return estimator.key() + "-new-task";
    }

    @Override
    public String name() {
        return estimator.name() + ", each task as a new one";
    }

    @Override
    public boolean learns(ResponseFamily family) {
        return estimator.learns(family);
    }

    @Override
    public Object together(Task task) {
        return estimator.together(task);
    }

    @Override
    public String reference() {
        return estimator.reference();
    }

    /**
     * Fits and adds.
     *
     * @throws DataException if there is one task only, or the estimator's models take no task
     */
    @Override
    public Outcome<? extends Model> fit(FitContext context) {
        DataSplit split = context.split();
        if (split.tasks().size() < 2) {
            throw new DataException("to leave one task out takes two tasks at least");
        }
        Map<String, Model> byTask = new TreeMap<>();
        for (TaskSplit task : split.tasks()) {
            String name = task.task().name();
            RandomStream random = context.random().child("without/" + name);
            Model others = estimator.fit(new FitContext(context.engine(), without(split, task), random, context.progress())).orThrow();
            if (!(others instanceof AcceptsTasks accepting && accepting.acceptsTasks())) {
                throw new DataException(estimator.name()
                        + " takes no new task, so none can be left out; auto, dual-encoder, gp and tenmtl take one");
            }
            byTask.put(name, accepting.add(context.engine(), task, random.child("adding")).orThrow());
        }
        return new Outcome.Converged<>(new EachAdded(byTask), 1);
    }

    private static DataSplit without(DataSplit split, TaskSplit left) {
        TaskSet others = split.data().without(left.task());
        return new DataSplit(others, split.tasks().stream().filter(task -> task != left).map(task ->
                new TaskSplit(others.task(task.task().name()), task.train(), task.validation(), task.test())).toList());
    }

    /** For each task the model that it was added to. It is judged, and not saved. */
    private record EachAdded(Map<String, Model> byTask) implements Model {
        @Override
        public Map<String, ResponseFamily> responses() {
            Map<String, ResponseFamily> responses = new TreeMap<>();
            byTask.forEach((task, model) -> responses.put(task, model.response(task)));
            return responses;
        }

        @Override
        public List<Source> sources() {
            return byTask.values().stream().flatMap(model -> model.sources().stream()).distinct().toList();
        }

        @Override
        public List<Source> requiredSources() {
            return byTask.values().stream().flatMap(model -> model.requiredSources().stream()).distinct().toList();
        }

        @Override
        public BoundModel bind(Engine engine) {
            Map<String, BoundModel> bound = new TreeMap<>();
            byTask.forEach((task, model) -> bound.put(task, model.bind(engine)));
            return new BoundModel() {
                @Override
                public double[] predict(String task, Observations rows) {
                    response(task);
                    return bound.get(task).predict(task, rows);
                }

                @Override
                public void close() {
                    new ArrayList<>(bound.values()).forEach(BoundModel::close);
                }
            };
        }

        @Override
        public ModelState state() {
            throw new UnsupportedOperationException("models with a task left out each are for judging only");
        }

        @Override
        public Map<String, String> hyperparameters() {
            return Map.of();
        }
    }
}
