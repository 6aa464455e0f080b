package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.data.Column;
import intarsia.models.data.DataException;
import intarsia.models.data.Encoding;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.Task.ResponseKind;
import intarsia.models.data.TaskSet;
import intarsia.optim.solve.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The way from rows of tasks to predictor tensors of individuals, a task being an individual; learned on training rows only. Columns are
 * encoded as everywhere ({@link Encoding}); continuous responses are divided by their standard deviation within individuals, so that
 * penalties mean the same for any unit.
 *
 * @param encoding      of columns
 * @param modes         of the tensor
 * @param kind          of the responses
 * @param responseScale what responses were divided by; 1 for binary ones
 */
public record TensorEncoding(Encoding encoding, List<Mode> modes, ResponseKind kind, double responseScale) {
    /**
     * One mode of the tensor.
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
     * A bend: {@code max(0, x - at)} of a mode's feature x, as encoded.
     *
     * @param feature its number among the mode's features
     * @param name    for people
     * @param at      on the encoded scale
     */
    public record Hinge(int feature, String name, double at) {}

    /** Copies the list. */
    public TensorEncoding {
        modes = List.copyOf(modes);
    }

    /**
     * Learns from the given rows of each task: {@code rows.get(t)} are row numbers of the t-th task.
     *
     * @throws DataException if a source that is asked for does not exist or is missing in a task, if a column that shall bend is not a
     *                       continuous one in a mode, or if responses are of different kinds
     */
    public static TensorEncoding of(TaskSet data, List<int[]> rows, TensorForm form) {
        Encoding encoding = Encoding.of(data, rows, Encoding.Scaling.STANDARDIZED);
        List<List<String>> named = form.modes().isEmpty() ? List.of(data.anchors().stream().map(Source::name).toList()) : form.modes();
        List<Mode> modes = new ArrayList<>();
        Set<String> bent = new HashSet<>();
        for (List<String> names : named) {
            List<Source> sources = names.stream().map(name -> anchor(data, name)).toList();
            List<Hinge> hinges = new ArrayList<>();
            int first = 0;
            for (Source source : sources) {
                int at = 0;
                for (Column column : source.columns()) {
                    if (column.kind() == Column.Kind.CONTINUOUS && form.knots().containsKey(column.name())) {
                        bent.add(column.name());
                        Encoding.Moments moments = encoding.features().get(source.name()).get(at).moments();
                        for (double knot : form.knots().get(column.name())) {
                            hinges.add(new Hinge(first + at, "(" + column.name() + " - " + plain(knot) + ")+",
                                    (knot - moments.mean()) / moments.scale()));
                        }
                    }
                    at += column.width();
                }
                first += at;
            }
            modes.add(new Mode(sources, !form.modes().isEmpty(), hinges));
        }
        form.knots().keySet().stream().filter(column -> !bent.contains(column)).findFirst().ifPresent(column -> {
            throw new DataException("predictors: knots are given for '" + column + "', which is no continuous column of the sources used");
        });
        return new TensorEncoding(encoding, modes, kind(data), scale(data, rows));
    }

    /** For one more task, whose missing cells are filled from the given rows; see {@link Encoding#with}. */
    public TensorEncoding with(Task task, int[] rows) {
        return new TensorEncoding(encoding.with(task, rows), modes, kind, responseScale);
    }

    private static Source anchor(TaskSet data, String name) {
        return data.anchors().stream().filter(source -> source.name().equals(name)).findFirst().orElseThrow(() -> new DataException(
                "predictors: " + (data.others().stream().anyMatch(source -> source.name().equals(name))
                        ? "source '" + name + "' is missing in some tasks; personal models need theirs in all"
                        : "there is no source '" + name + "' among " + data.anchors().stream().map(Source::name).toList())));
    }

    private static ResponseKind kind(TaskSet data) {
        ResponseKind kind = data.tasks().getFirst().responseKind();
        for (Task task : data.tasks()) {
            if (task.responseKind() != kind) {
                throw new DataException("task '" + task.name() + "': its response is not of the same kind as that of '"
                        + data.tasks().getFirst().name() + "'; personal models share one");
            }
        }
        return kind;
    }

    /** The standard deviation within individuals: the root of the mean, over individuals, of their variance. */
    private static double scale(TaskSet data, List<int[]> rows) {
        if (kind(data) == ResponseKind.BINARY) {
            return 1;
        }
        double variance = 0;
        for (int t = 0; t < rows.size(); t++) {
            double[] response = data.tasks().get(t).response();
            double mean = Arrays.stream(rows.get(t)).mapToDouble(i -> response[i]).average().orElse(0);
            variance += Arrays.stream(rows.get(t)).mapToDouble(i -> (response[i] - mean) * (response[i] - mean)).average().orElse(0)
                    / rows.size();
        }
        if (!Double.isFinite(variance)) {
            throw new DataException("the responses are too large for their squares; give them in another unit");
        }
        return variance > 0 ? Math.sqrt(variance) : 1;
    }

    /** The responses' family. */
    public Family family() {
        return kind == ResponseKind.BINARY ? Family.BINOMIAL : Family.GAUSSIAN;
    }

    /** The shape of a row: {@code p_1 x ... x p_d}. */
    public Shape row() {
        return Shape.of(modes.stream().mapToInt(this::width).toArray());
    }

    private int width(Mode mode) {
        return (mode.constant ? 1 : 0) + mode.sources.stream().mapToInt(encoding::width).sum() + mode.hinges.size();
    }

    /** What the places of a mode stand for, in their order. */
    public List<String> names(int mode) {
        Mode of = modes.get(mode);
        List<String> names = new ArrayList<>();
        if (of.constant) {
            names.add("1");
        }
        for (Source source : of.sources) {
            for (Column column : source.columns()) {
                IntStream.range(0, column.width()).forEach(level -> names.add(column.width() == 1 ? column.name()
                        : column.name() + " = " + column.levels().get(level)));
            }
        }
        of.hinges.forEach(hinge -> names.add(hinge.name));
        return names;
    }

    /**
     * Rows as predictor tensors [n x p_1 x ... x p_d].
     *
     * @throws DataException if they lack a source
     */
    public Tensor predictors(String task, Observations rows) {
        double[][] product = new double[rows.size()][];
        Arrays.setAll(product, i -> new double[] {1});
        for (Mode mode : modes) {
            double[][] vectors = vectors(mode, task, rows);
            for (int i = 0; i < product.length; i++) {
                product[i] = outer(product[i], vectors[i]);
            }
        }
        int p = row().size();
        Tensor predictors = Tensor.zeros(IntStream.concat(IntStream.of(rows.size()), Arrays.stream(row().sizes())).toArray());
        for (int i = 0; i < product.length; i++) {
            System.arraycopy(product[i], 0, predictors.doubles(), i * p, p);
        }
        return predictors;
    }

    private double[][] vectors(Mode mode, String task, Observations rows) {
        int width = width(mode);
        double[][] vectors = new double[rows.size()][width];
        int first = mode.constant ? 1 : 0;
        int at = first;
        for (Source source : mode.sources) {
            double[][] block = rows.blocks().get(source);
            if (block == null) {
                throw new DataException("task '" + task + "': the rows lack source '" + source.name() + "', which personal models need");
            }
            double[] dense = encoding.encode(task, source, block);
            int columns = encoding.width(source);
            for (int i = 0; i < rows.size(); i++) {
                System.arraycopy(dense, i * columns, vectors[i], at, columns);
            }
            at += columns;
        }
        for (double[] vector : vectors) {
            vector[0] = mode.constant ? 1 : vector[0];
            for (int h = 0; h < mode.hinges.size(); h++) {
                Hinge hinge = mode.hinges.get(h);
                vector[at + h] = Math.max(0, vector[first + hinge.feature] - hinge.at);
            }
        }
        return vectors;
    }

    private static double[] outer(double[] a, double[] b) {
        double[] product = new double[a.length * b.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length; j++) {
                product[i * b.length + j] = a[i] * b[j];
            }
        }
        return product;
    }

    /** Some rows of each task as individuals, responses on the scale the models learn. */
    public List<Individual> individuals(TaskSet data, List<int[]> rows) {
        return IntStream.range(0, rows.size()).mapToObj(t -> individual(data.tasks().get(t), rows.get(t))).toList();
    }

    /** Some rows of a task as an individual. */
    public Individual individual(Task task, int[] rows) {
        double[] response = Arrays.stream(rows).mapToDouble(i -> task.response()[i] / responseScale).toArray();
        return new Individual(task.name(), predictors(task.name(), Observations.of(task, rows)), response);
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15 ? Long.toString((long) number) : Double.toString(number);
    }
}
