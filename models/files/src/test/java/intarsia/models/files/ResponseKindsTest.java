package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.models.data.Task;
import intarsia.models.response.Classes;
import intarsia.models.response.Count;
import intarsia.models.response.Ordered;
import intarsia.models.response.ResponseFamily;
import intarsia.models.response.Survival;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of response from the cells of a study; what cannot be one is refused where it stands. */
class ResponseKindsTest {
    /** Two sites; one column or more for each kind of response, some with a cell that is missing in row p8. */
    private static final String ROWS = """
            id,site,x,falls,years,grade,organ,time,status,entry
            p1,north,1,0,0.5,1,lung,10,2,0
            p2,north,2,3,1,2,breast,20,1,5
            p3,north,3,1,2,10,lung,30,2,0
            p4,north,4,0,1,2,breast,40,0,1.5
            p5,south,5,2,1,1,lung,10,2,0
            p6,south,6,4,2.5,10,breast,70,1,0
            p7,south,7,0,1,2,lung,50,2,20
            p8,south,8,1,,1,breast,80,,0
            """;

    @TempDir
    private Path folder;

    private Study study(String response, String rows) throws IOException {
        return study(response, rows, "");
    }

    private Study study(String response, String rows, String more) throws IOException {
        Files.writeString(folder.resolve("all.csv"), rows);
        Files.writeString(folder.resolve("study.toml"), """
                id = "id"
                task = "site"
                files = ["all.csv"]
                %s
                [response]
                %s
                [sources]
                exam = ["x"]
                """.formatted(more, response.replace(';', '\n')));
        Study study = Study.read(folder);
        Schema schema = study.schema();
        assertThat(Json.read(Path.of("schema.json"), Json.write(schema).getBytes(java.nio.charset.StandardCharsets.UTF_8), Schema.class))
                .isEqualTo(schema);
        study.tasks().tasks().forEach(task -> assertThat(task.family()).isEqualTo(schema.response().family()));
        return study;
    }

    private static double[] responses(Study study, String task) {
        return study.tasks().task(task).response();
    }

    private static ResponseFamily family(Study study) {
        return study.schema().response().family();
    }

    @Test
    void countsAreReadWithTheirExposure() throws IOException {
        Study plain = study("kind = \"count\";column = \"falls\"", ROWS);
        assertThat(family(plain)).isEqualTo(new Count(false));
        assertThat(responses(plain, "south")).containsExactly(2, 4, 0, 1);
        Study exposed = study("kind = \"count\";column = \"falls\";exposure = \"years\";missing = \"allowed\"", ROWS);
        assertThat(family(exposed)).isEqualTo(new Count(true));
        assertThat(responses(exposed, "north")).containsExactly(0, 0.5, 3, 1, 1, 2, 0, 1);
        assertThat(responses(exposed, "south")).containsExactly(2, 1, 4, 2.5, 0, 1);
        assertThat(exposed.schema().response().describe()).isEqualTo("falls per years");
        assertThat(exposed.notes()).contains("rows without a response, for imputation only: 1 of task 'south'");
        assertThat(exposed.tasks().task("south").unlabelled().rows()).containsExactly("p8");
        assertThat(exposed.tasks().task("south").unlabelled().blocks().values()).containsExactly(new double[][] {{8}});
        assertThat(exposed.tasks().task("north").unlabelled().rows()).isEmpty();
    }

    @Test
    void levelsAreFoundInAnOrderThatRowsDoNotChange() throws IOException {
        Study ordered = study("kind = \"ordered\";column = \"grade\"", ROWS);
        assertThat(family(ordered)).isEqualTo(new Ordered(List.of("1", "2", "10")));
        assertThat(responses(ordered, "north")).containsExactly(0, 1, 2, 1);
        assertThat(ordered.notes()).contains("levels found of response 'grade', from the lowest: 1, 2, 10",
                "response 'grade': '10' is there in 2 rows only, so little can be learned of it");
        Study classes = study("kind = \"classes\";column = \"organ\"", ROWS);
        assertThat(family(classes)).isEqualTo(new Classes(List.of("breast", "lung")));
        assertThat(responses(classes, "north")).containsExactly(1, 0, 1, 0);
        List<String> lines = ROWS.lines().toList();
        String turned = lines.get(0) + "\n" + String.join("\n", lines.subList(1, 9).reversed()) + "\n";
        assertThat(study("kind = \"classes\";column = \"organ\"", turned).schema()).isEqualTo(classes.schema());
    }

    @Test
    void levelsThatAreListedKeepTheirOrder() throws IOException {
        Study study = study("kind = \"ordered\";column = \"organ\";levels = [\"lung\", \"breast\", \"bone\"]", ROWS);
        assertThat(family(study)).isEqualTo(new Ordered(List.of("lung", "breast", "bone")));
        assertThat(responses(study, "north")).containsExactly(0, 1, 0, 1);
        assertThat(study.notes()).contains("response 'organ': 'bone' is there in no row, so little can be learned of it");
    }

    @Test
    void aTimeIsReadWithItsEventAndEntry() throws IOException {
        String survival = "kind = \"survival\";time = \"time\";event = \"status\";positive = 2;missing = \"allowed\"";
        Study study = study(survival, ROWS);
        assertThat(responses(study, "north")).containsExactly(10, 1, 0, 20, 0, 0, 30, 1, 0, 40, 0, 0);
        assertThat(study.notes()).contains("column 'status': '2' is an event, 0, 1 are none",
                "rows without a response, for imputation only: 1 of task 'south'");
        assertThat(family(study)).isEqualTo(new Survival(List.of(10.0, 30.0, 50.0)));
        assertThat(study.schema().response().describe()).isEqualTo("time to status");
        Study entered = study(survival + ";entry = \"entry\";times = [15, 45.5]", ROWS);
        assertThat(family(entered)).isEqualTo(new Survival(List.of(15.0, 45.5)));
        assertThat(responses(entered, "south")).containsExactly(10, 1, 0, 70, 0, 0, 50, 1, 20);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0 | 1 | ", "no | yes | ", "alive | dead | levels = [\"alive\", \"dead\"]",
        "dead | alive | positive = \"alive\""})
    void anEventIsSaidInAnyWords(String none, String event, String key) throws IOException {
        String rows = "id,site,x,time,status\n";
        for (int i = 0; i < 6; i++) {
            rows += "p" + i + ",a," + i + "," + (i + 1) + "," + (i % 2 == 0 ? event : none) + "\n";
        }
        Study study = study("kind = \"survival\";time = \"time\";event = \"status\";" + (key == null ? "" : key), rows);
        double[] y = responses(study, "a");
        for (int i = 0; i < 6; i++) {
            assertThat(y[3 * i + 1]).isEqualTo(i % 2 == 0 ? 1 : 0);
        }
    }

    @Test
    void aTaskWithoutAnEventLearnsFromTheOthers() throws IOException {
        String rows = ROWS.replaceAll("(?m)^(p[1-4].*),2,", "$1,1,");
        Study study = study("kind = \"survival\";time = \"time\";event = \"status\";positive = 2;missing = \"allowed\"", rows);
        assertThat(study.notes()).contains("none of the 4 rows of task 'north' has an event; it is learned with the other tasks");
    }

    @Test
    void timesThatNoRowIsSeenUntilAreNoted() throws IOException {
        String rows = "id,site,x,time,status\n" + "p1,a,1,3,1\np2,a,2,9,0\np3,b,1,4,1\np4,b,2,20,0\n";
        String response = "kind = \"survival\";time = \"time\";event = \"status\";times = [2, %s]";
        assertThat(study(response.formatted("9"), rows).notes()).isEmpty();
        assertThat(study(response.formatted("10, 12"), rows).notes()).containsExactly("no row of task 'a' is seen until 10, one of the "
                + "response's times, and the last until 9; what is predicted from then on is the survival at its last event");
    }

    @Test
    void badResponsesAreSkippedWhereAsked() throws IOException {
        String rows = ROWS.replace("p2,north,2,3,1", "p2,north,2,-3,1").replace("p5,south,5,2,1", "p5,south,5,2.5,1");
        Study study = study("kind = \"count\";column = \"falls\"", rows, "on_bad_row = \"skip\"");
        assertThat(study.tasks().tasks()).extracting(Task::size).containsExactly(3, 3);
        assertThat(study.skipped()).extracting(SkippedRow::line).containsExactly(3, 6);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " | ", quoteCharacter = '\0', value = {
        "count;column = \"falls\" | p2,north,2,3,1 | p2,north,2,-3,1 | all.csv:3:12: response 'falls': '-3' is not a count, which is 0, 1, "
                + "2, ...; correct it, or take the row out",
        "count;column = \"falls\" | p2,north,2,3,1 | p2,north,2,3.5,1 | all.csv:3:12: response 'falls': '3.5' is not a count, which is 0, "
        + "1, "
                + "2, ...; correct it, or take the row out",
        "count;column = \"falls\" | p2,north,2,3,1 | p2,north,2,yes,1 | all.csv:3:12: response 'falls': 'yes' is not a number; correct it, "
                + "or take the row out",
        "count;column = \"falls\";exposure = \"years\" | p2,north,2,3,1 | p2,north,2,3,0 | all.csv:3:14: response 'years': '0' is not an "
                + "exposure, which is above 0; correct it, or take the row out",
        "count;column = \"falls\";exposure = \"years\" | p2,north,2,3,1 | p2,north,2,3,1 | all.csv:9:14: response 'years' is missing; give "
                + "it, or take the row out",
        "count;column = \"falls\";exposure = \"falls\" | p1 | p1 | study.toml:8:1: column 'falls' is the 'column' of the response already; "
                + "'exposure' needs a column of its own",
        "count;column = \"falls\";exposure = \"x\" | p1 | p1 | study.toml:10:9: column 'x' of source 'exam' is already the 'exposure' of "
        + "the "
                + "response",
        "count;column = \"falls\";exposure = \"yeras\" | p1 | p1 | study.toml:8:1: response column 'yeras' is not in DIR/all.csv; did you "
                + "mean 'years'?",
        "classes;column = \"organ\" | 2,breast,20 | 2,bone,20 | all.csv:3:18: response 'organ': this row is the only one of class 'bone', "
                + "which cannot be learned from and judged on too; join it with another class, or take the row out",
        "classes;column = \"organ\";levels = [\"lung\", \"breast\"] | 2,breast,20 | 2,Breast,20 | all.csv:3:18: response 'organ': 'Breast' "
                + "is none of the levels (lung, breast); did you mean 'breast'?",
        "classes;column = \"organ\";levels = [\"lung\"] | p1 | p1 | study.toml:8:1: the response is classes and needs at least two levels: "
                + "levels = [1, 2, 3], or none at all, and they are found",
        "classes;column = \"organ\";levels = [\"lung\", \"lung\"] | p1 | p1 | study.toml:8:19: the response: level 'lung' is listed twice",
        "ordered;column = \"organ\" | p1 | p1 | study.toml:6:1: response 'organ': 'breast' is not a number, so the order of its levels has "
                + "to be given, from the lowest: levels = [\"mild\", \"severe\"]",
        "ordered;column = \"grade\";levels = [1, 2] | p1 | p1 | all.csv:4:16: response 'grade': '10' is none of the levels (1, 2); correct "
                + "it, or take the row out",
        "ordered;column = \"grade\";censored = \"half\" | p1 | p1 | study.toml:8:1: 'censored' belongs to a response of kind \"binary\" or "
                + "\"continuous\"; take it out, or change the kind",
        "survival;time = \"time\" | p1 | p1 | study.toml:5:1: [response] needs 'event', a string",
        "survival;time = \"time\";event = \"time\" | p1 | p1 | study.toml:8:1: column 'time' is the 'time' of the response already; "
        + "'event' "
                + "needs a column of its own",
        "survival;time = \"time\";event = \"status\" | p1 | p1 | all.csv:2:28: response 'status': '2' is not 0 or 1; correct it, or say "
                + "what means that the event was seen: [response] positive = 2",
        "survival;time = \"time\";event = \"organ\" | p1 | p1 | all.csv:2:20: response 'organ': 'lung' is not 0 or 1; correct it, or say "
                + "what means that the event was seen: [response] positive = \"dead\"",
        "survival;time = \"time\";event = \"status\";positive = 3 | p1 | p1 | study.toml:9:1: column 'status' has no value '3'; known: 0, "
        + "1, 2",
        "survival;time = \"time\";event = \"status\";positive = 2 | lung,10 | lung,0 | all.csv:2:25: response 'time': '0' is not a time "
        + "to an "
                + "event, which is above 0; correct it, or take the row out",
        "survival;time = \"time\";event = \"status\";positive = 2;entry = \"entry\" | 20,1,5 | 20,1,20 | all.csv:3:30: response 'entry': "
        + "'20' is "
                + "not before the row's 'time', 20: a row is seen from its entry until then; correct it, or take the row out",
        "survival;time = \"time\";event = \"status\";positive = 2;entry = \"entry\" | 20,1,5 | 20,1,-5 | all.csv:3:30: response 'entry': "
        + "'-5' is "
                + "not a time of entry, which is 0 or above; correct it, or take the row out",
        "survival;time = \"time\";event = \"status\";positive = 2 | p1 | p1 | all.csv:9:27: response 'status' is missing; give it, or "
        + "take the "
                + "row out",
        "survival;time = \"time\";event = \"status\";times = [] | p1 | p1 | study.toml:9:1: 'times' lists none; name some at which "
        + "survival "
                + "is predicted, or take it out: they are chosen",
        "survival;time = \"time\";event = \"status\";times = [5, 5] | p1 | p1 | study.toml:9:13: 'times', at which survival is predicted, "
        + "are "
                + "above 0 and increase: times = [365, 730]",
        "survival;column = \"time\";event = \"status\" | p1 | p1 | study.toml:7:1: 'column' belongs to a response of kind \"binary\" or "
                + "\"classes\" or \"continuous\" or \"count\" or \"ordered\"; take it out, or change the kind",
        "continuous;column = \"x\";time = \"time\" | p1 | p1 | study.toml:8:1: 'time' belongs to a response of kind \"survival\"; take it "
        + "out, "
                + "or change the kind"})
    void whatCannotBeIsOneLine(String response, String from, String to, String message) {
        assertThat(ROWS).contains(from);
        String kind = response.replaceFirst(";.*", "");
        assertThatThrownBy(() -> study("kind = \"" + kind + "\";" + response.substring(kind.length() + 1), ROWS.replace(from, to)))
                .isInstanceOf(FileException.class).hasMessage(folder + "/" + message.replace("DIR", folder.toString()));
    }

    /** In discrete time an event after the last of the times counts as none. */
    @Test
    void discreteTimesBeforeAllEvents() throws IOException {
        String rows = "id,site,x,time,status\n" + "p1,a,1,3,1\np2,a,2,5,1\np3,b,1,8,1\np4,b,2,9,0\n";
        String response = "kind = \"survival\";time = \"time\";event = \"status\";times = [2%s];reading = \"discrete\"";
        assertThat(study(response.formatted(", 5"), rows).notes()).containsExactly(
                "none of the 2 rows of task 'b' has an event until 5, the last of its 'times'; it is learned with the other tasks");
        assertThat(study(response.formatted(", 8"), rows).notes()).noneMatch(note -> note.contains("has an event"));
        assertThatThrownBy(() -> study(response.formatted(""), rows)).isInstanceOf(FileException.class).hasMessageContaining(
                "no row of any task has an event until 2, the last of its 'times', so there is nothing to learn");
    }

    @Test
    void aStudyWithoutAnyEventIsRefused() {
        String rows = ROWS.replaceAll("(?m)^(p.*),[012]?,([^,]*)$", "$1,0,$2");
        assertThatThrownBy(() -> study("kind = \"survival\";time = \"time\";event = \"status\"", rows))
                .isInstanceOf(FileException.class).hasMessage(folder
                + "/study.toml:6:1: no row of any task has an event, so there is nothing "
                + "to learn; add rows with other responses");
    }
}
