package intarsia.models.mbi;

import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Layout;
import intarsia.models.data.Observations;
import intarsia.models.data.ObservedFeatures;
import intarsia.models.data.Source;
import intarsia.models.data.TaskSplit;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A pattern's rows to learn from.
 *
 * @param x all columns, the ones first, row-major; zeros where a source is missing
 * @param y responses as they are learned
 * @param v how much each row counts
 */
record PatternRows(double[] x, double[] y, double[] v) {
    static PatternRows of(Pattern pattern, Layout layout, FeatureEncoding encoding, TaskSplit split) {
        double[] y = encoding.responses(split, split.train());
        return new PatternRows(dense(pattern, features(pattern, layout, encoding), split.observations(split.train())), y,
                split.weights(split.train()));
    }

    /** What is read of a row of a pattern: the sources that it observes. */
    static ObservedFeatures features(Pattern pattern, Layout layout, FeatureEncoding encoding) {
        List<Source> sources = layout.sources();
        List<Source> observed = IntStream.range(0, sources.size()).filter(s -> pattern.observed()[s]).mapToObj(sources::get).toList();
        return new ObservedFeatures(pattern.task(), layout.responses().get(pattern.task()), observed, encoding, false);
    }

    /** All columns of rows, the ones first; zeros where a source is not observed. */
    static double[] dense(Pattern pattern, ObservedFeatures features, Observations rows) {
        double[] observed = features.dense(rows);
        int width = pattern.width();
        double[] x = new double[rows.size() * width];
        for (int i = 0; i < rows.size(); i++) {
            x[i * width] = 1;
            int at = i * features.width();
            for (int s = 0; s < pattern.observed().length; s++) {
                int columns = pattern.from()[s + 1] - pattern.from()[s];
                if (pattern.observed()[s]) {
                    System.arraycopy(observed, at, x, i * width + pattern.from()[s], columns);
                    at += columns;
                }
            }
        }
        return x;
    }
}
