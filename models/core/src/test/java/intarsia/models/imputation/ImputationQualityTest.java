package intarsia.models.imputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.data.Column;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImputationQualityTest {
    private static final Source EXAM = Source.of("exam", "a", "b");
    private static final Source LABS = Source.of("labs", Column.continuous("sum"), Column.binary("positive"));
    private static final Source NOISE = Source.of("noise", "n1", "n2");

    /** labs are the sum of the exam and a half of noise, and its sign; noise depends on nothing. */
    private static TaskSet data(double unit) {
        TaskSet.Builder data = TaskSet.builder();
        for (String name : new String[] {"with", "without"}) {
            RandomStream random = RandomStream.of(1, name);
            int n = 200;
            double[][] exam = new double[n][];
            double[][] labs = new double[n][];
            double[][] noise = new double[n][];
            double[] y = new double[n];
            for (int i = 0; i < n; i++) {
                exam[i] = new double[] {random.nextGaussian(), random.nextGaussian()};
                double sum = exam[i][0] + exam[i][1] + random.nextGaussian();
                labs[i] = new double[] {unit * sum, sum > 0 ? 1 : 0};
                noise[i] = new double[] {random.nextGaussian(), random.nextGaussian()};
                y[i] = random.nextGaussian();
            }
            Task.Builder task = Task.continuous(name).rows(IntStream.range(0, n).mapToObj(i -> name + i).toList()).block(EXAM, exam);
            data.task((name.equals("with") ? task.block(LABS, labs).block(NOISE, noise) : task).response(y));
        }
        return data.build();
    }

    private static ImputationQuality quality(double unit) {
        try (Engine engine = Engine.open()) {
            return ImputationQuality.of(new GaussianImputation(), data(unit), engine, RandomStream.of(1));
        }
    }

    @Test
    void r2IsTheShareThatTheAnchorSays() {
        ImputationQuality quality = quality(1);
        assertThat(quality.methods()).containsExactly("joint normal", "column means", "ridge on the anchor");
        ImputationQuality.OfColumn sum = quality.columns().stream().filter(column -> column.column().equals("sum")).findFirst()
                .orElseThrow();
        assertThat(sum.cells()).isEqualTo(200);
        assertThat(sum.figures().get(1)).isZero();
        assertThat(sum.figures().get(2)).isCloseTo(2 / 3.0, within(0.08));
        // the other sources of the row, the noise, say no more
        assertThat(sum.figures().get(0)).isCloseTo(sum.figures().get(2), within(0.03));
        ImputationQuality.OfColumn sign = quality.columns().stream().filter(column -> column.column().equals("positive")).findFirst()
                .orElseThrow();
        assertThat(sign.figures().get(1)).isCloseTo(Math.log(2), within(0.01));
        assertThat(sign.figures().get(0)).isLessThan(0.55);
    }

    @Test
    void noiseIsNoBetterThanItsMeans() {
        assertThat(quality(1).noBetterThanMeans()).containsExactly("noise");
        assertThat(quality(1).gain(0, "labs")).isBetween(0.3, 0.7);
    }

    @Test
    void unitsDoNotMatter() {
        assertThat(quality(0x1p300).columns()).isEqualTo(quality(1).columns());
    }

    @Test
    void nothingMissingHasNothingToJudge() {
        TaskSet whole = TaskSet.builder().task(data(1).task("with")).build();
        try (Engine engine = Engine.open()) {
            ImputationQuality quality = ImputationQuality.of(new GaussianImputation(), whole, engine, RandomStream.of(1));
            assertThat(quality.columns()).isEmpty();
            assertThat(quality.noBetterThanMeans()).isEmpty();
        }
    }
}
