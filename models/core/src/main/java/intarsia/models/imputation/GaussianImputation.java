package intarsia.models.imputation;

import intarsia.models.FitContext;
import intarsia.models.ImputationMethod;
import intarsia.models.data.CohortRows;
import intarsia.models.data.DataSplit;

/**
 * Expects what is missing given all that a row has, its other cells and sources, under one normal distribution of all sources' features:
 * the mode of {@code NormalPosterior}. No response is looked at, nor which task a row is of.
 */
public record GaussianImputation() implements ImputationMethod {
    @Override
    public String key() {
        return "joint-normal";
    }

    @Override
    public String name() {
        return "joint normal";
    }

    @Override
    public Learned learn(FitContext context) {
        DataSplit split = context.split().withoutValidation();
        JointEncoding encoding = JointEncoding.of(split, false);
        JointNormal normal = encoding.width() == 0 ? null : new NormalPosterior(encoding.rows(CohortRows.of(split))).mode();
        return (engine, task, source, rows) -> encoding.expected(normal, task, source, rows);
    }
}
