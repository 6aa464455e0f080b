package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.RandomStream;
import intarsia.models.data.DataSplit;
import intarsia.models.data.PastToFuture;
import intarsia.models.data.Resampling;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DesignTest {
    private static final String STUDY = """
            task = "ward"
            files = ["all.csv"]
            [response]
            column = "y"
            kind = "%s"
            [sources]
            exam = ["x"]
            [design]
            %s
            """;

    @TempDir
    private Path folder;

    /** Sixty rows of fifteen patients in two wards, a visit a month. */
    private Study study(String kind, String... design) throws IOException {
        StringBuilder rows = new StringBuilder("ward,patient,seen,month,set,x,y\n");
        for (int i = 0; i < 60; i++) {
            rows.append(i % 2 == 0 ? "north" : "south").append(",p").append(i % 15).append(',')
                    .append(String.format("20%02d-%02d-01", 10 + i / 12, 1 + i % 12)).append(',').append(i).append(',')
                    .append(i < 30 ? "train" : i < 40 ? "Validation" : "TEST").append(',').append(i).append(',').append(i % 3 == 0 ? 1
                            : 0).append('\n');
        }
        Files.writeString(folder.resolve("all.csv"), rows);
        Files.writeString(folder.resolve("study.toml"), STUDY.formatted(kind, String.join("\n", design)));
        return Study.read(folder);
    }

    /** Column x numbers the rows of the file. */
    private static Set<Integer> rows(TaskSplit split, int[] part) {
        Task task = split.task();
        return IntStream.of(part).mapToObj(row -> (int) task.cells().values().iterator().next()[row][0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every file has the column that rows are joined by; it names patients, who are in each of the tasks. */
    @Test
    void whatFilesAreJoinedByMayBeTheGroup() throws IOException {
        StringBuilder rows = new StringBuilder("drug,patient,y\n");
        StringBuilder genes = new StringBuilder("patient,x\n");
        for (int i = 0; i < 30; i++) {
            rows.append(i % 2 == 0 ? "one" : "two").append(",p").append(i / 2).append(',').append(i % 7).append('\n');
            genes.append(i % 2 == 0 ? "p" + i / 2 + "," + i * 3 % 11 + "\n" : "");
        }
        Files.writeString(folder.resolve("all.csv"), rows);
        Files.writeString(folder.resolve("genes.csv"), genes);
        Files.writeString(folder.resolve("study.toml"), "id = \"patient\"\n" + STUDY.formatted("continuous", "group = \"patient\"")
                .replace("ward", "drug").replace("\"all.csv\"", "\"all.csv\", \"genes.csv\""));
        Study study = Study.read(folder);
        DataSplit split = study.tasks().resampling().split(study.tasks(), 0, RandomStream.of(1));
        Set<String> train = new TreeSet<>();
        Set<String> held = new TreeSet<>();
        split.tasks().forEach(task -> {
            IntStream.of(task.train()).forEach(row -> train.add(task.task().rows().get(row)));
            IntStream.of(task.test()).forEach(row -> held.add(task.task().rows().get(row)));
        });
        assertThat(held).isNotEmpty();
        assertThat(train).isNotEmpty().doesNotContainAnyElementsOf(held);
    }

    @Test
    void groupsStayTogetherAcrossTasks() throws IOException {
        Study study = study("binary", "group = \"patient\"");
        assertThat(study.tasks().resampling().describe()).isEqualTo("10 random splits of groups (patient)");
        assertThat(study.notes()).as("a column that rows are split by is used")
                .containsExactly("all.csv: columns not used: seen, month, set");
        for (int i = 0; i < 10; i++) {
            DataSplit split = study.tasks().resampling().split(study.tasks(), i, RandomStream.of(1));
            Set<Integer> train = new TreeSet<>();
            Set<Integer> held = new TreeSet<>();
            split.tasks().forEach(task -> {
                rows(task, task.train()).forEach(row -> train.add(row % 15));
                rows(task, task.validation()).forEach(row -> held.add(row % 15));
                rows(task, task.test()).forEach(row -> held.add(row % 15));
            });
            assertThat(train).doesNotContainAnyElementsOf(held);
            assertThat(held).isNotEmpty();
        }
    }

    @Test
    void datesAndNumbersAreTimes() throws IOException {
        Study dates = study("binary", "time = \"seen\"", "folds = 3");
        Study months = study("binary", "time = \"month\"", "folds = 3");
        assertThat(dates.tasks().resampling().describe()).isEqualTo("3 folds from past to future (seen)");
        for (int fold = 0; fold < 3; fold++) {
            DataSplit split = dates.tasks().resampling().split(dates.tasks(), fold, RandomStream.of(1));
            DataSplit same = months.tasks().resampling().split(months.tasks(), fold, RandomStream.of(1));
            Set<Integer> test = new TreeSet<>();
            split.tasks().forEach(task -> test.addAll(rows(task, task.test())));
            assertThat(test).containsExactlyElementsOf(IntStream.range(30 + 10 * fold, 40 + 10 * fold).boxed().toList());
            assertThat(rows(split.task("north"), split.task("north").test())).isEqualTo(rows(same.task("north"), same.task("north")
                    .test()));
            assertThat(rows(split.task("north"), split.task("north").train())).allMatch(row -> row < 30 + 10 * test.size());
        }
        assertThat(study("continuous", "time = \"seen\"").tasks().resampling().splits()).as("five unless said").isEqualTo(5);
        assertThat(((PastToFuture) dates.tasks().resampling().scheme()).shown().apply(Dates.parse("2010-03-01T12:00")))
                .isEqualTo("2010-03-01");
    }

    @Test
    void aSplitMayBeGiven() throws IOException {
        Study study = study("binary", "split = \"set\"");
        DataSplit split = study.tasks().resampling().split(study.tasks(), 0, RandomStream.of(1));
        assertThat(rows(split.task("north"), split.task("north").test())).allMatch(row -> row >= 40).hasSize(10);
        assertThat(rows(split.task("north"), split.task("north").validation())).containsExactly(30, 32, 34, 36, 38);
        assertThat(study.schema().splitting()).isEqualTo(new Splitting(Splitting.By.SPLIT, "set", true, 0));
    }

    @Test
    void foldsRepeatsAndStrata() throws IOException {
        assertThat(study("binary", "").tasks().resampling()).isEqualTo(Resampling.STANDARD);
        assertThat(study("binary", "folds = 5", "repeats = 2").tasks().resampling().describe()).isEqualTo("2 times 5 folds");
        assertThat(study("binary", "folds = 4").tasks().resampling().splits()).isEqualTo(4);
        assertThat(study("continuous", "repeats = 3", "stratify = false").tasks().resampling().describe()).isEqualTo("3 random splits");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " | ", quoteCharacter = '\0', value = {
        "binary | group = \"patint\"                  | study.toml:9:1: TASK column",
        "binary | group = \"patient\";time = \"seen\" | study.toml:10:1: give one of 'group', 'time' and 'split'",
        "binary | group = \"ward\"                    | study.toml:9:1: column 'ward' names one group in each task, so none can be "
                + "held out",
        "binary | group = \"patient\";folds = 16      | study.toml:9:1: column 'patient' names 15 groups, and there are to be 16 folds; at "
                + "least 2, and no more than groups",
        "binary | time = \"seen\";repeats = 2         | study.toml:10:1: splits by 'time' are always the same; take 'repeats' out",
        "binary | split = \"set\";folds = 3           | study.toml:10:1: 'split' gives the one split there is; take 'folds' out",
        "binary | split = \"set\";repeats = 3         | study.toml:10:1: splits by 'split' are always the same; take 'repeats' out",
        "binary | time = \"seen\";stratify = true     | study.toml:10:1: 'stratify' is for rows or groups that are drawn at random; "
                + "take it out",
        "continuous | stratify = true                 | study.toml:9:1: 'stratify' keeps the shares of classes, levels or events, "
                + "and the response is continuous; take it out",
        "binary | folds = 1                           | study.toml:9:1: 'folds' must be a whole number from 2 to 100, not 1",
        "binary | time = \"seen\";folds = 0           | study.toml:10:1: 'folds' must be a whole number from 1 to 100, not 0",
        "binary | folds = 40                          | study.toml:9:1: 40 folds: no task has so many rows",
        "binary | repeats = 0                         | study.toml:9:1: 'repeats' must be a whole number from 1 to 10000, not 0",
        "binary | groups = \"patient\"                | study.toml:9:1: unknown key 'groups' in [design]; did you mean 'group'?",
        "binary | time = \"patient\"                  | all.csv:2:7: column 'patient', the time of a row: 'p0' is neither a number "
                + "nor a date",
        "binary | split = \"patient\"                 | all.csv:2:7: column 'patient' says what a row is for: train, validation or "
                + "test, not 'p0'"})
    void whatCannotBeIsOneLine(String kind, String design, String message) {
        assertThatThrownBy(() -> study(kind, design.split(";"))).isInstanceOf(FileException.class)
                .hasMessage(folder + "/" + message.replace("study.toml:9:1: TASK column",
                        "all.csv:1:1: has no column 'patint', which rows of task 'north' are split by; did you mean 'patient'?"));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " | ", quoteCharacter = '\0', value = {
        "group = \"patient\" | p3   |            | :5:7: column 'patient', which rows are split by, is missing; give it, or take "
                + "the row out",
        "time = \"seen\"     | 2010-04-01 | NA   | :5:10: column 'seen', which rows are split by, is missing; give it, or take the row out",
        "time = \"seen\"     | 2010-04-01 | 04/01/2010 | :5:10: column 'seen', the time of a row: '04/01/2010' may be read as "
                + "different dates; "
                + "write dates as year-month-day, 2021-03-14",
        "time = \"seen\"     | 2010-04-01 | 2010-02-30 | :5:10: column 'seen', the time of a row: '2010-02-30' is no day of the calendar; "
                + "correct it",
        "time = \"seen\"     | 2010-04-01 | 17   | :5:10: column 'seen', the time of a row: '17' beside numbers or dates of another "
                + "kind; write "
                + "all times alike"})
    void aCellThatSaysNothingIsNamed(String design, String from, String to, String message) throws IOException {
        study("binary", design);
        Path csv = folder.resolve("all.csv");
        Files.writeString(csv, Files.readString(csv).replaceFirst(from, to == null ? "" : to));
        assertThatThrownBy(() -> Study.read(folder)).isInstanceOf(FileException.class).hasMessage(csv + message);
    }

    /** The file that is joined has the group; a row without a partner there has none. */
    @Test
    void aJoinedFileMayNameTheGroup(@TempDir Path other) {
        StudyFolder study = StudyFolder.good(other).edit("study.toml", "a = \"a.csv\"", "a = [\"a.csv\", \"family.csv\"]")
                .edit("study.toml", "b = \"b.csv\"", "b = [\"b.csv\", \"family.csv\"]").edit("study.toml", "[sources]",
                        "[design]\ngroup = \"family\"\n[sources]")
                .write("family.csv", "id,family\np1,f1\np2,f1\np3,f2\nq1,f2\nq2,f3\n");
        assertThat(Study.read(study.path()).tasks().resampling().describe()).endsWith("(family)");
        study.write("family.csv", "id,family\np1,f1\np2,f1\nq1,f2\nq2,f3\n");
        assertThatThrownBy(() -> Study.read(study.path())).isInstanceOf(FileException.class).hasMessage(other.resolve("a.csv")
                + ":4:1: row 'p3' has no partner in " + other.resolve("family.csv") + ", whose column 'family' rows are split by");
    }

    @Test
    void idsInSeveralTasksAreNoted(@TempDir Path other) {
        StudyFolder study = StudyFolder.good(other).edit("b.csv", "q1", "p1");
        assertThat(Study.read(study.path()).notes())
                .contains("1 value of 'id' is in several tasks, so that they are learned from in one and judged "
                + "in another; if they are the same patients, say, keep them together: [design] group = \"id\"");
        study.edit("study.toml", "[sources]", "[design]\ngroup = \"id\"\n[sources]");
        assertThat(Study.read(study.path()).notes()).noneMatch(note -> note.contains("several tasks"));
        // Row numbers say nothing of who it is.
        StudyFolder numbered = StudyFolder.good(other).write("a.csv", StudyFolder.A.replace("p", "")).write("b.csv",
                StudyFolder.B.replace("q", ""));
        assertThat(Study.read(numbered.path()).notes()).noneMatch(note -> note.contains("several tasks"));
    }

    @Test
    void aNewTaskIsSplitAsTheStudyIs() throws IOException {
        Study study = study("binary", "group = \"patient\"");
        StringBuilder rows = new StringBuilder("patient,x,y\n");
        IntStream.range(0, 12).forEach(i -> rows.append("p").append(i / 3).append(',').append(i).append(',').append(i % 2).append('\n'));
        Path csv = Files.writeString(folder.resolve("new.csv"), rows);
        NewTask task = NewTask.from(csv, study.schema(), List.of(), "new", true);
        assertThat(task.resampling().describe()).isEqualTo("1 random split of groups (patient)");
        Files.writeString(csv, rows.toString().replaceAll("p[0-9]", "p"));
        assertThat(NewTask.from(csv, study.schema(), List.of(), "new", true).notes())
                .contains("new.csv: column 'patient' names one group in each task, so none can be held out; single rows are held "
                        + "out at random");
        Files.writeString(csv, rows.toString().replace("patient", "who"));
        assertThat(NewTask.from(csv, study.schema(), List.of(), "new", true).notes()).anyMatch(note ->
                note.equals("new.csv: has no column 'patient', which the study's rows are split by; single rows are held out at random"));
        assertThat(Arrays.asList(NewTask.from(csv, study.schema(), List.of(), "new", true).resampling()))
                .containsExactly(Resampling.STANDARD);
    }
}
