package intarsia.models.files.model;

import intarsia.models.Estimator;
import intarsia.models.baseline.Regression;
import intarsia.models.files.Section;
import intarsia.models.files.Study;
import intarsia.models.selection.SearchSpace;
import java.util.List;
import java.util.Locale;

/** How much is tuned, a key of {@code [fit]}; and regression's options, the keys of {@code [fit.regression]}. */
final class TuningKeys {
    static final Key<String> TUNE = Key.choice("tune", "quick", List.of("quick", "full", "none"),
            "How many candidates validation rows choose from: a handful, all combinations, or the keys as they are. "
                    + "A key that is written is not tuned.");
    private static final Key<Double> RIDGE = Key.between("ridge", Regression.DEFAULT.ridge(), 0, Double.POSITIVE_INFINITY,
            "The weight of the ridge.");
    static final KeyTable REGRESSION = new KeyTable(Regression.KEY, Regression.KEY + ", " + Regression.POOLED_KEY, "", List.of(RIDGE));

    private TuningKeys() {}

    /** An estimator read from a section, tuned as the study file says. */
    static <E extends Estimator> Estimator tuned(Study study, Section section, E base, SearchSpace<E> space) {
        return space.tuned(base, SearchSpace.Effort.valueOf(TUNE.of(study.fit()).toUpperCase(Locale.ROOT)), section::has);
    }

    static Estimator regression(Study study, boolean pooled) {
        Section section = REGRESSION.in(study.fit());
        return tuned(study, section, new Regression(RIDGE.of(section), pooled), Regression.SPACE);
    }

    /** Whether the ridge is given. */
    static boolean givesRidge(Study study) {
        return REGRESSION.in(study.fit()).has(RIDGE.name());
    }
}
