package intarsia.models.files.model;

import intarsia.models.Estimator;
import intarsia.models.data.DataException;
import intarsia.models.files.Section;
import intarsia.models.files.Study;
import intarsia.models.reduction.BinaryReduction;
import intarsia.models.stacking.Stacking;
import intarsia.models.tenmtl.PersonalBaselines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a study file's {@code [fit]} asks for: the model, and the baselines it is compared with.
 *
 * <pre>
 * Study study = Study.read(Path.of("examples/heart-disease"));
 * FitOptions asked = FitOptions.read(study);
 * Outcome&lt;? extends Model&gt; outcome = asked.model().fit(study.tasks(), 42);
 * </pre>
 *
 * @param model     what is fitted
 * @param baselines what it is compared with
 */
public record FitOptions(Estimator model, List<Estimator> baselines) {
    private static final Key<List<String>> BASELINES = new Key<>("baselines", "list of models",
            "for auto what it mixes; for networks stl, regression; for tenmtl " + String.join(", ", PersonalBaselines.DEFAULT),
            "What the model is compared with on the same splits; any other model.", (section, key) -> section.texts(key));
    private static final Key<String> MODEL = new Key<>("model", "a model's name", "\"" + Stacking.KEY + "\"",
            "What fit learns unless --model says otherwise.",
            (section, key) -> section.text(key, Stacking.KEY));
    /** The keys of {@code [fit]} that are not one model's. */
    static final KeyTable TABLE = new KeyTable("", "every model", "", List.of(MODEL, BASELINES, TuningKeys.TUNE));

    /** Copies the list. */
    public FitOptions {
        baselines = List.copyOf(baselines);
    }

    /** The estimators, the model first. */
    public List<Estimator> estimators() {
        List<Estimator> all = new ArrayList<>(List.of(model));
        all.addAll(baselines);
        return all;
    }

    /**
     * What the study file asks for.
     *
     * @throws intarsia.models.files.FileException naming file, line and key if something there cannot be used
     */
    public static FitOptions read(Study study) {
        return read(study, MODEL.of(study.fit()));
    }

    /**
     * The same for another model than the one the study file names.
     *
     * @throws IllegalArgumentException if there is no such model, naming those there are
     * @throws DataException            if it does not learn the study's responses, naming those that do
     */
    public static FitOptions read(Study study, String model) {
        Section fit = study.fit();
        fit.only(tables().flatMap(table -> table.section().isEmpty() ? table.names().stream() : Stream.of(table.section())).toList());
        tables().filter(table -> !table.section().isEmpty()).forEach(table -> table.in(fit).only(table.names()));
        if (!fit.has(MODEL.name()) || !fit.text(MODEL.name()).equals(model)) {
            ModelKinds.asked(model);
        } else if (!ModelKinds.names().contains(model)) {
            throw fit.error(MODEL.name(), "no model '" + model + "'; there are " + String.join(", ", ModelKinds.names()));
        }
        Estimator estimator = ModelKinds.asked(model).learning(study).orElseThrow(() -> new DataException(
                "model " + ModelKinds.refusal(model, study)));
        List<Estimator> baselines = new ArrayList<>();
        List<String> given = fit.has(BASELINES.name()) ? BASELINES.of(fit) : ModelKinds.asked(model).baselines();
        for (int i = 0; i < given.size(); i++) {
            String key = given.get(i);
            if (key.equals(model) && !MODEL.of(fit).equals(model)) {
                // asked for at the command line, where the study file has it as a baseline
                continue;
            }
            if (given.indexOf(key) < i || key.equals(model)) {
                throw fit.error(BASELINES.name(), i, "'baselines' lists '" + key + "' twice, or it is the model itself");
            }
            if (!ModelKinds.names().contains(key)) {
                throw fit.error(BASELINES.name(), i, "no model '" + key + "'; there are " + String.join(", ", ModelKinds.names()));
            }
            Optional<Estimator> baseline = ModelKinds.asked(key).learning(study);
            boolean named = fit.has(BASELINES.name());
            if (baseline.isEmpty() && named) {
                throw fit.error(BASELINES.name(), i, ModelKinds.refusal(key, study));
            }
            // What learns levels as they are is not compared with what takes a fit for each, unless that is asked for.
            baseline.filter(of -> named || estimator instanceof BinaryReduction
                    || !(of instanceof BinaryReduction)).ifPresent(baselines::add);
        }
        return new FitOptions(estimator, baselines);
    }

    /** All keys, those of every model first. */
    static Stream<KeyTable> tables() {
        return Stream.concat(Stream.of(TABLE), ModelKinds.tables());
    }
}
