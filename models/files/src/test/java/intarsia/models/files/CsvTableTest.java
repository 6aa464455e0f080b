package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {
    @TempDir
    private Path folder;

    private CsvTable read(String text) {
        return read(text, CsvFormat.FOUND_OUT);
    }

    private CsvTable read(String text, CsvFormat format) {
        try {
            return CsvTable.read(Files.writeString(folder.resolve("t.csv"), text), format);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static CsvFormat comment(String comment) {
        return new CsvFormat(null, null, null, comment, null, true);
    }

    private static List<String> cells(CsvTable table) {
        return IntStream.range(0, table.size()).boxed()
                .flatMap(row -> table.header().stream().map(column -> table.cell(row, column))).toList();
    }

    private void refuses(String text, String message) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(FileException.class).hasMessage(folder.resolve("t.csv") + message);
    }

    @Test
    void readsWhatExcelWrites() {
        CsvTable table = read("\uFEFF\"id\",age,\"remark\",y\r\n\"n1\",1,\"seen on\r\nMonday, said \"\"fine\"\"\",0\r\n n2 "
                + ",\"\t2\",,1\r\n\r\n\r\n");
        assertThat(table.header()).containsExactly("id", "age", "remark", "y");
        assertThat(cells(table)).containsExactly("n1", "1", "seen on\r\nMonday, said \"fine\"", "0", "n2", "2", "", "1");
        assertThat(table.line(0)).isEqualTo(2);
        assertThat(table.line(1)).isEqualTo(4);
        assertThat(table.notes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "\t", "|"})
    void findsTheSeparator(String separator) {
        CsvTable table = read("id,a,b\n1,\"2;|\t\",3\n".replace("\"2;|\t\"", "2").replace(",", separator));
        assertThat(table.header()).containsExactly("id", "a", "b");
        assertThat(cells(table)).containsExactly("1", "2", "3");
        assertThat(table.notes()).singleElement().asString().startsWith("t.csv: cells are separated by ");
    }

    @Test
    void tellsASeparatorFromAWordOfTheHeader() {
        assertThat(read("id,age (y;m),b\n1,2,3\n4,5,6\n").header()).containsExactly("id", "age (y;m)", "b");
        assertThat(read("id;\"dose, mg\";b\n1;0,5;3\n4;1,5;6\n").header()).containsExactly("id", "dose, mg", "b");
        assertThat(read("sep=;\nid;a\n1;2\n").header()).containsExactly("id", "a");
        refuses("id;dose 0,5;y\n1;2,5;0\n", ":1:1: cells may be separated by commas or semicolons; say which in the study "
                + "file: [csv] separator = \",\"");
        assertThatThrownBy(() -> read("id,a\n1,2\n", new CsvFormat(";", null, null, null, null, true))).hasMessage(folder.resolve("t.csv")
                + ":1:1: the header is separated by commas, not by semicolons as [csv] in the study file says; "
                + "a section [csv.\"t.csv\"] can say so for one file");
        assertThat(read("id;dose 0,5;y\n1;2,5;0\n", new CsvFormat(";", null, null, null, null, true)).header()).containsExactly("id",
                "dose 0,5", "y");
    }

    @Test
    void passesOverWhatHasNoContent() {
        CsvTable table = read("id,a,,\n\n1,2,,\n,,,\n3,4,,\n,,\n");
        assertThat(table.header()).containsExactly("id", "a");
        assertThat(cells(table)).containsExactly("1", "2", "3", "4");
        assertThat(table.line(1)).isEqualTo(5);
        assertThat(table.notes()).containsExactly("t.csv: 2 lines without any content are not read (first: line 4)");
        assertThat(cells(read("id,a\n1,2,,\n3,4\n"))).containsExactly("1", "2", "3", "4");
        assertThat(cells(read("id,a,,\n1,2\n"))).containsExactly("1", "2");
        assertThat(cells(read(",,\n,,\nid,a,b\n1,2,3\n"))).containsExactly("1", "2", "3");
    }

    @Test
    void saysWhenAnEmptyLineMayBeARow() {
        assertThat(read("x\n1\n\n3\n\n").notes()).containsExactly("t.csv: 1 line without any content is not read (first: line 3)");
    }

    @Test
    void takesAColumnWithoutAName() {
        CsvTable table = read("\"\",\"id\",\"a\"\n\"1\",\"n1\",2\n\"2\",\"n2\",3\n");
        assertThat(table.header()).containsExactly("id", "a");
        assertThat(cells(table)).containsExactly("n1", "2", "n2", "3");
        assertThat(table.notes()).containsExactly("t.csv: column 1 has no name and is not used");
        assertThat(read(",,id\n1,1,n1\n2,2,n2\n").notes()).containsExactly("t.csv: columns 1, 2 have no name and are not used");
    }

    @Test
    void takesRowNamesWithoutAHeader() {
        CsvTable table = read("\"id\",\"a\"\n\"1\",\"n1\",2\n\"2\",\"n2\",3\n");
        assertThat(cells(table)).containsExactly("n1", "2", "n2", "3");
        assertThat(table.notes()).containsExactly("t.csv: the first column, which numbers the rows, has no name and is not used");
        CsvTable blanks = read("\"id\" \"a\"\n\"1\" \"n 1\" 2\n\"2\" \"n 2\" 3\n");
        assertThat(cells(blanks)).containsExactly("n 1", "2", "n 2", "3");
        assertThat(blanks.notes()).contains("t.csv: cells are separated by blanks");
        assertThat(read("age in years\n1\n2\n").header()).containsExactly("age in years");
        // Cells that may as well lack a name at the end are not shifted on a guess.
        refuses("id,a\nn1,2,7\nn2,3,8\n",
                ":2:6: has 3 cells, the header has 2 columns, and so has every row; a column without a name still "
                + "has a separator in the header");
    }

    @Test
    void passesOverComments() {
        CsvTable table = read("# exported, by Analyzer 7\n\n#\nid,a,b\n1,2,3\n# half time\n4,5,6\n# end\n");
        assertThat(cells(table)).containsExactly("1", "2", "3", "4", "5", "6");
        assertThat(table.notes()).containsExactly("t.csv: 4 lines beginning with # are not read (first: line 1)");
        assertThat(cells(read("// x\nid,a\n1,2\n//3,4\n", comment("//")))).containsExactly("1", "2");
    }

    @Test
    void takesNoRowForACommentOnAGuess() {
        refuses("id,a,b\n#1,2,3\n", ":2:1: is this a comment or a row? Say it in the study file: [csv] comment = \"#\", or "
                + "comment = \"\" if it is a row");
        assertThat(read("id,a,b\n#1,2,3\n4,5,6\n", comment("#")).size()).isEqualTo(1);
        assertThat(read("id,a,b\n#1,2,3\n4,5,6\n", comment("")).size()).isEqualTo(2);
        assertThat(read("id,a,b\n\"#1\",2,3\n", comment("#")).size()).isEqualTo(1);
        CsvTable marked = read("#id,a\n1,2\n");
        assertThat(marked.header()).containsExactly("#id", "a");
        assertThat(read("#id,a\nid,a\n1,2\n").header()).containsExactly("id", "a");
    }

    @Test
    void takesTheHeaderFromTheLineThatIsSaid() {
        CsvFormat third = new CsvFormat(null, null, null, null, 3, true);
        assertThat(cells(read("Analyzer 7\nward 2\nid,a\n1,2\n", third))).containsExactly("1", "2");
        assertThatThrownBy(() -> read("id,a\n1,2\n", third)).hasMessageEndingWith("has no line 3, which [csv] header_line names");
    }

    @Test
    void cutsBlanksOfEveryKindAndComparesLettersOfEveryForm() {
        CsvTable table = read("id\u00A0,\u200Bage\u202F,Blu\u0308t\n\u00A0n1\u3000,61.2\u00A0,\u00A0\n");
        assertThat(table.header()).containsExactly("id", "age", "Bl\u00FCt");
        assertThat(cells(table)).containsExactly("n1", "61.2", "");
        refuses("a\u0308,\u00E4\n1,2\n", ":1:4: the header names column '\u00E4' twice (columns 1 and 2); rename one");
    }

    @Test
    void joinsALineBreakWithinAName() {
        assertThat(read("id,\"age\n(years)\"\n1,2\n").header()).containsExactly("id", "age (years)");
    }

    @Test
    void takesAQuoteForOneAfterBlanksAndTabsOnly() {
        assertThat(cells(read("id,a\n \t\"n1\" ,1\n"))).containsExactly("n1", "1");
        // The form feed begins a cell without quotes: the quote is a part of it.
        assertThat(cells(read("id,a\nn1,\f\"1\nn2,\f\"\n"))).containsExactly("n1", "\"1", "n2", "\"");
    }

    @Test
    void knowsTheLineAndColumnOfEveryCell() {
        CsvTable table = read("id;\"a\nb\";c\r\n\"x\ny\";\u00E4\uD83D\uDE00z; \"q\"\r\n1;2;3\r\n");
        assertThat(table.error(0, "c", "here")).hasMessage(folder.resolve("t.csv") + ":4:8: here");
        assertThat(table.error(1, "c", "here")).hasMessage(folder.resolve("t.csv") + ":5:5: here");
        assertThat(table.headerError("c", "here")).hasMessage(folder.resolve("t.csv") + ":2:4: here");
    }

    @Test
    void takesTheApostropheOffThatKeepsATextFromBeingRun() {
        List<List<String>> rows = List.of(List.of("=1+1", "-0.5"), List.of("+cmd|' /C calc'!A0", "'=x"), List.of("@a", "-"),
                List.of("\tb", "1e-3"));
        String text = Results.csv(List.of("a", "b"), rows);
        assertThat(text).isEqualTo("a,b\n'=1+1,-0.5\n'+cmd|' /C calc'!A0,'=x\n'@a,-\n'\tb,1e-3\n");
        assertThat(cells(read(text))).containsExactly("=1+1", "-0.5", "+cmd|' /C calc'!A0", "=x", "@a", "-", "b", "1e-3");
    }

    @Test
    void readsManyColumnsAndSaysHowManyAreTooMany() {
        StringBuilder wide = new StringBuilder("id");
        IntStream.range(0, 20_000).forEach(j -> wide.append(",c").append(j));
        wide.append("\nn").append(",1.5".repeat(20_000)).append('\n');
        CsvTable table = read(wide.toString());
        assertThat(table.header()).hasSize(20_001);
        assertThat(table.cell(0, "c19999")).isEqualTo("1.5");
        refuses("a,b\n" + ",".repeat(CsvRecords.MOST_CELLS) + "\n",
                ":2:1000001: more than 1,000,000 cells in one row; is the separator right, and are there line ends?");
    }

    /** What both take they read alike; another reader is the judge of quotes, line ends and empty cells. */
    @Test
    void readsRecordsAsAnotherReaderDoes() {
        Random random = new Random(3);
        List<String> alphabet = List.of("a", "b", ",", ",", "\"", "\"", "\"", "\n", "\r\n", "x");
        int compared = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(1, 14); n > 0; n--) {
                text.append(alphabet.get(random.nextInt(alphabet.size())));
            }
            List<List<String>> ours = ours(text.toString());
            List<List<String>> theirs = theirs(text.toString());
            if (ours != null && theirs != null) {
                assertThat(Text.shown(ours.toString())).as("%s", Text.shown(text.toString())).isEqualTo(Text.shown(theirs.toString()));
                assertThat(ours).isEqualTo(theirs);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(5_000);
    }

    private static List<List<String>> ours(String text) {
        TextFile file = new TextFile(Path.of("t.csv"), text, "", false);
        CsvRecords records = new CsvRecords(file, ',', 0, 1);
        List<List<String>> all = new ArrayList<>();
        try {
            while (records.next()) {
                int[] at = CsvRecords.at(file, ',', records.begin());
                assertThat(at).hasSize(records.cells() + 1);
                all.add(IntStream.range(0, records.cells()).mapToObj(j -> CsvRecords.cell(text, at, j)).toList());
            }
            return all;
        } catch (FileException e) {
            return null;
        }
    }

    private static List<List<String>> theirs(String text) {
        try (CsvReader<CsvRecord> reader = CsvReader.builder().skipEmptyLines(false).allowExtraFields(true).allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(false).ofCsvRecord(text)) {
            return reader.stream().map(CsvRecord::getFields).toList();
        } catch (CsvParseException e) {
            return null;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
