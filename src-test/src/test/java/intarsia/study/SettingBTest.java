package intarsia.study;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.models.Predictor;
import intarsia.models.Progress;
import intarsia.models.baseline.SingleTask;
import intarsia.models.data.Encoding;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Split;
import intarsia.models.data.Task;
import intarsia.models.evaluation.Metric;
import intarsia.models.hmb.MtlHmb;
import intarsia.models.hmb.MtlHmbModel;
import intarsia.models.hmb.MtlHmbOptions;
import intarsia.models.net.Training;
import intarsia.models.simulation.BlockMissing;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The paper's setting B at rho2 = 0.9, two tasks with the truth known: what sharing and imputing is worth, in one fixed configuration. */
class SettingBTest {
    private static final int REPLICATES = 5;
    private static final Training TRAINING = Training.DEFAULT.epochs(250);
    private static final MtlHmbOptions OPTIONS = MtlHmb.options().width(64).depth(2).weights(0.01, 0.01, 0.01).imputer(32, 1, 0)
            .training(TRAINING).imputerTraining(TRAINING).scaling(Encoding.Scaling.RAW);
    private static final SingleTask ALONE = new SingleTask(64, 2, TRAINING, Encoding.Scaling.RAW);

    @Test
    void sharingBeatsLearningAloneAndBlocksAreFound() {
        double[] together = new double[REPLICATES];
        double[] alone = new double[REPLICATES];
        double[] found = new double[REPLICATES];
        try (Engine engine = Engine.options().precision(Precision.F32).open()) {
            for (int r = 0; r < REPLICATES; r++) {
                RandomStream random = RandomStream.of(1).child("replicate", r);
                BlockMissing.Drawn drawn = BlockMissing.settingB(0.9).draw(random.child("data"));
                List<Split> splits = Split.random(drawn.data(), 0.2, 0.2, random);
                MtlHmbModel model = MtlHmb.fit(engine, drawn.data(), splits, OPTIONS, random.child("mtl-hmb"), Progress.NONE).orThrow();
                Predictor single = ALONE.fit(engine, drawn.data(), splits, random.child("stl"), Progress.NONE);
                together[r] = rmse(model, drawn, splits);
                alone[r] = rmse(single, drawn, splits);
                found[r] = correlation(model, drawn, splits);
                System.out.printf("replicate %d: RMSE %.3f together, %.3f alone; imputed blocks correlate %.3f with the truth%n", r, together[r], alone[r], found[r]);
            }
        }
        System.out.printf("mean: RMSE %.3f together, %.3f alone; correlation %.3f%n", mean(together), mean(alone), mean(found));
        assertThat(mean(together)).isLessThan(mean(alone));
        assertThat(Arrays.stream(found).min().orElseThrow()).isGreaterThan(0.9);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    /** The mean over tasks of the RMSE on test rows. */
    private static double rmse(Predictor predictor, BlockMissing.Drawn drawn, List<Split> splits) {
        double sum = 0;
        for (int t = 0; t < 2; t++) {
            Task task = drawn.data().tasks().get(t);
            int[] test = splits.get(t).test();
            double[] truth = Arrays.stream(test).mapToDouble(i -> task.response()[i]).toArray();
            sum += Metric.RMSE.of(truth, predictor.predict(task.name(), Observations.of(task, test))) / 2;
        }
        return sum;
    }

    /** The correlation of imputed with hidden cells of test rows, over both tasks. */
    private static double correlation(MtlHmbModel model, BlockMissing.Drawn drawn, List<Split> splits) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int t = 0; t < 2; t++) {
            Task task = drawn.data().tasks().get(t);
            int[] test = splits.get(t).test();
            Source hidden = drawn.hidden().get(t).keySet().iterator().next();
            double[][] imputed = model.impute(task.name(), Observations.of(task, test)).get(hidden);
            for (int i = 0; i < test.length; i++) {
                for (int j = 0; j < hidden.width(); j++) {
                    // Columns have mean 0.
                    double a = imputed[i][j];
                    double b = drawn.hidden().get(t).get(hidden)[test[i]][j];
                    ab += a * b;
                    aa += a * a;
                    bb += b * b;
                }
            }
        }
        return ab / Math.sqrt(aa * bb);
    }
}
