package intarsia.models.gp;

import intarsia.linalg.Elementary;
import intarsia.linalg.Engine;
import intarsia.models.data.DataException;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Source;
import intarsia.models.data.TaskSplit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Adds a task to a fitted Gaussian process. */
final class GpTaskAdder {
    private final MultitaskGpModel model;
    private final Engine engine;

    GpTaskAdder(MultitaskGpModel model, Engine engine) {
        this.model = model;
        this.engine = engine;
    }

    MultitaskGpModel add(TaskSplit split) {
        String task = split.task().name();
        if (model.responses().containsKey(task)) {
            throw new DataException("task '" + task + "' is one of the model's already; give the new task another name");
        }
        if (!model.acceptsTasks()) {
            throw new DataException("task '" + task + "': a Gaussian process with joint blocks takes no new tasks; fit it together with "
                    + "the others, or with missing_blocks = \"imputed\"");
        }
        for (Source source : model.requiredSources()) {
            if (!split.task().blocks().containsKey(source)) {
                throw new DataException("task '" + task + "' lacks source '" + source.name() + "', which the model needs for every row");
            }
        }
        MultitaskGpModel.Settings settings = model.settings();
        FeatureEncoding own = settings.encoding().with(split);
        FeatureEncoding encoding = split.task().family().standardized()
                ? settings.scale().moderated(own, Map.of(task, split.train().length)) : own;
        List<MultitaskGpModel.Addition> all = new ArrayList<>(settings.added());
        MultitaskGpModel.Addition addition = new MultitaskGpModel.Addition(task, split.task().family(), split.train().length);
        all.add(addition);
        MultitaskGpModel.Settings extended = new MultitaskGpModel.Settings(settings.options(), settings.layout(), encoding,
                settings.scale(), settings.rows(), settings.inducing(), settings.groups(), settings.outputs(), settings.unlabelled(), all);
        RowCompleter completer = new GpStorage(extended, model.weights()).completer();
        KernelRows measured = completer.features().rows(List.of(new KernelFeatures.OfTask(task, split.observations(split.train()))))
                .ofTask(settings.rows().size());
        double[] y = encoding.responses(split, split.train());
        GpStorage storage = new GpStorage(extended, model.weights());
        TrainingRows rows = storage.training(completer, addition, measured, y, split.weights(split.train()));
        double[] best = null;
        Laplace.Mode mode = null;
        try (BoundGp bound = model.bind(engine)) {
            for (double[] place : candidates()) {
                Hyperparameters h = storage.hyperparameters().with(addition.response().standardized(), place);
                Laplace.Mode learned = bound.prior(rows, storage.firstCovariance(completer, addition), h)
                        .learn(rows.responses(), new double[rows.size()], engine.pool());
                if (mode == null || learned.logEvidence() > mode.logEvidence()) {
                    mode = learned;
                    best = place;
                }
            }
        }
        return new MultitaskGpModel(extended, model.weights().and(GpStorage.added(task, completer.features(), rows, mode.a(), best)));
    }

    /** Where a new task may stand, see {@link Hyperparameters#with}; the first of equally likely ones is taken. */
    private List<double[]> candidates() {
        return model.settings().options().sharing() == MultitaskGp.Sharing.GROUPS ? groups() : loadings();
    }

    /** Each group, and a new one. */
    private List<double[]> groups() {
        int count = Collections.max(model.settings().groups()) + 1;
        return IntStream.rangeClosed(0, count).mapToObj(group -> new double[] {group}).toList();
    }

    /**
     * Loadings with the log scale of the specific part: the mean of the first tasks', each of theirs, and none; nothing where no loadings
     * are used.
     */
    private List<double[]> loadings() {
        Hyperparameters h = model.storage().hyperparameters();
        int rank = h.index().rank();
        if (rank == 0) {
            return List.of(new double[0]);
        }
        int tasks = h.index().tasks();
        double[] mean = new double[rank + 1];
        List<double[]> each = new ArrayList<>();
        for (int t = 0; t < tasks; t++) {
            double[] of = new double[rank + 1];
            for (int r = 0; r < rank; r++) {
                of[r] = h.values()[h.index().loading(t, r)];
            }
            of[rank] = Elementary.log(h.scale(t));
            each.add(of);
            for (int r = 0; r <= rank; r++) {
                mean[r] += of[r] / tasks;
            }
        }
        List<double[]> all = new ArrayList<>(List.of(mean));
        all.addAll(each);
        double[] none = new double[rank + 1];
        none[rank] = mean[rank];
        all.add(none);
        return all;
    }
}
