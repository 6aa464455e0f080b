package intarsia.models.files.model;

import intarsia.models.Estimator;
import java.util.List;

/**
 * Models that a module of its own brings, so that nothing else depends on what it needs; found by {@link java.util.ServiceLoader}. Each can
 * be asked for by its key, as a model, a baseline or a candidate of {@code auto}; it has no options in a study file.
 */
public interface ModelModule {
    /** What can be asked for. */
    List<Estimator> estimators();

    /** The keys of those that {@code auto} mixes unless a study file says otherwise, the simplest first. */
    List<String> candidates();

    /** How what they fit is read back. */
    List<ModelKinds.Saved<?>> saved();
}
