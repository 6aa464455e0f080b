package intarsia.models.gp;

import intarsia.linalg.Engine;
import intarsia.models.FitContext;
import intarsia.models.ImputationMethod;
import intarsia.models.data.Feature;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The posterior mean of a block that is an output of a Gaussian process.
 *
 * @param options of the process
 */
record OutputImputation(MultitaskGp options) implements ImputationMethod {
    @Override
    public String key() {
        return MultitaskGp.KEY;
    }

    @Override
    public String name() {
        return "Gaussian process, blocks as outputs";
    }

    @Override
    public Learned learn(FitContext context) {
        MultitaskGpModel model = options.fit(context).orThrow();
        return (engine, task, source, rows) -> expected(model, engine, task, source, rows);
    }

    private static double[][] expected(MultitaskGpModel model, Engine engine, String task, Source source, Observations rows) {
        Set<Source> others = new HashSet<>(rows.blocks().keySet());
        others.remove(source);
        List<Feature> features = model.settings().encoding().features().get(source.name());
        int s = model.sources().indexOf(source);
        try (BoundGp bound = model.bind(engine)) {
            double[][] means = bound.expected(task, rows.only(others))[s];
            double[][] expected = means == null ? new double[rows.size()][features.size()] : means;
            for (double[] row : expected) {
                for (int f = 0; f < row.length; f++) {
                    row[f] = features.get(f).decode(row[f]);
                }
            }
            return expected;
        }
    }
}
