package intarsia.models.dual;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.FitContext;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.Weights;
import intarsia.models.baseline.ConditionalBaselines;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.ObservedFeatures;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.dual.DualAlternation.State;
import intarsia.models.dual.DualEncoder.PenaltyWeight;
import intarsia.models.net.ObservedTasks;
import intarsia.models.net.TaskTraining;
import intarsia.models.selection.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The fit of a dual encoder: from several starts a warm-up, then alternation at one penalty weight after another. */
final class DualFit {
    private final DualEncoder options;
    private final FitContext context;
    private final List<TaskRows> tasks;
    private final ObservedTasks observed;

    DualFit(DualEncoder options, FitContext context) {
        this.options = options;
        this.context = context;
        FeatureEncoding encoding = ConditionalBaselines.of(context.engine(), context.split(),
                FeatureEncoding.of(context.split(), options.scaling()));
        List<Source> anchors = context.split().data().anchors();
        tasks = context.split().map(split -> TaskRows.of(features(split.task(), anchors, encoding), split));
        observed = ObservedTasks.of(tasks.stream().map(TaskRows::features).toList());
    }

    /** What is read of a task: the anchors, then its other sources by name. */
    static ObservedFeatures features(Task task, List<Source> anchors, FeatureEncoding encoding) {
        List<Source> sources = new ArrayList<>(anchors);
        task.blocks().keySet().stream()
                .filter(source -> !anchors.contains(source))
                .sorted(Comparator.comparing(Source::name))
                .forEach(sources::add);
        return ObservedFeatures.of(task, sources, encoding);
    }

    /** The path of the start with the smallest validation loss. */
    Selection<PathPoint> path() {
        List<Selection<PathPoint>> starts = new ArrayList<>();
        for (int start = 0; start < options.alternation().starts(); start++) {
            try (Engine scope = context.engine().scope()) {
                starts.add(path(scope, start % 2 == 0, context.random().child("start", start)));
            }
        }
        return Selection.of(starts, starts.stream().mapToDouble(Selection::bestLoss).toArray()).best();
    }

    private record Candidate(PathPoint point, double loss) {}

    private Selection<PathPoint> path(Engine engine, boolean sharedHead, RandomStream random) {
        DualNetwork network = DualNetwork.of(options, observed);
        List<Candidate> candidates = switch (begin(engine, network, tasks, this::problem, sharedHead, random, context.progress())) {
            case Outcome.Diverged<DualAlternation>(int epoch, String where) ->
                    List.of(candidate(0, 0, new Outcome.Diverged<>(epoch, where)));
            case Outcome<DualAlternation> begun -> candidates(begun.orThrow());
        };
        return Selection.of(candidates.stream().map(Candidate::point).toList(), candidates.stream().mapToDouble(Candidate::loss).toArray());
    }

    private List<Candidate> candidates(DualAlternation minimization) {
        List<Candidate> candidates = new ArrayList<>();
        switch (options.weight()) {
            case PenaltyWeight.Fixed(double lambda) -> candidates.add(candidate(0, lambda, minimization.run(lambda, context.progress())));
            case PenaltyWeight.Path path -> {
                Outcome<State> shared = minimization.run(Double.POSITIVE_INFINITY, context.progress());
                double largest = problem(minimization.encoded(), 0).pathStart();
                candidates.add(candidate(1, largest, shared));
                // Where sharing costs nothing, or the weight does not matter, there is nothing to choose.
                List<Double> further = largest > 0 ? path.ratios().subList(1, path.count()) : List.of();
                for (double ratio : further) {
                    if (!Thread.currentThread().isInterrupted()) {
                        double weight = ratio * largest;
                        candidates.add(candidate(ratio, weight, minimization.run(weight, context.progress())));
                    }
                }
            }
        }
        return candidates;
    }

    private CoefficientProblem problem(List<EncodedTask> encoded, double weight) {
        return new CoefficientProblem(encoded, options.similarity(), weight, options.penalties().ridge(), options.solver());
    }

    private Candidate candidate(double ratio, double weight, Outcome<State> ended) {
        PathPoint point = new PathPoint(ratio, weight, ended.map(state -> model(ratio, weight, state)));
        return new Candidate(point, DualAlternation.loss(ended));
    }

    private DualEncoderModel model(double ratio, double weight, State state) {
        Coefficients at = state.solution().coefficients();
        DualEncoderModel.Settings settings = new DualEncoderModel.Settings(options.similarity(), weight, ratio, options.encoders(),
                options.penalties(), options.warmUp(), options.alternation(), observed, Arrays.stream(at.cluster()).boxed().toList(),
                state.trace());
        List<Integer> widths = tasks.stream()
                .map(task -> options.encoders().depth() == 0 ? task.features().width() : options.encoders().taskSpecific()).toList();
        Weights heads = Heads.weights(at, settings.names(), widths, context.engine().precision());
        return new DualEncoderModel(settings, state.weights().and(heads));
    }

    /** Encoders warmed up, with one beta for all tasks or one for each. */
    static Outcome<DualAlternation> begin(Engine engine, DualNetwork network, List<TaskRows> tasks,
            DualAlternation.Problem problem, boolean sharedHead, RandomStream random, Progress progress) {
        DualEncoder options = network.options();
        Weights warm = Weights.NONE;
        if (options.encoders().depth() > 0) {
            double scale = tasks.stream().mapToDouble(task -> 1 / task.table().family().likelihood().graphScale()).max().orElseThrow();
            DualNetwork whole = new DualNetwork(options, network.common(), network.tasks(), sharedHead, network.given(), scale);
            var outcome = new TaskTraining(options.warmUp(), TaskTraining.BatchLoss.MEAN, TaskTraining.Epoch.LONGEST_TASK)
                    .fit(engine, whole, tasks.stream().map(TaskRows::table).toList(), random.child("warm-up"), "warming up", progress);
            if (outcome instanceof Outcome.Diverged<?>(int epoch, String where)) {
                return new Outcome.Diverged<>(epoch, where);
            }
            warm = outcome.orThrow().model();
        }
        EncoderSteps encoders = new EncoderSteps(engine, network, tasks, warm);
        return new Outcome.Converged<>(new DualAlternation(options, encoders, problem), 0);
    }
}
