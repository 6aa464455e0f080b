package intarsia.models.hmb;

import intarsia.linalg.Engine;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.BoundModel;
import intarsia.models.FitContext;
import intarsia.models.Tuning;
import intarsia.models.Weights;
import intarsia.models.data.DataSplit;
import intarsia.models.data.TaskFeatures;
import intarsia.models.data.TaskSplit;
import intarsia.models.selection.HeldOutLoss;
import intarsia.models.selection.PairedGain;
import intarsia.models.selection.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * MTL-HMB's linear path alone: {@link SharedRidge ridge regression} on whole rows, imputed where a block is missing, as the model that the
 * network has to beat. Ours.
 *
 * <p>The two ridges, of each response its own, are the pair with the smallest loss in five folds of the training and validation rows, of a
 * task with many rows of {@value #MOST} drawn at random. Unless that is below the loss of the tasks' means by more than one standard error
 * of the rows' differences, there are no coefficients; nor has a task any whose own loss in the folds they do not lower. The network is
 * kept if its loss on validation rows is below that of the ridge regression of the training rows by more than one standard error; else the
 * ridge regression of training and validation rows is the model, and the network's heads are 0. Without validation rows nothing speaks for
 * the network. Early stopping has looked at those rows and favors the network; the standard error is what it has to pay for that.
 */
final class LinearPath {
    private static final int FOLDS = 5;
    /** Ridges are chosen by so many rows of a task at most; more would cost much and hardly change the choice. */
    private static final int MOST = 2_000;

    private final List<TaskFeatures> features;
    /** Of each task; the same of tasks about the same response. */
    private final SharedRidge[] ridges;
    private final boolean[] atMean;
    /** Of each task's validation rows, by the ridge regression of the training rows. */
    private final List<double[]> losses = new ArrayList<>();
    private final List<Tuning> choices = new ArrayList<>();

    /**
     * Chosen on the data that models are fitted on.
     *
     * @param model one of them: what it imputes, and how it encodes responses, counts; its network does not
     */
    LinearPath(FitContext context, MtlHmbModel model) {
        features = model.imputation().features();
        Rows rows = Rows.of(context, model);
        atMean = new boolean[rows.tasks.size()];
        ridges = new SharedRidge[rows.tasks.size()];
        List<List<TaskSplit>> folds = rows.tasks.stream().map(task -> folds(context, task.split)).toList();
        responses(rows).forEach((about, numbers) -> choose(context, rows, about, numbers, folds));
        List<SharedRidge.Solution> learned = solve(rows, TaskSplit::train);
        for (int t = 0; t < rows.tasks.size(); t++) {
            TaskSplit split = rows.tasks.get(t).split;
            losses.add(HeldOutLoss.rows(split, split.validation(), respond(rows, t, learned.get(t), split.validation())));
        }
    }

    /** All tasks' rows in the span of their features. */
    private record Rows(List<WholeRows> tasks, RowSpan span) {
        static Rows of(FitContext context, MtlHmbModel model) {
            List<HmbReader> readers = HmbReader.wholeRows(model.layout(), model.encoding());
            BlockImputation imputation = model.imputation();
            List<WholeRows> whole = IntStream.range(0, readers.size()).mapToObj(t ->
                    WholeRows.of(context.engine(), imputation, context.split().tasks().get(t), readers.get(t).varying())).toList();
            RowSpan span = RowSpan.of(whole.stream().flatMap(task -> task.numbers().mapToObj(row -> task.x[row]))
                    .toArray(double[][]::new));
            return new Rows(whole.stream().map(task -> new WholeRows(task.split, span.coordinates(task.x), task.y)).toList(), span);
        }
    }

    /** The numbers of the tasks about each response: their coefficients have nothing in common with those of others. */
    private static Map<String, List<Integer>> responses(Rows rows) {
        Map<String, List<Integer>> responses = new TreeMap<>();
        IntStream.range(0, rows.tasks.size()).forEach(t -> responses.computeIfAbsent(rows.tasks.get(t).split.task().about(),
                about -> new ArrayList<>()).add(t));
        return responses;
    }

    /**
     * A task's rows to learn from and to choose by, by their numbers in the task.
     *
     * @param split of the task
     * @param x     features of each row, those that do not vary being 0; null for a row that is neither
     * @param y     responses of each row, as they are learned; 0 as there
     */
    private record WholeRows(TaskSplit split, double[][] x, double[] y) {
        static WholeRows of(Engine engine, BlockImputation imputation, TaskSplit split, boolean[] varying) {
            int[] rows = split.trainAndValidation();
            double[][] x = new double[split.task().size()][];
            double[] responses = imputation.encoding().responses(split, rows);
            int p = varying.length;
            int learned = split.task().family().learned();
            double[] y = new double[x.length * learned];
            try (RowCompletion completion = new RowCompletion(engine, imputation, split.task().name())) {
                double[] dense = completion.dense(split.observations(rows));
                for (int i = 0; i < rows.length; i++) {
                    x[rows[i]] = Arrays.copyOfRange(dense, i * p, (i + 1) * p);
                    for (int f = 0; f < p; f++) {
                        x[rows[i]][f] = varying[f] ? x[rows[i]][f] : 0;
                    }
                    System.arraycopy(responses, i * learned, y, rows[i] * learned, learned);
                }
            }
            return new WholeRows(split, x, y);
        }

        IntStream numbers() {
            return Arrays.stream(split.trainAndValidation());
        }

        SharedRidge.Rows some(int[] rows) {
            int learned = split.task().family().learned();
            double[] responses = new double[rows.length * learned];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(y, rows[i] * learned, responses, i * learned, learned);
            }
            return new SharedRidge.Rows(split.task().about(), split.task().family(),
                    Arrays.stream(rows).mapToObj(row -> x[row]).toArray(double[][]::new), responses, split.weights(rows));
        }
    }

    private void choose(FitContext context, Rows of, String about, List<Integer> numbers, List<List<TaskSplit>> folds) {
        int count = folds.getFirst().size();
        List<RidgeFold> all = IntStream.range(0, count).mapToObj(fold -> new RidgeFold(rows(of, numbers, folds, fold, TaskSplit::train),
                rows(of, numbers, folds, fold, TaskSplit::validation), new double[RidgeFold.CANDIDATES.size()][][])).toList();
        context.engine().pool().runUneven(count * RidgeFold.KINDS, part ->
                all.get(part / RidgeFold.KINDS).judge(part % RidgeFold.KINDS, of.span.dimension()));
        double[][][] losses = new double[RidgeFold.CANDIDATES.size()][numbers.size()][];
        for (int c = 0; c < losses.length; c++) {
            for (int i = 0; i < losses[c].length; i++) {
                int candidate = c;
                int task = i;
                losses[c][i] = all.stream().flatMapToDouble(fold -> Arrays.stream(fold.losses()[candidate][task])).toArray();
            }
        }
        double[] means = Arrays.stream(losses).mapToDouble(each -> mean(List.of(each))).toArray();
        int best = Selection.of(RidgeFold.CANDIDATES, means).chosen();
        int chosen = PairedGain.of(List.of(losses[0]), List.of(losses[best])).told() ? best : 0;
        for (int i = 0; i < numbers.size(); i++) {
            atMean[numbers.get(i)] = mean(List.of(losses[chosen][i])) >= mean(List.of(losses[0][i]));
            ridges[numbers.get(i)] = RidgeFold.CANDIDATES.get(chosen);
        }
        choices.add(new Tuning(about.isEmpty() ? "linear path" : "linear path, " + about,
                RidgeFold.CANDIDATES.stream().map(SharedRidge::label).toList(), means, chosen, means.length * count, 0));
    }

    /** Folds of the rows to learn from and to choose by; a task with few rows is learned from in each. */
    private static List<TaskSplit> folds(FitContext context, TaskSplit split) {
        if (!context.split().isByRow()) {
            List<DataSplit> made = context.split().folds(FOLDS, 2 * FOLDS, context.random().child("linear"));
            return made.isEmpty() ? List.of(split) : made.stream().map(fold -> fold.task(split.task().name())).map(fold ->
                    new TaskSplit(split.task(), fold.trainAndValidation(), fold.test(), new int[0])).toList();
        }
        if (split.trainAndValidation().length < 2 * FOLDS) {
            return Collections.nCopies(FOLDS, new TaskSplit(split.task(), split.trainAndValidation(), new int[0], split.test()));
        }
        return split.withoutValidation().atMost(MOST, context.random().child("some/" + split.task().name()))
                .folds(FOLDS, context.random().child("linear/" + split.task().name()));
    }

    private static List<SharedRidge.Rows> rows(Rows of, List<Integer> numbers, List<List<TaskSplit>> folds, int fold,
            Function<TaskSplit, int[]> part) {
        return numbers.stream().map(t -> of.tasks.get(t).some(part.apply(folds.get(t).get(fold)))).toList();
    }

    private List<SharedRidge.Solution> solve(Rows all, Function<TaskSplit, int[]> part) {
        int p = all.span.dimension();
        List<SharedRidge.Rows> of = all.tasks.stream().map(task -> task.some(part.apply(task.split))).toList();
        List<SharedRidge.Solution> means = SharedRidge.NO_COEFFICIENTS.solve(of, p);
        SharedRidge.Solution[] solutions = new SharedRidge.Solution[of.size()];
        for (List<Integer> numbers : responses(all).values()) {
            List<SharedRidge.Solution> own = ridges[numbers.getFirst()].solve(numbers.stream().map(of::get).toList(), p);
            IntStream.range(0, own.size()).forEach(i -> solutions[numbers.get(i)] = own.get(i));
        }
        return IntStream.range(0, atMean.length).mapToObj(t -> atMean[t] ? solutions[t].atMean(means.get(t)) : solutions[t])
                .toList();
    }

    /**
     * A model with its network, or with its linear path in the network's place.
     *
     * @param context of the model's fit
     */
    MtlHmbModel orNetwork(FitContext context, MtlHmbModel model) {
        choices.forEach(context.progress()::chose);
        List<double[]> network = new ArrayList<>();
        try (BoundModel bound = model.bind(context.engine())) {
            for (TaskSplit split : context.split().tasks()) {
                network.add(HeldOutLoss.rows(split, split.validation(), bound.predict(split.task().name(),
                        split.observations(split.validation()))));
            }
        }
        boolean kept = PairedGain.of(losses, network).told();
        context.progress().chose(new Tuning("network beside the linear path", List.of("left out", "kept"),
                new double[] {mean(losses), mean(network)}, kept ? 1 : 0, 2, 0));
        if (kept) {
            return model;
        }
        Rows rows = Rows.of(context, model);
        return alone(model, rows.span, solve(rows, TaskSplit::trainAndValidation)).calibrated(context);
    }

    /** Predictions of a task's rows, by the baseline that goes with them, as the network has one that goes with it. */
    private double[] respond(Rows of, int task, SharedRidge.Solution solution, int[] rows) {
        TaskSplit split = of.tasks.get(task).split;
        int[] all = split.trainAndValidation();
        return features.get(task).encoding().response().get(split.task().name())
                .calibrated(split.task().family(), split.responses(all), split.weights(all),
                        solution.linear(of.tasks.get(task).some(all).x()))
                .respond(split.task().family(), solution.linear(of.tasks.get(task).some(rows).x()));
    }

    /** The mean over tasks of the mean loss of their rows; NaN without any. */
    private static double mean(List<double[]> losses) {
        return losses.stream().filter(of -> of.length > 0).mapToDouble(of -> Arrays.stream(of).sum() / of.length).average()
                .orElse(Double.NaN);
    }

    /** The model with these coefficients, and heads of 0. */
    private static MtlHmbModel alone(MtlHmbModel model, RowSpan span, List<SharedRidge.Solution> solutions) {
        Weights weights = model.networkWeights();
        HmbNetwork network = HmbNetwork.of(model.options(), model.layout(), model.encoding());
        for (int t = 0; t < solutions.size(); t++) {
            SharedRidge.Solution solution = solutions.get(t);
            weights = weights.and(head(weights, network.sharedHead(t), new double[solution.intercepts().length]))
                    .and(head(weights, network.taskHead(t), solution.intercepts()))
                    .and(network.sharedLinear(t) + "/weight", coefficients(model, span, solution.shared(), solution.intercepts().length))
                    .and(network.taskLinear(t) + "/weight", coefficients(model, span, solution.specific(), solution.intercepts().length));
        }
        return model.with(weights);
    }

    /** A head that says the same of all rows. */
    private static Weights head(Weights weights, String path, double[] intercepts) {
        return Weights.NONE.and(path + "/weight", Tensor.zeros(weights.precision(), weights.get(path + "/weight").shape()))
                .and(path + "/bias", Tensor.vector(intercepts).to(weights.precision()));
    }

    /** Coefficients of features, given those in the rows' span; a column for each linear predictor. */
    private static Tensor coefficients(MtlHmbModel model, RowSpan span, double[] inSpan, int predictors) {
        List<double[]> columns = IntStream.range(0, predictors).mapToObj(k -> span.coefficients(
                IntStream.range(0, span.dimension()).mapToDouble(f -> inSpan[f * predictors + k]).toArray())).toList();
        int features = columns.getFirst().length;
        double[] numbers = new double[features * predictors];
        Arrays.setAll(numbers, i -> columns.get(i % predictors)[i / predictors]);
        return Tensor.of(Shape.of(features, predictors), numbers).to(model.weights().precision());
    }
}
