package intarsia.models.gp;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.Weights;
import intarsia.models.data.Layout;
import intarsia.models.data.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Rows and hyperparameters in a model's weights; the names are those of {@link MultitaskGpModel}. */
final class GpStorage {
    private static final String HYPERPARAMETERS = "hyperparameters";
    private static final String FIRST = "tasks";
    private static final String REDUCER = FIRST + "/reducer";
    private static final String VARIANCES = FIRST + "/variances";

    private final MultitaskGpModel.Settings settings;
    private final Weights weights;

    GpStorage(MultitaskGpModel.Settings settings, Weights weights) {
        this.settings = settings;
        this.weights = weights;
    }

    private static String source(Source source) {
        return "source/" + source.name();
    }

    /** Everything that an exact fit gives. */
    static Weights weights(RowCompleter completer, TrainingRows training, Hyperparameters hyperparameters, double[] coefficients) {
        KernelFeatures features = completer.features();
        Weights weights = Weights.NONE.and(HYPERPARAMETERS, Tensor.vector(hyperparameters.values()));
        for (int s = 0; s < features.sources().size(); s++) {
            Weights of = Weights.NONE.and("center", Tensor.vector(features.centers().get(s)));
            LinearImputer imputer = completer.imputer(s);
            if (imputer != null) {
                of = of.and("imputer/coefficients", imputer.coefficients()).and("imputer/spread", imputer.spread());
            }
            weights = weights.and(of.under(source(features.sources().get(s))));
        }
        return weights.and(rows(features, training, coefficients).under(FIRST));
    }

    /** What a fit with inducing rows gives besides: C, and the components of variance. */
    static Weights inducing(Tensor reducer, double[][] variances) {
        return Weights.NONE.and(REDUCER, reducer).and(VARIANCES, Tensor.matrix(variances));
    }

    /** Rows with responses and coefficients. */
    private static Weights rows(KernelFeatures features, TrainingRows training, double[] coefficients) {
        Weights weights = Weights.NONE.and("responses", Tensor.vector(training.responses().values())).and("weights",
                Tensor.vector(training.responses().weights())).and("coefficients", Tensor.vector(coefficients));
        for (int s = 0; s < features.sources().size(); s++) {
            SourceRows rows = training.measured().sources()[s];
            weights = weights.and(Weights.NONE.and("rows", Tensor.vector(Arrays.stream(rows.rows()).asDoubleStream().toArray()))
                    .and("features", Tensor.of(Shape.of(rows.size(), rows.width()), rows.x())).under(source(features.sources().get(s))));
        }
        return weights;
    }

    /** What an added task needs: its rows, and its place among the tasks. */
    static Weights added(String task, KernelFeatures features, TrainingRows training, double[] coefficients, double[] place) {
        return rows(features, training, coefficients).and("place", Tensor.vector(place)).under(path(task));
    }

    private static String path(String task) {
        return "added/" + task;
    }

    /**
     * Makes sure that the weights are those of the settings.
     *
     * @throws IllegalArgumentException naming what is not
     */
    void check() {
        Layout layout = settings.layout();
        layout.check(settings.encoding());
        if (settings.rows().size() != layout.tasks().size() || settings.rows().stream().anyMatch(rows -> rows < 1)) {
            throw new IllegalArgumentException("rows " + settings.rows() + " of " + layout.tasks().size() + " tasks; each has at least 1");
        }
        Map<String, Shape> expected = new LinkedHashMap<>();
        expected.put(HYPERPARAMETERS, Shape.of(index().size()));
        for (int s = 0; s < layout.sources().size(); s++) {
            String source = source(layout.sources().get(s));
            int width = layout.widths().get(s);
            expected.put(source + "/center", Shape.of(width));
            if (imputed(s)) {
                expected.put(source + "/imputer/coefficients", Shape.of(layout.anchorWidth() + 1, width));
                expected.put(source + "/imputer/spread", LinearImputer.spreadShape(width));
            }
        }
        checkInducing();
        checkGroups();
        int learned = 0;
        for (int t = 0; t < layout.tasks().size(); t++) {
            learned += kept().get(t) * layout.tasks().get(t).response().learned();
        }
        expectRows(expected, FIRST, size(), learned);
        if (!settings.inducing().isEmpty()) {
            expected.put(REDUCER, Shape.of(size(), size()));
            expected.put(VARIANCES, Shape.of(layout.tasks().size(), VarianceComponents.count(layout.sources().size())));
        }
        for (MultitaskGpModel.Addition added : settings.added()) {
            settings.encoding().check(added.task(), layout.sources());
            if (layout.responses().containsKey(added.task()) || added.rows() < 1) {
                throw new IllegalArgumentException("added task '" + added.task() + "' with " + added.rows()
                        + " rows: needs one, and a name of its own");
            }
            expected.put(path(added.task()) + "/place", Shape.of(placeSize()));
            expectRows(expected, path(added.task()), added.rows(), added.rows() * added.response().learned());
        }
        weights.check(expected);
    }

    /** How many numbers say where an added task stands: loadings and a scale, the number of a group, or none. */
    private int placeSize() {
        int rank = settings.options().rank();
        return rank > 0 ? rank + 1 : settings.options().sharing() == MultitaskGp.Sharing.GROUPS ? 1 : 0;
    }

    private void checkGroups() {
        List<Integer> groups = settings.groups();
        boolean all = settings.options().sharing() == MultitaskGp.Sharing.ALL;
        if (groups.size() != settings.rows().size() || groups.stream().anyMatch(g -> g < 0 || g >= (all ? 1 : groups.size()))) {
            throw new IllegalArgumentException("groups " + groups + " of " + settings.rows().size() + " tasks; each is in one"
                    + (all ? ", 0, where all share" : ""));
        }
    }

    private void checkInducing() {
        List<Integer> inducing = settings.inducing();
        boolean some = inducing.isEmpty() || inducing.size() == settings.rows().size() && size() > 0;
        for (int t = 0; t < inducing.size() && some; t++) {
            some = inducing.get(t) >= 0 && inducing.get(t) <= settings.rows().get(t);
        }
        if (!some) {
            throw new IllegalArgumentException("inducing rows " + inducing + " of tasks with rows " + settings.rows()
                    + ": some of the rows of each task, or none listed where all rows are kept");
        }
    }

    private void expectRows(Map<String, Shape> expected, String path, int n, int learned) {
        expected.put(path + "/responses", Shape.of(learned));
        expected.put(path + "/weights", Shape.of(n));
        expected.put(path + "/coefficients", Shape.of(n));
        for (Source source : settings.layout().sources()) {
            String name = path + "/" + source(source);
            double[] rows = weights.get(name + "/rows").toDoubles();
            expected.put(name + "/rows", Shape.of(rows.length));
            expected.put(name + "/features", Shape.of(rows.length, settings.layout().width(source)));
            for (int i = 0; i < rows.length; i++) {
                if (!(rows[i] > (i == 0 ? -1 : rows[i - 1]) && rows[i] < n && rows[i] == Math.rint(rows[i]))) {
                    throw new IllegalArgumentException("weights '" + name + "/rows' should be ascending numbers of " + n + " rows and hold "
                            + rows[i]);
                }
            }
        }
    }

    /** For each of the first tasks how many rows are kept. */
    private List<Integer> kept() {
        return settings.inducing().isEmpty() ? settings.rows() : settings.inducing();
    }

    private int size() {
        return kept().stream().mapToInt(Integer::intValue).sum();
    }

    private boolean imputed(int s) {
        return settings.options().missing() != MultitaskGp.MissingBlocks.ABSENT && s >= settings.layout().anchors().size();
    }

    private HyperparameterIndex index() {
        boolean[] noisy = new boolean[settings.layout().tasks().size()];
        for (int t = 0; t < noisy.length; t++) {
            noisy[t] = settings.layout().tasks().get(t).response().standardized();
        }
        return new HyperparameterIndex(settings.layout().sources().size(), noisy, settings.options().rank(),
                settings.groups().stream().mapToInt(Integer::intValue).toArray());
    }

    Hyperparameters hyperparameters() {
        return new Hyperparameters(index(), weights.get(HYPERPARAMETERS).doubles());
    }

    /** With an added task, the last. */
    Hyperparameters hyperparameters(MultitaskGpModel.Addition added) {
        return hyperparameters().with(added.response().standardized(), weights.get(path(added.task()) + "/place").doubles());
    }

    double[] coefficients() {
        return weights.get(FIRST + "/coefficients").doubles();
    }

    /** C; null where all rows are kept. */
    double[] reducer() {
        return settings.inducing().isEmpty() ? null : weights.get(REDUCER).doubles();
    }

    /** For each task its components of variance; null where all rows are kept. */
    double[][] variances() {
        if (settings.inducing().isEmpty()) {
            return null;
        }
        Tensor of = weights.get(VARIANCES);
        int columns = of.shape().columns();
        return IntStream.range(0, of.shape().rows()).mapToObj(t -> Arrays.copyOfRange(of.doubles(), t * columns, (t + 1) * columns))
                .toArray(double[][]::new);
    }

    double[] coefficients(MultitaskGpModel.Addition added) {
        return weights.get(path(added.task()) + "/coefficients").doubles();
    }

    RowCompleter completer() {
        List<double[]> centers = new ArrayList<>();
        List<LinearImputer> imputers = new ArrayList<>();
        for (int s = 0; s < settings.layout().sources().size(); s++) {
            Weights of = weights.below(source(settings.layout().sources().get(s)));
            centers.add(of.get("center").doubles());
            imputers.add(imputed(s) ? new LinearImputer(of.get("imputer/coefficients"), of.get("imputer/spread")) : null);
        }
        return new RowCompleter(new KernelFeatures(settings.layout(), settings.encoding(), centers), imputers);
    }

    /** The first tasks' rows that are kept. */
    TrainingRows training(RowCompleter completer) {
        int[] tasks = new int[size()];
        int first = 0;
        for (int t = 0; t < settings.rows().size(); t++) {
            Arrays.fill(tasks, first, first + kept().get(t), t);
            first += kept().get(t);
        }
        return rows(completer, FIRST, tasks, settings.layout().tasks());
    }

    /** An added task's rows; its number follows those of the first tasks. */
    TrainingRows training(RowCompleter completer, MultitaskGpModel.Addition added) {
        int[] tasks = new int[added.rows()];
        Arrays.fill(tasks, settings.rows().size());
        return rows(completer, path(added.task()), tasks, tasks(added));
    }

    /** The same of rows that are being added. */
    TrainingRows training(RowCompleter completer, MultitaskGpModel.Addition added, KernelRows measured, double[] responses,
            double[] rowWeights) {
        return rows(completer, measured, responses, rowWeights, tasks(added));
    }

    /** The first tasks, and an added one as the last. */
    private List<Layout.TaskInfo> tasks(MultitaskGpModel.Addition added) {
        List<Layout.TaskInfo> tasks = new ArrayList<>(settings.layout().tasks());
        tasks.add(new Layout.TaskInfo(added.task(), "", added.response(), List.of()));
        return tasks;
    }

    /** The covariance with the first tasks' rows where an added task is the last. */
    CrossCovariance firstCovariance(RowCompleter completer, MultitaskGpModel.Addition added) {
        List<String> names = tasks(added).stream().map(Layout.TaskInfo::name).toList();
        return new CrossCovariance(settings.options().kernels(), training(completer).rows(), completer.features().divisors(names),
                settings.rows().size());
    }

    private TrainingRows rows(RowCompleter completer, String path, int[] numbers, List<Layout.TaskInfo> tasks) {
        Weights of = weights.below(path);
        KernelFeatures features = completer.features();
        SourceRows[] rows = new SourceRows[features.sources().size()];
        for (int s = 0; s < rows.length; s++) {
            Weights ofSource = of.below(source(features.sources().get(s)));
            rows[s] = features.measured(s, Arrays.stream(ofSource.get("rows").doubles()).mapToInt(row -> (int) row).toArray(),
                    ofSource.get("features").doubles());
        }
        return rows(completer, new KernelRows(numbers, rows, rows), of.get("responses").doubles(), of.get("weights").doubles(), tasks);
    }

    private static TrainingRows rows(RowCompleter completer, KernelRows measured, double[] responses, double[] rowWeights,
            List<Layout.TaskInfo> tasks) {
        return new TrainingRows(measured, completer.complete(measured),
                completer.features().divisors(tasks.stream().map(Layout.TaskInfo::name).toList()),
                new Responses(measured.tasks(), responses, rowWeights, tasks.stream().map(Layout.TaskInfo::response).toList()));
    }
}
