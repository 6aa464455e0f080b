package intarsia.models.study.hmb;

import intarsia.linalg.Engine;
import intarsia.models.BoundModel;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Progress;
import intarsia.models.Tuning;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Source;
import intarsia.models.data.TaskSplit;
import intarsia.models.hmb.BlockImputation;
import intarsia.models.hmb.MtlHmbModel;
import intarsia.models.response.Metric;
import intarsia.models.simulation.BlockMissing;
import intarsia.models.study.ItemCells;
import intarsia.models.study.FittedNetworks;
import intarsia.models.study.Item;
import intarsia.models.study.StudyPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is done with an item: data are drawn and split into 60, 20 and 20 % to learn from, to choose by and to be judged on; the method is
 * tuned, fitted and judged.
 *
 * @param seed   what all random numbers are derived from
 * @param engine what each fit's own engine is opened with: one thread
 */
public record HmbWork(long seed, Engine.Options engine) implements StudyPlan.Work<BlockMissing> {
    /** RMSE averaged over tasks, the paper's figure. */
    public static final String RMSE = "rmse";

    /** RMSE on test rows, one a task. */
    static final String BY_TASK = "rmse_by_task";

    /** The released code's figure: means of batch RMSEs, averaged over tasks. */
    static final String BATCH = "batch_rmse";

    /** RMSE of imputed cells where the truth is known; empty if the method does not impute. */
    static final String IMPUTATION = "imputation_rmse";

    /** Fits that tuning took. */
    static final String FITS = "fits";

    /** Optimizer steps. */
    static final String STEPS = "steps";

    static final List<String> COLUMNS = List.of(RMSE, BY_TASK, BATCH, IMPUTATION, "validation_loss", FITS, STEPS, "chosen");

    private static final int RELEASED_BATCH = 16;

    /** An item's data, what its method made of them, and what it chose. */
    record Fitted(BlockMissing.SimulatedBlocks drawn, DataSplit split, Model model, List<Tuning> tunings) {}

    private record Listening(List<Tuning> tunings) implements Progress {
        @Override
        public void report(String stage, long done, long total) {}

        @Override
        public void chose(Tuning tuning) {
            tunings.add(tuning);
        }
    }

    Fitted fit(Item<BlockMissing> item, Engine own) {
        BlockMissing.SimulatedBlocks drawn = item.source().draw(item.replicate(seed).child("data"));
        DataSplit split = DataSplit.random(drawn.data(), 0.2, 0.2, item.replicate(seed));
        List<Tuning> tunings = new ArrayList<>();
        Model model = item.method().fit(new FitContext(own, split, item.own(seed), new Listening(tunings))).orThrow();
        return new Fitted(drawn, split, model, tunings);
    }

    @Override
    public ItemCells measure(Item<BlockMissing> item, int threads) {
        try (Engine own = engine.threads(threads).open()) {
            Fitted fitted = fit(item, own);
            double[] rmse = new double[fitted.split().tasks().size()];
            double batchMeans = 0;
            try (BoundModel bound = fitted.model().bind(own)) {
                for (int t = 0; t < rmse.length; t++) {
                    TaskSplit task = fitted.split().tasks().get(t);
                    double[] truth = task.responses(task.test());
                    double[] predicted = bound.predict(task.task().name(), task.observations(task.test()));
                    rmse[t] = Metric.RMSE.of(truth, predicted);
                    batchMeans += meanOfBatches(truth, predicted) / rmse.length;
                }
            }
            List<Tuning> networks = fitted.tunings().stream().filter(tuning -> tuning.what().equals("network")).toList();
            return new ItemCells().number(RMSE, Arrays.stream(rmse).average().orElse(Double.NaN)).numbers(BY_TASK, rmse).number(BATCH,
                    batchMeans)
                    .number(IMPUTATION, imputationError(own, fitted))
                    .number("validation_loss", networks.isEmpty() ? Double.NaN : networks.stream().mapToDouble(Tuning::loss).sum())
                    .count(FITS, Math.max(1, fitted.tunings().stream().mapToInt(Tuning::fits).sum()))
                    .count(STEPS, fitted.tunings().stream().mapToLong(Tuning::steps).sum())
                    .text("chosen", fitted.tunings().stream().map(tuning -> tuning.what() + " " + tuning.candidates().get(tuning.chosen()))
                            .collect(Collectors.joining(", ")));
        }
    }

    /** What the authors' code prints as RMSE: the mean over batches of 16 test rows of the root of the batch's mean squared error. */
    static double meanOfBatches(double[] truth, double[] predicted) {
        double sum = 0;
        int batches = 0;
        for (int from = 0; from < truth.length; from += RELEASED_BATCH, batches++) {
            int to = Math.min(from + RELEASED_BATCH, truth.length);
            sum += Metric.RMSE.of(Arrays.copyOfRange(truth, from, to), Arrays.copyOfRange(predicted, from, to));
        }
        return sum / batches;
    }

    /**
     * Root of the mean squared difference between imputed and hidden cells, over the hidden blocks of all test rows; NaN for a method that
     * imputes none.
     */
    private static double imputationError(Engine own, Fitted fitted) {
        BlockImputation imputation = switch (fitted.model()) {
            case FittedNetworks networks -> networks.imputation();
            case MtlHmbModel model -> model.imputation();
            default -> null;
        };
        if (imputation == null) {
            return Double.NaN;
        }
        double sum = 0;
        long cells = 0;
        for (TaskSplit task : fitted.split().tasks()) {
            int[] test = task.test();
            Map<Source, double[][]> completed = imputation.complete(own, task.task().name(), task.observations(test));
            for (var hidden : fitted.drawn().hidden(task.task().name()).entrySet()) {
                double[][] imputed = completed.get(hidden.getKey());
                for (int i = 0; i < test.length; i++) {
                    for (int j = 0; j < imputed[i].length; j++) {
                        double error = imputed[i][j] - hidden.getValue()[test[i]][j];
                        sum += error * error;
                        cells++;
                    }
                }
            }
        }
        return cells == 0 ? Double.NaN : Math.sqrt(sum / cells);
    }
}
