package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Feature;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Individual;
import intarsia.models.data.Modalities;
import intarsia.models.data.Moments;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The way from rows of tasks to predictor tensors of individuals, a task being an individual; learned on training rows only. Columns are
 * encoded as everywhere ({@link FeatureEncoding}); continuous responses are divided by their standard deviation within individuals, so that
 * penalties mean the same for any unit. Sources that not every task has can only be read coupled: a row that lacks one is taken to be at
 * its task's mean, or at that of the other tasks where its task has none, so that the intercept takes it up. Sources that are not read are
 * listed.
 *
 * @param encoding      of columns
 * @param parts         whose outer product a row's predictors are; or the modalities, one after another
 * @param coupled       whether they are modalities
 * @param response      what is known of the responses of all tasks
 * @param responseScale what responses are divided by; 1 for binary ones
 * @param unused        names of the sources that are in no part
 */
public record TensorEncoding(FeatureEncoding encoding, List<TensorPart> parts, boolean coupled, ResponseFamily response,
        double responseScale, List<String> unused) {
    /**
     * Copies the lists and checks that parts, columns and scale fit each other.
     *
     * @throws IllegalArgumentException if they do not
     */
    public TensorEncoding {
        parts = List.copyOf(parts);
        unused = List.copyOf(unused);
        if (parts.isEmpty() || !(responseScale > 0 && responseScale < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("tensor encoding: " + parts.size() + " parts and response scale " + responseScale
                    + "; needs at least one part and a positive scale");
        }
        parts.forEach(part -> part.check(encoding));
    }

    /**
     * Learns from the training rows of each task.
     *
     * @throws DataException if a source that is asked for does not exist or is missing in a task, if a column that shall bend is not a
     *                       continuous one in a mode, or if responses are of different kinds
     */
    public static TensorEncoding of(DataSplit split, TensorForm form) {
        return of(split, form, FeatureEncoding.of(split, FeatureEncoding.Scaling.STANDARDIZED),
                response(split).standardized() ? scale(split) : 1);
    }

    /** With columns and responses as they are encoded elsewhere, too. */
    static TensorEncoding of(DataSplit split, TensorForm form, FeatureEncoding encoding, double responseScale) {
        TaskSet data = split.data();
        boolean coupled = !form.coupled().isEmpty();
        List<TensorPart> parts = parts(data, form).stream().map(names -> part(data, encoding, form, names)).toList();
        form.knots().keySet().stream().filter(column -> parts.stream().flatMap(part -> part.hinges().stream())
                .noneMatch(hinge -> hinge.column().equals(column))).findFirst().ifPresent(column -> {
                    throw new DataException("predictors: knots are given for '" + column + "', which is no continuous column of the "
                            + "sources used, or the place of a tensor");
                });
        List<String> unused = Stream.concat(data.anchors().stream(), data.others().stream())
                .filter(source -> parts.stream().noneMatch(part -> part.sources().contains(source))).map(Source::name).sorted().toList();
        return new TensorEncoding(encoding, parts, coupled, response(split), responseScale, unused);
    }

    /** The sources of each part: those that are coupled, those of the form's modes, else the tensor that is there, else all. */
    private static List<List<String>> parts(TaskSet data, TensorForm form) {
        if (!form.coupled().isEmpty()) {
            data.tasks().stream().filter(task -> task.blocks().keySet().stream().noneMatch(source -> form.coupled()
                    .contains(source.name()))).findFirst().ifPresent(task -> {
                        throw new DataException("predictors: task '" + task.name() + "' has none of the coupled sources "
                                + form.coupled());
                    });
            return form.coupled().stream().map(List::of).toList();
        }
        if (!form.modes().isEmpty()) {
            return form.modes();
        }
        List<String> tensors = data.anchors().stream().filter(Source::tensor).map(Source::name).toList();
        if (tensors.size() > 1) {
            throw new DataException("predictors: sources " + tensors + " are tensors; name those to use among the modes, or couple them");
        }
        return List.of(tensors.isEmpty() ? data.anchors().stream().map(Source::name).toList() : tensors);
    }

    private static TensorPart part(TaskSet data, FeatureEncoding encoding, TensorForm form, List<String> names) {
        List<Source> sources = names.stream().map(name -> source(data, form, name)).toList();
        boolean tensor = sources.stream().anyMatch(Source::tensor);
        if (tensor && sources.size() > 1) {
            throw new DataException("predictors: a source that is a tensor cannot share a mode, as in " + names);
        }
        List<TensorPart.Hinge> hinges = new ArrayList<>();
        for (Source source : tensor ? List.<Source>of() : sources) {
            for (Feature feature : encoding.features().get(source.name())) {
                if (!feature.binary() && form.knots().containsKey(feature.column())) {
                    form.knots().get(feature.column()).forEach(knot -> hinges.add(TensorPart.Hinge.of(feature, knot)));
                }
            }
        }
        return new TensorPart(sources, !form.modes().isEmpty() && !tensor, hinges);
    }

    /** For one more task, whose missing cells are filled from its training rows; see {@link FeatureEncoding#with}. */
    public TensorEncoding with(TaskSplit task) {
        return new TensorEncoding(encoding.with(task), parts, coupled, response, responseScale, unused);
    }

    private static Source source(TaskSet data, TensorForm form, String name) {
        List<Source> known = form.coupled().isEmpty() ? data.anchors()
                : Stream.concat(data.anchors().stream(), data.others().stream()).toList();
        return known.stream().filter(source -> source.name().equals(name)).findFirst().orElseThrow(() -> new DataException(
                "predictors: " + (data.others().stream().anyMatch(source -> source.name().equals(name))
                        ? "source '" + name + "' is missing in some tasks; one tensor needs its sources in all, coupled ones may be missing"
                        : "there is no source '" + name + "' among " + known.stream().map(Source::name).toList())));
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
        double[] deviations = split.tasks().stream().mapToDouble(task -> Moments.of(task.responses(task.train()),
                task.weights(task.train())).scale()).toArray();
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
        return parts.stream().flatMap(part -> part.sources().stream()).toList();
    }

    /** Without which no row can be predicted: none where they are coupled, as long as a row has one. */
    List<Source> required() {
        return coupled ? List.of() : sources();
    }

    /** The shapes of a row's modalities: one, unless sources are coupled. */
    public List<Shape> shapes() {
        return (coupled ? parts.stream().map(List::of) : Stream.of(parts)).map(of -> Shape.of(modesOf(of)
                .mapToInt(mode -> mode.part.size(encoding, mode.number)).toArray())).toList();
    }

    /** The shapes of an individual's coefficients: a row's and, unless coupled sources leave these to binary models, the classes'. */
    public List<Shape> coefficients() {
        int group = coupled ? 1 : RowLoss.group(response);
        return group == 1 ? shapes() : List.of(Shape.of(IntStream.concat(IntStream.of(row().sizes()), IntStream.of(group)).toArray()));
    }

    /** The largest ranks of these: the sizes, but one less for classes. */
    public List<Shape> ranks() {
        return coupled ? shapes() : coefficients().stream().map(RowLoss.of(response)::ranks).toList();
    }

    /** The shape of a row: {@code p_1 x ... x p_d}, or of several modalities the number of all their numbers. */
    public Shape row() {
        return modalities(parts.stream().map(part -> true).toList()).row();
    }

    private Modalities modalities(List<Boolean> observed) {
        return new Modalities(shapes(), coupled ? observed : List.of(true));
    }

    /** How many modes an individual's coefficients have: d, of all modalities, and one more where responses are classes. */
    public int modes() {
        return coefficients().stream().mapToInt(Shape::rank).sum();
    }

    /** What a modality is called: its source; empty where there is but one. */
    public String modality(int number) {
        return parts.size() > 1 && coupled ? parts.get(number).sources().getFirst().name() : "";
    }

    /** What a mode is called: an axis, its sources, "predictors" where there is but one vector of all, "class". */
    public String name(int mode) {
        if (mode == modesOfParts().size()) {
            return "class";
        }
        ModeOfPart of = modesOfParts().get(mode);
        String modality = modality(parts.indexOf(of.part));
        return modality.isEmpty() ? of.part.name(of.number) : of.part.tensor() ? modality + " " + of.part.name(of.number) : modality;
    }

    /** What the places of a mode stand for, in their order. */
    public List<String> names(int mode) {
        return mode == modesOfParts().size() ? response.levels()
                : modesOfParts().get(mode).part.names(encoding, modesOfParts().get(mode).number);
    }

    /** A mode by its part and its number there. */
    private record ModeOfPart(TensorPart part, int number) {}

    private List<ModeOfPart> modesOfParts() {
        return modesOf(parts).toList();
    }

    private static Stream<ModeOfPart> modesOf(List<TensorPart> parts) {
        return parts.stream().flatMap(part -> IntStream.range(0, part.modes()).mapToObj(mode -> new ModeOfPart(part, mode)));
    }

    /**
     * Rows as predictor tensors [n x p_1 x ... x p_d], or of several modalities their numbers [n x P].
     *
     * @throws DataException if they lack a source, or all that are coupled
     */
    public Tensor predictors(String task, Observations rows) {
        int[] sizes = IntStream.concat(IntStream.of(rows.size()), IntStream.of(row().sizes())).toArray();
        return Tensor.of(Shape.of(sizes), numbers(task, rows));
    }

    /** The same, row after row. */
    double[] numbers(String task, Observations rows) {
        rows.require(required());
        if (coupled && sources().stream().noneMatch(rows.blocks()::containsKey)) {
            throw new DataException("the rows lack all of the sources " + sources().stream().map(Source::name).toList()
                    + ", of which the model needs one");
        }
        double[] product = parts.getFirst().numbers(encoding, task, rows);
        for (TensorPart part : parts.subList(1, parts.size())) {
            double[] own = part.numbers(encoding, task, rows);
            product = coupled ? beside(rows.size(), product, own) : outer(rows.size(), product, own);
        }
        return product;
    }

    /** Row by row the numbers of both. */
    private static double[] beside(int rows, double[] a, double[] b) {
        int left = a.length / Math.max(rows, 1);
        int right = b.length / Math.max(rows, 1);
        double[] both = new double[a.length + b.length];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(a, i * left, both, i * (left + right), left);
            System.arraycopy(b, i * right, both, i * (left + right) + left, right);
        }
        return both;
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
        return new Individual(task.task().name(), predictors(task.task().name(), task.observations(rows)), response, task.weights(rows),
                modalities(sources().stream().map(task.task().blocks()::containsKey).toList()));
    }
}
