package intarsia.models.gp;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.Weights;
import intarsia.models.data.Layout;
import intarsia.models.data.Source;
import java.util.Arrays;
import java.util.Map;

/** Measured rows in a model's weights: for each source the numbers of the rows that have it, and its features. */
final class RowStorage {
    private RowStorage() {}

    static Weights weights(KernelFeatures features, KernelRows measured) {
        Weights weights = Weights.NONE;
        for (int s = 0; s < features.sources().size(); s++) {
            SourceRows rows = measured.sources()[s];
            weights = weights.and(Weights.NONE.and("rows", Tensor.vector(Arrays.stream(rows.rows()).asDoubleStream().toArray()))
                    .and("features", Tensor.of(Shape.of(rows.size(), rows.width()), rows.x()))
                    .under(GpStorage.source(features.sources().get(s))));
        }
        return weights;
    }

    /**
     * Adds what should be there for n rows.
     *
     * @throws IllegalArgumentException if a source's rows are no ascending numbers below n
     */
    static void expect(Map<String, Shape> expected, Weights weights, Layout layout, String path, int n) {
        for (Source source : layout.sources()) {
            String name = path + "/" + GpStorage.source(source);
            double[] rows = weights.get(name + "/rows").toDoubles();
            expected.put(name + "/rows", Shape.of(rows.length));
            expected.put(name + "/features", Shape.of(rows.length, layout.width(source)));
            for (int i = 0; i < rows.length; i++) {
                if (!(rows[i] > (i == 0 ? -1 : rows[i - 1]) && rows[i] < n && rows[i] == Math.rint(rows[i]))) {
                    throw new IllegalArgumentException("weights '" + name + "/rows' should be ascending numbers of " + n + " rows and hold "
                            + rows[i]);
                }
            }
        }
    }

    /** Rows of tasks of these numbers. */
    static KernelRows read(KernelFeatures features, Weights of, int[] tasks) {
        SourceRows[] rows = new SourceRows[features.sources().size()];
        for (int s = 0; s < rows.length; s++) {
            Weights ofSource = of.below(GpStorage.source(features.sources().get(s)));
            rows[s] = features.measured(s, Arrays.stream(ofSource.get("rows").doubles()).mapToInt(row -> (int) row).toArray(),
                    ofSource.get("features").doubles());
        }
        return new KernelRows(tasks, rows, rows);
    }
}
