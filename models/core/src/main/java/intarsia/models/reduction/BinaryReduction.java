package intarsia.models.reduction;

import intarsia.linalg.Tensor;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.Tuning;
import intarsia.models.Weights;
import intarsia.models.data.DataSplit;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Lets an estimator that learns binary responses learn those of levels, by a fit for each of several binary questions:
 *
 * <pre>
 * classes    is it class k?        k = 1..K      P(k) = p_k / sum_j p_j
 * ordered    is it above level k?  k = 1..K-1    P(k) = p_(k-1) - p_k,  p made to fall, p_0 = 1, p_K = 0
 * </pre>
 *
 * One against the others: Rifkin &amp; Klautau 2004. Thresholds: Frank &amp; Hall 2001; that p is made to fall by pooling neighbors, and
 * that one row of the task's shares of levels is added to its n rows, so that no level is impossible, is ours.
 *
 * <p>Every fit has the same rows in the same parts. Tasks whose response the estimator learns as it is take part in each of them, and are
 * predicted by the first; a task with fewer levels than others takes part in the first fits only. It costs as many fits as the task with
 * the most questions has.
 *
 * @param estimator what is fitted
 * @param start     a model that it fitted, to begin from; null for none
 */
public record BinaryReduction(Estimator estimator, ReducedModel start) implements Estimator {
    /** Of an estimator. */
    public BinaryReduction(Estimator estimator) {
        this(estimator, null);
    }

    /** What learns all of these families: the estimator itself, else its reduction; empty if neither does. */
    public static Optional<Estimator> learning(Estimator estimator, Collection<ResponseFamily> families) {
        Estimator reduced = new BinaryReduction(estimator);
        return families.stream().allMatch(estimator::learns) ? Optional.of(estimator)
                : families.stream().allMatch(reduced::learns) ? Optional.of(reduced) : Optional.empty();
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
    public boolean learns(ResponseFamily family) {
        return estimator.learns(family) || reduces(family);
    }

    private boolean reduces(ResponseFamily family) {
        return !estimator.learns(family) && LevelQuestions.of(family) != null && estimator.learns(ResponseFamily.BINARY);
    }

    @Override
    public Outcome<? extends Model> fit(FitContext context) {
        requireLearned(context.split());
        Set<String> reduced = context.split().tasks().stream().map(TaskSplit::task).filter(task -> reduces(task.family()))
                .map(task -> task.name()).collect(Collectors.toSet());
        if (reduced.isEmpty()) {
            return estimator.fit(context);
        }
        BinaryTasks tasks = new BinaryTasks(context.split().data(), reduced);
        Map<String, Model> members = new LinkedHashMap<>();
        List<String> stopped = new ArrayList<>();
        int epochs = 1;
        for (int question = 0; question < tasks.questions(); question++) {
            String name = ReducedModel.member(question);
            String label = tasks.label(question);
            Estimator own = start != null && start.members().containsKey(name) ? estimator.startingFrom(start.members().get(name))
                    : estimator;
            switch (own.fit(new FitContext(context.engine(), tasks.split(context.split(), question), context.random().child(label),
                    new Labeled(label, context.progress())))) {
                case Outcome.Converged<? extends Model>(Model model, int many) -> {
                    members.put(name, model);
                    epochs = Math.max(epochs, many);
                }
                case Outcome.Stopped<? extends Model>(Model model, String why) -> {
                    members.put(name, model);
                    stopped.add(label + ": " + why);
                }
                case Outcome.Diverged<? extends Model>(int epoch, String where) -> {
                    return new Outcome.Diverged<>(epoch, label + ", " + where);
                }
            }
        }
        ReducedModel model = new ReducedModel(new ReducedModel.Settings(responses(context.split()), members.size()),
                additions(context.split(), reduced), members);
        return stopped.isEmpty() ? new Outcome.Converged<>(model, epochs) : new Outcome.Stopped<>(model, String.join("; ", stopped));
    }

    private static Map<String, ResponseFamily> responses(DataSplit split) {
        Map<String, ResponseFamily> responses = new TreeMap<>();
        split.tasks().forEach(task -> responses.put(task.task().name(), task.task().family()));
        return responses;
    }

    /** Of each task with questions about thresholds, what is added to the probability of each level. */
    private static Weights additions(DataSplit split, Set<String> reduced) {
        Weights additions = Weights.NONE;
        for (TaskSplit task : split.tasks()) {
            if (reduced.contains(task.task().name())) {
                additions = additions.and(addition(task));
            }
        }
        return additions;
    }

    /** One row of the task's shares of levels, as a share of its rows and that one. */
    static Weights addition(TaskSplit task) {
        if (LevelQuestions.of(task.task().family()) != LevelQuestions.ABOVE) {
            return Weights.NONE;
        }
        int[] rows = task.trainAndValidation();
        double[] weights = task.weights(rows);
        double[] shares = task.task().family().expected(task.responses(rows), weights);
        double all = Arrays.stream(weights).sum();
        for (int k = 0; k < shares.length; k++) {
            shares[k] /= all + 1;
        }
        return Weights.NONE.and(task.task().name(), Tensor.vector(shares));
    }

    /** Says of which question a choice was made. */
    private record Labeled(String label, Progress progress) implements Progress {
        @Override
        public void report(String stage, long done, long total) {
            progress.report(label + ": " + stage, done, total);
        }

        @Override
        public void chose(Tuning tuning) {
            progress.chose(new Tuning(label + ": " + tuning.what(), tuning.candidates(), tuning.losses(), tuning.chosen(), tuning.fits(),
                    tuning.steps()));
        }
    }

    @Override
    public Estimator startingFrom(Model fitted) {
        return fitted instanceof ReducedModel reduced ? new BinaryReduction(estimator, reduced)
                : new BinaryReduction(estimator.startingFrom(fitted));
    }

    @Override
    public boolean made(Model model) {
        return model instanceof ReducedModel reduced ? reduced.members().values().stream().allMatch(estimator::made)
                : estimator.made(model);
    }

    @Override
    public Estimator atMost(int epochs) {
        return new BinaryReduction(estimator.atMost(epochs), start);
    }
}
