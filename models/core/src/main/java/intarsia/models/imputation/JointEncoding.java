package intarsia.models.imputation;

import intarsia.models.data.BlockEncoder;
import intarsia.models.data.CohortRows;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Feature;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Moments;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.TaskSplit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The way from rows to the columns of a {@link JointNormal}: features that vary, source by source in the order of their names, then, where
 * it is wanted, each response as models learn it, less its task's mean. A row of several responses is one row. All are standardized. A
 * source with more features than its share of {@value #MOST} columns, or of one for {@value #ROWS} rows, has principal components instead
 * of features ({@link SourceLoadings}).
 *
 * @param encoding  the way to features
 * @param sources   the sources
 * @param places    for each source the column of each of its features, or of its first component; -1 for one that does not vary
 * @param loadings  for each source with components what they are; null for the others
 * @param responses for each response, of one for each kind, its first column
 * @param centers   for each task the means of its response
 * @param moments   of each column
 */
record JointEncoding(FeatureEncoding encoding, List<Source> sources, List<int[]> places, List<SourceLoadings> loadings,
        Map<String, Integer> responses, Map<String, double[]> centers, List<Moments> moments) {
    /** Columns of all sources together, but for a few. */
    private static final int MOST = 240;
    private static final int LEAST = 5;
    /** Covariances of more columns than a share of rows are known too badly. */
    private static final int ROWS = 5;

    /** Learns from training rows, and from rows whose response is not known. */
    static JointEncoding of(DataSplit split, boolean withResponse) {
        FeatureEncoding encoding = FeatureEncoding.of(split, FeatureEncoding.Scaling.STANDARDIZED);
        List<Source> sources = new ArrayList<>(split.data().anchors());
        sources.addAll(split.data().others());
        sources.sort((a, b) -> a.name().compareTo(b.name()));
        List<CohortRows> cohorts = CohortRows.of(split);
        int rows = cohorts.stream().mapToInt(CohortRows::size).sum();
        int share = Math.max(LEAST, Math.min(MOST, rows / ROWS) / sources.size());
        int column = 0;
        List<int[]> places = new ArrayList<>();
        List<SourceLoadings> loadings = new ArrayList<>();
        for (Source source : sources) {
            boolean[] varies = varies(encoding, source);
            int varying = (int) IntStream.range(0, varies.length).filter(f -> varies[f]).count();
            SourceLoadings own = varying <= share ? null : SourceLoadings.of(features(cohorts, encoding, source), varies.length, share);
            int[] of = new int[varies.length];
            int next = column;
            for (int f = 0; f < of.length; f++) {
                of[f] = !varies[f] ? -1 : own != null ? column : next++;
            }
            column = own == null ? next : column + own.count();
            places.add(of);
            loadings.add(own);
        }
        Map<String, Integer> responses = new TreeMap<>();
        Map<String, double[]> centers = new LinkedHashMap<>();
        if (withResponse) {
            for (TaskSplit task : split.tasks()) {
                if (responses.putIfAbsent(kind(task), column) == null) {
                    column += task.task().family().learned();
                }
                centers.put(task.task().name(), means(encoding.responses(task, task.train()), task.task().family().learned()));
            }
        }
        JointEncoding bare = new JointEncoding(encoding, sources, places, loadings, responses, centers,
                IntStream.range(0, column).mapToObj(j -> Moments.NONE).toList());
        IncompleteRows all = bare.rows(cohorts);
        List<Moments> moments = new ArrayList<>();
        for (int j = 0; j < column; j++) {
            moments.add(Moments.of(all.seen(j)));
        }
        return new JointEncoding(encoding, sources, places, loadings, responses, centers, moments);
    }

    private static boolean[] varies(FeatureEncoding encoding, Source source) {
        List<Feature> features = encoding.features().get(source.name());
        boolean[] varies = new boolean[features.size()];
        for (int f = 0; f < varies.length; f++) {
            varies[f] = !features.get(f).moments().constant();
        }
        return varies;
    }

    /** A source's features in all rows, NaN where missing. */
    private static double[][] features(List<CohortRows> cohorts, FeatureEncoding encoding, Source source) {
        List<double[]> rows = new ArrayList<>();
        for (CohortRows cohort : cohorts) {
            double[][] block = cohort.rows().blocks().get(source);
            BlockEncoder encoder = encoding.encoder(cohort.tasks().getFirst().task().name(), source);
            for (int i = 0; block != null && i < block.length; i++) {
                double[] row = new double[encoder.width()];
                encoder.encodeKnown(block[i], row, 0);
                rows.add(row);
            }
        }
        return rows.toArray(double[][]::new);
    }

    /** A response has the same columns in all tasks about it, or where there is one, in all tasks of its kind. */
    private static String kind(TaskSplit task) {
        return task.task().about() + " " + task.task().family().key() + " " + task.task().family().learned();
    }

    private static double[] means(double[] y, int numbers) {
        double[] means = new double[numbers];
        for (int k = 0; k < y.length; k++) {
            means[k % numbers] += y[k];
        }
        for (int k = 0; k < numbers; k++) {
            means[k] /= Math.max(1, y.length / numbers);
        }
        return means;
    }

    /** How many columns there are. */
    int width() {
        return moments.size();
    }

    /** The columns of sources. */
    int[] predictors() {
        return IntStream.range(0, responses.values().stream().mapToInt(Integer::intValue).min().orElse(width())).toArray();
    }

    /** All training rows with their responses, and those without any: cohort by cohort. */
    IncompleteRows rows(List<CohortRows> cohorts) {
        List<double[]> parts = new ArrayList<>();
        for (CohortRows cohort : cohorts) {
            double[] x = features(cohort.tasks().getFirst().task().name(), cohort.rows());
            for (int t = 0; !responses.isEmpty() && t < cohort.tasks().size(); t++) {
                putResponses(cohort.tasks().get(t), cohort.places(t), x);
            }
            parts.add(standardized(x));
        }
        return IncompleteRows.of(width(), parts.stream().flatMapToDouble(Arrays::stream).toArray());
    }

    /** Rows of a task as if no response were known; a column that is not known is NaN. */
    double[] encode(String task, Observations rows) {
        return standardized(features(task, rows));
    }

    private double[] standardized(double[] x) {
        for (int k = 0; k < x.length; k++) {
            x[k] = Double.isNaN(x[k]) ? x[k] : moments.get(k % width()).encode(x[k]);
        }
        return x;
    }

    private void putResponses(TaskSplit task, int[] places, double[] x) {
        int first = responses.get(kind(task));
        int numbers = task.task().family().learned();
        double[] y = encoding.responses(task, task.train());
        for (int k = 0; k < y.length; k++) {
            x[places[k / numbers] * width() + first + k % numbers] = y[k] - centers.get(task.task().name())[k % numbers];
        }
    }

    private double[] features(String task, Observations rows) {
        int d = width();
        double[] x = new double[rows.size() * d];
        Arrays.fill(x, Double.NaN);
        for (int s = 0; s < sources.size(); s++) {
            double[][] block = rows.blocks().get(sources.get(s));
            BlockEncoder encoder = encoding.encoder(task, sources.get(s));
            double[] features = new double[encoder.width()];
            for (int i = 0; block != null && i < rows.size(); i++) {
                encoder.encodeKnown(block[i], features, 0);
                put(s, features, x, i * d);
            }
        }
        return x;
    }

    private void put(int s, double[] features, double[] x, int row) {
        SourceLoadings own = loadings.get(s);
        int[] of = places.get(s);
        double[] scores = own == null ? null : own.scores(features);
        for (int k = 0; own != null && k < scores.length; k++) {
            x[row + first(of) + k] = scores[k];
        }
        for (int f = 0; own == null && f < features.length; f++) {
            if (of[f] >= 0) {
                x[row + of[f]] = features[f];
            }
        }
    }

    private static int first(int[] places) {
        return Arrays.stream(places).filter(place -> place >= 0).min().orElseThrow();
    }

    /**
     * A feature, on its dense scale, of numbers of a row.
     *
     * @param x   the numbers, from a place on
     * @param row the place
     */
    double feature(int s, int f, double[] x, int row) {
        int place = places.get(s)[f];
        if (place < 0 || loadings.get(s) == null) {
            return place < 0 ? 0 : moments.get(place).decode(x[row + place]);
        }
        double[] scores = new double[loadings.get(s).count()];
        for (int k = 0; k < scores.length; k++) {
            scores[k] = moments.get(place + k).decode(x[row + place + k]);
        }
        return loadings.get(s).feature(scores, f);
    }

    /** The standard deviation of a feature, given those of numbers; of components as if they did not depend on each other. */
    double spread(int s, int f, double[] spreads, int row) {
        int place = places.get(s)[f];
        SourceLoadings own = loadings.get(s);
        if (place < 0 || own == null) {
            return place < 0 ? 0 : moments.get(place).scale() * spreads[row + place];
        }
        double square = own.noise()[f] * own.noise()[f];
        for (int k = 0; k < own.count(); k++) {
            double part = own.basis().get(f, k) * moments.get(place + k).scale() * spreads[row + place + k];
            square = Math.fma(part, part, square);
        }
        return Math.sqrt(square);
    }

    /** A feature as the cell it stands for: the quantity, or the probability of 1 or of the level. */
    double decode(int s, int f, double feature) {
        return encoding.features().get(sources.get(s).name()).get(f).decode(feature);
    }

    /** What a source is expected to be in rows of a task, as an imputation method gives it. */
    double[][] expected(JointNormal normal, String task, Source source, Observations rows) {
        IncompleteRows incomplete = IncompleteRows.of(width(), encode(task, rows));
        JointCells cells = JointCells.expected(normal, incomplete);
        int s = sources.indexOf(source);
        int[] places = this.places.get(s);
        double[][] expected = new double[rows.size()][places.length];
        for (int i = 0; i < expected.length; i++) {
            for (int f = 0; f < places.length; f++) {
                expected[i][f] = decode(s, f, feature(s, f, cells.values(), i * width()));
            }
        }
        return expected;
    }
}
