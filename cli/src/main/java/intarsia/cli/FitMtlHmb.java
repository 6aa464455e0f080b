package intarsia.cli;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.Progress;
import intarsia.models.baseline.RidgeRegression;
import intarsia.models.data.Split;
import intarsia.models.evaluation.Method;
import intarsia.models.files.StoredModel;
import intarsia.models.files.Study;
import intarsia.models.hmb.MtlHmb;
import java.util.List;
import java.util.function.Consumer;

/** MTL-HMB beside the single-task network and plain regression. */
record FitMtlHmb(Study study, FitSettings settings) implements FitKind {
    @Override
    public List<Method> methods() {
        return List.of(Method.mtlHmb(settings.model()), Method.singleTask(settings.singleTask()), Method.regression(RidgeRegression.DEFAULT));
    }

    @Override
    public StoredModel fit(Engine engine, RandomStream random, Consumer<String> note) {
        List<Split> splits = Split.random(study.tasks(), 0.2, 0, random);
        return new StoredModel.Hmb(FitKind.model(MtlHmb.fit(engine, study.tasks(), splits, settings.model(), random, Progress.NONE), study, "fit", note));
    }

    @Override
    public String use(String run) {
        return "intarsia predict " + run + " ROWS.csv  or  intarsia impute " + run + " --out FOLDER";
    }
}
