package intarsia.models.dual;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.Weights;
import intarsia.models.data.DataException;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.ObservedFeatures;
import intarsia.models.data.Source;
import intarsia.models.data.TaskSplit;
import intarsia.models.dual.DualAlternation.State;
import intarsia.models.net.DenseRows;
import intarsia.models.net.ObservedTasks;
import intarsia.models.net.ObservedTasks.TaskSources;
import intarsia.models.net.RowProgram;
import intarsia.models.net.TaskTable;
import intarsia.models.selection.Selection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One more task for a fitted dual encoder: C and all other tasks stay as they are. */
final class TaskAddition {
    private final DualEncoderModel model;
    private final DualEncoder options;
    private final TaskSplit split;
    private final FeatureEncoding encoding;
    private final ObservedFeatures features;

    TaskAddition(DualEncoderModel model, TaskSplit split) {
        this.model = model;
        this.options = model.settings().options();
        this.split = split;
        String name = split.task().name();
        if (model.tasks().stream().anyMatch(known -> known.equalsIgnoreCase(name))) {
            throw new DataException("task '" + name + "': the model has one of this name already; give the new task another");
        }
        List<Source> anchors = model.requiredSources();
        for (Source source : anchors) {
            if (!split.task().blocks().containsKey(source)) {
                throw new DataException("task '" + name + "': does not observe source '" + source.name()
                        + "', which the shared encoder reads; give its columns");
            }
        }
        encoding = model.settings().tasks().encoding().with(split);
        features = DualFit.features(split.task(), anchors, encoding);
    }

    Outcome<DualEncoderModel> fit(Engine engine, RandomStream random) {
        TaskSources sources = new TaskSources(features.task(), features.family(), features.sources());
        DualNetwork whole = model.settings().network();
        DualNetwork network = new DualNetwork(options, whole.common(), List.of(DualNetwork.Reader.of(sources, encoding)), false, true, 1);
        List<TaskRows> rows = List.of(rows(engine, whole));
        Coefficients learned = model.coefficients();
        DualAlternation.Problem problem = (encoded, weight) -> new TransferProblem(
                new CoefficientProblem(encoded, options.similarity(), weight, options.penalties().ridge(), options.solver()), learned);
        List<Outcome<DualEncoderModel>> starts = new ArrayList<>();
        double[] losses = new double[options.alternation().starts()];
        for (int start = 0; start < losses.length; start++) {
            try (Engine scope = engine.scope()) {
                Outcome<State> ended = DualFit.begin(scope, network, rows, problem, false, random.child("start", start), Progress.NONE)
                        .then(minimization -> minimization.run(model.settings().weight(), Progress.NONE));
                starts.add(ended.map(state -> with(sources, state).calibrated(scope, List.of(split))));
                losses[start] = DualAlternation.loss(ended);
            }
        }
        return Selection.of(starts, losses).best();
    }

    /** The task's rows, with C(x) after their features. */
    private TaskRows rows(Engine engine, DualNetwork whole) {
        TaskTable table = TaskRows.of(features, split).table();
        try (RowProgram shared = new RowProgram(engine, model.weights(), features.width(), (graph, x) -> List.of(whole.shared(graph, x)))) {
            DenseRows learned = withShared(shared, table.x().numbers());
            DenseRows held = withShared(shared, table.xv().numbers());
            return new TaskRows(features, split, new TaskTable(table.name(), table.family(), learned, table.y(), table.w(), held,
                    table.yv(), table.wv()));
        }
    }

    private DenseRows withShared(RowProgram program, double[] dense) {
        double[] shared = program.run(dense)[0];
        int width = features.width();
        int count = dense.length / width;
        int d = shared.length / count;
        double[] both = new double[count * (width + d)];
        for (int i = 0; i < count; i++) {
            System.arraycopy(dense, i * width, both, i * (width + d), width);
            System.arraycopy(shared, i * d, both, i * (width + d) + width, d);
        }
        return DenseRows.of(count, both);
    }

    /** The model with the task at its place in the order of names. */
    private DualEncoderModel with(TaskSources sources, State state) {
        DualEncoderModel.Settings old = model.settings();
        List<TaskSources> tasks = new ArrayList<>(old.tasks().tasks());
        tasks.add(sources);
        tasks.sort(Comparator.comparing(TaskSources::name));
        Coefficients at = state.solution().coefficients();
        List<Integer> clusters = new ArrayList<>(old.clusters());
        if (!clusters.isEmpty()) {
            clusters.add(tasks.indexOf(sources), at.cluster()[0]);
        }
        Weights heads = Heads.weights(at, List.of(sources.name()), List.of(at.taskSpecific()[0].length), model.weights().precision());
        return new DualEncoderModel(old.tasks(new ObservedTasks(tasks, encoding, false), clusters, state.trace()),
                model.weights().and(state.weights()).and(heads));
    }
}
