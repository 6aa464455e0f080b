package intarsia.models.baseline;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.FitContext;
import intarsia.models.Progress;
import intarsia.models.data.DataSplit;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.ResponseEncoding;
import intarsia.models.response.ResponseBaseline;
import intarsia.models.response.ResponseFamily;
import java.util.List;
import java.util.Map;

/**
 * Where a model of ordered levels or of times to an event begins: the thresholds and cumulative hazards of the rows given how they differ,
 * as regression pooled over tasks tells it. Estimated as if rows were alike they are too flat, since rows at high risk are gone early, and
 * a model that takes them as given is too. The formulation is ours; what it brings is in docs/lab-notes.md.
 */
public final class ConditionalBaselines {
    /** The ridge of the regression: strong enough for a few rows. */
    private static final double RIDGE = 10;

    private ConditionalBaselines() {}

    /**
     * An encoding with these baselines; the same where no response has one, or tasks have responses of several kinds.
     *
     * @param split whose training rows are learned from
     */
    public static FeatureEncoding of(Engine engine, DataSplit split, FeatureEncoding encoding) {
        List<ResponseFamily> families = split.tasks().stream().map(task -> task.task().family()).distinct().toList();
        boolean without = encoding.response().values().stream().allMatch(of -> of.baseline().equals(ResponseBaseline.NONE));
        if (without || families.size() > 1) {
            return encoding;
        }
        FitContext context = new FitContext(engine, split.trainingOnly(), RandomStream.of(0), Progress.NONE);
        RegressionModel model = (RegressionModel) new Regression(RIDGE, true).fit(context).orThrow();
        Map<String, ResponseEncoding> given = model.observed().encoding().response();
        return encoding.withResponses(given);
    }
}
