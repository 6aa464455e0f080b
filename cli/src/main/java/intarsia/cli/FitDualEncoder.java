package intarsia.cli;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.Progress;
import intarsia.models.baseline.RidgeRegression;
import intarsia.models.data.Split;
import intarsia.models.data.Task;
import intarsia.models.dual.CoefficientPath;
import intarsia.models.dual.DualEncoder;
import intarsia.models.dual.DualEncoderModel;
import intarsia.models.dual.StrengthPath;
import intarsia.models.evaluation.Method;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.StoredModel;
import intarsia.models.files.Study;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * The dual encoder beside the single-task network and plain regression. Unless its strength is given, it is chosen on a path: by validation rows where methods
 * are compared, by cross-validation for the model itself.
 */
record FitDualEncoder(Study study, DualEncoderSettings settings) implements FitKind {
    /** Reads and checks the settings, also against the study's rows. */
    static FitDualEncoder of(Study study, long seed) {
        DualEncoderSettings settings = DualEncoderSettings.of(study.fit(), seed);
        Task smallest = study.tasks().tasks().stream().min(Comparator.comparingInt(Task::size)).orElseThrow();
        if (!settings.strengthGiven() && settings.folds() > smallest.size()) {
            throw study.fit().sectionOrEmpty(DualEncoderSettings.SECTION).error("folds", "'folds' of " + settings.folds() + " is more than the "
                    + smallest.size() + " rows of task '" + smallest.name() + "'; give fewer folds, or a strength");
        }
        return new FitDualEncoder(study, settings);
    }

    @Override
    public List<Method> methods() {
        Method.Fit fit = settings.strengthGiven()
                ? (engine, data, splits, random, progress) -> DualEncoder.fit(engine, data, splits, settings.model(), random, progress).orThrow()
                : (engine, data, splits, random, progress) -> DualEncoder.path(engine, data, splits, settings.model(), settings.shares(), random, progress)
                        .best().model().orThrow();
        return List.of(new Method("dual-encoder", "dual encoder", fit), Method.singleTask(settings.singleTask()),
                Method.regression(RidgeRegression.DEFAULT));
    }

    @Override
    public StoredModel fit(Engine engine, RandomStream random, Consumer<String> note) {
        List<Split> splits = Split.random(study.tasks(), 0.2, 0, random);
        if (settings.strengthGiven()) {
            return stored(DualEncoder.fit(engine, study.tasks(), splits, settings.model(), random, Progress.NONE), note);
        }
        CoefficientPath.CrossValidation chosen = DualEncoder.crossValidate(engine, study.tasks(), splits, settings.model(), settings.shares(),
                settings.folds(), random.child("cross-validation"), Progress.NONE);
        List<StrengthPath.Point> points = DualEncoder.path(engine, study.tasks(), splits, settings.model(), settings.shares().subList(0, chosen.best() + 1),
                random, Progress.NONE).points();
        return stored(points.getLast().model(), note);
    }

    private StoredModel stored(intarsia.models.Outcome<DualEncoderModel> outcome, Consumer<String> note) {
        return new StoredModel.Dual(FitKind.model(outcome, study, "fit." + DualEncoderSettings.SECTION, note));
    }

    @Override
    public String text(StoredModel model) {
        return report(model).text();
    }

    @Override
    public void write(StoredModel model, FolderWriter run) {
        report(model).write(run);
    }

    private SharingReport report(StoredModel model) {
        DualEncoderModel dual = ((StoredModel.Dual) model).model();
        return new SharingReport(dual.sharing(study.tasks()), dual.options().similarity().key(), dual.options().strength(), dual.trace());
    }

    @Override
    public String use(String run) {
        return "intarsia predict " + run + " ROWS.csv  or  intarsia transfer " + run + " NEWTASK.csv";
    }
}
