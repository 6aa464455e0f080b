package intarsia.models.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Elementary;
import intarsia.linalg.RandomStream;
import intarsia.models.response.Classes;
import intarsia.models.response.Count;
import intarsia.models.response.Ordered;
import intarsia.models.response.Survival;
import java.util.List;
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

    /** Trees of each class, and of counts whose offset the rows held out do not have. */
    @Test
    void severalSumsAndOffsets() {
        int n = 150;
        TreeGrower.Table drawn = table(n, 4, 0.2, false, "learned");
        float[] classes = new float[n];
        float[] events = new float[n];
        float[] offsets = new float[n];
        for (int i = 0; i < n; i++) {
            classes[i] = drawn.responses()[i] < -1 ? 0 : drawn.responses()[i] < 1 ? 1 : 2;
            events[i] = Math.max(0, Math.round(3 + drawn.responses()[i]));
            offsets[i] = i % 3;
        }
        TreeGrower.Table held = table(50, 4, 0.2, false, "held");
        double[] base = {-2, 0.5, 1};
        try (TreeGrower grower = new TreeGrower(Map.of("objective", "multi:softprob", "max_depth", 3, "eta", 0.3), 3, base,
                new TreeGrower.Table(drawn.rows(), 4, classes), held)) {
            double[] before = grower.held();
            assertThat(before).startsWith(base).endsWith(base).hasSize(150);
            for (int round = 0; round < 7; round++) {
                grower.round();
            }
            List<TreeEnsemble> trees = grower.trees();
            assertThat(trees).hasSize(3).allMatch(of -> of.trees() == 7);
            double[] theirs = grower.held();
            for (int i = 0; i < theirs.length; i++) {
                assertThat(trees.get(i % 3).of(held.rows(), i / 3 * 4)).isCloseTo(theirs[i], within(1e-5));
            }
        }
        try (TreeGrower grower = new TreeGrower(Map.of("objective", "count:poisson", "max_depth", 3, "eta", 0.3), 3, new double[1],
                new TreeGrower.Table(drawn.rows(), 4, events, offsets, new float[0]), held)) {
            grower.round();
            grower.round();
            double[] theirs = grower.held();
            for (int i = 0; i < theirs.length; i++) {
                assertThat(grower.trees().getFirst().of(held.rows(), i * 4)).isCloseTo(theirs[i], within(1e-5));
            }
        }
    }

    /**
     * A leaf of relative risks is (events + base) / (expected + 1); rows of which nothing is expected leave no trace, and where more than
     * one event a row is expected, the unit is a row.
     */
    @Test
    void risksOfALeafInClosedForm() {
        double[] learned = {1, 0.5, 0, 0.7, 0, 0, 1, 0.2, 1, 0.6};
        TreeTargets targets = TreeTargets.of(new Survival(List.of(1.0)), false, learned, new double[] {1, 1, 1, 1, 1});
        try (TreeGrower grower = new TreeGrower(Map.of("objective", "reg:squarederror", "max_depth", 1, "eta", 1, "lambda", 1,
                "min_child_weight", 0), 1, targets.base(), targets.table(new float[] {0, 0, 1, 1, 1}, 1), null)) {
            grower.round();
            TreeEnsemble tree = grower.trees().getFirst();
            double base = 3.5 / 2.5;
            assertThat(new double[] {tree.of(new float[] {0}, 0), tree.of(new float[] {1}, 0)})
                    .containsExactly(new double[] {(1 + base) / 2.2, (2 + base) / 1.8}, within(1e-6));
        }
        TreeTargets counts = TreeTargets.of(new Count(false), false, new double[] {4, 8, 1, 0, 4, 1}, new double[] {1, 1});
        assertThat(counts.weights()).containsExactly(8 / 6f, 4 / 6f);
        assertThat(counts.responses()).containsExactly(0.5f, 0);
    }

    @Test
    void targetsOfFamilies() {
        TreeTargets counts = TreeTargets.of(new Count(true), true, new double[] {4, 8, 1, 0, 0, 1, 1, 2, 1},
                new double[] {1, 1, 1});
        assertThat(counts).usingRecursiveComparison().isEqualTo(new TreeTargets(new double[] {Elementary.log(5.5 / 10.5)},
                new float[] {4, 0, 1},
                new float[] {(float) Math.log(8), 0, (float) Math.log(2)}, new float[] {1, 0, 1}));
        TreeTargets classes = TreeTargets.of(new Classes(List.of("a", "b", "c")), true, new double[] {0, 1, 0, 0, 0, 1, 0, 1, 0},
                new double[] {1, 1, 1});
        assertThat(classes.responses()).containsExactly(1, 2, 1);
        assertThat(classes.base()).containsExactly(new double[] {Math.log(0.5 / 4.5), Math.log(2.5 / 4.5), Math.log(1.5 / 4.5)},
                within(1e-14));
        assertThatThrownBy(() -> TreeTargets.of(new Ordered(List.of("a", "b")), true, new double[] {0, 1}, new double[] {1}))
                .hasMessageContaining("order");
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
