package intarsia.models.study.anchors;

import intarsia.models.Estimator;
import intarsia.models.baseline.Regression;
import intarsia.models.data.FeatureEncoding.Scaling;
import intarsia.models.dual.DualEncoder;
import intarsia.models.gp.MultitaskGp;
import intarsia.models.hmb.MtlHmb;
import intarsia.models.imputation.ColumnMeans;
import intarsia.models.imputation.FactorImputation;
import intarsia.models.imputation.GaussianImputation;
import intarsia.models.sharing.GroupedTasks;
import intarsia.models.study.Setting;
import intarsia.models.study.anchors.AnchorMethod.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The methods: on a chain ways to complete tables before regression or a Gaussian process, elsewhere anchors of models that impute. */
public final class AnchorMethods {
    /** One start, 60 evaluations: a quarter of the defaults' time. */
    private static final MultitaskGp GP = MultitaskGp.options().search(new MultitaskGp.Search(1, 60, 400, 600));
    private static final MultitaskGp IMPUTING = GP.missing(MultitaskGp.MissingBlocks.IMPUTED);
    private static final MtlHmb HMB = MtlHmb.published().width(16).depth(2).training(DualEncoder.options().warmUp())
            .scaling(Scaling.STANDARDIZED);

    private static final List<Estimator> ALL = methods();

    private AnchorMethods() {}

    /** All of them. */
    public static List<Estimator> all() {
        return ALL;
    }

    /** Those for a setting. */
    public static List<Estimator> of(Setting<FactorTasks> setting) {
        return ALL.stream().filter(method -> ((AnchorMethod) method).settings().contains(setting.key())).toList();
    }

    /** What the others of a setting are compared with: how the keys of these methods end. */
    static String reference(Setting<FactorTasks> setting) {
        return setting.key().equals(AnchorSettings.CHAIN.key()) ? "factors"
                : setting.key().equals(AnchorSettings.CANDIDATES.key()) ? "a" : "own";
    }

    private static List<Estimator> methods() {
        List<String> chain = List.of(AnchorSettings.CHAIN.key());
        List<String> candidates = List.of(AnchorSettings.CANDIDATES.key());
        List<String> exchanged = List.of(AnchorSettings.EXCHANGED.key());
        List<String> common = List.of(AnchorSettings.CANDIDATES.key(), AnchorSettings.EXCHANGED.key());
        List<Estimator> all = new ArrayList<>();
        all.add(new AnchorMethod("ridge-alone", "regression, tasks alone", chain, Change.NONE, Regression.DEFAULT));
        all.add(new AnchorMethod("gp-alone", "GP, tasks alone", chain, Change.NONE, GroupedTasks.alone(GP)));
        Map<String, Estimator> complete = new LinkedHashMap<>();
        complete.put("ridge", Regression.POOLED.named("ridge", "pooled regression"));
        complete.put("gp", GP.named("gp", "GP"));
        complete.forEach((kind, fitted) -> {
            all.add(new AnchorMethod(kind + "-means", fitted.name() + ", column means", chain, Change.completed(new ColumnMeans()),
                    fitted));
            all.add(new AnchorMethod(kind + "-normal", fitted.name() + ", joint normal", chain, Change.completed(new GaussianImputation()),
                    fitted));
            all.add(new AnchorMethod(kind + "-factors", fitted.name() + ", factors", chain, Change.completed(new FactorImputation()),
                    fitted));
            all.add(new AnchorMethod(kind + "-known", fitted.name() + ", nothing missing", chain, Change.KNOWN, fitted));
        });
        Map<String, Estimator> imputing = new LinkedHashMap<>();
        imputing.put("gp", IMPUTING.named("gp", "GP"));
        imputing.put("hmb", HMB.named("hmb", "MTL-HMB"));
        imputing.forEach((kind, fitted) -> {
            all.add(new AnchorMethod(kind + "-a", fitted.name() + ", a", common, Change.only("a"), fitted));
            all.add(new AnchorMethod(kind + "-b", fitted.name() + ", b", candidates, Change.only("b"), fitted));
            all.add(new AnchorMethod(kind + "-c", fitted.name() + ", c", candidates, Change.only("c"), fitted));
            all.add(new AnchorMethod(kind + "-all", fitted.name() + ", all", common, Change.NONE, fitted));
            all.add(new AnchorMethod(kind + "-own", fitted.name() + ", each task's own", exchanged, Change.exchanged(0), fitted));
            all.add(new AnchorMethod(kind + "-next", fitted.name() + ", the next task's", exchanged, Change.exchanged(1), fitted));
        });
        all.add(new AnchorMethod("gp-chosen", "GP, chosen", candidates, Change.chosen(), IMPUTING));
        return List.copyOf(all);
    }
}
