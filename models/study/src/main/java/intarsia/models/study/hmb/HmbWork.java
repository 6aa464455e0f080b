package intarsia.models.study.hmb;

import intarsia.linalg.Engine;
import intarsia.linalg.Pool;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Split;
import intarsia.models.data.Task;
import intarsia.models.evaluation.Metric;
import intarsia.models.hmb.Completion;
import intarsia.models.simulation.BlockMissing;
import intarsia.models.study.Cells;
import intarsia.models.study.Item;
import intarsia.models.study.StudyPlan;
import intarsia.models.study.Tuner;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What is done with an item: data are drawn and split into 60, 20 and 20 % to learn from, to choose by and to be judged on; the method is tuned, fitted and
 * judged.
 *
 * @param grid   what tuning chooses from
 * @param search how
 * @param seed   what all random numbers are derived from
 * @param engine what each fit's own engine is opened with: one thread
 */
public record HmbWork(Grid grid, Tuner.Search search, long seed, Engine.Options engine) implements StudyPlan.Work<BlockMissing, HmbFit> {
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

    /** An item's data, and what its method made of them. */
    record Fitted(BlockMissing.Drawn drawn, List<Split> splits, HmbFit.Found found) {}

    Fitted fit(Item<BlockMissing, HmbFit> item, Pool pool) {
        BlockMissing.Drawn drawn = item.source().draw(item.replicate(seed).child("data"));
        List<Split> splits = Split.random(drawn.data(), 0.2, 0.2, item.replicate(seed));
        return new Fitted(drawn, splits, item.method().fit().fit(new Tuner(engine, pool, search), grid, drawn.data(), splits, item.own(seed)));
    }

    @Override
    public Cells measure(Item<BlockMissing, HmbFit> item, Pool pool) {
        Fitted fitted = fit(item, pool);
        HmbFit.Found found = fitted.found();
        int tasks = fitted.splits().size();
        double[] rmse = new double[tasks];
        double batchMeans = 0;
        for (int t = 0; t < tasks; t++) {
            Task task = fitted.drawn().data().tasks().get(t);
            int[] test = fitted.splits().get(t).test();
            double[] truth = Arrays.stream(test).mapToDouble(i -> task.response()[i]).toArray();
            double[] predicted = found.predictor().predict(task.name(), Observations.of(task, test));
            rmse[t] = Metric.RMSE.of(truth, predicted);
            batchMeans += meanOfBatches(truth, predicted) / tasks;
        }
        return new Cells().number(RMSE, Arrays.stream(rmse).average().orElse(Double.NaN)).numbers(BY_TASK, rmse).number(BATCH, batchMeans)
                .number(IMPUTATION, found.completion() == null ? Double.NaN : imputationError(fitted.drawn(), fitted.splits(), found.completion()))
                .number("validation_loss", found.loss()).count(FITS, found.fits()).count(STEPS, found.steps()).text("chosen", found.chosen());
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

    /** Root of the mean squared difference between imputed and hidden cells, over the hidden blocks of all test rows. */
    private double imputationError(BlockMissing.Drawn drawn, List<Split> splits, Completion completion) {
        double sum = 0;
        long cells = 0;
        try (Engine own = engine.open()) {
            for (int t = 0; t < splits.size(); t++) {
                Task task = drawn.data().tasks().get(t);
                int[] test = splits.get(t).test();
                Map<Source, double[][]> completed = completion.complete(own, task.name(), Observations.of(task, test));
                for (var hidden : drawn.hidden().get(t).entrySet()) {
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
        }
        return cells == 0 ? Double.NaN : Math.sqrt(sum / cells);
    }
}
