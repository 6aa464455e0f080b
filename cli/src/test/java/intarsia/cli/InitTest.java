package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.models.data.Column;
import intarsia.models.files.Study;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What init drafts can be read once the response is named, and asks what the files do not say. */
class InitTest {
    private final Program program = new Program();

    @TempDir
    private Path folder;

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private String draft() throws IOException {
        return Files.readString(folder.resolve("study.toml"));
    }

    private static Map<String, Column> columns(Study study) {
        return study.schema().sources().stream().flatMap(source -> source.columns().stream()).collect(Collectors.toMap(Column::name,
                Function.identity()));
    }

    private static String messy(int rows, boolean labs) {
        StringBuilder text = new StringBuilder("patient,sex,smoker,stage,seen,visit,age,crp,weight,set,remark,\"odd \"\"name\"\"\",y\n");
        String[] stages = {"early", "late", "middle"};
        for (int i = 0; i < rows; i++) {
            text.append("p").append(i).append(i % 2 == 0 ? ",m" : ",f").append(i % 3 == 0 ? ",yes," : ",no,").append(stages[i % 3])
                    .append(",2020-01-").append(10 + i % 20).append(",0").append(1 + i % 9).append("/02/2020,").append(40.5 + i).append(',')
                    .append(!labs ? "" : i == 4 ? "<0.5" : Double.toString(i / 4.0 + 0.1)).append(',').append(i == 5 ? "lost"
                            : Integer.toString(60 + i * 7 % 41))
                    .append(i < rows / 2 ? ",train," : ",test,").append("remark no. ").append(i).append(',').append(i % 5).append(',')
                            .append(i % 4 == 0 ? 1 : 0).append('\n');
        }
        return text.toString();
    }

    @Test
    void aDraftIsReadOnceTheResponseIsNamed() throws IOException {
        write("north.csv", messy(40, true));
        write("south.csv", messy(36, false).replace("p", "q").replace("qatient", "patient"));
        assertThat(program.run("init", folder.toString())).as(program.err.toString()).isZero();
        String draft = draft();
        assertThat(draft).contains("id = \"patient\"", "\"north\" = \"north.csv\"", "# Candidates: ", "# time = \"seen\"",
                "# split = \"set\"",
                "# not used: \"visit\", day and month cannot be told apart", "# not used: \"remark\", it holds",
                "# observed in north; missing in south\nblock1 = [\"crp\"]",
                        "\"crp\" = { censored = \"half\" }  # or \"limit\" or \"sqrt2\"?",
                "\"weight\" = { missing = [\"lost\"] }  # does lost mean that nothing was measured?",
                "# odd \"name\"  a quantity, or codes?  { kind = \"categorical\" } if codes: 0, 1, 2, 3, 4");
        assertThat(program.run("describe", folder.toString())).isEqualTo(2);
        assertThat(program.err.toString()).contains("[response] needs 'kind'");

        assertThat(program.run("init", folder.toString(), "--response", "y")).isEqualTo(2);
        assertThat(program.err.toString()).contains("study.toml: is there already");
        assertThat(program.run("init", folder.toString(), "--response", "y", "--force")).as(program.err.toString()).isZero();
        assertThat(program.run("describe", folder.toString())).as(program.err.toString()).isZero();
        Study study = Study.read(folder);
        assertThat(columns(study)).containsOnlyKeys("sex", "smoker", "stage", "seen", "age", "crp", "weight", "odd \"name\"");
        assertThat(columns(study).get("stage").levels()).containsExactly("early", "late", "middle");
        assertThat(columns(study).get("smoker").kind()).isEqualTo(Column.Kind.BINARY);
        assertThat(study.schema().level("sex", "m")).isEqualTo(1);
        assertThat(study.tasks().anchors()).extracting(source -> source.name()).containsExactly("everywhere");
    }

    /** The sections as written, with one pair of lines uncommented and the column taken out of its source. */
    @Test
    void aCandidateIsTwoLinesToUncomment() throws IOException {
        write("all.csv", "x,y\n1.5,0\n2.25,1\n3.5,0\n4.75,1\n5.5,1\n6,0\n");
        assertThat(program.run("init", folder.toString())).as(program.err.toString()).isZero();
        Files.writeString(folder.resolve("study.toml"), draft().replace("# column = \"y\"\n# kind", "column = \"y\"\nkind")
                .replace(", \"y\"]", "]")
                .replace("\"y\" = { kind = \"binary\" }\n", ""));
        assertThat(program.run("describe", folder.toString())).as(program.err + draft()).isZero();
    }

    @Test
    void oneFileMayHoldSeveralTasks() throws IOException {
        StringBuilder text = new StringBuilder("site,subject,dose,y\n");
        for (int i = 0; i < 60; i++) {
            text.append(i % 3 == 0 ? "oslo," : i % 3 == 1 ? "mainz," : "porto,").append(i % 12).append(',').append(i % 3 == 0 ? ""
                    : i / 2.0).append(',')
                    .append(i * 1.5).append('\n');
        }
        String file = write("all.csv", text.toString());
        assertThat(program.run("init", file, "--response", "y")).as(program.err.toString()).isZero();
        assertThat(draft()).contains("# Is each of the 3 values of \"site\" a task?",
                "# group = \"subject\"  # do rows with the same value belong together?",
                "\"all\" = \"all.csv\"");
        assertThat(program.run("init", file, "--response", "y", "--task", "site", "--force")).as(program.err.toString()).isZero();
        assertThat(draft()).contains("task = \"site\"", "# observed in mainz, porto; missing in oslo",
                "# No column is there in every task");
        write("all.csv", text.toString().replace(",dose", ",dose,age").replaceAll("(?m)^([a-z]+,\\d+,[^,]*),", "$1,4.5,"));
        assertThat(program.run("init", file, "--response", "y", "--task", "site", "--force")).as(program.err.toString()).isZero();
        assertThat(Study.read(folder).tasks().tasks()).hasSize(3);
    }

    @Test
    void filesOfTheSameRowsAreJoined() throws IOException {
        StringBuilder exam = new StringBuilder("id,age,weight,y\n");
        StringBuilder labs = new StringBuilder("id,crp,alt,ast\n");
        for (int i = 0; i < 20; i++) {
            exam.append("p").append(i).append(',').append(40.5 + i).append(',').append(60.25 + i).append(',').append(i / 3.0).append('\n');
            labs.append("p").append(i).append(',').append(i / 7.0).append(',').append(i / 5.0).append(',').append(i / 9.0).append('\n');
        }
        assertThat(program.run("init", write("exam.csv", exam.toString()), write("labs.csv", labs.toString()), "--response", "y"))
                .as(program.err.toString()).isZero();
        assertThat(draft()).contains("joined by \"id\"", "\"exam\" = [\"age\", \"weight\"]", "\"labs\" = [\"crp\", \"alt\", \"ast\"]");
        assertThat(Study.read(folder).tasks().tasks()).hasSize(1);
    }

    @Test
    void whatCannotBeDraftedIsOneLine(@TempDir Path empty, @TempDir Path other) throws IOException {
        String file = write("all.csv", "x,y\n1,0\n2,1\n");
        for (var one : List.of(List.of(empty + ": has no .csv or .tsv file", empty.toString()),
                List.of(file + ": --response other: no such column; known: x, y", file, "--response", "other"),
                List.of(empty.resolve("none.csv") + ": is not a file; give one folder, or CSV files of one folder",
                        empty.resolve("none.csv").toString()),
                List.of(other.resolve("b.csv") + ": is not in the folder of the first file, " + folder
                        + "; a study's files are in one folder", file,
                        Files.writeString(other.resolve("b.csv"), "x,y\n1,2\n").toString()))) {
            String[] args = one.subList(1, one.size()).toArray(String[]::new);
            String[] all = new String[args.length + 1];
            all[0] = "init";
            System.arraycopy(args, 0, all, 1, args.length);
            assertThat(program.run(all)).isEqualTo(2);
            assertThat(program.err).hasToString("intarsia: " + one.getFirst() + System.lineSeparator());
        }
        assertThat(folder.resolve("study.toml")).doesNotExist();
    }

    /** Classes of a size are no limits of detection; a site that some rows lack, numbers in their order, a text that is always the same. */
    @Test
    void sizesInClassesAreLevels() throws IOException {
        StringBuilder text = new StringBuilder("site,size,grade,over,land,y\n");
        for (int i = 0; i < 60; i++) {
            text.append(i == 7 ? "" : i % 2 == 0 ? "oslo" : "mainz").append(i % 3 == 0 ? ",<=20," : i % 3 == 1 ? ",20-50," : ",>50,")
                    .append(i % 4 * 5).append(i % 5 == 0 ? ",<=1" : ",>1").append(",NL,").append(i * 1.5).append('\n');
        }
        String file = write("all.csv", text.toString());
        assertThat(program.run("init", file, "--response", "y", "--task", "site")).as(program.err.toString()).isZero();
        assertThat(draft()).contains("# 1 row has no \"site\": left out", "on_bad_row = \"skip\"",
                "\"size\" = { kind = \"categorical\" }  # values 20-50, <=20, >50\n",
                "if codes: 0, 5, 10, 15\n", "\"over\" = { kind = \"binary\", positive = \">1\" }  # values <=1, >1\n",
                "# not used: \"land\", it holds one text only: NL\n");
        assertThat(program.run("describe", folder.toString())).as(program.err.toString()).isZero();
        assertThat(Study.read(folder).tasks().tasks()).extracting(task -> task.size()).containsExactlyInAnyOrder(30, 29);
        assertThat(program.run("init", file, "--response", "size", "--force")).as(program.err.toString()).isZero();
        assertThat(draft()).contains("column = \"size\"\nkind = \"classes\"").doesNotContain("censored");
    }

    /** A time is a number, and an event is seen or not. */
    @Test
    void aDateIsNeitherATimeNorAnEvent() throws IOException {
        StringBuilder text = new StringBuilder("x,dox,days,dead,died\n");
        for (int i = 0; i < 60; i++) {
            text.append(i / 7.0).append(",2020-01-").append(10 + i % 20).append(',').append(i * 3 + 1).append(',').append(i % 2)
                    .append(i % 2 == 0 ? "," : ",20" + (10 + i) + "-03-04").append('\n');
        }
        String file = write("all.csv", text.toString());
        assertThat(program.run("init", file, "--response", "dox", "--event", "dead")).isEqualTo(2);
        assertThat(program.err).hasToString("intarsia: " + file + ": --response dox: holds dates; a time to an event is a number, such as "
                + "the days from entry to the event or to the last visit: write it into a column" + System.lineSeparator());
        assertThat(program.run("init", file, "--response", "days", "--event", "died")).isEqualTo(2);
        assertThat(program.err).hasToString("intarsia: " + file + ": --event died: has 30 values; a column that says whether the event was "
                + "seen has two, or a few: write one" + System.lineSeparator());
        assertThat(program.run("init", file, "--response", "days", "--event", "dead")).as(program.err.toString()).isZero();
    }
}
