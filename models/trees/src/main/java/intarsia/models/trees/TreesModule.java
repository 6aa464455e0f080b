package intarsia.models.trees;

import intarsia.models.Estimator;
import intarsia.models.data.DataException;
import intarsia.models.files.model.ModelKinds;
import intarsia.models.files.model.ModelModule;
import java.util.List;
import java.util.Map;

/** Makes boosting and forests known to the program. */
public final class TreesModule implements ModelModule {
    /** Whether trees can be grown here: on Linux XGBoost's native library needs libgomp1. Predicting needs neither. */
    public static boolean canGrow() {
        try (TreeGrower _ = new TreeGrower(Map.of(), 1, new double[1], new TreeGrower.Table(new float[2], 1, new float[2]), null)) {
            return true;
        } catch (DataException e) {
            return false;
        }
    }

    @Override
    public List<Estimator> estimators() {
        return List.of(Boosting.DEFAULT, RandomForest.DEFAULT);
    }

    /** Both; where trees cannot be grown here they are left out of the mixture, and its findings say so. */
    @Override
    public List<String> candidates() {
        return List.of(Boosting.KEY, RandomForest.KEY);
    }

    @Override
    public List<ModelKinds.Saved<?>> saved() {
        return List.of(ModelKinds.Saved.of(TreeModel.KIND, TreeModel.Settings.class, TreeModel::new));
    }
}
