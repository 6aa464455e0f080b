package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.data.Column;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Feature;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Individual;
import intarsia.models.data.Moments;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The way from rows of tasks to predictor tensors of individuals, a task being an individual; learned on training rows only. Columns are
 * encoded as everywhere ({@link FeatureEncoding}); continuous responses are divided by their standard deviation within individuals, so that
 * penalties mean the same for any unit. Only sources that every task has can be read; the others are listed.
 *
 * @param encoding      of columns
 * @param modes         of the tensor
 * @param response      what is known of the responses of all tasks
 * @param responseScale what responses are divided by; 1 for binary ones
 * @param unused        names of the sources that are in no mode
 */
public record TensorEncoding(FeatureEncoding encoding, List<Mode> modes, ResponseFamily response, double responseScale,
        List<String> unused) {
    /**
     * One mode of the tensor: a 1 if there is a constant, the features of its sources, hinges.
     *
     * @param sources  whose columns it holds
     * @param constant whether it is led by a 1
     * @param hinges   that follow the columns' features
     */
    public record Mode(List<Source> sources, boolean constant, List<Hinge> hinges) {
        /** Copies the lists. */
        public Mode {
            sources = List.copyOf(sources);
            hinges = List.copyOf(hinges);
        }
    }

    /**
     * A bend: {@code max(0, x - at)} of a continuous column's feature x.
     *
     * @param column the column
     * @param name   for people
     * @param at     on the encoded scale
     */
    public record Hinge(String column, String name, double at) {}

    /**
     * Copies the lists and checks that modes, columns and scale fit each other.
     *
     * @throws IllegalArgumentException if they do not
     */
    public TensorEncoding {
        modes = List.copyOf(modes);
        unused = List.copyOf(unused);
        if (modes.isEmpty() || !(responseScale > 0 && responseScale < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("tensor encoding: " + modes.size() + " modes and response scale " + responseScale
                    + "; needs at least one mode and a positive scale");
        }
        for (Mode mode : modes) {
            encoding.check(mode.sources);
            mode.hinges.forEach(hinge -> place(encoding, mode, hinge));
        }
    }

    /**
     * Learns from the training rows of each task.
     *
     * @throws DataException if a source that is asked for does not exist or is missing in a task, if a column that shall bend is not a
     *                       continuous one in a mode, or if responses are of different kinds
     */
    public static TensorEncoding of(DataSplit split, TensorForm form) {
        TaskSet data = split.data();
        FeatureEncoding encoding = FeatureEncoding.of(split, FeatureEncoding.Scaling.STANDARDIZED);
        List<List<String>> named = form.modes().isEmpty() ? List.of(data.anchors().stream().map(Source::name).toList()) : form.modes();
        List<Mode> modes = new ArrayList<>();
        Set<String> bent = new HashSet<>();
        for (List<String> names : named) {
            List<Source> sources = names.stream().map(name -> anchor(data, name)).toList();
            List<Hinge> hinges = new ArrayList<>();
            for (Source source : sources) {
                for (Feature feature : encoding.features().get(source.name())) {
                    if (!feature.binary() && form.knots().containsKey(feature.column())) {
                        bent.add(feature.column());
                        form.knots().get(feature.column()).forEach(knot -> hinges.add(new Hinge(feature.column(),
                                "(" + feature.column() + " - " + plain(knot) + ")+", feature.moments().encode(knot))));
                    }
                }
            }
            modes.add(new Mode(sources, !form.modes().isEmpty(), hinges));
        }
        form.knots().keySet().stream().filter(column -> !bent.contains(column)).findFirst().ifPresent(column -> {
            throw new DataException("predictors: knots are given for '" + column + "', which is no continuous column of the sources used");
        });
        List<String> unused = Stream.concat(data.anchors().stream(), data.others().stream())
                .filter(source -> modes.stream().noneMatch(mode -> mode.sources.contains(source))).map(Source::name).sorted().toList();
        ResponseFamily response = response(split);
        return new TensorEncoding(encoding, modes, response, response.standardized() ? scale(split) : 1, unused);
    }

    /** For one more task, whose missing cells are filled from its training rows; see {@link FeatureEncoding#with}. */
    public TensorEncoding with(TaskSplit task) {
        return new TensorEncoding(encoding.with(task), modes, response, responseScale, unused);
    }

    private static Source anchor(TaskSet data, String name) {
        return data.anchors().stream().filter(source -> source.name().equals(name)).findFirst().orElseThrow(() -> new DataException(
                "predictors: " + (data.others().stream().anyMatch(source -> source.name().equals(name))
                        ? "source '" + name + "' is missing in some tasks; personal models need theirs in all"
                        : "there is no source '" + name + "' among " + data.anchors().stream().map(Source::name).toList())));
    }

    private static ResponseFamily response(DataSplit split) {
        Task first = split.taskList().getFirst();
        for (Task task : split.taskList()) {
            if (!task.family().equals(first.family())) {
                throw new DataException("task '" + task.name() + "': its response is " + task.family().key() + ", that of '"
                        + first.name() + "' " + first.family().key() + "; personal models need the same in all tasks");
            }
        }
        return first.family();
    }

    /**
     * The standard deviation within individuals: the root of the mean, over individuals, of their variance; the largest response if all are
     * constant.
     */
    private static double scale(DataSplit split) {
        double[] deviations = split.tasks().stream().mapToDouble(task -> Moments.of(task.responses(task.train())).scale()).toArray();
        double largest = Arrays.stream(deviations).max().orElse(0);
        if (largest == 0) {
            double size = split.tasks().stream().flatMapToDouble(task -> Arrays.stream(task.responses(task.train()))).map(Math::abs).max()
                    .orElse(0);
            return size > 0 ? size : 1;
        }
        int exponent = Math.getExponent(Math.max(largest, Double.MIN_NORMAL));
        double variance = 0;
        for (double deviation : deviations) {
            variance += Math.scalb(deviation, -exponent) * Math.scalb(deviation, -exponent) / deviations.length;
        }
        return Math.scalb(Math.sqrt(variance), exponent);
    }

    /** The sources that are read. */
    public List<Source> sources() {
        return modes.stream().flatMap(mode -> mode.sources.stream()).toList();
    }

    /** The shape of a row: {@code p_1 x ... x p_d}. */
    public Shape row() {
        return Shape.of(modes.stream().mapToInt(this::width).toArray());
    }

    private int width(Mode mode) {
        return (mode.constant ? 1 : 0) + mode.sources.stream().mapToInt(encoding::width).sum() + mode.hinges.size();
    }

    /** What a mode is called: its sources, or "predictors" where there is but one vector of all. */
    public String name(int mode) {
        Mode of = modes.get(mode);
        return of.constant ? String.join("-", of.sources.stream().map(Source::name).toList()) : "predictors";
    }

    /** What the places of a mode stand for, in their order. */
    public List<String> names(int mode) {
        Mode of = modes.get(mode);
        List<String> names = new ArrayList<>();
        if (of.constant) {
            names.add("1");
        }
        of.sources.forEach(source -> names.addAll(encoding.names(source)));
        of.hinges.forEach(hinge -> names.add(hinge.name));
        return names;
    }

    /** The place of a hinge's column among a mode's features, the constant not counted. */
    static int place(FeatureEncoding encoding, Mode mode, Hinge hinge) {
        int place = 0;
        for (Source source : mode.sources) {
            for (Feature feature : encoding.features().get(source.name())) {
                if (feature.column().equals(hinge.column) && !feature.binary()) {
                    return place;
                }
                place++;
            }
        }
        throw new IllegalArgumentException("tensor encoding: hinge " + hinge.name + " belongs to no continuous column of its mode");
    }

    /**
     * Rows as predictor tensors [n x p_1 x ... x p_d].
     *
     * @throws DataException if they lack a source
     */
    public Tensor predictors(String task, Observations rows) {
        int[] sizes = IntStream.concat(IntStream.of(rows.size()), IntStream.of(row().sizes())).toArray();
        return Tensor.of(Shape.of(sizes), numbers(task, rows));
    }

    /** The same, row after row. */
    double[] numbers(String task, Observations rows) {
        rows.require(sources());
        double[] product = vectors(modes.getFirst(), task, rows);
        for (Mode mode : modes.subList(1, modes.size())) {
            product = outer(rows.size(), product, vectors(mode, task, rows));
        }
        return product;
    }

    private double[] vectors(Mode mode, String task, Observations rows) {
        int width = width(mode);
        int n = rows.size();
        double[] vectors = new double[n * width];
        int first = mode.constant ? 1 : 0;
        int at = first;
        for (Source source : mode.sources) {
            double[] dense = encoding.encode(task, source, rows.blocks().get(source));
            int columns = encoding.width(source);
            for (int i = 0; i < n; i++) {
                System.arraycopy(dense, i * columns, vectors, i * width + at, columns);
            }
            at += columns;
        }
        for (int i = 0; i < n && mode.constant; i++) {
            vectors[i * width] = 1;
        }
        for (Hinge hinge : mode.hinges) {
            int from = first + place(encoding, mode, hinge);
            for (int i = 0; i < n; i++) {
                vectors[i * width + at] = Math.max(0, vectors[i * width + from] - hinge.at);
            }
            at++;
        }
        return vectors;
    }

    /** Row by row the outer products of vectors. */
    private static double[] outer(int rows, double[] a, double[] b) {
        int left = a.length / Math.max(rows, 1);
        int right = b.length / Math.max(rows, 1);
        double[] product = new double[rows * left * right];
        for (int i = 0, at = 0; i < rows; i++) {
            for (int j = 0; j < left; j++) {
                for (int k = 0; k < right; k++) {
                    product[at++] = a[i * left + j] * b[i * right + k];
                }
            }
        }
        return product;
    }

    /** The training rows of each task as individuals, responses on the scale the models learn. */
    public List<Individual> individuals(DataSplit split) {
        return split.map(task -> individual(task, task.train()));
    }

    /** Some rows of a task as an individual. */
    public Individual individual(TaskSplit task, int[] rows) {
        double[] response = Arrays.stream(task.responses(rows)).map(y -> y / responseScale).toArray();
        return new Individual(task.task().name(), predictors(task.task().name(), task.observations(rows)), response);
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15 ? Long.toString((long) number) : Double.toString(number);
    }
}
