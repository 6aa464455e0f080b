package intarsia.models.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Trees against XGBoost's own predictions, and against closed forms. */
@EnabledIf(value = "intarsia.models.trees.TreesModule#canGrow", disabledReason = "XGBoost's native library cannot be loaded: libgomp1")
class TreeGrowerTest {
    private static final float NONE = Float.NaN;

    private static TreeGrower.Table table(int n, int p, double missing, boolean binary, String name) {
        RandomStream random = RandomStream.of(4, name);
        float[] x = new float[n * p];
        float[] y = new float[n];
        for (int i = 0; i < n; i++) {
            double z = random.nextGaussian() / 2;
            for (int j = 0; j < p; j++) {
                x[i * p + j] = random.nextDouble() < missing ? NONE : (float) random.nextGaussian();
                z += Float.isNaN(x[i * p + j]) ? 0.5 : x[i * p + j] * (j % 2 == 0 ? 1 : -1);
            }
            y[i] = (float) (binary ? (z > 0 ? 1 : 0) : z);
        }
        return new TreeGrower.Table(x, p, y);
    }

    private static void same(Map<String, Object> parameters, int rounds, double missing, boolean binary, int n, int p) {
        TreeGrower.Table learned = table(n, p, missing, binary, "learned");
        TreeGrower.Table held = table(50, p, missing, binary, "held");
        try (TreeGrower grower = new TreeGrower(parameters, 3, new double[] {0.25}, learned, held)) {
            for (int round = 0; round < rounds; round++) {
                grower.round();
            }
            TreeEnsemble trees = grower.trees().getFirst();
            TreeEnsemble read = TreeEnsemble.of(trees.weights(), p);
            double[] theirs = grower.held();
            for (int i = 0; i < theirs.length; i++) {
                assertThat(trees.of(held.rows(), i * p)).isCloseTo(theirs[i], within(1e-5 * Math.max(1, Math.abs(theirs[i]))));
                assertThat(read.of(held.rows(), i * p)).isEqualTo(trees.of(held.rows(), i * p));
            }
        }
    }

    @Test
    void plainNumbersPredictWhatXgboostPredicts() {
        for (double missing : new double[] {0, 0.3, 0.9}) {
            same(Map.of("objective", "reg:squarederror", "max_depth", 4, "eta", 0.1, "subsample", 0.8), 40, missing, false, 300, 5);
            same(Map.of("objective", "binary:logistic", "max_depth", 3, "eta", 0.3), 25, missing, true, 120, 1);
            same(Map.of("objective", "reg:squarederror", "num_parallel_tree", 20, "max_depth", 0, "eta", 1, "subsample", 0.632,
                    "colsample_bynode", 0.34), 1, missing, false, 200, 7);
        }
        same(Map.of("objective", "reg:squarederror", "max_depth", 2, "eta", 1), 1, 0, false, 1, 1);
    }

    /** One split, shrunken by lambda 1: base + sum of residuals / (rows + 1); the missing row joins the side that it resembles. */
    @Test
    void oneSplitInClosedForm() {
        float[] x = {0, 0, 0, 1, 1, NONE};
        float[] y = {1, 2, 3, 8, 10, 9};
        try (TreeGrower grower = new TreeGrower(Map.of("objective", "reg:squarederror", "max_depth", 1, "eta", 1, "lambda", 1,
                "min_child_weight", 0), 1, new double[] {5.5}, new TreeGrower.Table(x, 1, y), null)) {
            grower.round();
            TreeEnsemble tree = grower.trees().getFirst();
            assertThat(tree.trees()).isOne();
            double low = 5.5 + (6 - 3 * 5.5) / 4;
            double high = 5.5 + (27 - 3 * 5.5) / 4;
            assertThat(new double[] {tree.of(new float[] {-5}, 0), tree.of(new float[] {0}, 0), tree.of(new float[] {1}, 0),
                    tree.of(new float[] {NONE}, 0), tree.of(new float[] {Float.POSITIVE_INFINITY}, 0)})
                    .containsExactly(new double[] {low, low, high, high, high}, within(1e-6));
        }
    }

    @Test
    void whatIsNoTreeIsRefused() {
        double[] split = {0, 0.5, 1, 1, -1, 2, 0, 0, -1, 3, 0, 0};
        assertThat(new TreeEnsemble(1, new double[] {0}, split).of(new float[] {0.4f}, 0)).isEqualTo(3);
        assertThat(new TreeEnsemble(1, new double[] {0}, split).of(new float[] {0.5f}, 0)).isEqualTo(4);
        double[][] wrong = {{0, 0.5}, {2, 0}, {2, 2}, {3, 2}, {4, 0}, {6, 1}, {7, 0.5}, {0, -2}};
        for (double[] change : wrong) {
            double[] nodes = split.clone();
            nodes[(int) change[0]] = change[1];
            assertThatThrownBy(() -> new TreeEnsemble(1, new double[] {0}, nodes)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a tree holds " + change[1]);
        }
        assertThatThrownBy(() -> new TreeEnsemble(1, new double[] {3}, split)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TreeEnsemble.of(new TreeEnsemble(1, new double[] {0}, split).weights(), 0))
                .hasMessageContaining("number 0 of rows of 0");
    }
}
