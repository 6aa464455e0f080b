package intarsia.models.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.Pool;
import intarsia.models.DivergedException;
import intarsia.models.Progress;
import intarsia.models.execution.LocalExecutor;
import intarsia.models.files.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyRunnerTest {
    @TempDir
    private Path temporary;

    private static Measurements run(StudyPlan<?> plan, Path folder, int threads, Duration limit) {
        try (Pool pool = new Pool(threads)) {
            Measurements measured = new StudyRunner<>(plan, new LocalExecutor(pool), limit).run(folder, Progress.NONE);
            Means.report(plan, measured).write(folder, plan, measured, "test");
            return measured;
        }
    }

    @Test
    void itemsAreTheSameOnAnyNumberOfThreadsAndSecondsAreMeasured() throws IOException {
        Measurements measured = run(Means.plan(1, 3, 0), temporary.resolve("two"), 2, null);
        run(Means.plan(1, 3, 0), temporary.resolve("one"), 1, null);
        assertThat(measured.rows()).hasSize(2 * 3 * 2).allSatisfy(row -> {
            assertThat(row.seconds().clock()).isNotNegative();
            assertThat(row.seconds().cpu()).isNotNegative();
        });
        assertThat(temporary.resolve("one/results.csv")).hasSameBinaryContentAs(temporary.resolve("two/results.csv"));
        assertThat(Files.readAllLines(temporary.resolve("one/results.csv")).subList(0, 2))
                .containsExactly("setting,value,replicate,method,error,note", "n,10,1,mean,"
                        + measured.rows().getFirst().cells().number("error") + ",of 10");
        assertThat(Files.readAllLines(temporary.resolve("one/timings.csv"))).first()
                .isEqualTo("setting,value,replicate,method,seconds,cpu_seconds");
        assertThat(Files.readString(temporary.resolve("one/tables.md")))
                .contains("| n | Mean | Median |", "3 replicates", "| 10 | Median | 3 |");
    }

    @Test
    void killedInMidStudyItGoesOnToTheSameBytes() throws IOException, InterruptedException {
        Path killed = temporary.resolve("killed");
        Path journal = killed.resolve(StudyRunner.JOURNAL);
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), Means.class.getName(),
                        killed.toString(), "200", "20")
                .redirectErrorStream(true).redirectOutput(temporary.resolve("said.txt").toFile()).start();
        while (process.isAlive() && !(Files.exists(journal) && Files.readAllLines(journal).size() > 6)) {
            Thread.sleep(5);
        }
        assertThat(process.isAlive()).as(() -> "it ended by itself: " + said()).isTrue();
        process.destroyForcibly().waitFor();
        int lines = Files.readAllLines(journal).size();
        assertThat(lines).isBetween(7, 200 * 4);
        run(Means.plan(1, 200, 0), killed, 1, null);
        run(Means.plan(1, 200, 0), temporary.resolve("whole"), 2, null);
        assertThat(killed.resolve("results.csv")).hasSameBinaryContentAs(temporary.resolve("whole/results.csv"));
        assertThat(Files.readAllLines(journal)).hasSize(1 + 200 * 4);
    }

    private String said() {
        try {
            return Files.readString(temporary.resolve("said.txt"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void moreReplicatesGoOnFromFewer() {
        Path folder = temporary.resolve("study");
        Measurements few = run(Means.plan(1, 1, 0), folder, 1, null);
        Measurements more = run(Means.plan(1, 3, 0), folder, 2, null);
        assertThat(more.where(key -> key.replicate() == 1).rows().stream().map(row -> row.seconds()))
                .containsExactlyElementsOf(few.rows().stream()
                .map(row -> row.seconds()).toList());
    }

    @Test
    void anotherStudysJournalOrADamagedOneIsNotGoneOnWith() throws IOException {
        Path folder = temporary.resolve("study");
        assertThat(run(Means.plan(1, 3, 0), folder, 1, Duration.ZERO).rows()).isEmpty();
        assertThat(Files.readString(folder.resolve("tables.md"))).contains("0 of 12 items are done");
        assertThatThrownBy(() -> run(Means.plan(2, 3, 0), folder, 1, null)).isInstanceOf(FileException.class)
                .hasMessageContaining("was begun on other terms (means study, seed 1) than asked for now (means study, seed 2)");
        Path journal = folder.resolve("journal.txt");
        Files.writeString(journal, Files.readString(journal) + "00000000 n\n");
        assertThatThrownBy(() -> run(Means.plan(1, 3, 0), folder, 1, null)).isInstanceOf(FileException.class)
                .hasMessageContaining(":2: is damaged");
    }

    @Test
    void oneProcessAtATime() {
        Path file = temporary.resolve("journal.txt");
        try (ItemJournal first = new ItemJournal(file, "terms", List.of())) {
            assertThat(first.done()).isEmpty();
            assertThatThrownBy(() -> new ItemJournal(file, "terms", List.of())).isInstanceOf(FileException.class)
                    .hasMessageContaining("another process is at work");
        }
    }

    @Test
    void whatDivergesIsAnEmptyRowAndTheStudyGoesOn() throws IOException {
        StudyPlan<Integer> plan = Means.plan(1, 2, 0);
        StudyPlan<Integer> diverging = new StudyPlan<>(plan.terms(), plan.columns(), plan.items(), (item, pool) -> {
            if (item.replicate() == 2 && item.method().key().equals("median")) {
                throw new DivergedException("all 3 points of the grid");
            }
            return plan.work().measure(item, pool);
        });
        Path folder = temporary.resolve("study");
        Measurements measured = run(diverging, folder, 1, null);
        assertThat(measured.size()).isEqualTo(8);
        assertThat(Files.readAllLines(folder.resolve("results.csv"))).contains("n,10,2,median,,");
        assertThat(Files.readString(folder.resolve("tables.md"))).contains("; 2 items diverged and are left out.", "| 10 | Median | 1 |");
        assertThat(run(diverging, folder, 1, null).rows()).hasSize(8);
    }

    @Test
    void anItemMeasuresWhatThePlanSays() {
        StudyPlan<Integer> plan = Means.plan(1, 1, 0);
        StudyPlan<Integer> other = new StudyPlan<>("t", List.of("rmse"), plan.items(), plan.work());
        assertThatThrownBy(() -> run(other, temporary.resolve("study"), 1, null)).isInstanceOf(IllegalStateException.class)
                .hasMessage("an item measured [error, note] where the plan says [rmse]");
    }

    private static Measurements shard(StudyPlan<?> plan, Path folder, Shard shard, Duration limit) {
        try (Pool pool = new Pool(1)) {
            return new StudyRunner<>(plan, new LocalExecutor(pool), limit, shard).run(folder, Progress.NONE);
        }
    }

    @Test
    void shardsInAnyOrderGiveTheSameBytes() throws IOException {
        Path folder = temporary.resolve("shards");
        int before = 0;
        for (int number : new int[] {3, 1, 4, 2}) {
            int after = shard(Means.plan(1, 5, 0), folder, new Shard(number, 4), null).size();
            assertThat(after).as("each does some items").isGreaterThan(before);
            before = after;
        }
        assertThat(before).isEqualTo(5 * 4);
        assertThat(folder.resolve("journal.txt")).doesNotExist();
        run(Means.plan(1, 5, 0), folder, 1, null);
        run(Means.plan(1, 5, 0), temporary.resolve("whole"), 2, null);
        assertThat(folder.resolve("results.csv")).hasSameBinaryContentAs(temporary.resolve("whole/results.csv"));
        assertThat(Files.readAllLines(folder.resolve("journal.txt"))).as("nothing was done again").hasSize(1);
    }

    @Test
    void whatAShardDidNotFinishIsDoneByTheOthersOrByTheWhole() throws IOException {
        Path folder = temporary.resolve("shards");
        shard(Means.plan(1, 5, 0), folder, new Shard(1, 2), null);
        Path torn = folder.resolve("journal-1-of-2.txt");
        String text = Files.readString(torn);
        Files.writeString(torn, text.substring(0, text.length() - 5));
        assertThat(shard(Means.plan(1, 5, 0), folder, new Shard(2, 2), null).size()).isEqualTo(5 * 4 - 1);
        assertThat(run(Means.plan(1, 5, 0), folder, 1, null).size()).isEqualTo(5 * 4);
        assertThat(Files.readString(torn)).as("another's journal is not touched").isEqualTo(text.substring(0, text.length() - 5));
        assertThatThrownBy(() -> shard(Means.plan(2, 5, 0), folder, new Shard(3, 3), null)).isInstanceOf(FileException.class)
                .hasMessageContaining("journal-1-of-2.txt: was begun on other terms");
    }

    @Test
    void shardsAreAPartitionOfAboutEqualSize() {
        for (int of : new int[] {1, 3, 20, 50}) {
            boolean[] seen = new boolean[41];
            for (int number = 1; number <= of; number++) {
                int[] items = new Shard(number, of).items(41);
                assertThat(items.length).isBetween(41 / of, (41 + of - 1) / of);
                assertThat(items).isSorted();
                for (int item : items) {
                    assertThat(seen[item]).isFalse();
                    seen[item] = true;
                }
            }
            assertThat(seen).doesNotContain(false);
        }
        assertThatThrownBy(() -> new Shard(4, 3)).hasMessage("shard 4/3: must be from 1/3 to 3/3");
        assertThatThrownBy(() -> new Shard(0, 0)).hasMessage("shard 0/0: must be from 1/1 to 1/1");
    }
}
