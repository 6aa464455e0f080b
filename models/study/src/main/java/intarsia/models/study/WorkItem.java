package intarsia.models.study;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Split;
import intarsia.models.data.Task;
import intarsia.models.evaluation.Metric;
import intarsia.models.hmb.Completion;
import intarsia.models.simulation.BlockMissing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One method on one replicate: a pure function of its path and the seed. All methods of a replicate see the same data and splits; replicates of one number
 * at different values of a setting share their random numbers, so that trends are compared like with like.
 *
 * @param setting   the setting
 * @param value     where in the setting
 * @param replicate number of the replicate, from 1
 * @param method    what is fitted
 */
public record WorkItem(Setting setting, double value, int replicate, StudyMethod method) {
    private static final int RELEASED_BATCH = 16;

    /** What names it in a journal. */
    public Key key() {
        return new Key(setting.key(), value, replicate, method.key());
    }

    /** An item's names. */
    public record Key(String setting, double value, int replicate, String method) {}

    /** Data of its replicate. */
    BlockMissing.Drawn draw(long seed) {
        return setting.at().apply(value).draw(replicate(seed).child("data"));
    }

    /** The rows to learn from, to choose by and to be judged on: 60, 20 and 20 %. */
    List<Split> splits(long seed, BlockMissing.Drawn drawn) {
        return Split.random(drawn.data(), 0.2, 0.2, replicate(seed));
    }

    StudyMethod.Found fit(Tuner tuner, Grid grid, long seed, BlockMissing.Drawn drawn, List<Split> splits) {
        return method.fit().fit(tuner, grid, drawn.data(), splits, replicate(seed).child("value/" + Setting.text(value)).child(method.key()));
    }

    private RandomStream replicate(long seed) {
        return RandomStream.of(seed, "setting/" + setting.key()).child("replicate", replicate);
    }

    /** Does the work. */
    ItemResult run(Tuner tuner, Grid grid, long seed) {
        BlockMissing.Drawn drawn = draw(seed);
        List<Split> splits = splits(seed, drawn);
        long start = System.nanoTime();
        StudyMethod.Found found = fit(tuner, grid, seed, drawn, splits);
        double seconds = (System.nanoTime() - start) * 1e-9;
        List<Double> rmse = new ArrayList<>();
        double batchMeans = 0;
        for (int t = 0; t < splits.size(); t++) {
            Task task = drawn.data().tasks().get(t);
            int[] test = splits.get(t).test();
            double[] truth = Arrays.stream(test).mapToDouble(i -> task.response()[i]).toArray();
            double[] predicted = found.predictor().predict(task.name(), Observations.of(task, test));
            rmse.add(Metric.RMSE.of(truth, predicted));
            batchMeans += meanOfBatches(truth, predicted) / splits.size();
        }
        return new ItemResult(key(), rmse, batchMeans, found.completion() == null ? Double.NaN : imputationError(tuner, drawn, splits, found.completion()),
                found.loss(), found.fits(), found.steps(), found.chosen(), seconds);
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
    private static double imputationError(Tuner tuner, BlockMissing.Drawn drawn, List<Split> splits, Completion completion) {
        double sum = 0;
        long cells = 0;
        try (Engine engine = tuner.engine().open()) {
            for (int t = 0; t < splits.size(); t++) {
                Task task = drawn.data().tasks().get(t);
                int[] test = splits.get(t).test();
                Map<Source, double[][]> completed = completion.complete(engine, task.name(), Observations.of(task, test));
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
