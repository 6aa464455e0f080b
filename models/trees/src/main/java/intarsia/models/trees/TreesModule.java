package intarsia.models.trees;

import intarsia.models.Estimator;
import intarsia.models.files.model.ModelKinds;
import intarsia.models.files.model.ModelModule;
import java.util.List;

/** Makes boosting and forests known to the program. */
public final class TreesModule implements ModelModule {
    @Override
    public List<Estimator> estimators() {
        return List.of(Boosting.DEFAULT, RandomForest.DEFAULT);
    }

    @Override
    public List<ModelKinds.Saved<?>> saved() {
        return List.of(ModelKinds.Saved.of(TreeModel.KIND, TreeModel.Settings.class, TreeModel::new));
    }
}
