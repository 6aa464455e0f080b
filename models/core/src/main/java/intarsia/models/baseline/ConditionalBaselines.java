package intarsia.models.baseline;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.FitContext;
import intarsia.models.Progress;
import intarsia.models.data.DataSplit;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.ResponseEncoding;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.ResponseBaseline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
     * An encoding with these baselines; the same where no response has one. Of several responses each has a regression of its own.
     *
     * @param split whose training rows are learned from
     */
    public static FeatureEncoding of(Engine engine, DataSplit split, FeatureEncoding encoding) {
        Regression regression = new Regression(RIDGE, true);
        Map<Object, List<TaskSplit>> parts = new LinkedHashMap<>();
        split.trainingOnly().tasks().stream()
                .filter(task -> !encoding.response().get(task.task().name()).baseline().equals(ResponseBaseline.NONE))
                .forEach(task -> parts.computeIfAbsent(regression.together(task.task()), of -> new ArrayList<>()).add(task));
        Map<String, ResponseEncoding> given = new LinkedHashMap<>();
        for (List<TaskSplit> part : parts.values()) {
            FitContext context = new FitContext(engine, split.trainingOnly().only(part), RandomStream.of(0), Progress.NONE);
            given.putAll(((RegressionModel) regression.fit(context).orThrow()).observed().encoding().response());
        }
        return encoding.withResponses(given);
    }
}
