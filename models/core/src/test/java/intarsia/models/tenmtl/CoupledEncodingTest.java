package intarsia.models.tenmtl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.models.Finding;
import intarsia.models.FitContext;
import intarsia.models.Progress;
import intarsia.models.data.Axis;
import intarsia.models.data.Column;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Individual;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.Classes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sources that are a modality each, from tables on. */
class CoupledEncodingTest {
    private static final Source VOICE = Source.of("voice", "pitch", "loudness");
    private static final Source SCAN = new Source("scan", Stream.of("a", "b", "c", "d", "e", "f").map(Column::continuous).toList(),
            List.of(new Axis("region", 2), new Axis("band", 3)));
    private static final TensorForm FORM = TensorForm.coupled("voice", "scan");
    private static final int ROWS = 25;

    /** Six tasks, of which the last two have no scan; f is how a task differs, in both sources alike. */
    private static TaskSet data() {
        TaskSet.Builder builder = TaskSet.builder();
        for (int t = 0; t < 6; t++) {
            Task.Builder task = Task.continuous("p" + t).block(VOICE, voice(t));
            if (t < 4) {
                task.block(SCAN, scan(t));
            }
            builder.task(task.response(response(t)));
        }
        return builder.build();
    }

    private static TaskSet complete(TaskSet data) {
        TaskSet.Builder builder = TaskSet.builder();
        data.tasks().subList(0, 4).forEach(builder::task);
        return builder.build();
    }

    private static double[][] voice(int t) {
        return cells(t, "voice", 2);
    }

    private static double[][] scan(int t) {
        return cells(t, "scan", 6);
    }

    private static double[][] cells(int t, String name, int width) {
        RandomStream random = RandomStream.of(5, name).child("task", t);
        double[][] cells = new double[ROWS][width];
        for (double[] row : cells) {
            Arrays.setAll(row, j -> 3 + random.nextGaussian());
        }
        return cells;
    }

    private static double[] response(int t) {
        RandomStream random = RandomStream.of(6, "noise").child("task", t);
        double f = t % 2 == 0 ? 1 : -1;
        double[][] voice = voice(t);
        double[][] scan = scan(t);
        return IntStream.range(0, ROWS).mapToDouble(i -> 40 + 2 * (1 + f) * voice[i][0] + f * (scan[i][0] + scan[i][3])
                + 0.1 * random.nextGaussian()).toArray();
    }

    private static TenMtlModel fit(TaskSet data) {
        try (Engine engine = Engine.open()) {
            TenMtl options = TenMtl.options().form(FORM).ranks(1, 2, 2, 1);
            return (TenMtlModel) options.fit(new FitContext(engine, DataSplit.all(data), RandomStream.of(1), Progress.NONE)).orThrow();
        }
    }

    @Test
    void aRowIsItsModalitiesOneAfterAnother() {
        TaskSet data = data();
        DataSplit all = DataSplit.all(data);
        TensorEncoding encoding = TensorEncoding.of(all, FORM);
        assertThat(encoding.shapes()).containsExactly(Shape.of(2), Shape.of(2, 3));
        assertThat(encoding.row()).isEqualTo(Shape.of(8));
        assertThat(IntStream.range(0, 3).mapToObj(encoding::name)).containsExactly("voice", "scan region", "scan band");
        assertThat(encoding.unused()).isEmpty();
        List<Individual> individuals = encoding.individuals(all);
        assertThat(individuals.get(0).modalities().observed()).containsExactly(true, true);
        assertThat(individuals.get(5).modalities().observed()).containsExactly(true, false);
        DataSplit complete = DataSplit.all(complete(data));
        double[] scan = TensorEncoding.of(complete, new TensorForm(List.of(List.of("scan")), Map.of())).individuals(complete).getFirst()
                .predictors().doubles();
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < 6; j++) {
                assertThat(individuals.get(0).predictors().get(i, 2 + j)).isEqualTo(scan[i * 6 + j]);
                assertThat(individuals.get(5).predictors().get(i, 2 + j)).as("what is lacking").isCloseTo(0, within(1e-14));
            }
        }
        assertThat(TensorEncoding.of(complete, TensorForm.coupled("scan")).row()).as("one modality").isEqualTo(Shape.of(2, 3));
    }

    /** A task that had no scan is predicted by it once it has. */
    @Test
    void whatATaskLackedIsPredictedWith() {
        TenMtlModel model = fit(data());
        assertThat(model.requiredSources()).isEmpty();
        assertThat(model.sources()).containsExactly(VOICE, SCAN);
        assertThat(model.weights().tensors().keySet()).contains("factor/0", "voice/core", "voice/factor/1", "scan/core", "scan/factor/2");
        for (int t = 4; t < 6; t++) {
            double[] y = response(t);
            Observations without = Observations.of(Map.of(VOICE, voice(t)));
            Observations with = Observations.of(Map.of(VOICE, voice(t), SCAN, scan(t)));
            assertThat(error(model.predict("p" + t, with), y)).isLessThan(0.5 * error(model.predict("p" + t, without), y));
            assertThat(TensorEncodingTest.recorded(model, "p" + t, with)).containsExactly(model.predict("p" + t, with), within(1e-10));
        }
        // a row that lacks a modality is as if it were at its task's mean there
        double[][] gone = new double[ROWS][6];
        Arrays.stream(gone).forEach(row -> Arrays.fill(row, Double.NaN));
        double[] absent = model.predict("p0", Observations.of(Map.of(VOICE, voice(0))));
        assertThat(model.predict("p0", Observations.of(Map.of(VOICE, voice(0), SCAN, gone)))).isEqualTo(absent);
        double[][] mean = scan(0);
        for (double[] row : mean) {
            Arrays.setAll(row, j -> Arrays.stream(scan(0)).mapToDouble(of -> of[j]).average().orElseThrow());
        }
        assertThat(model.predict("p0", Observations.of(Map.of(VOICE, voice(0), SCAN, mean)))).containsExactly(absent, within(1e-10));
        assertThatThrownBy(() -> model.predict("p0", Observations.of(Map.of(Source.of("other", "x"), new double[3][1]))))
                .isInstanceOf(DataException.class).hasMessageContaining("lack all of the sources [voice, scan]");
    }

    private static double error(double[] predicted, double[] y) {
        return Math.sqrt(IntStream.range(0, y.length).mapToDouble(i -> (predicted[i] - y[i]) * (predicted[i] - y[i])).average()
                .orElseThrow());
    }

    @Test
    void findingsNameModalities() {
        TaskSet data = data();
        List<Finding> findings = fit(data).findings(data);
        assertThat(findings).extracting(Finding::name).contains("loadings-voice", "loadings-scan-region", "loadings-scan-band");
        Finding.Table variance = (Finding.Table) findings.stream().filter(finding -> finding.name().equals("variance")).findFirst()
                .orElseThrow();
        double shares = variance.rows().stream().filter(row -> row.getFirst().equals("modalities"))
                .mapToDouble(row -> Double.parseDouble(row.getLast())).sum();
        assertThat(shares).isCloseTo(1, within(1e-4));
    }

    @Test
    void aNewTaskMayLackAModality() {
        TaskSet data = data();
        TenMtlModel model = fit(complete(data));
        try (Engine engine = Engine.open()) {
            TaskSplit task = TaskSplit.all(data.task("p5"));
            TenMtlModel more = model.add(engine, task, RandomStream.of(1)).orThrow();
            Observations with = Observations.of(Map.of(VOICE, voice(5), SCAN, scan(5)));
            Observations without = Observations.of(Map.of(VOICE, voice(5)));
            assertThat(error(more.predict("p5", with), response(5))).isLessThan(0.5 * error(more.predict("p5", without), response(5)));
        }
    }

    /** Each class is learned by a binary model, whose ranks are those of its predictors. */
    @Test
    void classesAreNoModeOfCoupledSources() {
        TaskSet.Builder builder = TaskSet.builder();
        for (int t = 0; t < 3; t++) {
            double[] levels = IntStream.range(0, ROWS).mapToDouble(i -> i % 3).toArray();
            builder.task(Task.of("p" + t, new Classes(List.of("a", "b", "c"))).block(VOICE, voice(t)).block(SCAN, scan(t))
                    .response(levels));
        }
        TensorEncoding encoding = TensorEncoding.of(DataSplit.all(builder.build()), FORM);
        assertThat(encoding.coefficients()).containsExactly(Shape.of(2), Shape.of(2, 3));
        assertThat(encoding.ranks()).containsExactly(Shape.of(2), Shape.of(2, 3));
        assertThat(encoding.modes()).isEqualTo(3);
    }

    @Test
    void whatCannotBeCoupledIsRefused() {
        TaskSet data = data();
        assertThatThrownBy(() -> TensorEncoding.of(DataSplit.all(data), TensorForm.coupled("voice", "blood")))
                .isInstanceOf(DataException.class).hasMessage("predictors: there is no source 'blood' among [voice, scan]");
        assertThatThrownBy(() -> TensorEncoding.of(DataSplit.all(data), TensorForm.coupled("scan"))).isInstanceOf(DataException.class)
                .hasMessage("predictors: task 'p4' has none of the coupled sources [scan]");
        assertThatThrownBy(() -> TensorEncoding.of(DataSplit.all(data), new TensorForm(List.of(List.of("voice"), List.of("scan")),
                Map.of()))).isInstanceOf(DataException.class).hasMessageContaining("coupled ones may be missing");
        assertThatThrownBy(() -> TensorForm.coupled("voice", "voice")).isInstanceOf(DataException.class).hasMessageContaining("twice");
        assertThatThrownBy(() -> new TensorForm(List.of(List.of("voice")), List.of("scan"), Map.of())).isInstanceOf(DataException.class)
                .hasMessageContaining("not both");
    }
}
