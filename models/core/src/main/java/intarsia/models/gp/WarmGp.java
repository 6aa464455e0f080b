package intarsia.models.gp;

import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Outcome;
import intarsia.models.response.ResponseFamily;

/**
 * A Gaussian process whose search for hyperparameters has one start, where that of another fit to the same tasks ended.
 *
 * @param options what is fitted
 * @param start   hyperparameters as a model's weights hold them
 */
record WarmGp(MultitaskGp options, double[] start) implements Estimator {
    @Override
    public String key() {
        return options.key();
    }

    @Override
    public String name() {
        return options.name();
    }

    @Override
    public boolean learns(ResponseFamily family) {
        return family.predictors() == 1;
    }

    @Override
    public Outcome<MultitaskGpModel> fit(FitContext context) {
        requireLearned(context.split());
        return new GpFit(options, context).fit(start);
    }
}
