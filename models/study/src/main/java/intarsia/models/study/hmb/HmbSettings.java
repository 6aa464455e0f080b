package intarsia.models.study.hmb;

import intarsia.models.data.DataException;
import intarsia.models.simulation.BlockMissing;
import intarsia.models.study.Choices;
import intarsia.models.study.Setting;
import java.util.List;

/**
 * The settings of arXiv 2505.24413 (sections 4.1 and 4.2, appendices A.2, A.3 and A.7), and one of ours with columns that are not Gaussian.
 * One more setting is one more entry.
 */
public final class HmbSettings {
    private static final BlockMissing BASE = BlockMissing.twoTasks();

    private static final List<Setting<BlockMissing>> ALL = List.of(
            new Setting<>("A", "Setting A: covariance", "rho", "\u03c11 = \u03c12", List.of(0.5, 0.6, 0.7, 0.8, 0.9, 0.95),
                    rho -> BASE.correlation(List.of(rho, rho))),
            new Setting<>("B", "Setting B: heterogeneous covariance", "rho2", "\u03c12", List.of(0.5, 0.6, 0.7, 0.8, 0.9),
                    rho2 -> BASE.correlation(List.of(0.95, rho2))),
            new Setting<>("C", "Setting C: share of what tasks have in common", "alpha", "\u03b1", List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6),
                    alpha -> BASE.correlation(List.of(0.8, 0.8)).alpha(alpha)),
            new Setting<>("D", "Setting D: sample size", "n", "n1 = n2", List.of(100.0, 200.0, 300.0, 400.0, 500.0, 600.0),
                    n -> BASE.rows((int) n)),
            new Setting<>("E", "Setting E: dimension", "p", "p1 = p2", List.of(25.0, 50.0, 75.0, 100.0),
                    p -> BASE.widths(100, (int) p)),
            new Setting<>("F", "Setting F: noise", "sigma1", "\u03c31", List.of(0.1, 0.2, 0.3, 0.4, 0.5),
                    sigma1 -> BASE.noise(List.of(sigma1, 0.1))),
            new Setting<>("tasks", "Number of tasks", "T", "T", List.of(2.0, 3.0, 4.0),
                    count -> BASE.correlation(List.of(0.95, 0.9)).widths(125, 25).tasks((int) count)),
            new Setting<>("linear", "Linear responses", "rho2", "\u03c12", List.of(0.7),
                    rho2 -> BASE.correlation(List.of(0.95, rho2)).madeLinear()),
            new Setting<>("bent", "Columns x + 0.3 sin x", "rho2", "\u03c12", List.of(0.5, 0.7, 0.9),
                    rho2 -> BASE.correlation(List.of(0.95, rho2)).madeBent()),
            new Setting<>("ablation", "Ablations", "n2", "n2", List.of(100.0, 200.0, 300.0, 400.0),
                    n2 -> BASE.correlation(List.of(0.8, 0.6)).rows(List.of(300, (int) n2))));

    private HmbSettings() {}

    /** All of them, in the paper's order. */
    public static List<Setting<BlockMissing>> all() {
        return ALL;
    }

    /**
     * The setting with this key.
     *
     * @throws DataException naming those there are
     */
    public static Setting<BlockMissing> of(String key) {
        return Choices.find("setting", key, ALL, Setting::key);
    }
}
