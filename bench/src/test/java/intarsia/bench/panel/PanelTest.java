package intarsia.bench.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.models.data.DataSplit;
import intarsia.models.data.TaskSplit;
import intarsia.models.files.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Splits, files for peers, losses in closed form, published data as studies, and a run that is resumed. */
class PanelTest {
    @TempDir
    Path folder;

    private Path study(String name, boolean binary) throws IOException {
        Path at = Files.createDirectories(folder.resolve(name));
        Files.writeString(at.resolve("study.toml"), """
                task = "site"
                files = ["rows.csv"]
                [response]
                column = "y"
                kind = "%s"
                [sources]
                all = ["a", "b"]
                """.formatted(binary ? "binary" : "continuous"));
        List<String> lines = new ArrayList<>(List.of("site,y,a,b"));
        RandomStream random = RandomStream.of(3);
        for (int i = 0; i < 80; i++) {
            double a = random.nextGaussian();
            double y = 3 * a + random.nextGaussian();
            lines.add(String.join(",", i % 2 == 0 ? "north" : "south", Double.toString(binary ? (y > 0 ? 1 : 0) : y), Double.toString(a),
                    i % 7 == 0 ? "" : Integer.toString(i % 5)));
        }
        Files.write(at.resolve("rows.csv"), lines);
        return at;
    }

    @Test
    void lossesInClosedForm() throws IOException {
        PanelStudy continuous = PanelStudy.read(study("continuous", false));
        DataSplit split = continuous.split(1, 0);
        Map<String, double[]> predicted = new LinkedHashMap<>();
        double expected = 0;
        for (TaskSplit task : split.tasks()) {
            double[] y = task.task().response();
            double mean = java.util.Arrays.stream(y).average().orElseThrow();
            double variance = java.util.Arrays.stream(y).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
            double[] off = task.responses(task.test());
            double step = task.task().name().equals("north") ? 2 : -1;
            for (int i = 0; i < off.length; i++) {
                off[i] += step;
            }
            predicted.put(task.task().name(), off);
            expected += step * step / variance / 2;
        }
        assertThat(continuous.loss(split, predicted)).isCloseTo(Math.sqrt(expected), within(1e-12));

        PanelStudy binary = PanelStudy.read(study("binary", true));
        DataSplit halves = binary.split(1, 0);
        Map<String, double[]> half = new LinkedHashMap<>();
        halves.tasks().forEach(task -> {
            double[] p = new double[task.test().length];
            java.util.Arrays.fill(p, 0.5);
            half.put(task.task().name(), p);
        });
        assertThat(binary.loss(halves, half)).isCloseTo(Math.log(2), within(1e-12));
    }

    /** The row numbers that peers read are those of the table, and each part is the split's. */
    @Test
    void filesForPeersAreTheSplit() throws IOException {
        PanelStudy study = PanelStudy.read(study("files", false));
        DataSplit split = study.split(1, 2);
        study.writeTable(folder);
        study.writeSplit(split, folder.resolve("split.csv"));
        List<String> table = Files.readAllLines(folder.resolve("table.csv"));
        List<String> part = Files.readAllLines(folder.resolve("split.csv"));
        assertThat(table).hasSameSizeAs(part).hasSize(81);
        assertThat(Files.readAllLines(folder.resolve("columns.csv"))).containsExactly("column,kind",
                "\"a\",continuous", "\"b\",continuous");
        int first = 1;
        for (TaskSplit task : split.tasks()) {
            for (int row : task.test()) {
                assertThat(part.get(first + row)).isEqualTo("test");
                assertThat(table.get(first + row)).startsWith('"' + task.task().name() + "\"," + task.task().response()[row] + ",");
            }
            assertThat(part.subList(first, first + task.task().size()).stream().filter("train"::equals)).hasSize(task.train().length);
            first += task.task().size();
        }
    }

    @Test
    void publishedDataBecomeAStudy() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data/pbc")).getParent();
        List<String> lines = new ArrayList<>(List.of(
                "\"id\",\"time\",\"status\",\"trt\",\"age\",\"sex\",\"ascites\",\"hepato\",\"spiders\",\"edema\",\"bili\","
                + "\"chol\",\"albumin\",\"copper\",\"alk.phos\",\"ast\",\"trig\",\"platelet\",\"protime\",\"stage\",\"trial\""));
        String inside = ",1,50,\"f\",1,0,1,0.5,1.2,200,3.1,50,900,80,90,200,11,3,\"trial\"";
        String outside = ",,60,\"m\",,,,0,2.2,,3.3,,,,,180,10,2,\"outside\"";
        String[] times = {"1000,2", "1095,2", "1096,2", "2000,0", "900,0", "900,1"};
        for (int i = 0; i < 12; i++) {
            lines.add((i + 1) + "," + times[i % 6] + (i < 6 ? inside : outside));
        }
        Files.write(data.resolve("pbc/pbc.csv"), lines);
        List<String> notes = new ArrayList<>();
        List<Path> folders = PanelData.folders(Path.of("").toAbsolutePath().getParent(), List.of(data, study("own", false)),
                folder.resolve("out"), notes);
        assertThat(folders.stream().map(path -> path.getFileName().toString()))
                .containsExactly("heart-disease", "pbc", "parkinsons", "own");
        assertThat(notes).hasSize(4).allMatch(note -> note.contains("no --data folder holds"));
        PanelStudy pbc = PanelStudy.read(folders.get(1));
        assertThat(pbc.tasks().stream().map(task -> task.name() + task.blocks().size())).containsExactly("outside1", "trial2");
        assertThat(pbc.tasks().getFirst().response()).as("dead, dead, alive, alive; censored or transplanted before are left out")
                .containsExactly(1, 1, 0, 0);
    }

    @Test
    @EnabledIf(value = "intarsia.models.trees.TreesModule#canGrow", disabledReason = "XGBoost's native library cannot be loaded: libgomp1")
    void aRunIsResumedAndItsPageSaysWhatWasFound() throws Exception {
        Path own = study("own", true);
        Path out = folder.resolve("out");
        Path page = folder.resolve("page.md");
        String[] args = {"--data", own.toString(), "--only", "own", "--repeats", "2",
                "--methods", "mean,regression,pooled-regression,forest", "--out", out.toString(), "--page", page.toString(),
                "--threads", "2"};
        Panel.run(args);
        Path journal = out.resolve("own/journal.txt");
        List<String> whole = Files.readAllLines(journal);
        assertThat(whole).hasSize(9);
        String found = Files.readString(page);
        assertThat(found).contains("| mean |").contains("| forest |").contains("## own").contains("2 tasks, 80 rows, 2 columns")
                .contains("| own | 0 | not run yet |");

        Files.write(journal, whole.subList(0, 4));
        Files.writeString(journal, "deadbeef torn", java.nio.file.StandardOpenOption.APPEND);
        Panel.run(args);
        assertThat(Files.readAllLines(journal)).hasSize(9).startsWith(whole.subList(0, 4).toArray(String[]::new));
        assertThat(losses(journal)).isEqualTo(losses(whole));
    }

    private static Map<String, Double> losses(Path journal) throws IOException {
        return losses(Files.readAllLines(journal));
    }

    private static Map<String, Double> losses(List<String> lines) {
        Map<String, Double> losses = new java.util.TreeMap<>();
        lines.stream().skip(1).map(line -> PanelResult.of(line.substring(9))).forEach(result -> losses.put(result.split() + result.method(),
                result.loss()));
        return losses;
    }

    /** auto is 2 % worse than the best plain method of two on one study, 10 % worse on the other, by more than its error. */
    @Test
    void theVerdictIsThreePerCentOrOneError() throws IOException {
        PanelStudy near = PanelStudy.read(study("near", false));
        PanelStudy far = PanelStudy.read(study("far", false));
        Map<PanelStudy, List<PanelResult>> results = new LinkedHashMap<>();
        results.put(near, List.of(new PanelResult(0, "mean", 1, 1, ""), new PanelResult(1, "mean", 1.2, 1, ""),
                new PanelResult(0, "auto", 1.022, 1, ""), new PanelResult(1, "auto", 1.222, 1, "")));
        results.put(far, List.of(new PanelResult(0, "mean", 1, 1, ""), new PanelResult(1, "mean", 1.2, 1, ""),
                new PanelResult(0, "auto", 1.1, 1, ""), new PanelResult(1, "auto", 1.32, 1, ""),
                new PanelResult(0, "gp", Double.NaN, 0, "too many rows")));
        String page = new PanelPage(List.of(new PanelMethod.Own("mean", true), new PanelMethod.Own("gp", false),
                new PanelMethod.Own("auto", false)), results, 2).text(List.of(), List.of("absent: not there"), "bench/panel");
        assertThat(page).contains("| near | 2 | 1.1220 | mean | 1.1000 | +0.0220 ± 0.0000 (+2.0 %) | yes, within 3 % |")
                .contains("| far | 2 | 1.2100 | mean | 1.1000 | +0.1100 ± 0.0100 (+10.0 %) | **no** |").contains("gp (too many rows)")
                .contains("| mean | 1.0 | 2 |").contains("| auto | 2.0 | 2 |").contains("- absent: not there");
    }

    @Test
    void whatCannotBeDoneIsSaidInOneLine() {
        String[][] wrong = {{"--date", "x"}, {"--data", "no/such/folder"}, {"--repeats", "0"}, {"--methods", "boosting,none"}, {"--only"}};
        String[] said = {"unknown option '--date'", "--data no/such/folder: is no folder", 
                "--repeats 0: must be a whole number, at least 1", "--methods none: there are mean, regression",
                "option '--only' is unknown or lacks its value"};
        for (int i = 0; i < wrong.length; i++) {
            String[] args = wrong[i];
            assertThatThrownBy(() -> Panel.run(args)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(said[i]);
        }
    }

    @Test
    void aNoteIsOneLine() throws Exception {
        Path file = folder.resolve("journal.txt");
        try (Journal journal = new Journal(file, "panel 1, seed 1, study a", "panel")) {
            journal.add(new PanelResult(0, "gp", Double.NaN, 0, "one\nline\tonly").line());
        }
        try (Journal journal = new Journal(file, "panel 1, seed 1, study a", "panel")) {
            assertThat(PanelResult.of(journal.lines().getFirst()).note()).isEqualTo("one line only");
        }
    }
}
