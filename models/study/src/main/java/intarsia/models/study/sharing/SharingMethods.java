package intarsia.models.study.sharing;

import intarsia.models.Estimator;
import intarsia.models.baseline.Regression;
import intarsia.models.data.FeatureEncoding.Scaling;
import intarsia.models.dual.DualEncoder;
import intarsia.models.gp.MultitaskGp;
import intarsia.models.hmb.MtlHmb;
import intarsia.models.sharing.GroupedTasks;
import intarsia.models.stacking.Stacking;
import java.util.List;

/**
 * The methods: each all together (its kind is its key), each task alone, and in groups that are found; and mixtures, whose keys are theirs
 * alone.
 */
public final class SharingMethods {
    /** Whose items also measure how far tasks differ. */
    static final String MEASURES = "ridge-alone";
    private static final String STACKED = "stacked";
    private static final String AUTO = "auto";
    /** One start, 60 evaluations, hyperparameters by at most 600 rows: a quarter of the defaults' time. */
    private static final MultitaskGp GP = MultitaskGp.options().search(new MultitaskGp.Search(1, 60, 400, 600));
    private static final DualEncoder DUAL = DualEncoder.options();
    private static final MtlHmb HMB = MtlHmb.published().width(16).depth(2).training(DUAL.warmUp()).scaling(Scaling.STANDARDIZED);

    private static final Estimator ALONE = GroupedTasks.alone(GP).named("gp-alone", "GP, tasks alone");
    private static final Estimator TOGETHER = GP.named("gp", "GP, all share");
    private static final Estimator GROUPS = GP.sharing(MultitaskGp.Sharing.GROUPS).named("gp-groups", "GP, groups");

    private static final List<Estimator> ALL = List.of(ALONE, TOGETHER, GROUPS,
            new Stacking(List.of(ALONE, TOGETHER, GROUPS), Stacking.FOLDS).named(STACKED, "The three GPs, stacked"),
            GroupedTasks.alone(HMB).named("hmb-alone", "MTL-HMB, tasks alone"),
            HMB.named("hmb", "MTL-HMB, all share"),
            new GroupedTasks(HMB, GP.sharing(MultitaskGp.Sharing.GROUPS)).named("hmb-groups", "MTL-HMB, groups"),
            GroupedTasks.alone(DUAL).named("dual-alone", "Dual encoder, tasks alone"),
            DUAL.named("dual", "Dual encoder, all share"),
            new GroupedTasks(DUAL, GP.sharing(MultitaskGp.Sharing.GROUPS)).named("dual-groups", "Dual encoder, groups"),
            Regression.DEFAULT.named(MEASURES, "Regression, tasks alone"),
            Regression.POOLED.named("ridge", "Regression, pooled"),
            Stacking.options().named(AUTO, "auto"));

    private SharingMethods() {}

    /** All of them. */
    public static List<Estimator> all() {
        return ALL;
    }

    /** What a method's key begins with: methods of a kind differ in who shares only. */
    static String kind(Estimator method) {
        return method.key().replaceFirst("-.*", "");
    }

    /** The keys of what a mixture weighs, or of what is like it; none for other methods. */
    static List<String> mixed(Estimator mixture) {
        return switch (mixture.key()) {
            case STACKED -> List.of("gp-alone", "gp", "gp-groups");
            case AUTO -> List.of("ridge-alone", "ridge", "hmb", "dual", "gp");
            default -> List.of();
        };
    }

    /** Those that are compared unless others are asked for. */
    public static List<String> usual() {
        return ALL.stream().map(Estimator::key).filter(key -> key.startsWith("gp")).toList();
    }
}
