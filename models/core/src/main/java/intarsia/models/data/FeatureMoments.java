package intarsia.models.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Features whose moments are known from more rows than are here. */
public final class FeatureMoments {
    private FeatureMoments() {}

    /**
     * The numbers that a task's training rows have of a feature, as they came, and the weights of their rows.
     *
     * @param column the number of the feature's column in the source
     */
    public static double[][] observed(TaskSplit task, Source source, int column, Feature feature) {
        ObservedValues values = ObservedValues.of(task, source, column, feature);
        return new double[][] {values.numbers(), values.weights()};
    }

    /**
     * Features of these tasks where more rows than theirs are known to have these moments: scaled by those. What stands in for
     * missing cells stays, task by task; a task without any has the mean. Limits are still those of the rows here.
     *
     * @param encoding of the rows here
     * @param split what this was learned from
     * @param seen  for some sources, the moments of each feature
     */
    public static FeatureEncoding withMoments(FeatureEncoding encoding, DataSplit split, Map<Source, List<Moments>> seen) {
        Map<String, List<Feature>> scaled = new LinkedHashMap<>(encoding.features());
        seen.forEach((source, all) -> {
            Map<String, Integer> numbers = source.columnNumbers();
            List<Feature> of = new ArrayList<>();
            for (int f = 0; f < all.size(); f++) {
                Feature old = encoding.features().get(source.name()).get(f);
                Moments moments = all.get(f).constant() || !old.binary() && encoding.scaling() == FeatureEncoding.Scaling.STANDARDIZED
                        ? all.get(f) : Moments.NONE;
                Map<String, Double> fill = new LinkedHashMap<>();
                for (TaskSplit task : split.tasks()) {
                    String name = task.task().name();
                    boolean none = observed(task, source, numbers.get(old.column()), old)[0].length == 0;
                    fill.put(name, moments.encode(none ? all.get(f).mean() : old.moments().decode(old.fill().get(name))));
                }
                boolean bounded = !old.limits().equals(Feature.Limits.NONE);
                of.add(new Feature(old.column(), old.level(), old.binary(), moments, fill, old.constant(), !bounded ? Feature.Limits.NONE
                        : new Feature.Limits(moments.encode(old.moments().decode(old.limits().low())),
                                moments.encode(old.moments().decode(old.limits().high())))));
            }
            scaled.put(source.name(), List.copyOf(of));
        });
        return new FeatureEncoding(encoding.scaling(), scaled, encoding.response());
    }
}
