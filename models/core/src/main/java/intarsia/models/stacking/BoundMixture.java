package intarsia.models.stacking;

import intarsia.models.BoundModel;
import intarsia.models.SharedPredictor;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A mixture on an engine.
 *
 * @param model    the mixture
 * @param required sources that every row needs
 * @param bound    its models, by name
 */
record BoundMixture(StackedModel model, List<Source> required, Map<String, BoundModel> bound) implements BoundModel, SharedPredictor {
    @Override
    public double[] predict(String task, Observations rows) {
        return mixed(task, rows, (member, weight) -> member.predict(task, rows));
    }

    @Override
    public boolean tellsShared(String task) {
        return model.settings().members().stream().anyMatch(member -> member.weight(task) != 0 && tells(bound.get(member.name()), task));
    }

    private static boolean tells(BoundModel member, String task) {
        return member instanceof SharedPredictor shared && shared.tellsShared(task);
    }

    @Override
    public Both predictBoth(String task, Observations rows) {
        double[] shared = new double[rows.size() * model.response(task).width()];
        double[] whole = mixed(task, rows, (member, weight) -> {
            Both of = tells(member, task) ? ((SharedPredictor) member).predictBoth(task, rows)
                    : new Both(member.predict(task, rows), unmeasured(member, task, rows));
            add(shared, weight, of.shared());
            return of.whole();
        });
        model.settings().recalibration().apply(model.response(task), task, shared);
        return new Both(whole, shared);
    }

    private double[] mixed(String task, Observations rows, BiFunction<BoundModel, Double, double[]> prediction) {
        model.response(task);
        rows.require(required);
        double[] mean = new double[rows.size() * model.response(task).width()];
        for (StackedModel.Member member : model.settings().members()) {
            double weight = member.weight(task);
            if (weight != 0) {
                add(mean, weight, prediction.apply(bound.get(member.name()), weight));
            }
        }
        model.settings().recalibration().apply(model.response(task), task, mean);
        return mean;
    }

    private static void add(double[] to, double weight, double[] of) {
        for (int i = 0; i < to.length; i++) {
            to[i] += weight * of[i];
        }
    }

    /** What a model predicts of rows of which nothing was measured: of each the same. */
    private static double[] unmeasured(BoundModel member, String task, Observations rows) {
        Map<Source, double[][]> blocks = new LinkedHashMap<>();
        rows.blocks().keySet().forEach(source -> {
            double[] missing = new double[source.columns().size()];
            Arrays.fill(missing, Double.NaN);
            blocks.put(source, new double[][] {missing});
        });
        double[] one = member.predict(task, new Observations(List.of("unmeasured"), blocks));
        double[] all = new double[rows.size() * one.length];
        Arrays.setAll(all, i -> one[i % one.length]);
        return all;
    }

    @Override
    public void close() {
        bound.values().forEach(BoundModel::close);
    }
}
