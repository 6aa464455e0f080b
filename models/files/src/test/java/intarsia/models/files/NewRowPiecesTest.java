package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import intarsia.models.data.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file read piece by piece gives the rows, the notes and the errors of the file read whole, however small the pieces. */
final class NewRowPiecesTest {
    @TempDir
    private Path folder;
    private Schema schema;
    private Path csv;

    @BeforeEach
    void study() {
        schema = Study.read(StudyFolder.good(folder).path()).schema();
        csv = folder.resolve("rows.csv");
    }

    private static String rows(boolean ids, int count) {
        StringBuilder text = new StringBuilder(ids ? "x1,id,task,x2,z,other\n" : "x1,task,x2,z,other\n");
        for (int i = 0; i < count; i++) {
            text.append(i % 7 == 3 ? "" : i * 0.37 - 5).append(ids ? ",r" + i : "").append(i % 3 == 0 ? ",a" : ",b")
                    .append(i % 7 == 3 ? "," : i % 2 == 0 ? ",yes" : ",0")
                            .append(i % 7 == 3 ? "," : i % 5 == 0 ? ",NA" : i % 2 == 0 ? ",low"
                    : ",2.0").append(",\u00E4\n");
        }
        return text.toString();
    }

    private NewRows whole() {
        return NewRows.read(csv, schema, List.of("a", "b"), List.of(), null);
    }

    private boolean isPlain() {
        return PlainFile.of(csv, schema.csv(), 64, 64) != null;
    }

    /** All pieces as one. */
    private NewRows joined(int size, int atLeast) {
        List<String> ids = new ArrayList<>();
        List<String> tasks = new ArrayList<>();
        List<String> rowNotes = new ArrayList<>();
        Map<Source, List<double[]>> blocks = new LinkedHashMap<>();
        int count = 0;
        NewRowPieces pieces = NewRowPieces.of(csv, schema, List.of("a", "b"), List.of(), null, size, size);
        while (pieces.hasNext()) {
            NewRows rows = pieces.next();
            assertThat(rows.size()).isPositive();
            ids.addAll(rows.ids());
            tasks.addAll(rows.tasks());
            rowNotes.addAll(rows.rowNotes());
            rows.blocks().forEach((source, block) -> blocks.computeIfAbsent(source, of -> new ArrayList<>()).addAll(Arrays.asList(block)));
            count++;
        }
        assertThat(count).isGreaterThanOrEqualTo(atLeast);
        Map<Source, double[][]> all = new LinkedHashMap<>();
        blocks.forEach((source, block) -> all.put(source, block.toArray(double[][]::new)));
        return new NewRows(ids, tasks, all, pieces.notes(), rowNotes);
    }

    private static void assertSame(NewRows read, NewRows expected) {
        assertThat(read.ids()).isEqualTo(expected.ids());
        assertThat(read.tasks()).isEqualTo(expected.tasks());
        assertThat(read.notes()).isEqualTo(expected.notes());
        assertThat(read.rowNotes()).isEqualTo(expected.rowNotes());
        assertThat(read.blocks().keySet()).isEqualTo(expected.blocks().keySet());
        expected.blocks().forEach((source, block) -> assertThat(Arrays.deepEquals(read.blocks().get(source), block)).isTrue());
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 41, 64, 333, 2_000, 1 << 24})
    void sameRows(int size) throws IOException {
        for (boolean ids : new boolean[] {true, false}) {
            for (String text : new String[] {rows(ids, 100), rows(ids, 100).stripTrailing(), "\uFEFF" + rows(ids, 100)}) {
                Files.writeString(csv, text);
                NewRows whole = whole();
                assertThat(whole.notes()).anyMatch(note -> note.contains("read as missing")).anyMatch(note -> note.contains("not used"))
                        .anyMatch(note -> note.contains("no value in any column"));
                assertSame(joined(size, size < 1000 ? 5 : 1), whole);
            }
        }
    }

    /** Files that are not plain are read whole. */
    @Test
    void notPlain() throws IOException {
        String rows = rows(true, 100);
        for (String text : new String[] {rows.replace("\n", "\r\n"), rows.replace(",r50,", ",\"r50\","), rows.replace(',', ';'),
            rows.replace("\n-5.0", "\n,,,,,\n-5.0"), rows.replace("\n-5.0", "\n\u00A0,,,,,\n-5.0"), "# made up\n" + rows,
            "\uFEFF# made up\n" + rows, rows + "\n", rows.replace("other", "")}) {
            Files.writeString(csv, text);
            assertThat(text).isNotEqualTo(rows);
            assertThat(isPlain()).as(text.substring(0, 30)).isFalse();
            assertSame(joined(64, 1), whole());
        }
    }

    /** The message of an error is that of the file read whole: line, column and all. */
    @Test
    void errors() throws IOException {
        String rows = rows(true, 100);
        for (String text : new String[] {rows.replace(",r77,", ",r11,").replace(",r11,", ",same,"),
                rows.replace(",r77,b,0", ",r77,b,maybe"),
            rows.replace(",r77,b", ",r77,c"), rows.replace(",r77,b,", ",r77,"), rows.replace(",r77,", ",,"), rows.replace(",r77,",
                    ",r77,x,")}) {
            assertThat(text).isNotEqualTo(rows);
            Files.writeString(csv, text);
            Throwable expected = catchThrowable(this::whole);
            assertThat(expected).isInstanceOf(FileException.class).hasMessageMatching("(?s).*rows.csv:(79|2)[0-9]*(:[0-9]+)?: .*");
            assertThat(isPlain()).isEqualTo(text.lines().allMatch(line -> line.chars().filter(c -> c == ',').count() == 5));
            assertThatThrownBy(() -> joined(200, 1)).hasMessage(expected.getMessage());
        }
    }

    /** A row longer than a piece is one all the same. */
    @Test
    void longRow() throws IOException {
        Files.writeString(csv, rows(true, 100).replace(",r50,b,yes,NA,\u00E4", ",r50,b,yes,NA," + "\u00E4".repeat(300)));
        assertThat(Files.readString(csv)).contains("\u00E4".repeat(300));
        assertSame(joined(64, 5), whole());
    }

    /** A byte that is no text has its line, too. */
    @Test
    void noText() throws IOException {
        byte[] bytes = rows(true, 100).getBytes(StandardCharsets.UTF_8);
        int at = rows(true, 100).replace("\u00E4", "..").indexOf("r77");
        for (byte wrong : new byte[] {0, (byte) 0xFF}) {
            bytes[at] = wrong;
            Files.write(csv, bytes);
            Throwable expected = catchThrowable(this::whole);
            assertThat(expected).isInstanceOf(FileException.class).hasMessageContaining("rows.csv:79:");
            assertThat(isPlain()).isFalse();
            assertThatThrownBy(() -> joined(200, 1)).hasMessage(expected.getMessage());
        }
    }

    /** A file that is changed between two pieces is no longer what was looked at. */
    @Test
    void changed() throws IOException {
        Files.writeString(csv, rows(true, 100));
        NewRowPieces pieces = NewRowPieces.of(csv, schema, List.of("a", "b"), List.of(), null, 200, 200);
        pieces.next();
        Files.writeString(csv, rows(true, 99));
        assertThatThrownBy(pieces::next).isInstanceOf(FileException.class).hasMessageContaining("rows.csv: was changed while it was read");
    }
}
