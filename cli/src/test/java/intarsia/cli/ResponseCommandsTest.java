package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** fit, predict, evaluate and transfer on every kind of response, and on rows that cannot be one. */
class ResponseCommandsTest {
    private static final String HEADER = "id,site,age,falls,years,grade,organ,time,status,entry\n";
    /** What a study file says of each kind, and the model that it is learned by: one that takes more tasks, if there is one. */
    private static final Map<String, String> KINDS = Map.of(
            "count", "column = \"falls\"\nexposure = \"years\"",
            "continuous", "column = \"time\"\noffset = \"entry\"",
            "binary", "column = \"status\"\npositive = \"dead\"\noffset = \"entry\"",
            "classes", "column = \"organ\"",
            "ordered", "column = \"grade\"",
            "survival", "time = \"time\"\nevent = \"status\"\nentry = \"entry\"\npositive = \"dead\"\ntimes = [2, 4]");
    private static final Map<String, String> MODELS = Map.of("count", "gp", "continuous", "gp", "binary", "gp", "classes", "regression",
            "ordered", "gp", "survival", "gp");

    @TempDir
    private static Path folder;

    private final Program program = new Program();

    /** Patients that fall more, have higher grades and die earlier with age. */
    private static String rows(String site, int count, long seed) {
        RandomStream random = RandomStream.of(seed);
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < count; i++) {
            double z = random.nextGaussian();
            double time = Math.round(1 + 1000 * -Math.log(random.nextDouble()) * Math.exp(-z)) / 250.0;
            double years = 0.5 + i % 4;
            double entry = i % 3 == 0 ? Math.round(time * 500) / 1000.0 : 0;
            rows.append(site).append(i).append(',').append(site).append(',').append(Math.round(600 + 100 * z) / 10.0).append(',')
                    .append((int) Math.max(0, Math.round(years * Math.exp(z / 2)))).append(',').append(years).append(',')
                    .append((int) Math.max(0, Math.min(2, Math.round(1 + z / 2 + random.nextGaussian() / 2)))).append(',')
                    .append(z + random.nextGaussian() > 0.5 ? "lung" : i % 2 == 0 ? "breast" : "colon").append(',').append(time).append(',')
                    .append(random.nextDouble() < 0.6 ? "dead" : "alive").append(',').append(entry).append('\n');
        }
        return rows.toString();
    }

    private static String write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text).toString();
    }

    private static String study(String kind, String rows) throws IOException {
        write(kind + "/all.csv", HEADER + rows);
        return Path.of(write(kind + "/study.toml", """
                id = "id"
                task = "site"
                files = ["all.csv"]
                ignore = ["falls", "years", "grade", "organ", "time", "status", "entry"]
                [response]
                kind = "%s"
                %s
                [sources]
                exam = ["age"]
                [fit]
                baselines = []
                """.formatted(kind.replaceFirst("-.*", ""), KINDS.get(kind.replaceFirst("-.*", ""))))).getParent().toString();
    }

    private static String run(String kind) {
        return folder.resolve("run-" + kind).toString();
    }

    private static String words(String kind) throws IOException {
        return study(kind, rows("north", 40, 1) + rows("south", 40, 2));
    }

    @BeforeAll
    static void fit() throws IOException {
        Program program = new Program();
        for (String kind : KINDS.keySet()) {
            assertThat(program.run("fit", words(kind), "--model", MODELS.get(kind), "--repeats", "1", "--quiet", "--threads", "1", "--out",
                    run(kind))).as(kind + program.err).isZero();
            assertThat(program.out.toString().contains("held-out rows of each level in all tasks and splits, by the most probable one"))
                    .as(kind).isEqualTo(kind.equals("classes") || kind.equals("ordered"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"count | rate | falls,years",
        "continuous | prediction at offset 0 | time,entry", "binary | probability at offset 0 | status,entry",
        "classes | probability of breast,probability of colon,probability "
            + "of "
            + "lung,predicted level | organ", "ordered | probability of 0,probability of 1,probability of 2,predicted level | grade",
        "survival | survival at 2,survival at 4 | time,status,entry"})
    void rowsArePredictedAndJudged(String kind, String predicted, String known) throws IOException {
        String csv = write("later.csv", HEADER + rows("north", 30, 3) + rows("south", 30, 4));
        assertThat(program.run("predict", run(kind), csv)).as(program.err.toString()).isZero();
        List<String> lines = program.out.toString().lines().toList();
        assertThat(lines).hasSize(61).startsWith("id,task," + predicted);
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",");
            double sum = 0;
            for (int k = 2; k < 2 + predicted.split("probability of", -1).length - 1; k++) {
                sum += Double.parseDouble(cells[k]);
            }
            assertThat(sum).isBetween(predicted.contains("probability of") ? 1 - 1e-12 : 0, predicted.contains("probability of") ? 1 + 1e-12
                    : 0);
        }
        assertThat(program.run("evaluate", run(kind), csv, "--out", folder.resolve("judged").toString(), "--force"))
                .as(program.err.toString()).isZero();
        assertThat(Files.readAllLines(folder.resolve("judged/predictions.csv"))).hasSize(61)
                .startsWith("id,task," + known + "," + predicted + ",note");
        assertThat(Files.exists(folder.resolve("judged/confusion.csv"))).isEqualTo(predicted.contains("probability of"));
        assertThat(program.run("describe", folder.resolve(kind).toString())).as(program.err.toString()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classes", "ordered"})
    void heldOutLevelsAreThoseOfTheRows(String kind) throws IOException {
        List<String> rows = Files.readAllLines(folder.resolve(kind + "/all.csv"));
        int column = List.of(rows.getFirst().split(",")).indexOf(kind.equals("classes") ? "organ" : "grade");
        Map<String, String> levels = rows.stream().collect(Collectors.toMap(line -> line.split(",")[0], line -> line.split(",")[column]));
        assertThat(Files.readAllLines(Path.of(run(kind), "held-out.csv")).stream().skip(1).map(line -> line.split(",")))
                .isNotEmpty().allSatisfy(cells -> assertThat(cells[4]).isEqualTo(levels.get(cells[3])));
    }

    /** Counted by hand from the predictions that are written beside it. */
    @Test
    void aConfusionTableCountsWhatPredictionsSay() throws IOException {
        String csv = write("later.csv", HEADER + rows("north", 30, 3) + rows("south", 30, 4));
        assertThat(program.run("evaluate", run("classes"), csv, "--out", folder.resolve("judged").toString(), "--force")).isZero();
        List<String[]> predictions = Files.readAllLines(folder.resolve("judged/predictions.csv")).stream().skip(1)
                .map(line -> line.split(",", -1)).toList();
        List<String> counted = new ArrayList<>(List.of("task,level,predicted,rows"));
        for (String task : List.of("north", "south")) {
            for (String level : List.of("breast", "colon", "lung")) {
                for (String taken : List.of("breast", "colon", "lung")) {
                    counted.add(String.join(",", task, level, taken, Long.toString(predictions.stream().filter(line -> line[1].equals(task)
                            && line[2].equals(level) && line[6].equals(taken)).count())));
                }
            }
        }
        assertThat(Files.readAllLines(folder.resolve("judged/confusion.csv"))).isEqualTo(counted);
        assertThat(program.out.toString()).contains("all tasks: rows of each level, by the most probable one", "taken for lung");
    }

    @ParameterizedTest
    @ValueSource(strings = {"count", "continuous", "binary", "ordered", "survival"})
    void anotherTaskIsAdded(String kind) throws IOException {
        String csv = write("west.csv", HEADER + rows("west", 30, 5));
        assertThat(program.run("transfer", run(kind), csv, "--repeats", "1", "--quiet", "--out", folder.resolve("more")
                .toString(), "--force"))
                .as(program.err.toString()).isZero();
        assertThat(program.run("evaluate", folder.resolve("more").toString(), csv)).as(program.err.toString()).isZero();
    }

    /** Row p1 is spoiled, in the study and in rows for a fitted model: one line with its place. predict does not look at it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "count | -1,1,0,lung,1,dead,0 | 13 | response 'falls': '-1' is not a count, which is 0, 1, 2, ...",
        "count | 1.5,1,0,lung,1,dead,0 | 13 | response 'falls': '1.5' is not a count, which is 0, 1, 2, ...",
        "count | 1,0,0,lung,1,dead,0 | 15 | response 'years': '0' is not an exposure, which is above 0",
        "continuous | 1,1,0,lung,1,dead,soon | 31 | response 'entry': 'soon' is not a number",
        "binary | 1,1,0,lung,1,dead,high | 31 | response 'entry': 'high' is not a number",
        "ordered | 1,1,high,lung,1,dead,0 | 17 | response 'grade': 'high' is",
        "classes | 1,1,0,bone,1,dead,0 | 19 | response 'organ': ",
        "survival | 1,1,0,lung,0,dead,0 | 24 | response 'time': '0' is not a time to an event, which is above 0",
        "survival | 1,1,0,lung,-3,dead,0 | 24 | response 'time': '-3' is not a time to an event, which is above 0",
        "survival | 1,1,0,lung,3,dead,4 | 31 | response 'entry': '4' is not before the row's 'time', 3"})
    void aResponseThatCannotBeIsOneLine(String kind, String cells, int column, String message) throws IOException {
        String bad = "p1,north,50," + cells + "\n";
        String study = study(kind + "-bad", rows("north", 40, 1) + bad + rows("south", 40, 2));
        assertThat(program.run("fit", study, "--model", "mean", "--repeats", "1", "--quiet", "--out", folder.resolve("bad").toString()))
                .isEqualTo(2);
        if (kind.equals("ordered")) {
            assertThat(program.err.toString()).startsWith("intarsia: " + study
                    + "/study.toml:6:1: response 'grade': 'high' is not a number, "
                    + "so the order of its levels has to be given").hasLineCount(1);
        } else {
            assertThat(program.err.toString()).startsWith("intarsia: " + study + "/all.csv:42:" + column + ": " + message)
                    .hasLineCount(1);
        }
        String csv = write("bad.csv", HEADER + bad);
        String wanted = "intarsia: " + csv + ":2:" + column + ": " + message;
        assertThat(program.run("evaluate", run(kind), csv)).isEqualTo(2);
        assertThat(program.err.toString()).startsWith(wanted).hasLineCount(1);
        if (!kind.equals("classes")) {
            assertThat(program.run("transfer", run(kind), csv, "--out", folder.resolve("bad").toString())).isEqualTo(2);
            assertThat(program.err.toString()).startsWith(wanted).hasLineCount(1);
        }
        assertThat(program.run("predict", run(kind), csv)).as(program.err.toString()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "count | the offset of a count is the logarithm of its exposure; name the column of exposures: exposure = \"...\"",
        "classes | belongs to a response of kind \"binary\" or \"continuous\"; take it out, or change the kind",
        "survival | belongs to a response of kind \"binary\" or \"continuous\"; take it out, or change the kind"})
    void otherKindsHaveNoOffset(String kind, String message) throws IOException {
        String study = study(kind + "-offset", rows("north", 40, 1));
        Path file = Path.of(study, "study.toml");
        Files.writeString(file, Files.readString(file).replace("[sources]", "offset = \"years\"\n[sources]"));
        assertThat(program.run("describe", study)).isEqualTo(2);
        assertThat(program.err.toString()).startsWith("intarsia: " + file).contains(message).hasLineCount(1);
    }

    @Test
    void timesAreReadInIntervals() throws IOException {
        String study = study("survival-intervals", rows("north", 40, 1) + rows("south", 40, 2));
        Path file = Path.of(study, "study.toml");
        String text = Files.readString(file).replace("[sources]", "reading = \"discrete\"\n[sources]");
        Files.writeString(file, text);
        assertThat(program.run("fit", study, "--model", "regression", "--repeats", "2", "--quiet", "--threads", "1", "--out",
                run("intervals"))).as(program.err.toString()).isZero();
        assertThat(program.out.toString()).contains("concordance", "integrated Brier");
        String csv = write("later.csv", HEADER + rows("north", 30, 3) + rows("south", 30, 4));
        assertThat(program.run("predict", run("intervals"), csv)).as(program.err.toString()).isZero();
        assertThat(program.out.toString()).startsWith("id,task,survival at 2,survival at 4").hasLineCount(61);
        assertThat(program.run("evaluate", run("intervals"), csv)).as(program.err.toString()).isZero();
        assertThat(program.run("fit", study, "--model", "boosting", "--quiet", "--out", folder.resolve("none").toString())).isEqualTo(2);
        assertThat(program.err.toString()).contains("'boosting' does not learn survival responses in discrete time; those that do are ")
                .hasLineCount(1);
        Files.writeString(file, text.replace("\"discrete\"", "\"logit\""));
        assertThat(program.run("describe", study)).isEqualTo(2);
        assertThat(program.err.toString()).startsWith("intarsia: " + file).contains("survival is read as \"cox\" (proportional hazards in "
                + "continuous time) or \"discrete\" (in intervals that end at 'times'), not \"logit\"").hasLineCount(1);
    }

    /** A table of tables with one in it, or a plain one: the name is what people read. */
    @ParameterizedTest
    @ValueSource(strings = {"[response]", "[[response]]"})
    void oneResponseHasAName(String header) throws IOException {
        String study = study("count-named", rows("north", 40, 1));
        Path file = Path.of(study, "study.toml");
        String text = Files.readString(file).replace("[response]", header + "\nname = \"falls at home\"");
        Files.writeString(file, text);
        assertThat(program.run("describe", study)).as(program.err.toString()).isZero();
        assertThat(program.out.toString()).contains("mean of falls at home").doesNotContain(" in north");
        Files.writeString(file, text.replace("falls at home", ""));
        assertThat(program.run("describe", study)).isEqualTo(2);
        assertThat(program.err.toString()).startsWith("intarsia: " + file).hasLineCount(1);
    }

    @Test
    void aModelThatTakesNoOffsetsNamesThoseThatDo() throws IOException {
        assertThat(program.run("fit", words("binary"), "--model", "tenmtl", "--quiet", "--out", folder.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(program.err.toString()).contains("'tenmtl' does not learn binary responses with offsets; those that do are ")
                .hasLineCount(1);
    }

    @Test
    void aStateThatWasNeverSeenIsNeitherAnEventNorNone() throws IOException {
        String csv = write("bad.csv", HEADER + "p1,north,50,1,1,0,lung,1,lost,0\n");
        for (String command : List.of("evaluate", "transfer")) {
            assertThat(program.run(command, run("survival"), csv)).isEqualTo(2);
            assertThat(program.err.toString()).isEqualToIgnoringNewLines("intarsia: " + csv + ":2:26: response 'status': 'lost' is neither "
                    + "'alive' nor 'dead', its levels; correct it, or take the row out");
        }
    }

    @Test
    void aLevelThatTheModelDoesNotKnowIsOneLine() throws IOException {
        String csv = write("bad.csv", HEADER + "p1,north,50,1,1,0,lnug,1,dead,0\n");
        assertThat(program.run("evaluate", run("classes"), csv)).isEqualTo(2);
        assertThat(program.err.toString()).isEqualToIgnoringNewLines("intarsia: " + csv + ":2:19: response 'organ': 'lnug' is none of the "
                + "levels that the model learned (breast, colon, lung); did you mean 'lung'?");
    }

    @Test
    void aTaskThatIsSeenForTooShortIsNotJudged() throws IOException {
        StringBuilder west = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            west.append("west").append(i).append(",west,").append(40 + i).append(",1,1,1,lung,1,").append(i % 2 == 0 ? "dead" : "alive")
                    .append(",0\n");
        }
        String study = study("survival-short", rows("north", 40, 1) + west);
        assertThat(program.run("fit", study, "--model", "mean", "--repeats", "1", "--quiet", "--out", folder.resolve("short").toString()))
                .as(program.err.toString()).isZero();
        assertThat(program.out.toString()).contains("warning: integrated Brier is not defined on the held-out rows of task 'west', so its "
                + "predictions are not judged by it", "no row of task 'west' is seen until 2").doesNotContain("none of which is held out");
    }

    @Test
    void aTaskWithoutAnEventIsLearnedWithTheOthersAndNotAlone() throws IOException {
        String study = study("survival-quiet", rows("north", 40, 1) + rows("south", 40, 2).replace(",dead,", ",alive,"));
        assertThat(program.run("fit", study, "--model", "mean", "--repeats", "1", "--quiet", "--out", folder.resolve("quiet").toString()))
                .as(program.err.toString()).isZero();
        assertThat(program.out.toString()).contains("none of the 40 rows of task 'south' has an event; it is learned with the other tasks");
        String none = study("survival-none", (rows("north", 40, 1) + rows("south", 40, 2)).replace(",dead,", ",alive,"));
        assertThat(program.run("fit", none, "--model", "mean", "--quiet", "--out", folder.resolve("none").toString())).isEqualTo(2);
        assertThat(program.err.toString()).startsWith("intarsia: " + none + "/study.toml:").hasLineCount(1);
    }

    @Test
    void initTakesATimeWithItsEvent() throws IOException {
        String csv = write("drafted/all.csv", HEADER + rows("north", 40, 1) + rows("south", 40, 2));
        assertThat(program.run("init", csv)).as(program.err.toString()).isZero();
        assertThat(Files.readString(folder.resolve("drafted/study.toml")))
                .contains("# Is \"years\" (or time) the time to an event, or until "
                + "when a row was seen, and does \"status\" say which?", "# kind = \"survival\"", "or \"ordered\" (grades), \"classes\", "
                + "\"count\" (of events)");
        assertThat(program.run("init", csv, "--response", "time", "--event", "status", "--task", "site", "--force"))
                .as(program.err.toString()).isZero();
        assertThat(Files.readString(folder.resolve("drafted/study.toml")))
                .contains("kind = \"survival\"\ntime = \"time\"\nevent = \"status\"\n"
                + "positive = \"dead\"  # of alive, dead: which means that the event was seen?");
        assertThat(program.run("describe", folder.resolve("drafted").toString())).as(program.err.toString()).isZero();
        assertThat(program.run("init", csv, "--response", "organ", "--task", "site", "--force")).as(program.err.toString()).isZero();
        assertThat(Files.readString(folder.resolve("drafted/study.toml")))
                .contains("column = \"organ\"\nkind = \"classes\"  # or \"ordered\", "
                + "with levels = [...] from the lowest?  its values are breast, colon, lung");
        assertThat(program.run("describe", folder.resolve("drafted").toString())).as(program.err.toString()).isZero();
        assertThat(program.run("init", csv, "--event", "status", "--force")).isEqualTo(2);
        assertThat(program.err.toString()).isEqualToIgnoringNewLines("intarsia: --event status: give the time to the event too, "
                + "--response COLUMN");
    }
}
