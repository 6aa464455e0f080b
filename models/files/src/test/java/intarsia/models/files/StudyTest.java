package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.models.data.Column;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.response.ResponseFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyTest {
    @TempDir
    private Path folder;

    @Test
    void readsATaskPerFile() {
        Study study = Study.read(StudyFolder.good(folder).path());

        assertThat(study.name()).isEqualTo(folder.getFileName().toString());
        Task a = study.tasks().task("a");
        Source exam = study.schema().sources().get(0);
        Source labs = study.schema().sources().get(1);
        assertThat(exam.columns()).containsExactly(Column.continuous("x1"), Column.binary("x2"));
        assertThat(labs.columns()).containsExactly(Column.categorical("z", "low", "2"));
        assertThat(a.rows()).containsExactly("p1", "p2", "p3");
        assertThat(a.family()).isEqualTo(ResponseFamily.BINARY);
        assertThat(a.response()).containsExactly(0, 1, 1);
        assertThat((Object) a.cells().get(exam)).isEqualTo(new double[][] {{1.5, 0}, {2, 1}, {Double.NaN, 0}});
        assertThat((Object) a.cells().get(labs)).isEqualTo(new double[][] {{0}, {1}, {Double.NaN}});
        assertThat(study.tasks().task("b").blocks()).containsOnlyKeys(exam);
        assertThat((Object) study.tasks().task("b").cells().get(exam)).isEqualTo(new double[][] {{-0.01, 1}, {0.5, 1}});
        assertThat(study.missing("a", "x1")).isEqualTo(1);
        assertThat(study.missing("b", "z")).isEqualTo(2);
        assertThat(study.files()).containsEntry("a", List.of("a.csv")).containsEntry("b", List.of("b.csv"));
        assertThat(study.notes()).isEmpty();
    }

    @Test
    void aTaskWithoutAnEventIsReadWithANote() {
        Study study = Study.read(StudyFolder.good(folder).edit("a.csv", "low,0", "low,1").path());
        assertThat(study.tasks().task("a").response()).containsExactly(1, 1, 1);
        assertThat(study.notes()).containsExactly("response 'y' is 1 in all 3 rows of task 'a'; it is learned with the other tasks");
    }

    @Test
    void readsTheStudyFileByItsOwnName() {
        StudyFolder.good(folder).edit("study.toml", "id =", "name = \"Named\"\nid =");
        assertThat(Study.read(folder.resolve("study.toml")).name()).isEqualTo("Named");
    }

    @Test
    void readsOneFileWithATaskColumnAndJoinsOthersById() {
        new StudyFolder(folder).write("study.toml", """
                id = "id"
                task = "site"
                files = ["all.csv", "rna.csv", "perSite.csv"]
                [response]
                column = "y"
                kind = "continuous"
                [sources]
                exam = ["x"]
                rna = ["g1", "g2"]
                extra = ["e"]
                """).write("all.csv", """
                site,id,x,y,spare
                b,p1,1,0.5,
                a,p1,2,1.5,
                b,p2,3,2.5,
                a,p3,4,-1,
                """).write("rna.csv", """
                id,g1,g2
                p1,10,11
                p3,30,31
                p9,90,91
                """).write("perSite.csv", """
                id,site,e
                p1,a,1
                p3,a,2
                """);
        Study study = Study.read(folder);

        assertThat(study.tasks().tasks()).extracting(Task::name).containsExactly("b", "a");
        Source rna = study.schema().sources().get(1);
        Source extra = study.schema().sources().get(2);
        assertThat(study.tasks().task("b").rows()).containsExactly("p1", "p2");
        assertThat(study.tasks().task("b").response()).containsExactly(0.5, 2.5);
        assertThat((Object) study.tasks().task("b").cells().get(rna)).isEqualTo(new double[][] {{10, 11}, {Double.NaN, Double.NaN}});
        assertThat((Object) study.tasks().task("a").cells().get(rna)).isEqualTo(new double[][] {{10, 11}, {30, 31}});
        assertThat(study.tasks().task("b").blocks()).doesNotContainKey(extra);
        assertThat((Object) study.tasks().task("a").cells().get(extra)).isEqualTo(new double[][] {{1}, {2}});
        assertThat(study.notes()).containsExactly("all.csv: columns not used: spare",
                "rna.csv: has no row for 1 of the 2 rows of task 'b'",
                "perSite.csv: has no row for 2 of the 2 rows of task 'b'",
                "rna.csv: 1 of its 3 rows belong to no row of the study",
                "1 value of 'id' is in several tasks, so that they are learned from in one and judged in another; if they are the same "
                        + "patients, say, keep them together: [design] group = \"id\"");
    }

    @Test
    void joinsFilesOfOneTask() {
        StudyFolder.good(folder).edit("study.toml", "\"b.csv\"", "[\"b.csv\", \"labs.csv\"]").write("labs.csv", "z,id\n2,q2\nlow,q1\n");
        Study study = Study.read(folder);
        assertThat(study.tasks().task("b").cells().get(study.schema().sources().get(1))).isDeepEqualTo(new double[][] {{0}, {1}});
    }

    @Test
    void namesIdsThatAreWrittenInTwoWays() {
        StudyFolder.good(folder).edit("study.toml", "\"b.csv\"", "[\"b.csv\", \"labs.csv\"]").write("b.csv",
                "id,x1,x2,y\n1,1,0,0\n2,2,1,1\nQ3,2,1,1\n")
                .write("labs.csv", "id,z\n1.0,low\n2,2\nq 3,low\n");
        assertThat(Study.read(folder).notes()).contains("labs.csv: has no row for 2 of the 3 rows of task 'b'",
                "labs.csv: rows are not joined because their ids are written differently: '1' and '1.0', and 1 more");
        StudyFolder.good(folder).edit("study.toml", "\"b.csv\"", "[\"b.csv\", \"labs.csv\"]").write("labs.csv", "id,z\nQ1,low\n");
        assertThatThrownBy(() -> Study.read(folder)).hasMessageEndingWith("compare how both write it: 'q1' and 'Q1'");
    }

    @Test
    void joinsIdsAndNamesInAnyUnicodeForm() {
        StudyFolder.good(folder).edit("study.toml", "\"b.csv\"", "[\"b.csv\", \"labs.csv\"]").edit("study.toml", "\"x1\"", "\"Bl\u00FCt\"")
                .edit("study.toml", "[columns]", "[columns]\n\"Blu\u0308t\" = { missing = [-9] }").edit("a.csv", "x1", "Blu\u0308t")
                .write("b.csv", "id,Bl\u00FCt\u00A0,x2,y\nM\u00FCller,-9,0,0\nq2,2,1,1\n").write("labs.csv",
                "id,z\nMu\u0308ller,low\nq2,low\n");
        Study study = Study.read(folder);
        assertThat(study.tasks().task("b").rows()).containsExactly("M\u00FCller", "q2");
        assertThat(study.missing("b", "Bl\u00FCt")).isEqualTo(1);
        assertThat(study.missing("b", "z")).isZero();
        assertThat(study.notes()).isEmpty();
    }

    /** A measured block whose header is written differently in one file would otherwise count as never measured there. */
    @Test
    void refusesAHeaderThatOnlyLooksDifferent() {
        String a = folder.resolve("a.csv").toString();
        StudyFolder.good(folder).edit("a.csv", ",z,", ",Z,");
        assertThatThrownBy(() -> Study.read(folder)).hasMessage(a
                + ":1:10: column 'Z' differs from 'z', which the study file knows, only in capital letters; "
                + "write both alike, or list it as not used: ignore = [\"Z\"]");
        StudyFolder.good(folder).edit("a.csv", ",z,", ",z\u00A01,").edit("study.toml", "labs = [\"z\"]",
                "labs = [\"z1\"]").edit("study.toml", "z = {", "z1 = {");
        assertThatThrownBy(() -> Study.read(folder)).hasMessageStartingWith(a + ":1:10: column 'z<U+00A0>1' differs from 'z1'");
        StudyFolder.good(folder).edit("a.csv", "id,x1,x2,z,y", "id,x1,x2,z,y,Z,spare").edit("a.csv", "low,0", "low,0,,").edit("a.csv",
                "2.0,1", "2.0,1,,")
                .edit("a.csv", "0,,1", "0,,1,,").edit("study.toml", "id =", "ignore = [\"Z\"]\nid =");
        assertThat(Study.read(folder).notes()).containsExactly("a.csv: columns not used: spare");
    }

    @Test
    void readsOneFileAsItsOwnSectionSays() {
        StudyFolder.good(folder).edit("study.toml", "[tasks]",
                "[csv]\ncomment = \"%\"\n[csv.\"b.csv\"]\nseparator = \"|\"\ndecimal = \",\"\n[tasks]")
                .write("b.csv", "% x\nid|x1|x2|y\nq1|1,234|1|0\nq2|2|1|1\n");
        Study study = Study.read(folder);
        assertThat(study.tasks().task("b").cells().get(study.schema().sources().getFirst())[0][0]).isEqualTo(1.234);
        assertThat(study.notes()).isEmpty();
        StudyFolder.good(folder).edit("study.toml", "[tasks]", "[csv.\"c.csv\"]\nseparator = \"|\"\n[tasks]");
        assertThatThrownBy(() -> Study.read(folder)).hasMessage(folder.resolve("study.toml")
                + ":5:1: unknown key 'c.csv' in [csv]; did you mean 'a.csv'?");
        for (String[] bad : new String[][] {{"separator = \";;\"", "'separator' is one character, such as \",\", \";\" or \"\\t\""},
            {"decimal = \";\"", "'decimal' is \".\" or \",\""},
            {"thousands = \"_\"", "'thousands' is \",\", \".\", \" \" or \"'\", or \"\" for none"},
            {"decimal = \",\"\nthousands = \",\"", "'thousands' and 'decimal' cannot be the same sign"},
            {"header_line = 0", "'header_line' is the number of a line, from 1"}}) {
            StudyFolder.good(folder).edit("study.toml", "[tasks]", "[csv]\n" + bad[0] + "\n[tasks]");
            assertThatThrownBy(() -> Study.read(folder)).hasMessageStartingWith(folder.resolve("study.toml")
                    + ":").hasMessageEndingWith(bad[1]);
        }
    }

    @Test
    void numbersRowsWithoutAnId() {
        StudyFolder.good(folder).edit("study.toml", "id = \"id\"\n", "");
        assertThat(Study.read(folder).tasks().task("a").rows()).containsExactly("1", "2", "3");
    }

    @Test
    void takesACellAsMissingByStudyAndByColumn() {
        StudyFolder.good(folder).edit("study.toml", "id =", "missing = [\"?\", -9]\nid =")
                .edit("study.toml", "x2 =", "x1 = { missing = [2] }\nx2 =").edit("a.csv", "p1,1.5,0", "p1,-9.0,?");
        Study study = Study.read(folder);
        assertThat(study.missing("a", "x1")).isEqualTo(3);
        assertThat(study.missing("a", "x2")).isEqualTo(1);
        assertThat(study.missing("b", "x1")).isZero();
    }

    @Test
    void countsASourceBelowTheMinimumShareAsNotObserved() {
        StudyFolder.good(folder).edit("a.csv", "2.0", "");
        assertThat(Study.read(folder).tasks().task("a").blocks()).hasSize(1);
        StudyFolder.good(folder).edit("a.csv", "2.0", "").edit("study.toml", "id =", "minimum_share = 0.3\nid =");
        assertThat(Study.read(folder).tasks().task("a").blocks()).hasSize(2);
    }

    @Test
    void thresholdsTheResponse() {
        StudyFolder.good(folder).edit("study.toml", "kind = \"binary\"\n[tasks]", "kind = \"binary\"\nabove = 1.5\n[tasks]")
                .write("a.csv", "id,x1,x2,y\np1,1,1,0\np2,1,1,1.5\np3,1,1,4\n").write("b.csv", "id,x1,x2,z,y\np1,1,1,2,2\np2,1,1,2,1\n");
        Study study = Study.read(folder);
        assertThat(study.tasks().task("a").response()).containsExactly(0, 0, 1);
        assertThat(study.schema().response().describe()).isEqualTo("y > 1.5");
    }

    @Test
    void readsQuotedCellsBlanksByteOrderMarkAndWindowsLines() {
        StudyFolder.good(folder).write("b.csv", "\uFEFFid, x1 ,x2,y\r\n\"q,1\",\" 1 \",0,0\r\n\r\n\"q\"\"2\",2,1,1\r\n");
        Task b = Study.read(folder).tasks().task("b");
        assertThat(b.rows()).containsExactly("q,1", "q\"2");
        assertThat(b.response()).containsExactly(0, 1);
    }

    @Test
    void handsOnTheFitBlockWithPositions() {
        StudyFolder.good(folder).edit("study.toml", "[tasks]", "[fit]\nwidth = 64\nrate = 1e-3\n[tasks]");
        Section fit = Study.read(folder).fit();
        assertThat(fit.keys()).containsExactly("width", "rate");
        assertThat(fit.integer("width", 1)).isEqualTo(64);
        assertThat(fit.number("rate", 1)).isEqualTo(1e-3);
        assertThat(fit.number("width", 1)).isEqualTo(64.0);
        assertThat(fit.integer("depth", 2)).isEqualTo(2);
        assertThat(fit.error("rate", "too large")).hasMessage(folder.resolve("study.toml") + ":7:1: too large");
    }

    @Test
    void digestIsWhatSha256sumSays() throws Exception {
        Study study = Study.read(StudyFolder.good(folder).path());
        StringBuilder listing = new StringBuilder();
        for (String file : List.of("study.toml", "a.csv", "b.csv")) {
            listing.append(sha256(Files.readAllBytes(folder.resolve(file)))).append("  ").append(file).append('\n');
        }
        assertThat(study.digest()).isEqualTo(sha256(listing.toString().getBytes()));
        StudyFolder.good(folder).edit("a.csv", "1.5", "1.6");
        assertThat(Study.read(folder).digest()).isNotEqualTo(study.digest());
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void savesItsSchemaAsJson() throws IOException {
        Study study = Study.read(StudyFolder.good(folder).path());
        Path file = folder.resolve("schema.json");
        Files.writeString(file, Json.write(study.schema()));
        assertThat(Json.read(file, Schema.class)).isEqualTo(study.schema());
    }
}
