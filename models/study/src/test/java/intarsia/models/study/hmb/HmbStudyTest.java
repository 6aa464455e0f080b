package intarsia.models.study.hmb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.Engine;
import intarsia.linalg.Pool;
import intarsia.linalg.Precision;
import intarsia.models.Estimator;
import intarsia.models.Progress;
import intarsia.models.execution.LocalExecutor;
import intarsia.models.files.FileException;
import intarsia.models.selection.ModelSelection;
import intarsia.models.simulation.BlockMissing;
import intarsia.models.study.Choices;
import intarsia.models.study.Item;
import intarsia.models.study.Measurements;
import intarsia.models.study.Setting;
import intarsia.models.study.StudyPlan;
import intarsia.models.study.StudyRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HmbStudyTest {
    private static final Setting<BlockMissing> SMALL = new Setting<>("small", "A small setting", "n", "n", List.of(24.0),
            n -> BlockMissing.twoTasks().rows((int) n).widths(10, 4));

    /** Plain Java is as fast as any in work so short; the bits are the same. */
    private static final Engine.Options ENGINE = Engine.options().kernels("scalar").precision(Precision.F32);

    @TempDir
    private Path temporary;

    private static HmbStudy study(long seed) {
        return HmbStudy.of(List.of(SMALL), all -> all, Grid.FIXED.epochs(2), ModelSelection.Search.EXHAUSTIVE, 1,
                new HmbWork(seed, ENGINE));
    }

    private static Measurements run(HmbStudy study, Path folder, int threads, Duration limit) {
        StudyPlan<BlockMissing> plan = study.plan();
        try (Pool pool = new Pool(threads)) {
            Measurements measured = new StudyRunner<>(plan, new LocalExecutor(pool), limit).run(folder, Progress.NONE);
            study.report(measured).write(folder, plan, measured, "test");
            return measured;
        }
    }

    @Test
    void aKilledStudyGoesOnAndGivesTheSameBytes() throws IOException {
        HmbStudy study = study(1);
        Path whole = temporary.resolve("whole");
        Measurements measured = run(study, whole, 2, null);
        assertThat(measured.rows()).hasSize(study.methods().size()).allSatisfy(row -> {
            assertThat(row.cells().numbers(HmbWork.BY_TASK)).hasSize(2);
            assertThat(Arrays.stream(row.cells().numbers(HmbWork.BY_TASK)).allMatch(Double::isFinite)).isTrue();
            assertThat(row.cells().number(HmbWork.BATCH)).isBetween(0.0, row.cells().number(HmbWork.RMSE) * 1.0000001);
            assertThat(Double.isNaN(row.cells().number(HmbWork.IMPUTATION)))
                    .isEqualTo(!row.key().method().matches("mtl-hmb.*|htl-anchor|htl-imputed|ablation-.|apart-.*|steps-.*"));
        });
        byte[] journal = Files.readAllBytes(whole.resolve("journal.txt"));
        // Killed in the middle of a line, whose item is then done again; by one thread this time.
        int torn = journal.length * 3 / 5;
        Path resumed = Files.createDirectories(temporary.resolve("resumed"));
        Files.write(resumed.resolve("journal.txt"), Arrays.copyOf(journal, torn));
        run(study, resumed, 1, null);
        assertThat(resumed.resolve("results.csv")).hasSameBinaryContentAs(whole.resolve("results.csv"));
        assertThat(Files.readAllLines(resumed.resolve("journal.txt"))).hasSize(1 + measured.size())
                .allMatch(line -> line.matches("[0-9a-f]{8} .*"));
        assertThat(Files.readString(whole.resolve("tables.md"))).contains("### A small setting", "| 24 | MTL-HMB | 1 |", "p (rank)",
                "### MTL-HMB against the others", "MTL-HMB's mean RMSE is below that of STL in ");
        assertThat(Files.readString(whole.resolve("report.html")))
                .contains("<svg", "Ablation 3: column means + step 2");
        assertThat(Files.readString(whole.resolve("figures/small.svg"))).startsWith("<?xml").contains("<svg", "<path");
        assertThat(Files.readAllBytes(whole.resolve("figures/small.png"))).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void begunOnOtherTermsItIsNotGoneOnWith() throws IOException {
        Path folder = temporary.resolve("study");
        assertThat(run(study(1), folder, 1, Duration.ZERO).rows()).isEmpty();
        assertThat(Files.readString(folder.resolve("tables.md"))).contains("0 of " + study(1).methods().size() + " items are done");
        assertThatThrownBy(() -> run(study(2), folder, 1, null)).isInstanceOf(FileException.class)
                .hasMessageContaining("was begun on other terms (mtl-hmb study 3, seed 1,").hasMessageContaining("seed 2");
    }

    @Test
    void pointsSideBySideAreTheSamePoints() {
        List<Estimator> methods = new HmbMethods(Grid.TINY.epochs(2), new ModelSelection(ModelSelection.Search.EXHAUSTIVE)).all();
        Item<BlockMissing> item = new Item<>(SMALL, 24, 1, Choices.find("method", "mtl-hmb", methods, Estimator::key));
        HmbWork work = new HmbWork(1, ENGINE);
        var alone = work.measure(item, 1);
        var together = work.measure(item, 2);
        assertThat(HmbWork.COLUMNS).allSatisfy(column -> assertThat(together.text(column)).isEqualTo(alone.text(column)));
        assertThat(alone.number(HmbWork.FITS)).isEqualTo(2 * 4 + 2);
    }

    @Test
    void theReleasedFigureIsAMeanOverBatches() {
        double[] truth = new double[20];
        double[] predicted = new double[20];
        Arrays.fill(predicted, 0, 16, 1);
        Arrays.fill(predicted, 16, 20, 3);
        assertThat(HmbWork.meanOfBatches(truth, predicted)).isEqualTo(2);
    }

    @Test
    void reportedNumbersBelongToSettings() {
        assertThat(Reported.all()).hasSize(182).allSatisfy(reported ->
                assertThat(HmbSettings.of(reported.setting()).values()).contains(reported.value()));
        assertThat(Reported.all()).contains(new Reported("B", 0.9, "mtl-hmb", Reported.PAPER, 0.314, 0.126, 30),
                new Reported("A", 0.95, "mbi", Reported.PAPER, 4.516, 0.696, 30),
                        new Reported("linear", 0.7, "htl", Reported.PAPER, 0.765, 0.167, 30));
    }
}
