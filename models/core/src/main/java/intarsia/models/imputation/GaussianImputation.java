package intarsia.models.imputation;

import intarsia.models.FitContext;
import intarsia.models.ImputationMethod;
import intarsia.models.data.CohortRows;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;

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
        return (engine, task, source, rows) -> expected(encoding, normal, task, source, rows);
    }

    private static double[][] expected(JointEncoding encoding, JointNormal normal, String task, Source source, Observations rows) {
        IncompleteRows incomplete = IncompleteRows.of(encoding.width(), encoding.encode(task, rows));
        JointCells cells = JointCells.expected(normal, incomplete);
        int s = encoding.sources().indexOf(source);
        int[] places = encoding.places().get(s);
        double[][] expected = new double[rows.size()][places.length];
        for (int i = 0; i < expected.length; i++) {
            for (int f = 0; f < places.length; f++) {
                expected[i][f] = encoding.decode(s, f, encoding.feature(s, f, cells.values(), i * encoding.width()));
            }
        }
        return expected;
    }
}
