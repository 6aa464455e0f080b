package intarsia.models.net;

import intarsia.linalg.Engine;
import intarsia.models.FitContext;
import intarsia.models.Outcome;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.ResponseEncoding;
import intarsia.models.data.TaskFeatures;
import intarsia.models.data.TaskSplit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The baselines of responses, thresholds and cumulative hazards, that go with a network. Ours.
 *
 * <p>A network is first learned given the baselines of rows that are all alike. It finds how rows differ, and given that those baselines
 * are wrong: the hazard of rows taken for alike falls too fast, since those at risk go first, and thresholds stand too near to each other.
 * So the baselines are estimated again, given the network's linear predictors of training and validation rows, less their mean, so that a
 * linear predictor of 0 is an average row's; the network is learned again from the start; and the baselines are estimated once more, to
 * predict with. These are the first steps of maximizing the likelihood by turns, over baselines and over the network. Where no baseline
 * {@link ResponseEncoding#depends depends} on how rows differ, the network is learned once.
 *
 * @param learn   learns the network, given an encoding
 * @param network the network of a model
 * @param with    a model with another encoding
 * @param <M>     the model
 */
public record FittedBaselines<M>(BiFunction<FitContext, FeatureEncoding, Outcome<M>> learn, Function<M, NetworkModel> network,
        BiFunction<M, FeatureEncoding, M> with) {
    /** The model and its baselines. */
    public Outcome<M> fit(FitContext context, FeatureEncoding encoding) {
        if (encoding.response().values().stream().noneMatch(ResponseEncoding::depends)) {
            return learn.apply(context, encoding);
        }
        List<TaskSplit> tasks = context.split().tasks();
        return learn.apply(context, encoding)
                .then(first -> learn.apply(context.child("again"), given(context.engine(), network.apply(first), tasks, true)))
                .map(second -> with.apply(second, given(context.engine(), network.apply(second), tasks)));
    }

    /** A network's encoding with the baselines of some tasks given its linear predictors. */
    public static FeatureEncoding given(Engine engine, NetworkModel model, List<TaskSplit> tasks) {
        return given(engine, model, tasks, false);
    }

    private static FeatureEncoding given(Engine engine, NetworkModel model, List<TaskSplit> tasks, boolean centered) {
        FeatureEncoding encoding = model.features().getFirst().encoding();
        List<String> names = model.features().stream().map(TaskFeatures::task).toList();
        Map<String, ResponseEncoding> given = new LinkedHashMap<>();
        for (TaskSplit split : tasks) {
            String task = split.task().name();
            ResponseEncoding response = encoding.response().get(task);
            if (response.depends()) {
                int[] rows = split.trainAndValidation();
                double[] eta = model.linear(engine, names.indexOf(task), split.observations(rows));
                double middle = centered ? Arrays.stream(eta).average().orElse(0) : 0;
                given.put(task, response.calibrated(split.task().family(), split.responses(rows),
                        Arrays.stream(eta).map(of -> of - middle).toArray()));
            }
        }
        return encoding.withResponses(given);
    }
}
