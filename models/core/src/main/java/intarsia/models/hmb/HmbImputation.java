package intarsia.models.hmb;

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
 * Step 1 of MTL-HMB alone; where both steps are one, the imputation of a whole fit.
 *
 * @param options of the model
 */
record HmbImputation(MtlHmb options) implements ImputationMethod {
    @Override
    public String key() {
        return MtlHmb.KEY;
    }

    @Override
    public String name() {
        return options.additions().steps() == Steps.TWO ? "MTL-HMB, step 1" : "MTL-HMB, one step";
    }

    @Override
    public Learned learn(FitContext context) {
        BlockImputation learned = options.additions().steps() == Steps.TWO ? stepOne(context)
                : options.fit(context).orThrow().imputation();
        return (engine, task, source, rows) -> expected(learned, engine, task, source, rows);
    }

    private BlockImputation stepOne(FitContext context) {
        BlockImputation imputation = BlockImputation.columnMeans(context.split(), options.scaling());
        for (Source source : context.split().data().others()) {
            imputation = imputation.with(source, Hbi.fit(context.child("imputer/" + source.name()), imputation, source, options).orThrow()
                    .model());
        }
        return imputation;
    }

    private static double[][] expected(BlockImputation imputation, Engine engine, String task, Source source, Observations rows) {
        Set<Source> others = new HashSet<>(rows.blocks().keySet());
        others.remove(source);
        double[] dense;
        try (RowCompletion completion = new RowCompletion(engine, imputation, task)) {
            dense = completion.dense(rows.only(others));
        }
        List<Feature> features = imputation.encoding().features().get(source.name());
        double[][] expected = new double[rows.size()][features.size()];
        for (int i = 0; i < expected.length; i++) {
            for (int f = 0; f < features.size(); f++) {
                expected[i][f] = features.get(f).decode(dense[i * imputation.layout().width() + imputation.layout().from(source) + f]);
            }
        }
        return expected;
    }
}
