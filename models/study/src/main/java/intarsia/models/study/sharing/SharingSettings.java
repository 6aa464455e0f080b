package intarsia.models.study.sharing;

import intarsia.models.simulation.SharedCoefficients;
import intarsia.models.study.Setting;
import intarsia.models.study.dual.DualData;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;

/**
 * The lines of the study, all ours: six tasks of {@link SharedCoefficients} with ten columns and five common features; the outlier is that
 * of the dual encoder's study ("partial").
 */
public final class SharingSettings {
    private static final SharedCoefficients ALIKE = new SharedCoefficients(6, 100, 10, 5, 0, 0, 0.2, 0, 0.2);
    private static final List<Double> ROWS = List.of(100.0, 300.0);

    /** Lines along the number of rows: one outlier, none, two clusters of three tasks. */
    static final List<Setting<DualData>> GROUPS = List.of(
            byRows("outlier", "Six tasks, the last an outlier", ALIKE.outliers(1.0 / 6)),
            byRows("alike", "Six tasks that are alike", ALIKE),
            byRows("own", "Six tasks that are alike but for parts of their own", ALIKE.specific(0.5)),
            byRows("clusters", "Two clusters of three tasks", ALIKE.clusters(2)));

    /** Lines along heterogeneity, of 50 rows a task. */
    static final List<Setting<DualData>> HETEROGENEITY = List.of(
            line("posterior", "Heterogeneity of responses", "delta", "\u03b4", List.of(0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 4.0),
                    delta -> ALIKE.delta(delta), 50),
            line("covariates", "Heterogeneity of features", "shift", "shift", List.of(0.0, 0.25, 0.5, 1.0, 2.0, 4.0),
                    shift -> ALIKE.shift(shift), 50));

    private SharingSettings() {}

    /** All lines. */
    public static List<Setting<DualData>> all() {
        return Stream.of(GROUPS, HETEROGENEITY).flatMap(List::stream).toList();
    }

    private static Setting<DualData> byRows(String key, String title, SharedCoefficients simulation) {
        return new Setting<>(key, title, "rows", "n", ROWS, n -> new DualData.Simulated(simulation, (int) n));
    }

    private static Setting<DualData> line(String key, String title, String parameter, String symbol, List<Double> values,
            DoubleFunction<SharedCoefficients> at, int rows) {
        return new Setting<>(key, title, parameter, symbol, values, value -> new DualData.Simulated(at.apply(value), rows));
    }
}
