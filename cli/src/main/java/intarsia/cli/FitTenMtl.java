package intarsia.cli;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.data.DataException;
import intarsia.models.data.Source;
import intarsia.models.data.Split;
import intarsia.models.data.Task;
import intarsia.models.evaluation.Method;
import intarsia.models.files.FileException;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.Section;
import intarsia.models.files.StoredModel;
import intarsia.models.files.Study;
import intarsia.models.tenmtl.Contender;
import intarsia.models.tenmtl.TenMtl;
import intarsia.models.tenmtl.TenMtlFit;
import intarsia.models.tenmtl.TenMtlModel;
import intarsia.models.tenmtl.TenMtlOptions;
import intarsia.models.tenmtl.TensorEncoding;
import intarsia.models.tenmtl.TensorForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * TenMTL, a task being an individual, beside its baselines, as the block {@code [fit.tenmtl]} of a study file says.
 *
 * <pre>
 * [fit.tenmtl]
 * modes = ["time", "voice"]          sources whose outer product is the predictor; without it all columns are one vector
 * knots = { test_time = [30, 60] }   continuous columns whose effect may bend, and where
 * ranks = [[6, 6, 1], [8, 8, 2]]     candidates: the individuals' rank, then one a mode
 * lasso = [0, 0.01]                  candidates, for responses of standard deviation 1
 * beside = ["local-ridge"]           baselines
 * random_starts = 0                  beside the start from local estimates
 * </pre>
 *
 * @param study    the study
 * @param form     of the predictors
 * @param model    TenMTL with its candidates
 * @param beside   baselines
 * @param starts   random ones, of the model itself
 * @param seed     of them
 */
record FitTenMtl(Study study, TensorForm form, Contender model, List<Contender> beside, int starts, long seed) implements FitKind {
    static final String SECTION = "tenmtl";
    private static final List<String> BESIDE = List.of("local-ridge", "local-lasso", "global", "lr-tucker", "lr-tucker-local", "svd-aso",
            "mean");

    /** Reads and checks them. */
    static FitTenMtl of(Study study, long seed) {
        study.fit().only(FitSettings.KEYS);
        Section fit = study.fit().sectionOrEmpty(SECTION);
        fit.only("modes", "knots", "ranks", "lasso", "beside", "random_starts");
        TensorForm form = form(fit, study);
        int[] sizes = sizes(fit, study, form);
        List<Double> lassos = fit.has("lasso") ? fit.numbers("lasso") : List.of(0.0, 0.01, 0.1);
        if (lassos.isEmpty() || lassos.stream().anyMatch(weight -> weight < 0)) {
            throw fit.error("lasso", "'lasso' must list at least one weight, none negative");
        }
        int starts = FitSettings.whole(fit, "random_starts", 0, 0, 1000);
        List<String> keys = fit.has("beside") ? fit.texts("beside") : BESIDE;
        List<Contender> beside = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            String key = keys.get(i);
            if (keys.indexOf(key) < i) {
                throw fit.error("beside", i, "'beside' lists '" + key + "' twice");
            }
            beside.add(Contender.baselines().stream().filter(contender -> contender.key().equals(key)).findFirst().orElse(null));
            if (beside.getLast() == null) {
                throw fit.error("beside", i, "no baseline '" + key + "'; there are " + String.join(", ", Contender.baselines().stream()
                        .map(Contender::key).toList()));
            }
        }
        return new FitTenMtl(study, form, Contender.tenMtl(ranks(fit, sizes), lassos), beside, starts, seed);
    }

    private static TensorForm form(Section fit, Study study) {
        List<String> known = study.schema().sources().stream().map(Source::name).toList();
        List<String> modes = fit.texts("modes");
        for (int k = 0; k < modes.size(); k++) {
            if (!known.contains(modes.get(k))) {
                throw fit.error("modes", k, "no source '" + modes.get(k) + "'; there are " + String.join(", ", known));
            }
        }
        Section bent = fit.sectionOrEmpty("knots");
        Map<String, List<Double>> knots = new LinkedHashMap<>();
        bent.keys().forEach(column -> knots.put(column, bent.numbers(column)));
        TensorForm straight = form(fit, "modes", modes.stream().map(List::of).toList(), Map.of());
        return form(fit, "knots", straight.modes(), knots);
    }

    private static TensorForm form(Section fit, String key, List<List<String>> modes, Map<String, List<Double>> knots) {
        try {
            return new TensorForm(modes, knots);
        } catch (DataException e) {
            throw fit.error(key, e.getMessage());
        }
    }

    /** Individuals first, then the predictors' modes; whatever does not suit them is found before the long work. */
    private static int[] sizes(Section fit, Study study, TensorForm form) {
        List<Task> tasks = study.tasks().tasks();
        try {
            TensorEncoding encoding = TensorEncoding.of(study.tasks(), tasks.stream().map(task -> IntStream.range(0, task.size()).toArray())
                    .toList(), form);
            return IntStream.concat(IntStream.of(tasks.size()), IntStream.of(encoding.row().sizes())).toArray();
        } catch (FileException e) {
            throw e;
        } catch (DataException e) {
            throw fit.error(form.knots().isEmpty() ? "modes" : "knots", e.getMessage());
        }
    }

    private static List<int[]> ranks(Section fit, int[] sizes) {
        List<List<Double>> given = fit.numberLists("ranks");
        for (int c = 0; c < given.size(); c++) {
            List<Double> ranks = given.get(c);
            boolean fits = ranks.size() == sizes.length;
            for (int k = 0; fits && k < sizes.length; k++) {
                double rank = ranks.get(k);
                fits = rank == Math.rint(rank) && rank >= (k == 0 ? 0 : 1) && rank <= sizes[k];
            }
            if (!fits) {
                throw fit.error("ranks", c, "ranks " + ranks + " do not suit coefficients of " + IntStream.of(sizes).boxed().toList()
                        + " (individuals, then the predictors' modes): wants as many whole numbers, each from 1 (individuals: 0) to the size");
            }
        }
        if (!given.isEmpty()) {
            return given.stream().map(ranks -> ranks.stream().mapToInt(Double::intValue).toArray()).toList();
        }
        if (fit.has("ranks")) {
            throw fit.error("ranks", "'ranks' lists none");
        }
        return IntStream.of(1, 2, 4).mapToObj(rank -> IntStream.of(sizes).map(size -> Math.min(rank, size)).toArray()).toList();
    }

    @Override
    public List<Method> methods() {
        List<Method> methods = new ArrayList<>(List.of(Method.personal(model, form)));
        beside.forEach(baseline -> methods.add(Method.personal(baseline, form)));
        return methods;
    }

    @Override
    public int repeats() {
        return 3;
    }

    @Override
    public StoredModel fit(Engine engine, RandomStream random, Consumer<String> note) {
        TenMtlOptions chosen = (TenMtlOptions) model.choose(study.tasks(), Split.random(study.tasks(), 0.2, 0, random), form);
        List<int[]> all = study.tasks().tasks().stream().map(task -> IntStream.range(0, task.size()).toArray()).toList();
        TensorEncoding encoding = TensorEncoding.of(study.tasks(), all, form);
        TenMtlFit fit = FitKind.model(TenMtl.fit(encoding.individuals(study.tasks(), all), chosen.withRandomStarts(starts, seed)), study,
                "fit." + SECTION, note);
        return new StoredModel.TenMtl(TenMtlModel.of(encoding, fit));
    }

    @Override
    public String text(StoredModel fitted) {
        return report(fitted).text();
    }

    @Override
    public void write(StoredModel fitted, FolderWriter run) {
        report(fitted).write(run);
    }

    private TenMtlReport report(StoredModel fitted) {
        return new TenMtlReport(((StoredModel.TenMtl) fitted).model());
    }

    @Override
    public String use(String run) {
        return "intarsia predict " + run + " ROWS.csv  or  intarsia transfer " + run + " NEWTASK.csv";
    }
}
