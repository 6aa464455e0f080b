package intarsia.models.tenmtl;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.models.data.Axis;
import intarsia.models.data.CellNodes;
import intarsia.models.data.Feature;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One of the parts whose outer product a row's predictors are, or one of its modalities. It is a vector: a 1 if there is a constant, the
 * features of its sources, hinges. Or it is the tensor of one source, a mode for each axis. Columns of a vector are standardized one by
 * one. Those of a tensor are centered one by one and divided by one number, the root of their mean variance: dividing each by its own would
 * not leave coefficients of low rank at that rank.
 *
 * @param sources  whose columns it holds; one that is a tensor stands alone
 * @param constant whether it is led by a 1
 * @param hinges   that follow the columns' features
 */
public record TensorPart(List<Source> sources, boolean constant, List<Hinge> hinges) {
    /**
     * A bend: {@code max(0, x - at)} of a continuous column's feature x.
     *
     * @param column the column
     * @param name   for people
     * @param at     on the encoded scale
     */
    public record Hinge(String column, String name, double at) {
        static Hinge of(Feature feature, double knot) {
            return new Hinge(feature.column(), "(" + feature.column() + " - " + plain(knot) + ")+", feature.moments().encode(knot));
        }

        private static String plain(double number) {
            return number == Math.rint(number) && Math.abs(number) < 1e15 ? Long.toString((long) number) : Double.toString(number);
        }
    }

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if there is a tensor and anything else
     */
    public TensorPart {
        sources = List.copyOf(sources);
        hinges = List.copyOf(hinges);
        if (sources.stream().anyMatch(Source::tensor) && (sources.size() > 1 || constant || !hinges.isEmpty())) {
            throw new IllegalArgumentException("tensor encoding: a source that is a tensor stands alone, without constant and hinges");
        }
    }

    /** Whether it is the tensor of a source. */
    boolean tensor() {
        return sources.size() == 1 && sources.getFirst().tensor();
    }

    /** How many modes it has. */
    int modes() {
        return tensor() ? sources.getFirst().axes().size() : 1;
    }

    /** How many places a mode has. */
    int size(FeatureEncoding encoding, int mode) {
        return tensor() ? sources.getFirst().axes().get(mode).size()
                : (constant ? 1 : 0) + sources.stream().mapToInt(encoding::width).sum() + hinges.size();
    }

    /** How many numbers a row has in it. */
    int size(FeatureEncoding encoding) {
        return tensor() ? sources.getFirst().columns().size() : size(encoding, 0);
    }

    /** What a mode is called: the axis, its sources, or "predictors" where there is but one vector of all. */
    String name(int mode) {
        return tensor() ? sources.getFirst().axes().get(mode).name()
                : constant ? String.join("-", sources.stream().map(Source::name).toList()) : "predictors";
    }

    /** What the places of a mode stand for, in their order. */
    List<String> names(FeatureEncoding encoding, int mode) {
        List<String> names = new ArrayList<>();
        if (tensor()) {
            Axis axis = sources.getFirst().axes().get(mode);
            for (int i = 0; i < axis.size(); i++) {
                names.add(axis.place(i));
            }
            return names;
        }
        if (constant) {
            names.add("1");
        }
        sources.forEach(source -> names.addAll(encoding.names(source)));
        hinges.forEach(hinge -> names.add(hinge.name));
        return names;
    }

    /** Makes sure that an encoding has its columns. */
    void check(FeatureEncoding encoding) {
        encoding.check(sources);
        hinges.forEach(hinge -> place(encoding, hinge));
    }

    /** Its numbers, row after row. */
    double[] numbers(FeatureEncoding encoding, String task, Observations rows) {
        return tensor() ? places(encoding, task, rows) : vectors(encoding, task, rows);
    }

    /** Features stand in the order of their columns' names, places in that of the columns. */
    private double[] places(FeatureEncoding encoding, String task, Observations rows) {
        Source source = sources.getFirst();
        double[] dense = encoding.encode(task, source, block(rows, source));
        double[] scales = scales(encoding);
        int[] order = order(encoding);
        double[] places = new double[dense.length];
        for (int f = 0; f < scales.length; f++) {
            for (int at = 0; at < dense.length; at += scales.length) {
                places[at + order[f]] = dense[at + f] * scales[f];
            }
        }
        return places;
    }

    /** A source's block; rows that lack it have no cells. */
    private static double[][] block(Observations rows, Source source) {
        return rows.blocks().getOrDefault(source, new double[rows.size()][]);
    }

    /** The place of each feature in the tensor. */
    private int[] order(FeatureEncoding encoding) {
        Source source = sources.getFirst();
        Map<String, Integer> numbers = source.columnNumbers();
        return encoding.features().get(source.name()).stream().mapToInt(feature -> numbers.get(feature.column())).toArray();
    }

    /** Of each feature its standard deviation, relative to the root of the mean of their squares: what brings all to one unit. */
    double[] scales(FeatureEncoding encoding) {
        double[] scales = encoding.features().get(sources.getFirst().name()).stream().mapToDouble(feature -> feature.moments().scale())
                .toArray();
        double largest = 0;
        for (double scale : scales) {
            largest = Math.max(largest, scale);
        }
        double square = 0;
        for (int f = 0; f < scales.length && largest > 0; f++) {
            scales[f] /= largest;
            square += scales[f] * scales[f] / scales.length;
        }
        for (int f = 0; f < scales.length && largest > 0; f++) {
            scales[f] /= Math.sqrt(square);
        }
        return scales;
    }

    private double[] vectors(FeatureEncoding encoding, String task, Observations rows) {
        int width = size(encoding, 0);
        int n = rows.size();
        double[] vectors = new double[n * width];
        int first = constant ? 1 : 0;
        int at = first;
        for (Source source : sources) {
            double[] dense = encoding.encode(task, source, block(rows, source));
            int columns = encoding.width(source);
            for (int i = 0; i < n; i++) {
                System.arraycopy(dense, i * columns, vectors, i * width + at, columns);
            }
            at += columns;
        }
        for (int i = 0; i < n && constant; i++) {
            vectors[i * width] = 1;
        }
        for (Hinge hinge : hinges) {
            int from = first + place(encoding, hinge);
            for (int i = 0; i < n; i++) {
                vectors[i * width + at] = Math.max(0, vectors[i * width + from] - hinge.at);
            }
            at++;
        }
        return vectors;
    }

    /** Records its numbers; those of a tensor as its features stand, each divided by its own standard deviation. */
    Node record(Graph graph, FeatureEncoding encoding, String task, Map<Source, CellNodes> cells) {
        Node dense = graph.concat(1, sources.stream().map(source -> encoding.encoder(task, source).record(cells.get(source))).toList());
        List<Node> numbers = new ArrayList<>();
        if (constant) {
            numbers.add(dense.slice(1, 0, 1).affine(0, 1));
        }
        numbers.add(dense);
        for (Hinge hinge : hinges) {
            int from = place(encoding, hinge);
            numbers.add(dense.slice(1, from, from + 1).minus(hinge.at).relu());
        }
        return graph.concat(1, numbers);
    }

    /**
     * Coefficients of what is recorded: those of a tensor's places put in the order of its features, times its scales.
     *
     * @param coefficients [outer x numbers x inner]
     */
    double[] byFeatures(FeatureEncoding encoding, double[] coefficients, int inner) {
        if (!tensor()) {
            return coefficients;
        }
        double[] scales = scales(encoding);
        int[] order = order(encoding);
        double[] ordered = new double[coefficients.length];
        for (int f = 0; f < scales.length; f++) {
            for (int from = 0; from < ordered.length; from += scales.length * inner) {
                for (int i = 0; i < inner; i++) {
                    ordered[from + f * inner + i] = scales[f] * coefficients[from + order[f] * inner + i];
                }
            }
        }
        return ordered;
    }

    /** The place of a hinge's column among the features, the constant not counted. */
    private int place(FeatureEncoding encoding, Hinge hinge) {
        int place = 0;
        for (Source source : sources) {
            for (Feature feature : encoding.features().get(source.name())) {
                if (feature.column().equals(hinge.column) && !feature.binary()) {
                    return place;
                }
                place++;
            }
        }
        throw new IllegalArgumentException("tensor encoding: hinge " + hinge.name + " belongs to no continuous column of its mode");
    }
}
