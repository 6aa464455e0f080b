package intarsia.models.gp;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.data.BlockEncoder;
import intarsia.models.data.CellNodes;
import intarsia.models.data.Feature;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Layout;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The way from raw rows to what kernels read: the features of an encoding, 0/1 features centered by their mean over training rows. Those of
 * a binary column are multiplied by sqrt(2), so that it counts as much as a categorical column of two levels.
 *
 * @param layout   the sources, anchors first, and the tasks
 * @param encoding the way to features
 * @param centers  for each source what is subtracted from its features
 */
record KernelFeatures(Layout layout, FeatureEncoding encoding, List<double[]> centers) {
    private static final double SQRT_2 = Math.sqrt(2);

    /** Rows of a task. */
    record OfTask(String task, Observations rows) {}

    /** With centers learned from training rows. */
    static KernelFeatures of(Layout layout, FeatureEncoding encoding, List<OfTask> training) {
        List<double[]> centers = layout.widths().stream().map(double[]::new).toList();
        KernelRows rows = new KernelFeatures(layout, encoding, centers).withoutSquares(training);
        for (int s = 0; s < centers.size(); s++) {
            SourceRows of = rows.sources()[s];
            boolean[] binary = encoding.binary(layout.sources().get(s));
            double[] center = new double[binary.length];
            for (int k = 0; k < of.x().length; k++) {
                center[k % center.length] += binary[k % center.length] ? of.x()[k] / of.size() : 0;
            }
            System.arraycopy(center, 0, centers.get(s), 0, center.length);
        }
        return new KernelFeatures(layout, encoding, centers);
    }

    List<Source> sources() {
        return layout.sources();
    }

    private List<Feature> features(int s) {
        return encoding.features().get(sources().get(s).name());
    }

    /** The rows of tasks, one after the other; their tasks are numbered in this order. */
    KernelRows rows(List<OfTask> tasks) {
        return rows(tasks, true);
    }

    /** The same without squares, which take as much again: for what imputes and has no kernels. */
    KernelRows withoutSquares(List<OfTask> tasks) {
        return rows(tasks, false);
    }

    private KernelRows rows(List<OfTask> tasks, boolean squares) {
        int[] taskOf = new int[tasks.stream().mapToInt(of -> of.rows.size()).sum()];
        int first = 0;
        for (int t = 0; t < tasks.size(); t++) {
            Arrays.fill(taskOf, first, first + tasks.get(t).rows.size(), t);
            first += tasks.get(t).rows.size();
        }
        SourceRows[] shared = new SourceRows[centers.size()];
        SourceRows[] specific = new SourceRows[shared.length];
        for (int s = 0; s < shared.length; s++) {
            Source source = sources().get(s);
            shared[s] = rows(tasks, s, taskOf.length, false, squares);
            specific[s] = tasks.stream().allMatch(of -> all(encoding.varying(source, of.task))) ? shared[s]
                    : rows(tasks, s, taskOf.length, true, squares);
        }
        return new KernelRows(taskOf, shared, specific);
    }

    private static boolean all(boolean[] flags) {
        for (boolean flag : flags) {
            if (!flag) {
                return false;
            }
        }
        return true;
    }

    private SourceRows rows(List<OfTask> tasks, int s, int n, boolean specific, boolean squares) {
        int width = centers.get(s).length;
        int[] rows = new int[n];
        double[] x = new double[n * width];
        int count = 0;
        int first = 0;
        for (OfTask of : tasks) {
            double[][] block = of.rows.blocks().get(sources().get(s));
            if (block != null) {
                BlockEncoder encoder = encoding.encoder(of.task, sources().get(s));
                int from = count;
                for (int i = 0; i < block.length; i++) {
                    if (Arrays.stream(block[i]).anyMatch(cell -> !Double.isNaN(cell))) {
                        encoder.encode(block[i], x, count * width);
                        rows[count++] = first + i;
                    }
                }
                scale(s, x, from, count);
                if (specific) {
                    fix(s, of.task, x, from, count);
                }
            }
            first += of.rows.size();
        }
        int[] numbers = Arrays.copyOf(rows, count);
        double[] kept = count == n ? x : Arrays.copyOf(x, count * width);
        return squares ? measured(s, numbers, kept) : SourceRows.measured(numbers, kept, width, new double[0], 0);
    }

    /** Rows that have a source, with its features as kernels read them. */
    SourceRows measured(int s, int[] rows, double[] x) {
        return SourceRows.measured(rows, x, centers.get(s).length, squares(s, x), quantities(s).length);
    }

    /** Makes encoded features of rows what kernels read. */
    private void scale(int s, double[] x, int from, int to) {
        List<Feature> features = features(s);
        for (int k = from * features.size(); k < to * features.size(); k++) {
            int f = k % features.size();
            x[k] = scaled(features.get(f), centers.get(s)[f], x[k]);
        }
    }

    /**
     * Records a source's features of rows of a task as kernels read them, those of rows that lack it being whatever fills them.
     *
     * @param specific whether features that do not vary in the task's training rows are what they are there
     */
    Node record(int s, String task, CellNodes cells, boolean specific) {
        List<Feature> features = features(s);
        boolean[] varying = encoding.varying(sources().get(s), task);
        Node encoded = encoding.encoder(task, sources().get(s)).record(cells);
        Graph graph = encoded.graph();
        double[] factors = new double[varying.length];
        double[] shifts = new double[varying.length];
        for (int f = 0; f < varying.length; f++) {
            boolean constant = features.get(f).moments().constant();
            boolean fix = specific && !varying[f];
            factors[f] = constant || fix ? 0 : factor(features.get(f));
            shifts[f] = constant ? 0 : fix ? fixed(s, f, task) : -centers.get(s)[f];
        }
        Shape row = Shape.of(1, varying.length);
        return encoded.times(graph.constant(Tensor.of(row, factors))).plus(graph.constant(Tensor.of(row, shifts)));
    }

    private static double scaled(Feature feature, double center, double encoded) {
        return feature.moments().constant() ? 0 : factor(feature) * encoded - center;
    }

    private static double factor(Feature feature) {
        return feature.binary() && feature.level() < 0 ? SQRT_2 : 1;
    }

    /** What a feature that does not vary in a task's training rows is in them. */
    private double fixed(int s, int f, String task) {
        Feature feature = features(s).get(f);
        return scaled(feature, centers.get(s)[f], feature.fill().getOrDefault(task, 0.0));
    }

    /** Sets features that do not vary in a task's training rows to what they are there. */
    private void fix(int s, String task, double[] x, int from, int to) {
        boolean[] varying = encoding.varying(sources().get(s), task);
        for (int f = 0; f < varying.length; f++) {
            double fixed = varying[f] ? 0 : fixed(s, f, task);
            for (int i = from; !varying[f] && i < to; i++) {
                x[i * varying.length + f] = fixed;
            }
        }
    }

    /** The features of a source that are quantities and vary. */
    int[] quantities(int s) {
        List<Feature> features = features(s);
        return IntStream.range(0, features.size()).filter(f -> !features.get(f).binary() && !features.get(f).moments().constant())
                .toArray();
    }

    private double[] squares(int s, double[] x) {
        int width = centers.get(s).length;
        int[] quantities = quantities(s);
        double[] squares = new double[x.length / width * quantities.length];
        for (int i = 0; i < x.length / width; i++) {
            for (int q = 0; q < quantities.length; q++) {
                squares[i * quantities.length + q] = square(x[i * width + quantities[q]], 0);
            }
        }
        return squares;
    }

    /** The mean of a quantity's square as kernels read it. */
    static double square(double mean, double variance) {
        return (mean * mean + variance - 1) / SQRT_2;
    }

    /** The anchor's features of rows, those of anchors that a row lacks being 0. */
    Tensor anchor(KernelRows rows) {
        int width = layout.anchorWidth();
        double[] x = new double[rows.size() * width];
        int at = 0;
        for (int s = 0; s < layout.anchors().size(); s++) {
            SourceRows of = rows.sources()[s];
            for (int i = 0; i < of.size(); i++) {
                System.arraycopy(of.x(), i * of.width(), x, of.rows()[i] * width + at, of.width());
            }
            at += of.width();
        }
        return Tensor.of(Shape.of(rows.size(), width), x);
    }

    /** The same of those rows alone that have a source. */
    Tensor anchor(KernelRows rows, int source) {
        int width = layout.anchorWidth();
        int[] having = rows.sources()[source].rows();
        double[] x = new double[having.length * width];
        int at = 0;
        for (int s = 0; s < layout.anchors().size(); s++) {
            SourceRows of = rows.sources()[s];
            int k = 0;
            for (int i = 0; i < having.length; i++) {
                while (k < of.size() && of.rows()[k] < having[i]) {
                    k++;
                }
                if (k < of.size() && of.rows()[k] == having[i]) {
                    System.arraycopy(of.x(), k * of.width(), x, i * width + at, of.width());
                }
            }
            at += of.width();
        }
        return Tensor.of(Shape.of(having.length, width), x);
    }

    /** Features as kernels read them in the encoding's own scale: the way back, in place. */
    double[] encoded(int s, double[] x) {
        List<Feature> features = features(s);
        for (int k = 0; k < x.length; k++) {
            Feature feature = features.get(k % features.size());
            x[k] = (x[k] + centers.get(s)[k % features.size()]) / factor(feature);
        }
        return x;
    }

    /** What belongs to each source where these are the tasks. */
    Divisors[] divisors(List<String> tasks) {
        Divisors[] divisors = new Divisors[centers.size()];
        for (int s = 0; s < divisors.length; s++) {
            int varied = (int) features(s).stream().filter(feature -> !feature.moments().constant()).count();
            double[] constant = new double[tasks.size()];
            double[] squares = new double[tasks.size()];
            for (int t = 0; t < tasks.size(); t++) {
                boolean[] varying = encoding.varying(sources().get(s), tasks.get(t));
                for (int f = 0; f < varying.length; f++) {
                    Feature feature = features(s).get(f);
                    if (!varying[f] && !feature.moments().constant()) {
                        double x = fixed(s, f, tasks.get(t));
                        constant[t] += x * x;
                        squares[t] += feature.binary() ? 0 : square(x, 0) * square(x, 0);
                    }
                }
            }
            divisors[s] = new Divisors(Math.max(1, varied), Math.max(1, quantities(s).length), constant, squares);
        }
        return divisors;
    }
}
