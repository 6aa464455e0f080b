package intarsia.models.trees;

import intarsia.linalg.Elementary;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Outcome;
import intarsia.models.Tuning;
import intarsia.models.Weights;
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

    /** Tasks with the same kind of response. */
    private record Group(ResponseFamily family, List<TaskSplit> tasks, FeatureEncoding encoding, TreeRows rows) {
        TreeGrower.Table table(Function<TaskSplit, int[]> part) {
            int count = tasks.stream().mapToInt(task -> part.apply(task).length).sum();
            float[] x = new float[count * rows.width()];
            float[] y = new float[count];
            int row = 0;
            for (TaskSplit task : tasks) {
                int[] of = part.apply(task);
                String name = task.task().name();
                System.arraycopy(rows.of(name, task.observations(of)), 0, x, row * rows.width(), of.length * rows.width());
                for (double response : encoding.responses(task, of)) {
                    y[row++] = (float) response;
                }
            }
            return new TreeGrower.Table(x, rows.width(), y);
        }
    }

    Outcome<TreeModel> fit(FitContext context) {
        estimator.requireLearned(context.split());
        DataSplit both = context.split().withoutValidation();
        List<TaskSources> tasks = both.map(TreeFit::sources);
        FeatureEncoding encoding = FeatureEncoding.of(both, FeatureEncoding.Scaling.STANDARDIZED);
        Map<String, String> chosen = new LinkedHashMap<>();
        Weights weights = Weights.NONE;
        boolean limited = false;
        List<ResponseFamily> families = tasks.stream().map(TaskSources::response).distinct()
                .sorted(Comparator.comparing(ResponseFamily::key)).toList();
        for (ResponseFamily family : families) {
            long seed = context.random().child("trees/" + family.key()).nextLong();
            List<Judged> judged = judged(group(context.split(), family), seed, context);
            int best = Selection.of(recipes.subList(0, judged.size()), judged.stream().mapToDouble(Judged::loss).toArray()).chosen();
            int rounds = judged.get(best).rounds;
            limited |= rounds > 1 && rounds == recipes.get(best).mostRounds();
            TreeEnsemble trees = grown(group(both, family), recipes.get(best), rounds, seed);
            weights = weights.and(trees.weights().under(family.key()));
            String suffix = families.size() > 1 ? " (" + family.key() + ")" : "";
            recipes.get(best).chosen().forEach((name, value) -> chosen.put(name + suffix, value));
            chosen.put("trees" + suffix, Integer.toString(trees.trees()));
        }
        TreeModel model = new TreeModel(new TreeModel.Settings(chosen, linear, new ObservedTasks(tasks, encoding, false)), weights);
        return limited ? new Outcome.Stopped<>(model, estimator.name() + " reached its limit of trees") : new Outcome.Converged<>(model, 1);
    }

    private static TaskSources sources(TaskSplit split) {
        return new TaskSources(split.task().name(), split.task().family(), split.task().blocks().keySet().stream()
                .sorted(Comparator.comparing(Source::name)).toList());
    }

    private static Group group(DataSplit split, ResponseFamily family) {
        FeatureEncoding encoding = FeatureEncoding.of(split, FeatureEncoding.Scaling.STANDARDIZED);
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
        try (TreeGrower grower = grower(group, recipe, seed, group.table(TaskSplit::validation))) {
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
            double[] predicted = TreeModel.predicted(group.encoding.response().get(task.task().name()), group.family, linear,
                    Arrays.copyOfRange(sums, from, from + rows.length));
            from += rows.length;
            if (rows.length > 0) {
                loss += HeldOutLoss.of(task, rows, predicted);
                tasks++;
            }
        }
        return loss / tasks;
    }

    private TreeGrower grower(Group group, Recipe recipe, long seed, TreeGrower.Table held) {
        TreeGrower.Table learned = group.table(TaskSplit::train);
        return new TreeGrower(recipe.parameters().apply(group.family), seed, base(group.family, learned.responses()), learned, held);
    }

    private TreeEnsemble grown(Group group, Recipe recipe, int rounds, long seed) {
        try (TreeGrower grower = grower(group, recipe, seed, null)) {
            for (int round = 0; round < rounds; round++) {
                grower.round();
            }
            return grower.trees();
        }
    }

    /** The mean response; on the scale of log-odds with half a row of each class added. */
    private double base(ResponseFamily family, float[] y) {
        double sum = 0;
        for (float of : y) {
            sum += of;
        }
        boolean logOdds = linear && family.equals(ResponseFamily.BINARY);
        return logOdds ? Elementary.log((sum + 0.5) / (y.length - sum + 0.5)) : sum / y.length;
    }
}
