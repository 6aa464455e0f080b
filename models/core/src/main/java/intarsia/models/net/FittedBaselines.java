package intarsia.models.net;

import intarsia.models.FitContext;
import intarsia.models.Outcome;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.ResponseEncoding;
import intarsia.models.data.TaskFeatures;
import intarsia.models.data.TaskSplit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The baselines of responses, thresholds and cumulative hazards, that go with a network. Ours.
 *
 * <p>A network is first learned given the baselines of rows that are all alike. It finds how rows differ, and given that those baselines
 * are wrong: the hazard of rows taken for alike falls too fast, since those at risk go first, and thresholds stand too near to each other.
 * So the baselines are estimated again, given the network's linear predictors of training and validation rows; the network is learned again
 * from the start; and the baselines are estimated once more, to predict with. These are the first steps of maximizing the likelihood by
 * turns, over baselines and over the network. Where no baseline {@link ResponseEncoding#depends depends} on how rows differ, the network is
 * learned once.
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
        return learn.apply(context, encoding)
                .then(first -> learn.apply(context.child("again"), given(context, network.apply(first))))
                .map(second -> with.apply(second, given(context, network.apply(second))));
    }

    /** A network's encoding with the baselines given its linear predictors. */
    public static FeatureEncoding given(FitContext context, NetworkModel model) {
        FeatureEncoding encoding = model.features().getFirst().encoding();
        Map<String, ResponseEncoding> given = new LinkedHashMap<>();
        for (int t = 0; t < model.features().size(); t++) {
            TaskFeatures of = model.features().get(t);
            if (encoding.response().get(of.task()).depends()) {
                TaskSplit split = context.split().task(of.task());
                int[] rows = split.trainAndValidation();
                given.put(of.task(), encoding.response().get(of.task()).given(of.family(), split.responses(rows),
                        model.linear(context.engine(), t, split.observations(rows))));
            }
        }
        return encoding.withResponses(given);
    }
}
