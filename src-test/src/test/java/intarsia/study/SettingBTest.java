package intarsia.study;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Progress;
import intarsia.models.baseline.SingleTask;
import intarsia.models.data.DataSplit;
import intarsia.models.data.FeatureEncoding.Scaling;
import intarsia.models.data.Source;
import intarsia.models.data.TaskSplit;
import intarsia.models.hmb.MtlHmb;
import intarsia.models.hmb.MtlHmbModel;
import intarsia.models.net.Training;
import intarsia.models.response.Metric;
import intarsia.models.simulation.BlockMissing;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The paper's setting B at rho2 = 0.9, two tasks with the truth known: what sharing and imputing is worth, in one fixed configuration. */
class SettingBTest {
    private static final int REPLICATES = 5;
    private static final Training TRAINING = Training.DEFAULT.epochs(250);
    private static final MtlHmb OPTIONS = MtlHmb.published().width(64).depth(2).penalties(0.01, 0.01, 0.01)
            .imputer(new MtlHmb.Imputer(32, 1, 0, TRAINING)).training(TRAINING).scaling(Scaling.RAW);
    private static final SingleTask ALONE = new SingleTask(64, 2, TRAINING, Scaling.RAW);

    @Test
    void sharingBeatsLearningAloneAndBlocksAreFound() {
        double[] together = new double[REPLICATES];
        double[] alone = new double[REPLICATES];
        double[] found = new double[REPLICATES];
        try (Engine engine = Engine.options().precision(Precision.F32).open()) {
            for (int r = 0; r < REPLICATES; r++) {
                RandomStream random = RandomStream.of(1).child("replicate", r);
                BlockMissing.SimulatedBlocks drawn = BlockMissing.settingB(0.9).draw(random.child("data"));
                DataSplit split = DataSplit.random(drawn.data(), 0.2, 0.2, random);
                MtlHmbModel model = OPTIONS.fit(new FitContext(engine, split, random.child("mtl-hmb"), Progress.NONE)).orThrow();
                Model single = ALONE.fit(new FitContext(engine, split, random.child("stl"), Progress.NONE)).orThrow();
                together[r] = rmse(model, split);
                alone[r] = rmse(single, split);
                found[r] = correlation(engine, model, drawn, split);
                System.out.printf("replicate %d: RMSE %.3f together, %.3f alone; imputed blocks correlate %.3f with the truth%n", r,
                        together[r], alone[r], found[r]);
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
    private static double rmse(Model model, DataSplit split) {
        double sum = 0;
        for (TaskSplit task : split.tasks()) {
            sum += Metric.RMSE.of(task.responses(task.test()), model.predict(task.task().name(), task.observations(task.test()))) / 2;
        }
        return sum;
    }

    /** The correlation of imputed with hidden cells of test rows, over both tasks. */
    private static double correlation(Engine engine, MtlHmbModel model, BlockMissing.SimulatedBlocks drawn, DataSplit split) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (TaskSplit task : split.tasks()) {
            int[] test = task.test();
            String name = task.task().name();
            Source hidden = drawn.hidden(name).keySet().iterator().next();
            double[][] imputed = model.impute(engine, name, task.observations(test)).get(hidden);
            for (int i = 0; i < test.length; i++) {
                for (int j = 0; j < hidden.width(); j++) {
                    // Columns have mean 0.
                    double a = imputed[i][j];
                    double b = drawn.hidden(name).get(hidden)[test[i]][j];
                    ab += a * b;
                    aa += a * a;
                    bb += b * b;
                }
            }
        }
        return ab / Math.sqrt(aa * bb);
    }
}
