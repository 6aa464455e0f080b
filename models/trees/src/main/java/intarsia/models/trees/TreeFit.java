package intarsia.models.trees;

import intarsia.linalg.Engine;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Outcome;
import intarsia.models.Tuning;
import intarsia.models.Weights;
import intarsia.models.baseline.ConditionalBaselines;
import intarsia.models.data.DataSplit;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Source;
import intarsia.models.data.TaskSplit;
import intarsia.models.net.ObservedTasks;
import intarsia.models.net.ObservedTasks.TaskSources;
import intarsia.models.response.ResponseFamily;
import intarsia.models.selection.HeldOutLoss;
import intarsia.models.selection.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Grows trees by each of several recipes on training rows, chooses recipe and number of rounds by the loss on validation rows
 * ({@link HeldOutLoss}), and grows them again on both; for each kind of response by itself.
 *
 * @param estimator what is fitted
 * @param linear    whether trees add up to the linear predictor, else to the mean
 * @param recipes   what is chosen from; the first where there are no validation rows
 */
record TreeFit(Estimator estimator, boolean linear, List<Recipe> recipes) {
    /** Rounds, and the validation loss after them. */
    private record Judged(int rounds, double loss) {}

    /** Tasks with the same family of responses. */
    private record Group(ResponseFamily family, List<TaskSplit> tasks, FeatureEncoding encoding, TreeRows rows) {
        /** Rows to predict. */
        TreeGrower.Table held() {
            float[] x = features(TaskSplit::validation);
            return new TreeGrower.Table(x, rows.width(), new float[x.length / rows.width()]);
        }

        float[] features(Function<TaskSplit, int[]> part) {
            float[] x = new float[tasks.stream().mapToInt(task -> part.apply(task).length).sum() * rows.width()];
            int from = 0;
            for (TaskSplit task : tasks) {
                float[] of = rows.of(task.task().name(), task.observations(part.apply(task)));
                System.arraycopy(of, 0, x, from, of.length);
                from += of.length;
            }
            return x;
        }

        /** How much training rows count. */
        double[] weights() {
            return tasks.stream().flatMapToDouble(task -> Arrays.stream(task.weights(task.train()))).toArray();
        }

        /** The responses of training rows as they are learned. */
        double[] learned() {
            return tasks.stream().flatMapToDouble(task -> Arrays.stream(encoding.responses(task, task.train()))).toArray();
        }
    }

    Outcome<TreeModel> fit(FitContext context) {
        estimator.requireLearned(context.split());
        DataSplit both = context.split().withoutValidation();
        List<TaskSources> tasks = both.map(TreeFit::sources);
        FeatureEncoding judging = encoding(context.engine(), context.split());
        FeatureEncoding encoding = encoding(context.engine(), both);
        Map<String, String> chosen = new LinkedHashMap<>();
        Weights weights = Weights.NONE;
        boolean limited = false;
        List<ResponseFamily> families = TreeModel.families(tasks);
        for (ResponseFamily family : families) {
            long seed = context.random().child("trees/" + family.key()).nextLong();
            List<Judged> judged = judged(group(context.split(), family, judging), seed, context);
            int best = Selection.of(recipes.subList(0, judged.size()), judged.stream().mapToDouble(Judged::loss).toArray()).chosen();
            int rounds = judged.get(best).rounds;
            limited |= rounds > 1 && rounds == recipes.get(best).mostRounds();
            List<TreeEnsemble> trees = grown(group(both, family, encoding), recipes.get(best), rounds, seed);
            for (int k = 0; k < trees.size(); k++) {
                weights = weights.and(trees.get(k).weights().under(TreeModel.path(families, family, k)));
            }
            String suffix = families.size() > 1 ? " (" + family.key() + ")" : "";
            recipes.get(best).chosen().forEach((name, value) -> chosen.put(name + suffix, value));
            chosen.put("trees" + suffix, Integer.toString(trees.stream().mapToInt(TreeEnsemble::trees).sum()));
        }
        TreeModel model = new TreeModel(new TreeModel.Settings(chosen, linear, new ObservedTasks(tasks, encoding, false)), weights);
        return limited ? new Outcome.Stopped<>(model, estimator.name() + " reached its limit of trees") : new Outcome.Converged<>(model, 1);
    }

    private static TaskSources sources(TaskSplit split) {
        return new TaskSources(split.task().name(), split.task().family(), split.task().blocks().keySet().stream()
                .sorted(Comparator.comparing(Source::name)).toList());
    }

    private static FeatureEncoding encoding(Engine engine, DataSplit split) {
        return ConditionalBaselines.of(engine, split, FeatureEncoding.of(split, FeatureEncoding.Scaling.STANDARDIZED));
    }

    private static Group group(DataSplit split, ResponseFamily family, FeatureEncoding encoding) {
        List<TaskSplit> tasks = split.tasks().stream().filter(task -> task.task().family().equals(family)).toList();
        return new Group(family, tasks, encoding, new TreeRows(tasks.stream().map(TreeFit::sources).toList(), encoding));
    }

    /** Each recipe's best number of rounds. Where there is nothing to choose, or no rows to choose by, the first with its own number. */
    private List<Judged> judged(Group group, long seed, FitContext context) {
        boolean choice = recipes.size() > 1 || recipes.getFirst().mostRounds() > 1;
        if (!choice || group.tasks.stream().allMatch(task -> task.validation().length == 0)) {
            return List.of(new Judged(recipes.getFirst().unjudged(), 0));
        }
        List<Judged> judged = new ArrayList<>();
        for (Recipe recipe : recipes) {
            judged.add(judged(group, recipe, seed));
            context.progress().report("choosing " + estimator.name(), judged.size(), recipes.size());
        }
        double[] losses = judged.stream().mapToDouble(Judged::loss).toArray();
        context.progress().chose(new Tuning(estimator.name(), recipes.stream().map(recipe -> recipe.chosen().toString()).toList(), losses,
                Selection.of(recipes, losses).chosen(), recipes.size(), judged.stream().mapToInt(Judged::rounds).sum()));
        return judged;
    }

    private Judged judged(Group group, Recipe recipe, long seed) {
        try (TreeGrower grower = grower(group, recipe, seed, group.held())) {
            Judged best = new Judged(1, Double.POSITIVE_INFINITY);
            for (int round = 1; round <= recipe.mostRounds() && round - best.rounds <= recipe.patience(); round++) {
                grower.round();
                double loss = loss(group, grower.held());
                best = loss < best.loss ? new Judged(round, loss) : best;
            }
            return best;
        }
    }

    private double loss(Group group, double[] sums) {
        double loss = 0;
        int tasks = 0;
        int from = 0;
        for (TaskSplit task : group.tasks) {
            int[] rows = task.validation();
            int numbers = rows.length * group.family.predictors();
            double[] predicted = TreeModel.predicted(group.encoding.response().get(task.task().name()), group.family, linear,
                    Arrays.copyOfRange(sums, from, from + numbers));
            from += numbers;
            if (rows.length > 0) {
                loss += HeldOutLoss.of(task, rows, predicted);
                tasks++;
            }
        }
        return loss / tasks;
    }

    private TreeGrower grower(Group group, Recipe recipe, long seed, TreeGrower.Table held) {
        TreeTargets targets = TreeTargets.of(group.family, linear, group.learned(), group.weights());
        return new TreeGrower(recipe.parameters().apply(group.family), seed, targets.base(),
                targets.table(group.features(TaskSplit::train), group.rows.width()), held);
    }

    private List<TreeEnsemble> grown(Group group, Recipe recipe, int rounds, long seed) {
        try (TreeGrower grower = grower(group, recipe, seed, null)) {
            for (int round = 0; round < rounds; round++) {
                grower.round();
            }
            return grower.trees();
        }
    }
}
