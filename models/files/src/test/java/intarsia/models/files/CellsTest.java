package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cells say in the spellings of the field: a number with the assumption noted, or a refusal that leads to the setting. */
class CellsTest {
    @TempDir
    private Path folder;

    /** A study of one file with a column x and a response y; y varies. */
    private Study study(String column, String settings, String... cells) {
        StringBuilder csv = new StringBuilder("id;x;y\n");
        for (int i = 0; i < cells.length; i++) {
            csv.append('p').append(i).append(';').append(cells[i]).append(';').append(i % 2).append('\n');
        }
        new StudyFolder(folder).write("study.toml", "id = \"id\"\n[response]\ncolumn = \"y\"\nkind = \"binary\"\n[tasks]\na "
                + "= \"a.csv\"\n[sources]\ns = [\"x\"]\n"
                + "[columns]\nx = { " + column + " }\n[csv]\nseparator = \";\"\n" + settings).write("a.csv", csv.toString());
        return Study.read(folder);
    }

    @Test
    void aLevelHasANumberForAProgramToo() {
        Schema sex = study("kind = \"binary\", levels = [\"female\", \"male\"]", "", "male", "female").schema();
        assertThat(sex.level("x", "male")).isEqualTo(1);
        assertThatThrownBy(() -> sex.level("x", "mal")).hasMessage("column 'x' has no level 'mal'; did you mean 'male'?");
        assertThatThrownBy(() -> sex.level("z", "male")).hasMessage("no column 'z'; did you mean 'x'?");
        Schema grade = study("kind = \"categorical\", levels = [\"low\", 2]", "", "low", "2").schema();
        assertThat(grade.level("x", "2")).isEqualTo(1);
        assertThat(study("kind = \"binary\"", "", "0", "1").schema().level("x", "1")).isEqualTo(1);
        assertThatThrownBy(() -> study("kind = \"continuous\"", "", "3", "1").schema().level("x", "3"))
                .hasMessage("column 'x' holds quantities and has no levels");
    }

    private double[] values(Study study) {
        return Arrays.stream(study.tasks().task("a").cells().values().iterator().next()).mapToDouble(row -> row[0]).toArray();
    }

    private void refuses(String column, String settings, String message, String... cells) {
        assertThatThrownBy(() -> study(column, settings, cells)).isInstanceOf(FileException.class).hasMessage(folder.resolve("a.csv")
                + message);
    }

    @Test
    void findsADecimalComma() {
        Study study = study("", "", "69,6", "1,234", "-3", "1,5e3", "\u22122,5");
        assertThat(values(study)).containsExactly(69.6, 1.234, -3, 1500, -2.5);
        assertThat(study.notes()).containsExactly("a.csv: the decimal sign is a comma in x",
                "a.csv: read the minus sign U+2212 as -; 1 cell (column 'x', line 6)");
    }

    @Test
    void findsASignBetweenThousands() {
        Study english = study("", "", "1,234.5", "2,000", "3", "1,234,567");
        assertThat(values(english)).containsExactly(1234.5, 2000, 3, 1234567);
        assertThat(english.notes()).containsExactly("a.csv: a comma separates thousands in x");
        Study german = study("", "", "1.234,5", "2.000", "0,5");
        assertThat(values(german)).containsExactly(1234.5, 2000, 0.5);
        assertThat(german.notes()).containsExactly("a.csv: the decimal sign is a comma in x", "a.csv: a point separates thousands in x");
    }

    @Test
    void readsPointsAsEver() {
        assertThat(values(study("", "", "1.234", "12", "0.5", ".5", "5.", "+1e-3"))).containsExactly(1.234, 12, 0.5, 0.5, 5, 0.001);
        assertThat(study("", "", "1.234", "2").notes()).isEmpty();
    }

    @Test
    void refusesWhatMayBeTwoNumbers() {
        String lead = "; write it as one of them, or say in the study file: [csv] thousands = \",\" or decimal = \",\"";
        refuses("", "", ":3:4: column 'x': '1,234' may be 1234 or 1.234" + lead, "58", "1,234");
        refuses("", "", ":3:4: column 'x': '1,234' may be 1234 or 1.234" + lead, "58.5", "1,234");
        refuses("", "", ":3:4: column 'x': '1.234' may be 1234 or 1.234; write it as one of them, or say in the study file: "
                + "[csv] thousands = \".\" or decimal = \".\"",
                "58,5", "1.234");
        refuses("", "", ":3:4: column 'x': '2.5' has another decimal sign than '58,5' on line 2; write all numbers of a column alike",
                "58,5", "2.5");
        refuses("", "", ":3:4: column 'x': '1 234,5' may be 1234.5 with its thousands apart; write it without, or say in the study file: "
                + "[csv] thousands = \" \"", "58,5", "1 234,5");
        refuses("", "", ":3:4: column 'x': '1'234' may be 1234 with its thousands apart; write it without, or say in the study file: "
                + "[csv] thousands = \"'\"", "58", "1'234");
        assertThat(values(study("", "thousands = \",\"\n", "58", "1,234"))).containsExactly(58, 1234);
        assertThat(values(study("", "decimal = \",\"\n", "58", "1,234"))).containsExactly(58, 1.234);
        assertThat(values(study("", "thousands = \".\"\n", "58,5", "1.234"))).containsExactly(58.5, 1234);
        assertThat(values(study("", "thousands = \" \"\n", "58", "1 234", "1\u202F234\u00A0567.5"))).containsExactly(58, 1234, 1234567.5);
        assertThat(values(study("", "thousands = \"'\"\n", "58", "1'234.5", "1\u2019234"))).containsExactly(58, 1234.5, 1234);
        refuses("", "thousands = \",\"\n", ":3:4: column 'x': '1,23' is not a number with '.' as the decimal sign; correct "
                + "it, or say in the study file how "
                + "numbers are written: [csv] decimal = ...", "58", "1,23");
        refuses("", "decimal = \".\"\n", ":3:4: column 'x': '2,5' is not a number with '.' as the decimal sign; correct it, "
                + "or say in the study file how "
                + "numbers are written: [csv] decimal = ...", "58", "2,5");
    }

    @Test
    void readsUsualSpellingsOfMissing() {
        Study study = study("", "", "1", "NA", "n/a", "N/A", ".", "-", "null", "NULL", "NaN", "nan", "?", "#N/A", "<NA>", "\u2013", "2",
                "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13");
        assertThat(study.missing("a", "x")).isEqualTo(13);
        assertThat(study.notes()).singleElement().asString().startsWith("a.csv: 'NA', 'n/a', 'N/A', '.', ").endsWith(" read "
                + "as missing; 13 cells (first: column 'x', line 3)");
        refuses("", "usual_missing = false\n", ":3:4: column 'x': 'NA' is not a number; correct it, or, if it means that "
                + "nothing was measured, "
                + "list it in the study file: missing = [\"NA\"]", "1", "NA");
        assertThat(study("missing = [\"NA\", -9]", "usual_missing = false\n", "1", "NA", "-9.0", "2").missing("a", "x")).isEqualTo(2);
    }

    @Test
    void namesNumbersThatLookLikeCodes() {
        assertThat(study("", "", "1", "-9", "3", "-9").notes()).containsExactly("column 'x': -9 (2 cells) is read as a "
                + "number, but all others are from 1 to 3; "
                + "if it means missing, list it: [columns] x = { missing = [-9] }");
        assertThat(study("", "", "1", "999", "3").notes()).hasSize(1);
        assertThat(study("", "", "1", "99", "3").notes()).hasSize(1);
        assertThat(study("", "", "80", "99", "3").notes()).isEmpty();
        assertThat(study("", "", "-1", "-9", "3").notes()).isEmpty();
        assertThat(study("", "", "500", "999", "3").notes()).isEmpty();
        assertThat(study("missing = [-9]", "", "1", "-9", "3").notes()).isEmpty();
    }

    @Test
    void neverCallsALowValueMissing() {
        refuses("", "", ":3:4: column 'x': '<0.5' is below a limit, which is low, not missing; write a number (half the "
                + "limit, 0.25, is common), "
                + "or say how to read such cells: [columns] x = { censored = \"half\" }", "1.5", "<0.5");
        refuses("", "", ":3:4: column 'x': '> 100' is above a limit, which is high, not missing; write a number (the limit), "
                + "or say how to read such cells: [columns] x = { censored = \"half\" }", "1.5", "> 100");
        refuses("", "", ":3:4: column 'x': 'BDL' may say that the value is below a limit, which is low, not missing; write a "
                + "number (half the limit is common)",
                "1.5", "BDL");
        refuses("", "", ":3:4: column 'x': '<LOD' is below a limit, which is low, not missing; write a number (half the limit is common)",
                "1.5", "<LOD");
    }

    @ParameterizedTest
    @CsvSource({"half, 0.25, 100", "limit, 0.5, 100", "sqrt2, 0.3535533905932738, 100"})
    void readsValuesBeyondALimitAsSaid(String censored, double below, double above) {
        Study study = study("censored = \"" + censored + "\"", "", "1,5", "<0,5", "\u2264 0,5", "<=0,5", ">100");
        assertThat(values(study)).containsExactly(1.5, below, below, below, above);
        assertThat(study.notes()).hasSize(2);
        assertThat(study.notes().get(1)).endsWith(", beyond a limit; 4 cells (first: column 'x', line 3)");
    }

    @Test
    void readsWordsForZeroAndOne() {
        Study study = study("kind = \"binary\"", "", "TRUE", "False", "yes", "No", "1", "0.0", "Y", "n");
        assertThat(values(study)).containsExactly(1, 0, 1, 0, 1, 0, 1, 0);
        assertThat(study.notes()).containsExactly("a.csv: read 'TRUE' as 1, 'False' as 0, 'yes' as 1, 'No' as 0, 'Y' as 1, "
                + "'n' as 0; 6 cells (first: column 'x', line 2)");
        refuses("", "", ":3:4: column 'x': 'yes' is not a number; if it means 0 or 1, say so: [columns] x = { kind = \"binary\" }", "1",
                "yes");
        assertThat(values(study("kind = \"binary\", levels = [1, 2]", "", "1", "2.0", "2"))).containsExactly(0, 1, 1);
        assertThat(values(study("kind = \"binary\", levels = [\"ja\", \"nein\"]", "", "nein", "ja"))).containsExactly(1, 0);
        refuses("kind = \"binary\", levels = [\"-\", \"+\"]", "", ":3:4: column 'x': 'yes' is neither '-' nor '+', its levels; correct it, "
                + "or list it under missing if it means so", "-", "yes", "+");
    }

    @Test
    void keepsLevelsApartThatAreDeclaredApart() {
        String levels = "kind = \"categorical\", levels = ";
        assertThat(values(study(levels + "[\"01\", \"1\", \"2\"]", "", "01", "1", "2.0", "2"))).containsExactly(0, 1, 2, 2);
        assertThat(values(study(levels + "[\"1.1\", \"1.10\", \"1.2\"]", "", "1.1", "1.10", "1.2"))).containsExactly(0, 1, 2);
        refuses(levels + "[\"01\", \"1\", \"2\"]", "", ":3:4: column 'x': '1.0' is not one of its levels (01, 1, 2); add it "
                + "to them, or list it under missing if it means so", "01", "1.0");
        Study numbers = study(levels + "[1, 2]", "", "1e0", "+2", "02", "2");
        assertThat(values(numbers)).containsExactly(0, 1, 1, 1);
        assertThat(numbers.notes()).containsExactly("a.csv: read '1e0' as '1', '+2' as '2', '02' as '2', levels of 'x'; 3 "
                + "cells (first: column 'x', line 2)");
        assertThat(values(study(levels + "[\"NA\", \"?\"]", "", "NA", "?"))).containsExactly(0, 1);
    }

    @Test
    void showsWhatCannotBeSeen() {
        String alone = "is not a number; correct it (a number stands alone in its cell, without a unit or a mark)";
        refuses("", "", ":3:4: column 'x': '6<U+200B>1' " + alone, "1", "6\u200B1");
        refuses("", "", ":3:4: column 'x': '<U+2013>5' " + alone, "1", "\u20135");
        refuses("", "", ":3:4: column 'x': '5 mg' " + alone, "1", "5 mg");
    }

    @Test
    void readsTheResponseByItsLevels() {
        new StudyFolder(folder).write("study.toml", "[response]\ncolumn = \"y\"\nkind = \"binary\"\nlevels = [\"benign\", "
                + "\"malignant\"]\n[tasks]\na = \"a.csv\"\n"
                + "[sources]\ns = [\"x\"]\n").write("a.csv", "x,y\n1,malignant\n2,benign\n");
        Study study = Study.read(folder);
        assertThat(study.tasks().task("a").response()).containsExactly(1, 0);
    }

    /** Twenty thousand levels and as many rows: what compares each with each takes minutes. */
    @Test
    void takesManyLevelsInItsStride() {
        int n = 20_000;
        StringBuilder levels = new StringBuilder();
        String[] cells = new String[n];
        for (int i = 0; i < n; i++) {
            levels.append(i == 0 ? "" : ", ").append("\"L").append(i).append('"');
            cells[i] = "L" + (n - 1 - i);
        }
        assertThat(values(study("kind = \"categorical\", levels = [" + levels + "]", "", cells))).startsWith(n - 1, n - 2).endsWith(1, 0);
    }
}
