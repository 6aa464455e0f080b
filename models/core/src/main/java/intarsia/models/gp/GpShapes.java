package intarsia.models.gp;

import intarsia.linalg.Shape;
import intarsia.models.Weights;
import intarsia.models.data.Layout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which weights a model of given settings has. */
final class GpShapes {
    private final MultitaskGpModel.Settings settings;
    private final Weights weights;
    private final GpStorage storage;

    GpShapes(MultitaskGpModel.Settings settings, Weights weights, GpStorage storage) {
        this.settings = settings;
        this.weights = weights;
        this.storage = storage;
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
        checkOutputs();
        Map<String, Shape> expected = new LinkedHashMap<>();
        expected.put(GpStorage.HYPERPARAMETERS, Shape.of(storage.index().size()));
        for (int s = 0; s < layout.sources().size(); s++) {
            String source = GpStorage.source(layout.sources().get(s));
            int width = layout.widths().get(s);
            expected.put(source + "/center", Shape.of(width));
            if (storage.imputed(s)) {
                expected.put(source + "/imputer/coefficients", Shape.of(layout.anchorWidth() + 1, width));
                expected.put(source + "/imputer/spread", LinearImputer.spreadShape(width));
            }
            if (storage.joint() && storage.outputs(s) > 0) {
                expected.put(source + "/outputs/mean", Shape.of(width));
                expected.put(source + "/outputs/directions", Shape.of(width, storage.outputs(s)));
            }
        }
        checkInducing();
        checkGroups();
        if (storage.joint()) {
            RowStorage.expect(expected, weights, layout, GpStorage.UNLABELLED, settings.unlabelled());
        }
        int learned = 0;
        for (int t = 0; t < layout.tasks().size(); t++) {
            learned += storage.kept().get(t) * layout.tasks().get(t).response().learned();
        }
        expectRows(expected, GpStorage.FIRST, storage.size(), learned);
        if (!settings.inducing().isEmpty()) {
            expected.put(GpStorage.REDUCER, Shape.of(storage.size(), storage.size()));
            expected.put(GpStorage.VARIANCES, Shape.of(layout.tasks().size(), VarianceComponents.count(layout.sources().size())));
        }
        for (MultitaskGpModel.Addition added : settings.added()) {
            settings.encoding().check(added.task(), layout.sources());
            if (layout.responses().containsKey(added.task()) || added.rows() < 1) {
                throw new IllegalArgumentException("added task '" + added.task() + "' with " + added.rows()
                        + " rows: needs one, and a name of its own");
            }
            expected.put(GpStorage.path(added.task()) + "/place", Shape.of(placeSize()));
            expectRows(expected, GpStorage.path(added.task()), added.rows(), added.rows() * added.response().learned());
        }
        weights.check(expected);
    }

    /** How many numbers say where an added task stands: loadings and a scale, the number of a group, or none. */
    private int placeSize() {
        int rank = settings.options().rank();
        return rank > 0 ? rank + 1 : settings.options().sharing() == MultitaskGp.Sharing.GROUPS ? 1 : 0;
    }

    private void checkOutputs() {
        List<Integer> outputs = settings.outputs();
        int anchors = settings.layout().anchors().size();
        boolean right = outputs.size() == (storage.joint() ? settings.layout().sources().size() : 0) && settings.unlabelled() >= 0
                && (storage.joint() ? settings.added().isEmpty() : settings.unlabelled() == 0);
        for (int s = 0; s < outputs.size() && right; s++) {
            right = outputs.get(s) >= 0 && outputs.get(s) <= (s < anchors ? 0 : BlockDirections.MOST);
        }
        if (!right) {
            throw new IllegalArgumentException("outputs " + outputs + " of sources with " + settings.unlabelled() + " rows without response"
                    + ": at most " + BlockDirections.MOST + " of each block, and none listed unless blocks are joint");
        }
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
        boolean some = inducing.isEmpty() || inducing.size() == settings.rows().size() && storage.size() > 0;
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
        RowStorage.expect(expected, weights, settings.layout(), path, n);
    }
}
