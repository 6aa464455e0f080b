package intarsia.models.files.model;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** The {@link ModelModule}s that are there. */
final class ModelModules {
    /** In the order of their names. */
    static final List<ModelModule> ALL = ServiceLoader.load(ModelModule.class).stream().map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparing(module -> module.getClass().getName())).toList();

    private ModelModules() {}
}
