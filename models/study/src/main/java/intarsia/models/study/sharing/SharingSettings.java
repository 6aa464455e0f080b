package intarsia.models.study.sharing;

import intarsia.models.simulation.SharedCoefficients;
import intarsia.models.study.Setting;
import intarsia.models.study.dual.DualData;
import java.util.List;
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

    /** Lines along heterogeneity, of 50 rows a task, and of 200. */
    static final List<Setting<DualData>> HETEROGENEITY = List.of(posterior("posterior", 50), covariates("covariates", 50),
            posterior("posterior-200", 200), covariates("covariates-200", 200));

    private SharingSettings() {}

    /** Whether a line is along heterogeneity, at whichever of its values. */
    static boolean isHeterogeneity(Setting<?> setting) {
        return HETEROGENEITY.stream().anyMatch(line -> line.key().equals(setting.key()));
    }

    /** All lines. */
    public static List<Setting<DualData>> all() {
        return Stream.of(GROUPS, HETEROGENEITY).flatMap(List::stream).toList();
    }

    private static Setting<DualData> byRows(String key, String title, SharedCoefficients simulation) {
        return new Setting<>(key, title, "rows", "n", ROWS, n -> new DualData.Simulated(simulation, (int) n));
    }

    private static Setting<DualData> posterior(String key, int rows) {
        return new Setting<>(key, "Heterogeneity of responses, " + rows + " rows a task", "delta", "\u03b4",
                List.of(0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 4.0), delta -> new DualData.Simulated(ALIKE.delta(delta), rows));
    }

    private static Setting<DualData> covariates(String key, int rows) {
        return new Setting<>(key, "Heterogeneity of features, " + rows + " rows a task", "shift", "shift",
                List.of(0.0, 0.25, 0.5, 1.0, 2.0, 4.0), shift -> new DualData.Simulated(ALIKE.shift(shift), rows));
    }
}
