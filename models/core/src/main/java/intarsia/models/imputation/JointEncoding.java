package intarsia.models.imputation;

import intarsia.models.data.BlockEncoder;
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
 * it is wanted, the response as models learn it, less its task's mean. All are standardized.
 *
 * @param encoding  the way to features
 * @param sources   the sources
 * @param places    for each source the column of each of its features; -1 for one that does not vary
 * @param responses for each kind of response its first column
 * @param centers   for each task the means of its response
 * @param moments   of each column
 */
record JointEncoding(FeatureEncoding encoding, List<Source> sources, List<int[]> places, Map<String, Integer> responses,
        Map<String, double[]> centers, List<Moments> moments) {
    /** Learns from training rows, and from rows whose response is not known. */
    static JointEncoding of(DataSplit split, boolean withResponse) {
        FeatureEncoding encoding = FeatureEncoding.of(split, FeatureEncoding.Scaling.STANDARDIZED);
        List<Source> sources = new ArrayList<>(split.data().anchors());
        sources.addAll(split.data().others());
        sources.sort((a, b) -> a.name().compareTo(b.name()));
        int column = 0;
        List<int[]> places = new ArrayList<>();
        for (Source source : sources) {
            List<Feature> features = encoding.features().get(source.name());
            int[] of = new int[features.size()];
            for (int f = 0; f < of.length; f++) {
                of[f] = features.get(f).moments().constant() ? -1 : column++;
            }
            places.add(of);
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
        JointEncoding bare = new JointEncoding(encoding, sources, places, responses, centers,
                IntStream.range(0, column).mapToObj(j -> Moments.NONE).toList());
        IncompleteRows rows = bare.rows(split);
        List<Moments> moments = new ArrayList<>();
        for (int j = 0; j < column; j++) {
            moments.add(Moments.of(rows.seen(j)));
        }
        return new JointEncoding(encoding, sources, places, responses, centers, moments);
    }

    /** Responses of one kind have the same columns in all tasks. */
    private static String kind(TaskSplit task) {
        return task.task().family().key() + " " + task.task().family().learned();
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
        return IntStream.range(0, places.stream().flatMapToInt(Arrays::stream).max().orElse(-1) + 1).toArray();
    }

    /** All training rows and those without a response: task by task, in the order of names and of rows' keys. */
    IncompleteRows rows(DataSplit split) {
        List<double[]> parts = new ArrayList<>();
        for (TaskSplit task : split.tasks()) {
            parts.add(encode(task.task().name(), task.observations(task.train()), responses.isEmpty() ? null : task));
            parts.add(encode(task.task().name(), task.task().unlabelled(), null));
        }
        return IncompleteRows.of(width(), parts.stream().flatMapToDouble(Arrays::stream).toArray());
    }

    /**
     * Rows of a task, a column that is not known being NaN.
     *
     * @param labelled the split whose training rows these are, or null: responses are not known
     */
    double[] encode(String task, Observations rows, TaskSplit labelled) {
        int d = width();
        double[] x = new double[rows.size() * d];
        Arrays.fill(x, Double.NaN);
        for (int s = 0; s < sources.size(); s++) {
            double[][] block = rows.blocks().get(sources.get(s));
            BlockEncoder encoder = encoding.encoder(task, sources.get(s));
            double[] features = new double[encoder.width()];
            for (int i = 0; block != null && i < rows.size(); i++) {
                encoder.encodeKnown(block[i], features, 0);
                for (int f = 0; f < features.length; f++) {
                    if (places.get(s)[f] >= 0) {
                        x[i * d + places.get(s)[f]] = features[f];
                    }
                }
            }
        }
        if (labelled != null) {
            int first = responses.get(kind(labelled));
            int numbers = labelled.task().family().learned();
            double[] y = encoding.responses(labelled, labelled.train());
            for (int k = 0; k < y.length; k++) {
                x[k / numbers * d + first + k % numbers] = y[k] - centers.get(task)[k % numbers];
            }
        }
        for (int k = 0; k < x.length; k++) {
            x[k] = Double.isNaN(x[k]) ? x[k] : moments.get(k % d).encode(x[k]);
        }
        return x;
    }

    /**
     * A number of a feature's column as the cell it stands for: the quantity, or the probability of 1 or of the level.
     *
     * @param column its column's number; ignored where the feature does not vary
     */
    double decode(int source, int feature, double number) {
        int place = places.get(source)[feature];
        return encoding.features().get(sources.get(source).name()).get(feature)
                .decode(place < 0 ? 0 : moments.get(place).decode(number));
    }
}
