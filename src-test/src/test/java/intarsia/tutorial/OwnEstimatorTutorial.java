package intarsia.tutorial;

import intarsia.linalg.Engine;
import intarsia.linalg.Pool;
import intarsia.linalg.RandomStream;
import intarsia.models.Progress;
import intarsia.models.baseline.MeanPredictor;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.evaluation.Comparison;
import intarsia.models.response.Metric;
import java.util.Arrays;
import java.util.List;

/** An estimator of one's own, compared with another. */
public final class OwnEstimatorTutorial implements Tutorial {
    @Override
    public void run(Transcript page) {
        // @start region="data"
        RandomStream random = RandomStream.of(3);
        Source exam = Source.of("exam", "age");
        TaskSet.Builder wards = TaskSet.builder();
        // 60 wards of 8 patients, whose means differ a little
        for (int t = 0; t < 60; t++) {
            double level = 0.5 * random.nextGaussian();
            double[] y = new double[8];
            Arrays.setAll(y, i -> level + random.nextGaussian());
            wards.task(Task.continuous("ward " + (t + 1)).block(exam, new double[8][1]).response(y));
        }
        // @end
        // @start region="compare"
        try (Pool pool = new Pool(1)) {
            Comparison comparison = new Comparison(List.of(new MeanPredictor(), new ShrunkenMeans()), 20,
                    Engine.options());
            var result = comparison.run(wards.build(), pool, RandomStream.of(1), Progress.NONE);
            for (String key : List.of("mean", "shrunken-means")) {
                double error = result.scores().stream()
                        .filter(score -> score.estimator().equals(key) && score.metric().equals(Metric.RMSE))
                        .mapToDouble(Comparison.Score::value).average().orElseThrow();
                IO.println("%-14s  RMSE %.3f on held-out patients".formatted(key, error));
            }
        }
        // @end
        page.printed("compare");
    }
}
