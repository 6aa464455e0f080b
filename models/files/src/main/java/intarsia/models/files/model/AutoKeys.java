package intarsia.models.files.model;

import intarsia.models.Estimator;
import intarsia.models.baseline.MeanPredictor;
import intarsia.models.baseline.Regression;
import intarsia.models.dual.DualEncoder;
import intarsia.models.files.Section;
import intarsia.models.files.Study;
import intarsia.models.gp.MultitaskGp;
import intarsia.models.hmb.MtlHmb;
import intarsia.models.reduction.BinaryReduction;
import intarsia.models.stacking.Stacking;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The options of the mixture of several models: the keys of {@code [fit.auto]}. */
final class AutoKeys {
    /** What is mixed besides the tasks' means, the simplest first, then those of modules; also what the mixture is compared with. */
    static final List<String> CANDIDATES = Stream.concat(
            Stream.of(Regression.POOLED_KEY, Regression.KEY, MtlHmb.KEY, DualEncoder.KEY, MultitaskGp.KEY),
            ModelModules.ALL.stream().flatMap(module -> module.candidates().stream())).toList();
    private static final Key<List<String>> MIXED = new Key<>("candidates", "list of models", MeanPredictor.KEY + ", "
            + String.join(", ", CANDIDATES),
            "What is mixed, the simplest first; any other model. The regressions come with ridges of 1, 10, 100 and 1000. Unless named, "
                    + "what does not learn the response, or takes a fit for each level, is left out.",
            (section, key) -> section.has(key) ? section.texts(key)
                    : Stream.concat(Stream.of(MeanPredictor.KEY), CANDIDATES.stream()).toList());
    private static final Key<Integer> FOLDS = Key.whole("folds", Stacking.FOLDS, 2, 100,
            "Folds for the out-of-fold predictions that weights are found by.");
    static final KeyTable TABLE = new KeyTable(Stacking.KEY, Stacking.KEY, "Each candidate is read from its own keys.",
            List.of(MIXED, FOLDS));

    private AutoKeys() {}

    static Stacking read(Study study) {
        Section section = TABLE.in(study.fit());
        List<String> given = MIXED.of(section);
        List<Estimator> candidates = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            String key = given.get(i);
            if (key.equals(Stacking.KEY) || !ModelKinds.names().contains(key)) {
                throw section.error(MIXED.name(), i, "no model '" + key + "' to mix; there are " + String.join(", ",
                        ModelKinds.names().stream().filter(name -> !name.equals(Stacking.KEY)).toList()));
            }
            if (given.indexOf(key) < i) {
                throw section.error(MIXED.name(), i, "'candidates' lists '" + key + "' twice");
            }
            List<Estimator> asked = switch (key) {
                case Regression.KEY, Regression.POOLED_KEY -> TuningKeys.givesRidge(study)
                        ? List.of(ModelKinds.asked(key).read().apply(study)) : Stacking.ridges(key.equals(Regression.POOLED_KEY));
                default -> List.of(ModelKinds.asked(key).read().apply(study));
            };
            List<Estimator> learning = asked.stream().flatMap(estimator -> ModelKinds.learning(estimator, study).stream()).toList();
            boolean named = section.has(MIXED.name());
            if (learning.isEmpty() && named) {
                throw section.error(MIXED.name(), i, ModelKinds.refusal(key, study));
            }
            learning.stream().filter(estimator -> named || !(estimator instanceof BinaryReduction)).forEach(candidates::add);
        }
        if (candidates.isEmpty()) {
            throw section.error(MIXED.name(), "'candidates' must list at least one model");
        }
        return new Stacking(candidates, FOLDS.of(section));
    }
}
