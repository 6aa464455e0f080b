package intarsia.models.gp;

import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Outcome;

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
    public Outcome<MultitaskGpModel> fit(FitContext context) {
        return new GpFit(options, context).fit(start);
    }
}
