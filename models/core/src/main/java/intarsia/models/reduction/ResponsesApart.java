package intarsia.models.reduction;

import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lets an estimator that fits only some tasks together ({@link Estimator#together}) learn several responses: those that it does not fit
 * together by a fit each. Rows have the same part in each fit. Where all tasks go together it is the estimator itself.
 *
 * @param estimator what is fitted
 * @param start     a model that it fitted, to begin from; null for none
 */
public record ResponsesApart(Estimator estimator, ApartModel start) implements Estimator {
    /** What learns these tasks: the estimator itself where it fits all of them together. */
    public static Estimator of(Estimator estimator, Collection<Task> tasks) {
        return tasks.stream().map(estimator::together).distinct().count() < 2 ? estimator : new ResponsesApart(estimator, null);
    }

    @Override
    public String key() {
        return estimator.key();
    }

    @Override
    public String name() {
        return estimator.name();
    }

    @Override
    public String reference() {
        return estimator.reference();
    }

    @Override
    public boolean learns(ResponseFamily family) {
        return estimator.learns(family);
    }

    @Override
    public Outcome<? extends Model> fit(FitContext context) {
        DataSplit split = context.split();
        Map<Object, List<TaskSplit>> parts = new LinkedHashMap<>();
        split.tasks().forEach(task -> parts.computeIfAbsent(estimator.together(task.task()), part -> new ArrayList<>()).add(task));
        if (parts.size() == 1) {
            return estimator.fit(context);
        }
        Map<String, Model> members = new LinkedHashMap<>();
        List<List<String>> about = new ArrayList<>();
        Map<String, ResponseFamily> responses = new TreeMap<>();
        List<String> stopped = new ArrayList<>();
        int epochs = 1;
        for (List<TaskSplit> part : parts.values()) {
            String name = ApartModel.member(members.size());
            String first = part.getFirst().task().name();
            Estimator own = start != null && start.members().containsKey(name) ? estimator.startingFrom(start.members().get(name))
                    : estimator;
            switch (own.fit(context.with(split.only(part)).child(first))) {
                case Outcome.Converged<? extends Model>(Model model, int many) -> {
                    members.put(name, model);
                    epochs = Math.max(epochs, many);
                }
                case Outcome.Stopped<? extends Model>(Model model, String why) -> {
                    members.put(name, model);
                    stopped.add(first + ": " + why);
                }
                case Outcome.Diverged<? extends Model>(int epoch, String where) -> {
                    return new Outcome.Diverged<>(epoch, first + ", " + where);
                }
            }
            about.add(part.stream().map(task -> task.task().about()).distinct().toList());
            part.forEach(task -> responses.put(task.task().name(), task.task().family()));
        }
        ApartModel model = new ApartModel(new ApartModel.Settings(responses, about), members);
        return stopped.isEmpty() ? new Outcome.Converged<>(model, epochs) : new Outcome.Stopped<>(model, String.join("; ", stopped));
    }

    @Override
    public Estimator startingFrom(Model fitted) {
        return fitted instanceof ApartModel apart ? new ResponsesApart(estimator, apart)
                : new ResponsesApart(estimator.startingFrom(fitted), null);
    }

    @Override
    public boolean made(Model model) {
        return model instanceof ApartModel apart ? apart.members().values().stream().allMatch(estimator::made) : estimator.made(model);
    }

    @Override
    public Estimator atMost(int epochs) {
        return new ResponsesApart(estimator.atMost(epochs), start);
    }
}
