package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every bad study ends in one line that says where and what to do. */
class BadStudyTest {
    /** What is wrong, how to make it so, and what must be said; the folder's path and a slash are left out of the message. */
    private record Case(String name, Consumer<StudyFolder> spoil, String message) {
        @Override
        public String toString() {
            return name;
        }
    }

    @TempDir
    private Path folder;

    private static Case csv(String name, String from, String to, String message) {
        return new Case(name, f -> f.edit("a.csv", from, to), message);
    }

    private static Case toml(String name, String from, String to, String message) {
        return new Case(name, f -> f.edit("study.toml", from, to), message);
    }

    private static Case rewrite(String name, String file, byte[] bytes, String message) {
        return new Case(name, f -> f.write(file, bytes), message);
    }

    private static Case rewrite(String name, String file, String text, String message) {
        return rewrite(name, file, text.getBytes(StandardCharsets.UTF_8), message);
    }

    static Stream<Case> cells() {
        String listed = "correct it, or, if it means that nothing was measured, list it in the study file: missing = ";
        String alone = "(a number stands alone in its cell, without a unit or a mark)";
        return Stream.of(
                csv("spreadsheet's error", "p2,2,", "p2,#DIV/0!,", "a.csv:3:4: column 'x1': '#DIV/0!' is the error of a "
                        + "spreadsheet; correct it"),
                csv("ragged row, short", "p2,2,1,2.0,1", "p2,2,1,1", "a.csv:3:9: has 4 cells, the header has 5 columns"),
                csv("ragged row, long", "p2,2,1,2.0,1", "p2,2,1,2.0,1,7", "a.csv:3:14: has 6 cells, the header has 5 columns"),
                csv("non-number", "p2,2,", "p2,two,", "a.csv:3:4: column 'x1': 'two' is not a number; " + listed + "[\"two\"]"),
                csv("decimal comma among points", "p2,2,", "p2,\"2,5\",",
                        "a.csv:3:4: column 'x1': '2,5' has another decimal sign than '1.5' on line 2; write all numbers of a column alike"),
                csv("hexadecimal", "p2,2,", "p2,0x1p3,", "a.csv:3:4: column 'x1': '0x1p3' is not a number; correct it " + alone),
                csv("number with a letter", "p2,2,", "p2,2d,", "a.csv:3:4: column 'x1': '2d' is not a number; correct it " + alone),
                csv("infinity", "p2,2,", "p2,-Infinity,", "a.csv:3:4: column 'x1': '-Infinity' is not a finite number; correct it"),
                csv("inf", "p2,2,", "p2,inf,", "a.csv:3:4: column 'x1': 'inf' is not a finite number; correct it"),
                csv("overflow", "p2,2,", "p2,1e999,", "a.csv:3:4: column 'x1': '1e999' is too large a number; the largest is 1.8e308"),
                csv("underflow", "p2,2,", "p2,1e-400,", "a.csv:3:4: column 'x1': '1e-400' is too small a number to keep its digits; "
                        + "the smallest is 2.2e-308: give the column another unit, or write 0"),
                csv("a number without all its digits", "p2,2,", "p2,-1.2345e-320,", "a.csv:3:4: column 'x1': '-1.2345e-320' is too small a "
                        + "number to keep its digits; the smallest is 2.2e-308: give the column another unit, or write 0"),
                csv("not binary", "p2,2,1", "p2,2,0.5", "a.csv:3:6: column 'x2': '0.5' is not 0 or 1; correct it, say what "
                        + "stands for 0 and for 1, "
                        + "[columns] x2 = { levels = [1, 2] }, or make the column continuous or categorical"),
                csv("unknown level", "low", "high",
                        "a.csv:2:10: column 'z': 'high' is not one of its levels (low, 2); add it to them, or list it under "
                                + "missing if it means so"),
                csv("mistyped level", "low", "Low", "a.csv:2:10: column 'z': 'Low' is not one of its levels (low, 2); did you mean 'low'?"),
                csv("duplicate id", "p3", "p1", "a.csv:4:1: column 'id': 'p1' is there twice, first on line 2; an id names one row, "
                        + "and [design] group keeps visits of one patient together"),
                csv("empty id", "p3", "", "a.csv:4:1: column 'id' names the row and may not be empty; fill it in, or "
                        + "take the row out"),
                csv("escape in an id", "p3", "p\u001B[31m", "a.csv:4:1: column 'id': 'p<U+001B>[31m' holds a control "
                        + "character, which no name may"),
                csv("duplicate header", "x1,x2", "x1,x1", "a.csv:1:7: the header names column 'x1' twice (columns 2 and 3); rename one"),
                csv("nameless column that is needed", "x1,x2", "x1, ",
                "a.csv:1:1: task 'a' has some columns of source 'exam' but not 'x2'; "
                        + "a source is given with all its columns or with none: add the column, or split the source"),
                csv("response missing", "2.0,1", "2.0,", "a.csv:3:12: response 'y' is missing; give it, or take the row out"),
                csv("response NA", "2.0,1", "2.0,NA", "a.csv:3:12: response 'y' is missing ('NA'); give it, or take the row out"),
                csv("response not 0/1", "2.0,1", "2.0,2", "a.csv:3:12: response 'y': '2' is not 0 or 1; correct it, say what "
                        + "stands for 0 and for 1, "
                        + "[response] levels = [1, 2], or where 1 begins: above = ..."),
                csv("response not a word for 0 or 1", "2.0,1", "2.0,ja", "a.csv:3:12: response 'y': 'ja' is not 0 or 1; correct it, "
                        + "say what stands for 0 and for 1, [response] levels = [\"no\", \"yes\"], or where 1 begins: above = ..."),
                csv("one column of a source", "id,x1,x2,z,y", "id,x1,w,z,y",
                        "a.csv:1:1: task 'a' has some columns of source 'exam' but not 'x2'; "
                        + "a source is given with all its columns or with none: add the column, or split the source"),
                csv("quote left open", "p2,", "\"p2,", "a.csv:3:1: the quote that opens here is never closed"),
                csv("quote left open, another later", "p2,2,1,2.0,1\np3,,0,,1\n", "\"p2,2,1,2.0,1\np3\",0,,1\n",
                        "a.csv:4:9: has 4 cells, the header has 5 columns; is a quote on this line left open?"),
                csv("quote left open, the row fits", "p2,2,1,2.0,1\np3,,0,,1\n", "\"p2,2,1,2.0,1\np3\",,0,,1\n", "a.csv:3:1: column 'id': "
                        + "'p2,2,1,2.0,1\\np3' holds a control character, which no name may; is a quote on this line left open?"),
                csv("quote left open in the header", "x1,x2", "x1,\"x2", "a.csv:1:7: the quote that opens here is never closed"),
                csv("long cell with a line feed", "p2,2,", "p2,\"a\n" + "b".repeat(100) + "\",", "a.csv:3:4: column 'x1': 'a\\n"
                        + "b".repeat(38) + "...' is not a number; " + listed + "[\"...\"]"),
                csv("text after a quote", "p2,2", "p2,\"2\"x",
                        "a.csv:3:7: text follows a closing quote; is a quote before it left open? (a quote within quotes is "
                                + "written twice)"));
    }

    static Stream<Case> files() {
        return Stream.of(
                new Case("missing file", f -> f.delete("b.csv"), "study.toml:7:1: there is no file DIR/b.csv"),
                new Case("missing study file", f -> f.delete("study.toml"),
                        "DIR: has no study.toml; a study is a folder with one and CSV files"),
                rewrite("zero bytes", "a.csv", "", "a.csv: is empty (0 bytes)"),
                rewrite("only blank lines", "a.csv", "\n\n", "a.csv: has no header line"),
                rewrite("no rows", "a.csv", "id,x1,x2,z,y\n", "a.csv: has a header and no rows, so task 'a' has nothing to learn from"),
                rewrite("UTF-16, little-endian", "a.csv", ("\uFEFF" + StudyFolder.A).getBytes(StandardCharsets.UTF_16LE),
                        "a.csv: is in UTF-16 (little-endian); save it as UTF-8"),
                rewrite("UTF-16, big-endian", "a.csv", ("\uFEFF" + StudyFolder.A).getBytes(StandardCharsets.UTF_16BE),
                        "a.csv: is in UTF-16 (big-endian); save it as UTF-8"),
                rewrite("UTF-16 without a mark", "a.csv", StudyFolder.A.getBytes(StandardCharsets.UTF_16LE),
                        "a.csv:1:2: holds a zero byte, so it is no text in UTF-8 (UTF-16, perhaps); save it as UTF-8"),
                rewrite("Latin-1", "a.csv", StudyFolder.A.replace("p2", "pé").getBytes(StandardCharsets.ISO_8859_1),
                        "a.csv:3:2: byte 0xE9 is not UTF-8; save the file as UTF-8"),
                rewrite("cut UTF-8", "a.csv", new byte[] {'i', 'd', (byte) 0xC3},
                        "a.csv:1:3: byte 0xC3 is not UTF-8; save the file as UTF-8"),
                rewrite("no header, but a title", "a.csv", "Analyzer 7\nid,x1,x2,z,y\np1,1,0,low,0\n",
                "a.csv:2:4: has 5 cells, the header has 1 column; "
                        + "if line 1 is not the header, say in the study file where it is: [csv] header_line = 2"),
                rewrite("study in UTF-16", "study.toml", ("\uFEFF" + StudyFolder.STUDY).getBytes(StandardCharsets.UTF_16LE),
                        "study.toml: is in UTF-16 (little-endian); save it as UTF-8"),
                rewrite("empty study", "study.toml", "", "study.toml: is empty (0 bytes)"));
    }

    static Stream<Case> study() {
        return Stream.of(
                toml("no TOML", "kind = \"binary\"\n[tasks]", "kind = \n[tasks]",
                        "study.toml:4:8: Unexpected end of line, expected ', \", ''', \"\"\", "
                        + "a number, a boolean, a date/time, an array, or a table"),
                toml("malformed escape in a key", "[tasks]", "[\"\\u", "study.toml:5:3: Invalid unicode escape sequence"),
                toml("key twice", "a = \"a.csv\"", "b = \"a.csv\"", "study.toml:7:1: b previously defined at line 6, column 1"),
                toml("unknown key", "id =", "idd =", "study.toml:1:1: unknown key 'idd'; did you mean 'id'?"),
                toml("unknown key in a table", "column =", "colum =",
                        "study.toml:3:1: unknown key 'colum' in [response]; did you mean 'column'?"),
                toml("unknown key of a column", "x2 = { kind =", "x2 = { type =",
                        "study.toml:12:8: unknown key 'type' in [columns.x2]; known: kind, levels, missing, censored, positive, "
                                + "unknown, since"),
                toml("no response", "[response]\ncolumn = \"y\"\nkind = \"binary\"\n", "", "study.toml:1:1: needs 'response', a table"),
                toml("no response column", "column = \"y\"\n", "", "study.toml:2:1: [response] needs 'column', a string"),
                toml("no sources", "exam = [\"x1\", \"x2\"]\nlabs = [\"z\"]\n", "",
                        "study.toml:8:1: [sources] lists none; name what is measured together: exam = [\"age\", \"sex\"]"),
                toml("no tasks", "a = \"a.csv\"\nb = \"b.csv\"\n", "",
                        "study.toml:5:1: [tasks] lists none; name each with its file: cleveland = \"cleveland.csv\""),
                toml("wrong type, text for table", "[response]\ncolumn = \"y\"\nkind = \"binary\"\n", "response = \"y\"\n",
                        "study.toml:2:1: 'response' must be a table, not the string \"y\""),
                toml("wrong type, number for text", "id = \"id\"", "id = 3", "study.toml:1:1: 'id' must be a string, not the number 3"),
                toml("wrong type, text for number", "id =", "minimum_share = \"0.5\"\nid =",
                        "study.toml:1:1: 'minimum_share' must be a number, not the string \"0.5\""),
                toml("not finite", "id =", "minimum_share = nan\nid =", "study.toml:1:1: 'minimum_share' must be a finite number, not NaN"),
                toml("out of range", "id =", "minimum_share = 1.5\nid =",
                        "study.toml:1:1: 'minimum_share' must lie between 0 and 1, not 1.5"),
                toml("wrong type in a list", "[\"x1\", \"x2\"]", "[\"x1\", 2]",
                        "study.toml:9:15: 'exam' must list strings, not the number 2"),
                toml("wrong type, list", "labs = [\"z\"]", "labs = \"z\"",
                        "study.toml:10:1: 'labs' must be a list of strings, not the string \"z\""),
                toml("wrong type, missing", "id =", "missing = [true]\nid =",
                        "study.toml:1:12: 'missing' must list strings or numbers, not true"),
                toml("unknown column", "[\"x1\", \"x2\"]", "[\"x1\", \"x2\", \"zz\"]",
                        "study.toml:9:21: column 'zz' of source 'exam' is in no file; known: id, y"),
                toml("mistyped column", "labs = [\"z\"]\n[columns]", "labs = [\"Z1\"]\n[columns]\nZ1 = { kind = \"continuous\" }",
                        "study.toml:14:1: column 'z' is in no source; did you mean 'Z1'?"),
                toml("unknown id column", "id = \"id\"", "id = \"idx\"",
                        "study.toml:1:1: id column 'idx' is not in DIR/a.csv; did you mean 'id'?"),
                toml("unknown response column", "\"y\"", "\"num\"",
                        "study.toml:3:1: response column 'num' is not in DIR/a.csv; known: id, x1, x2, z, y"),
                toml("unknown source", "id =", "anchor = \"exams\"\nid =", "study.toml:1:1: unknown source 'exams'; did you mean 'exam'?"),
                toml("anchor not everywhere", "id =", "anchor = [\"exam\", \"labs\"]\nid =",
                        "study.toml:1:19: source 'labs' is not observed in task 'b', so it cannot be an anchor"),
                toml("column described but unused", "x2 = {", "x3 = {", "study.toml:12:1: column 'x3' is in no source; did you mean 'x1'?"),
                toml("column in two sources", "[\"z\"]", "[\"z\", \"x1\"]",
                        "study.toml:10:14: column 'x1' of source 'labs' is already in source 'exam'"),
                toml("column is the response", "[\"z\"]", "[\"z\", \"y\"]",
                        "study.toml:10:14: column 'y' of source 'labs' is already the response"),
                toml("id is the response", "id = \"id\"", "id = \"y\"",
                        "study.toml:1:1: column 'y' cannot be the id, it is the response already"),
                toml("source without columns", "labs = [\"z\"]", "labs = [\"z\"]\nmore = []",
                        "study.toml:11:1: source 'more' lists no columns"),
                toml("unknown kind", "x2 = { kind = \"binary\" }", "x2 = { kind = \"bool\" }",
                        "study.toml:12:8: column 'x2' is \"continuous\", \"binary\", \"categorical\" or \"date\", not \"bool\""),
                toml("unknown response kind", "kind = \"binary\"\n[tasks]", "kind = \"class\"\n[tasks]",
                        "study.toml:4:1: a response is \"continuous\", \"binary\", \"count\", \"classes\", \"ordered\" or "
                                + "\"survival\", not \"class\""),
                toml("threshold on a continuous response", "kind = \"binary\"\n[tasks]", "kind = \"continuous\"\nabove = 0\n[tasks]",
                        "study.toml:5:1: 'above' belongs to a response of kind \"binary\"; take it out, or change the kind"),
                toml("one level", ", levels = [\"low\", 2]", ", levels = [2]",
                        "study.toml:13:29: column 'z' is categorical and needs at least two levels: levels = [1, 2, 3], or none at "
                                + "all, and "
                                + "they are found"),
                toml("levels of a continuous column", "kind = \"categorical\", ", "",
                        "study.toml:13:7: column 'z' has levels, so it needs kind = \"categorical\" or \"binary\""),
                toml("level twice", "[\"low\", 2]", "[\"low\", 2, \"low\"]", "study.toml:13:49: column 'z': level 'low' is listed twice"),
                toml("tasks and files", "id =", "files = [\"a.csv\"]\nid =",
                        "study.toml:1:1: give either [tasks] or 'files' with 'task', not both"),
                toml("neither tasks nor files", "[tasks]\na = \"a.csv\"\nb = \"b.csv\"\n", "",
                        "study.toml: names no data: give [tasks] with a file for each, or 'files' with the name of a 'task' column"),
                toml("files without task", "[response]", "files = [\"a.csv\"]\n[response]",
                        "study.toml:2:1: give either [tasks] or 'files' with 'task', "
                        + "not both"));
    }

    /** Task b in two files, the second of them this one. */
    private static StudyFolder join(StudyFolder folder, String labs) {
        return folder.edit("study.toml", "\"b.csv\"", "[\"b.csv\", \"labs.csv\"]").write("labs.csv", labs);
    }

    static Stream<Case> joins() {
        return Stream.of(
                new Case("nothing in common", f -> join(f, "id,z\nr1,low\n"), "labs.csv: no value of its id column 'id' is in the file "
                        + "it is joined to, so nothing can be joined; compare how both write it"),
                new Case("duplicate id in a joined file", f -> join(f, "id,z\nq1,low\nq1,2\n"),
                        "labs.csv:3:1: column 'id': 'q1' is there twice, first on line 2; an id names one row, "
                        + "and [design] group keeps visits of one patient together"),
                new Case("no id to join by", f -> join(f, "id,z\nq1,low\n").edit("study.toml", "id = \"id\"\n", ""),
                        "study.toml:6:1: several files are joined by an id: name its column, id = \"...\""),
                new Case("no id in the joined file", f -> join(f, "key,z\nq1,low\n"),
                        "study.toml:1:1: id column 'id' is not in DIR/labs.csv; known: key, z"),
                new Case("column in two files", f -> join(f, "id,x1\nq1,1\n"),
                        "labs.csv:1:4: column 'x1' is in DIR/b.csv too; take it out of one of them"),
                new Case("files without task", f -> f.edit("study.toml", "[tasks]\na = \"a.csv\"\nb = \"b.csv\"\n", "")
                        .edit("study.toml", "[response]", "files = [\"a.csv\"]\n[response]"),
                        "study.toml:2:1: 'files' needs 'task', the name of the column that holds each row's task"),
                new Case("no task column", f -> f.edit("study.toml", "[tasks]\na = \"a.csv\"\nb = \"b.csv\"\n", "")
                        .edit("study.toml", "[response]", "files = [\"a.csv\"]\ntask = \"site\"\n[response]"),
                        "study.toml:3:1: task column 'site' is not in DIR/a.csv; known: id, x1, x2, z, y"),
                new Case("no source common to all tasks", f -> f.write("a.csv", "id,z,y\np1,low,0\np2,2,1\n"),
                        "study.toml: no source is observed in every task, so there is no anchor to learn from: 'labs' is missing in b; "
                                + "'exam' is missing in a; could be a study each: b by 'exam'; a by 'labs'; nothing links a with b"),
                new Case("every cell missing everywhere", f -> f.write("a.csv", "id,x1,x2,z,y\np1,,,,0\np2,,,,1\n")
                        .write("b.csv", "id,x1,x2,y\np1,,,0\np2,,,1\n"),
                        "study.toml: no task has any observed source, so there is nothing to learn from"),
                new Case("the same response everywhere", f -> f.edit("a.csv", "low,0", "low,1").edit("b.csv", "-1e-2,1,0", "-1e-2,1,1"),
                        "study.toml:4:1: response 'y' is the same in all rows of each task, so there is nothing to learn; add rows with "
                        + "other "
                                + "responses"),
                new Case("every cell missing in a task", f -> f.write("a.csv", "id,x1,x2,z,y\np1,,,,0\np2,,,,1\n"),
                        "study.toml: no source is observed in every task, so there is no anchor to learn from: 'exam' is missing in a; "
                                + "could be a study each: b by 'exam'; nothing links a with b"));
    }

    @ParameterizedTest
    @MethodSource({"cells", "files", "study", "joins"})
    void saysWhereAndWhatToDo(Case bad) {
        StudyFolder.good(folder);
        bad.spoil().accept(new StudyFolder(folder));
        String wanted = bad.message().startsWith("DIR") ? bad.message().replace("DIR", folder.toString())
                : folder + "/" + bad.message().replace("DIR", folder.toString());
        assertThatThrownBy(() -> Study.read(folder)).isInstanceOf(FileException.class).hasMessage(wanted);
    }

    /** Whatever bytes are wrong: a study, or one line that says why not, never another exception. */
    @Test
    void survivesRandomDamage() {
        Random random = new Random(11);
        String likely = "0123456789.,;\"'[]{}=#\n\r\t -+eE\u00e9\u0000ab";
        for (int round = 0; round < 400; round++) {
            StudyFolder.good(folder);
            String name = round % 2 == 0 ? "study.toml" : "a.csv";
            StringBuilder text = new StringBuilder(round % 2 == 0 ? StudyFolder.STUDY : StudyFolder.A);
            for (int k = random.nextInt(1, 4); k > 0; k--) {
                int at = random.nextInt(text.length());
                char c = likely.charAt(random.nextInt(likely.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, c);
                    case 1 -> text.insert(at, c);
                    default -> text.delete(at, Math.min(text.length() - 1, at + random.nextInt(12)));
                }
            }
            new StudyFolder(folder).write(name, text.toString());
            try {
                Study.read(folder);
            } catch (FileException e) {
                assertThat(e.getMessage()).as("%s:%n%s", name, text).startsWith(folder.toString()).doesNotContain("\n")
                        .doesNotContain("null");
            } catch (RuntimeException e) {
                throw new AssertionError("ended in " + e + " for " + name + ":\n" + text, e);
            }
        }
    }

    @Test
    void saysThatThereIsNoFolder() {
        assertThatThrownBy(() -> Study.read(folder.resolve("none"))).isInstanceOf(FileException.class)
                .hasMessage(folder.resolve("none") + ": there is no such folder; a study is a folder with a study.toml and CSV files");
    }

    @Test
    void knowsItsPlace() {
        StudyFolder.good(folder).edit("study.toml", "id =", "idd =");
        assertThatThrownBy(() -> Study.read(folder)).isInstanceOfSatisfying(FileException.class, e -> {
            assertThat(e.file()).isEqualTo(folder.resolve("study.toml"));
            assertThat(e.line()).isEqualTo(1);
            assertThat(e.column()).isEqualTo(1);
        });
    }
}
