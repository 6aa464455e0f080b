package intarsia.models.imputation;

import intarsia.models.FitContext;
import intarsia.models.ImputationMethod;
import intarsia.models.data.CohortRows;
import intarsia.models.data.DataSplit;

/**
 * Expects what is missing given all that a row has, under a normal distribution by few latent factors ({@code FactorModel}): also along a
 * chain of overlaps, where no row has two sources together and no source is common to all tasks. No response is looked at, nor which task a
 * row is of. Ours.
 */
public record FactorImputation() implements ImputationMethod {
    @Override
    public String key() {
        return "factors";
    }

    @Override
    public String name() {
        return "latent factors";
    }

    @Override
    public Learned learn(FitContext context) {
        DataSplit split = context.split().withoutValidation();
        JointEncoding encoding = JointEncoding.of(split, false);
        JointNormal normal = encoding.width() == 0 ? null : FactorModel.of(encoding.rows(CohortRows.of(split))).normal();
        return (engine, task, source, rows) -> encoding.expected(normal, task, source, rows);
    }
}
