package intarsia.models.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.Engine;
import intarsia.linalg.Pool;
import intarsia.linalg.Precision;
import intarsia.models.Progress;
import intarsia.models.files.FileException;
import intarsia.models.simulation.BlockMissing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyRunnerTest {
    private static final Setting SMALL = new Setting("small", "A small setting", "n", "n", List.of(24.0),
            n -> BlockMissing.twoTasks().rows((int) n).widths(10, 4));

    /** Plain Java is as fast as any in work so short; the bits are the same. */
    private static final Engine.Options ENGINE = Engine.options().kernels("scalar").precision(Precision.F32);

    @TempDir
    private Path temporary;

    private static StudyPlan plan(long seed) {
        return new StudyPlan(List.of(SMALL), StudyMethods.all(), 1, Grid.FIXED.epochs(2), Tuner.Search.EXHAUSTIVE, seed,
                ENGINE);
    }

    private static List<ItemResult> run(StudyPlan plan, Path folder, int threads, Duration limit) {
        try (Pool pool = new Pool(threads)) {
            List<ItemResult> results = new StudyRunner(plan, pool, limit).run(folder, Progress.NONE);
            new StudyReport(plan, results, "test").write(folder);
            return results;
        }
    }

    @Test
    void aKilledStudyGoesOnAndGivesTheSameBytes() throws IOException {
        StudyPlan plan = plan(1);
        Path whole = temporary.resolve("whole");
        List<ItemResult> results = run(plan, whole, 2, null);
        assertThat(results).hasSize(StudyMethods.all().size()).allSatisfy(result -> {
            assertThat(result.rmse()).hasSize(2).allMatch(Double::isFinite);
            assertThat(result.batchRmse()).isBetween(0.0, result.meanRmse() * 1.0000001);
            assertThat(Double.isNaN(result.imputation())).isEqualTo(!result.key().method().matches("mtl-hmb.*|ablation-."));
        });
        byte[] journal = Files.readAllBytes(whole.resolve("journal.txt"));
        // Killed in the middle of a line, whose item is then done again; and just after a line; by one thread this time.
        int torn = journal.length * 3 / 5;
        Path resumed = Files.createDirectories(temporary.resolve("resumed"));
        Files.write(resumed.resolve("journal.txt"), Arrays.copyOf(journal, torn));
        run(plan, resumed, 1, null);
        assertThat(resumed.resolve("results.csv")).hasSameBinaryContentAs(whole.resolve("results.csv"));
        assertThat(Files.readAllLines(resumed.resolve("journal.txt"))).hasSize(1 + results.size()).allMatch(line -> line.matches("[0-9a-f]{8} .*"));
        assertThat(Files.readString(whole.resolve("tables.md"))).contains("### A small setting", "| 24 | MTL-HMB | 1 |", "p (rank)");
        assertThat(Files.readString(whole.resolve("report.html"))).contains("data:image/svg+xml;base64,", "Ablation 3: column means + step 2");
        assertThat(Files.readString(whole.resolve("figures/small.svg"))).startsWith("<?xml").contains("<svg", "<path");
        assertThat(Files.readAllBytes(whole.resolve("figures/small.png"))).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void begunOnOtherTermsOrDamagedItIsNotGoneOnWith() throws IOException {
        Path folder = temporary.resolve("study");
        assertThat(run(plan(1), folder, 1, Duration.ZERO)).isEmpty();
        assertThat(Files.readString(folder.resolve("tables.md"))).contains("0 of 10 items are done");
        assertThatThrownBy(() -> run(plan(2), folder, 1, null)).isInstanceOf(FileException.class)
                .hasMessageContaining("was begun on other terms (intarsia study 1, seed 1,").hasMessageContaining("seed 2");
        Path journal = folder.resolve("journal.txt");
        Files.writeString(journal, Files.readString(journal) + "00000000 small\n");
        assertThatThrownBy(() -> run(plan(1), folder, 1, null)).isInstanceOf(FileException.class).hasMessageContaining(":2: is damaged");
    }

    @Test
    void oneProcessAtATime() {
        Path file = temporary.resolve("journal.txt");
        try (Journal first = new Journal(file, "terms")) {
            assertThat(first.done()).isEmpty();
            assertThatThrownBy(() -> new Journal(file, "terms")).isInstanceOf(FileException.class).hasMessageContaining("another process is at work");
        }
    }

    @Test
    void pointsSideBySideAreTheSamePoints() {
        WorkItem item = new WorkItem(SMALL, 24, 1, StudyMethods.of("mtl-hmb"));
        Grid grid = Grid.TINY.epochs(2);
        try (Pool one = new Pool(1); Pool two = new Pool(2)) {
            ItemResult alone = item.run(new Tuner(ENGINE, one, Tuner.Search.EXHAUSTIVE), grid, 1);
            ItemResult beside = item.run(new Tuner(ENGINE, two, Tuner.Search.EXHAUSTIVE), grid, 1);
            assertThat(beside.cells()).isEqualTo(alone.cells());
            assertThat(alone.fits()).isEqualTo(2 * 4 + 2);
        }
    }
}
