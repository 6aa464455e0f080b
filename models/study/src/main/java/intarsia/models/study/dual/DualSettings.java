package intarsia.models.study.dual;

import intarsia.models.Estimator;
import intarsia.models.simulation.SharedCoefficients;
import intarsia.models.study.Choices;
import intarsia.models.study.Item;
import intarsia.models.study.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * The lines of the study. All are ours: the data of {@link SharedCoefficients}, eight tasks of 100 rows, ten columns, five common features,
 * unless a line says otherwise.
 *
 * @param setting what varies
 * @param methods keys of the methods compared
 * @param divisor every how many-th replicate it takes part in
 */
public record DualSettings(Setting<DualData> setting, List<String> methods, int divisor) {
    private static final int ROWS = 100;
    private static final SharedCoefficients BASE = new SharedCoefficients(8, ROWS, 10, 5, 0, 0, 0.5, 0.5, 0.3);
    /** The key of the line on MTL-HMB. */
    static final String PARTIAL = "partial";

    private static final List<String> SIMILARITIES = List.of("group", "lasso", "ridged", "fusion", "clusters", "lowrank");

    /**
     * From what all tasks share to tasks half of whose coefficients are their own: here the method must be as good as the better extreme,
     * and better between.
     */
    public static final DualSettings DELTA = simulated("delta", "Heterogeneity", "\u03b4", List.of(0.0, 0.2, 0.4, 0.6, 0.8, 1.0),
            List.of("stl", "pooled", "hps", "htl", "armul", "group"), 1, delta -> BASE.delta(delta), ROWS);

    private static final List<DualSettings> SIMULATED = List.of(DELTA,
            simulated("plain", "Heterogeneity without parts of the tasks' own", "\u03b4", List.of(0.0, 0.5, 1.0),
                    List.of("stl", "pooled", "group"), 6,
                    delta -> BASE.specific(0).delta(delta), ROWS),
            simulated("similarity", "Similarities over heterogeneity", "\u03b4", List.of(0.0, 0.5, 1.0), SIMILARITIES, 6, delta ->
                    BASE.delta(delta), ROWS),
            simulated("outliers", "Outlier tasks", "\u03b5", List.of(0.0, 0.125, 0.25, 0.5),
                    List.of("stl", "pooled", "group", "lasso", "ridged", "clusters"), 6,
                    share -> BASE.delta(0.1).outliers(share), ROWS),
            new DualSettings(new Setting<>("rows", "Rows of a task", "n", "n", List.of(25.0, 50.0, 100.0, 200.0, 400.0),
                    n -> new DualData.Simulated(BASE.delta(0.2), (int) n)), List.of("stl", "pooled", "hps", "group"), 6),
            simulated("tasks", "Tasks", "R", List.of(2.0, 4.0, 8.0, 16.0), List.of("stl", "pooled", "hps", "group"), 6,
                    count -> BASE.delta(0.2).tasks((int) count), 50),
            new DualSettings(new Setting<>(PARTIAL, "Partial sharing on MTL-HMB: six tasks, the last an outlier", "n", "n",
                    List.of(100.0, 300.0),
                    n -> new DualData.Simulated(new SharedCoefficients(6, ROWS, 10, 5, 0, 1.0 / 6, 0.2, 0, 0.2), (int) n)),
                    List.of("hmb", "hmb-all", "hmb-part"), 3));

    private static DualSettings simulated(String key, String title, String symbol, List<Double> values, List<String> methods, int divisor,
            DoubleFunction<SharedCoefficients> at, int rows) {
        return new DualSettings(new Setting<>(key, title, key, symbol, values, value -> new DualData.Simulated(at.apply(value), rows)),
                methods, divisor);
    }

    /** Copies the list. */
    public DualSettings {
        methods = List.copyOf(methods);
    }

    /** The simulated ones. */
    public static List<DualSettings> simulated() {
        return SIMULATED;
    }

    /** Xenografts; a third of all replicates, each a fold. */
    public static DualSettings of(Xenografts xenografts) {
        return new DualSettings(new Setting<>("xenografts", "Xenografts", "drugs", "drugs",
                List.of((double) xenografts.data().tasks().size()),
                drugs -> xenografts), List.of("median", "ridge", "stl", "pooled", "hps", "htl", "armul", "group"), 3);
    }

    /** The same at other values of its setting. */
    public DualSettings at(Setting<DualData> other) {
        return new DualSettings(other, methods, divisor);
    }

    /** Its name in files and at the command line. */
    public String key() {
        return setting.key();
    }

    /** Its methods, or those of them that are wanted; null for all. */
    List<Estimator> methods(List<String> wanted) {
        return methods.stream().filter(key -> wanted == null || wanted.contains(key))
                .map(key -> Choices.find("method", key, DualMethods.all(), Estimator::key)).toList();
    }

    /** Its items. */
    List<Item<DualData>> items(int replicates, List<String> wanted) {
        return new ArrayList<>(Item.crossed(List.of(setting), methods(wanted), Math.max(1, replicates / divisor)));
    }
}
