package intarsia.models.files.model;

import intarsia.linalg.Shape;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Source;
import intarsia.models.files.FileException;
import intarsia.models.files.Section;
import intarsia.models.files.Study;
import intarsia.models.selection.Tuned;
import intarsia.models.tenmtl.TenMtl;
import intarsia.models.tenmtl.TensorEncoding;
import intarsia.models.tenmtl.TensorForm;
import intarsia.models.tenmtl.TuckerRanks;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** TenMTL's options: the keys of {@code [fit.tenmtl]}. What does not suit the study's columns is found before the long work. */
final class TenMtlKeys {
    private static final Key<List<String>> MODES = new Key<>("modes", "list of sources",
            "[], the source that is a tensor, else all columns as one vector",
            "Sources whose outer product is the predictor: the effects of one source's columns vary with the others'. A tensor gives a "
                    + "mode for each of its axes.",
            (section, key) -> section.texts(key));
    private static final Key<List<String>> COUPLED = new Key<>("coupled", "list of sources", "[], one tensor as `modes` says",
            "Sources that are a modality each, vectors or tensors of their own, tied by what individuals have in common; tasks may lack "
                    + "some. Excludes `modes`.",
            (section, key) -> section.texts(key));
    private static final Key<Map<String, List<Double>>> KNOTS = new Key<>("knots", "table of lists of numbers", "{}",
            "Continuous columns whose effect may bend, and where.", (section, key) -> {
                Section bent = section.sectionOrEmpty(key);
                Map<String, List<Double>> knots = new LinkedHashMap<>();
                bent.keys().forEach(column -> knots.put(column, bent.numbers(column)));
                return knots;
            });
    private static final Key<List<List<Double>>> RANKS = new Key<>("ranks", "list of lists of whole numbers",
            "up to 1, 2 and 4 in every mode",
            "Candidates for the ranks: the individuals' rank, then one for each mode of the predictors, of coupled sources in their order, "
                    + "then, unless sources are coupled, that of classes, below their number, where the response is one of several.",
            (section, key) -> section.numberLists(key));
    private static final Key<List<Double>> LASSO = new Key<>("lasso", "list of numbers, at least 0", "[0, 0.01, 0.1]",
            "Candidates for the lasso's weight, for responses of standard deviation 1.", (section, key) -> {
                List<Double> given = section.has(key) ? section.numbers(key) : List.of(0.0, 0.01, 0.1);
                if (given.isEmpty() || given.stream().anyMatch(weight -> weight < 0)) {
                    throw section.error(key, "'" + key + "' must list at least one weight, none negative");
                }
                return given;
            });
    private static final Key<Integer> RANDOM_STARTS = Key.whole("random_starts", 0, 0, 1000,
            "Random starts besides the one from local estimates.");
    static final KeyTable TABLE = new KeyTable(TenMtl.KEY, "tenmtl; its baselines read `modes`, `coupled` and `knots`",
            "Each task is an individual. A source in `modes` must be observed in every task, one in `coupled` in some; baselines take "
                    + "coupled\nsources as one vector, what a task lacks at the mean. Default ranks are capped at the size of each mode.",
            List.of(MODES, COUPLED, KNOTS, RANKS, LASSO, RANDOM_STARTS));

    private TenMtlKeys() {}

    static Tuned read(Study study) {
        Section section = TABLE.in(study.fit());
        TensorForm form = form(study);
        List<TuckerRanks> ranks = ranks(section, study.tasks().tasks().size(), encoding(section, study, form));
        return TenMtl.tuned(form, ranks, LASSO.of(section), RANDOM_STARTS.of(section));
    }

    /** What tensor a row's columns make. */
    static TensorForm form(Study study) {
        Section section = TABLE.in(study.fit());
        List<String> modes = known(section, MODES, study);
        List<String> coupled = known(section, COUPLED, study);
        if (!modes.isEmpty() && !coupled.isEmpty()) {
            throw section.error(COUPLED.name(), "'coupled' and 'modes' exclude each other: either sources are modalities, or they make one "
                    + "tensor");
        }
        List<List<String>> groups = modes.stream().map(List::of).toList();
        form(section, coupled.isEmpty() ? MODES : COUPLED, groups, coupled, Map.of());
        return form(section, KNOTS, groups, coupled, KNOTS.of(section));
    }

    private static List<String> known(Section section, Key<List<String>> key, Study study) {
        List<String> known = study.schema().sources().stream().map(Source::name).toList();
        List<String> observed = Stream.concat(study.tasks().anchors().stream(), study.tasks().others().stream()).map(Source::name).toList();
        List<String> given = key.of(section);
        for (int k = 0; k < given.size(); k++) {
            if (!known.contains(given.get(k))) {
                throw section.error(key.name(), k, "no source '" + given.get(k) + "'; there are " + String.join(", ", known));
            }
            if (!observed.contains(given.get(k))) {
                throw section.error(key.name(), k, "source '" + given.get(k) + "' is observed in no task, so nothing can be learned of it; "
                        + "leave it out");
            }
        }
        return given;
    }

    private static TensorForm form(Section section, Key<?> key, List<List<String>> modes, List<String> coupled,
            Map<String, List<Double>> knots) {
        try {
            return new TensorForm(modes, coupled, knots);
        } catch (DataException e) {
            throw section.error(key.name(), e.getMessage());
        }
    }

    private static TensorEncoding encoding(Section section, Study study, TensorForm form) {
        try {
            return TensorEncoding.of(DataSplit.all(study.tasks()), form);
        } catch (FileException e) {
            throw e;
        } catch (DataException e) {
            throw section.error((!form.knots().isEmpty() ? KNOTS : form.coupled().isEmpty() ? MODES : COUPLED).name(), e.getMessage());
        }
    }

    /** Individuals first, then the predictors' modes, then classes. */
    private static List<TuckerRanks> ranks(Section section, int individuals, TensorEncoding encoding) {
        int[] sizes = IntStream.concat(IntStream.of(individuals),
                encoding.ranks().stream().flatMapToInt(rank -> IntStream.of(rank.sizes())))
                .toArray();
        List<List<Double>> given = RANKS.of(section);
        for (int c = 0; c < given.size(); c++) {
            List<Double> ranks = given.get(c);
            boolean fits = ranks.size() == sizes.length;
            for (int k = 0; fits && k < sizes.length; k++) {
                double rank = ranks.get(k);
                fits = rank == Math.rint(rank) && rank >= (k == 0 ? 0 : 1) && rank <= sizes[k];
            }
            if (!fits) {
                String classes = sizes.length > 1 + encoding.shapes().stream().mapToInt(Shape::rank).sum() ? ", then classes less one" : "";
                throw section.error(RANKS.name(), c, "ranks " + ranks + " do not suit coefficients of "
                        + IntStream.of(sizes).boxed().toList() + " (individuals, then the predictors' modes" + classes
                        + "): give as many whole numbers, each from 1 (individuals: 0) to the size");
            }
        }
        if (given.isEmpty() && section.has(RANKS.name())) {
            throw section.error(RANKS.name(), "'ranks' lists none");
        }
        return given.isEmpty() ? IntStream.of(1, 2, 4).mapToObj(TuckerRanks::upTo).toList()
                : given.stream().map(ranks -> ranks.stream().mapToInt(Double::intValue).toArray())
                        .map(ranks -> TuckerRanks.of(ranks[0], Arrays.copyOfRange(ranks, 1, ranks.length))).toList();
    }
}
