package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import intarsia.models.data.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plain file whose text is not kept says what it says when it is read whole: cells, numbers, places, a study's tasks and errors. */
final class PlainTableTest {
    private static final String[] CELLS = {"1", "-2.5", "0.10", "007", "1e3", "", "NA", " 3 ", "low", "'=1+1", "\u00C4\uD83D\uDE00z",
        "2024-02-29", "-0.12345678901234567", "123456789012345678.5", "1.2.3"};

    @TempDir
    private Path folder;

    private static String random(SplittableRandom random, int rows, int columns) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "\uFEFF" : "");
        text.append(String.join(",", IntStream.range(0, columns).mapToObj(j -> "c\u00E9 " + j).toList())).append('\n');
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                text.append(j > 0 ? "," : "").append(j == columns / 2 ? "x" + i : CELLS[random.nextInt(CELLS.length)]);
            }
            text.append(i < rows - 1 || random.nextBoolean() ? "\n" : "");
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 333, 1 << 20})
    void anyTable(int size) throws IOException {
        SplittableRandom random = new SplittableRandom(size);
        for (int n = 0; n < 30; n++) {
            Path csv = Files.writeString(folder.resolve("t.csv"), random(random, random.nextInt(1, 60), random.nextInt(2, 12)));
            CsvTable whole = CsvTable.read(csv);
            PlainTable plain = PlainTable.read(csv, CsvFormat.FOUND_OUT, 0, size);
            assertThat(plain.header()).isEqualTo(whole.header());
            assertThat(plain.size()).isEqualTo(whole.size());
            assertThat(plain.sha256()).isEqualTo(whole.sha256());
            assertThat(plain.notes()).isEqualTo(whole.notes()).isEmpty();
            for (int k = 0; k < 300; k++) {
                assertSame(plain, whole, random.nextInt(whole.size()), whole.header().get(random.nextInt(whole.header().size())));
            }
            for (int row = 0; row < whole.size(); row++) {
                for (String column : whole.header()) {
                    assertSame(plain, whole, row, column);
                }
            }
            assertThat(plain.first(0)).isZero();
            assertThat(plain.first(plain.pieces())).isEqualTo(whole.size());
            assertThat(IntStream.range(0, plain.pieces()).map(k -> plain.first(k + 1) - plain.first(k)).boxed()).allMatch(rows -> rows > 0)
                    .hasSizeGreaterThanOrEqualTo(size == 1 ? whole.size() : 1);
        }
    }

    private static void assertSame(DataTable table, CsvTable whole, int row, String column) {
        assertThat(table.given(row, column)).isEqualTo(whole.given(row, column));
        assertThat(table.where(row)).isEqualTo(whole.where(row));
        assertThat(table.error(row, column, "no")).hasMessage(whole.error(row, column, "no").getMessage());
        int place = table.column(column);
        assertThat(place).isEqualTo(whole.column(column));
        NumberStyle comma = new NumberStyle(',', (char) 0);
        assertThat(Double.valueOf(table.number(row, place, NumberStyle.POINT))).isEqualTo(Double.valueOf(whole.number(row, place,
                NumberStyle.POINT)));
        double number = table.number(row, place, comma);
        assertThat(number).isIn(Double.NaN, whole.number(row, place, comma));
    }

    /** Something that is not plain, or looks so, anywhere in the text: the same table or the same error, in any pieces. */
    @ParameterizedTest
    @ValueSource(strings = {"\"", "\"a,b\"", "\r", "\r\n", "\n", "\n\n", "\n#", "\n # no", "\n,,\n", "\n \n", "\n\u00A0\n", "\n\f\n", ",",
            ";", "\t",
        "\0", "\uFEFF", "\u2028", "\uFFFD", "\u0085", "\\", "\n1", "1,5", " ", "'", "=", "#", "\u00E4", "a\u0308", "-", "+", ".", "\u0661",
                "00000000"})
    void anythingAnywhere(String more) throws IOException {
        SplittableRandom random = new SplittableRandom(more.hashCode());
        for (int n = 0; n < 40; n++) {
            String text = random(random, random.nextInt(1, 12), random.nextInt(1, 6));
            int at = n == 0 ? 0 : n == 1 ? text.length() : random.nextInt(text.length());
            at -= at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? 1 : 0;
            Path csv = Files.writeString(folder.resolve("t.csv"), text.substring(0, at) + more + text.substring(at));
            CsvTable[] whole = new CsvTable[1];
            Throwable error = catchThrowable(() -> whole[0] = CsvTable.read(csv));
            int size = random.nextInt(1, 80);
            if (error != null) {
                assertThatThrownBy(() -> DataTable.read(csv, CsvFormat.FOUND_OUT, 0, size)).hasMessage(error.getMessage());
                continue;
            }
            DataTable table = DataTable.read(csv, CsvFormat.FOUND_OUT, 0, size);
            assertThat(table.header()).isEqualTo(whole[0].header());
            assertThat(table.notes()).isEqualTo(whole[0].notes());
            assertThat(table.size()).as(text).isEqualTo(whole[0].size());
            for (int row = table.size() - 1; row >= 0; row--) {
                for (String column : table.header()) {
                    assertSame(table, whole[0], row, column);
                }
            }
        }
    }

    @Test
    void headers() throws IOException {
        Path csv = folder.resolve("t.csv");
        for (String header : new String[] {"a;b,c", "a\tb,c", "a,,b", "a,b,", "\"a\",b", "#a,b", "my column", "a,b\r", "sep=,"}) {
            Files.writeString(csv, header + "\n1,2\n");
            assertThat(PlainFile.of(csv, CsvFormat.FOUND_OUT, 0, 64)).as(header).isNull();
        }
        Files.writeString(csv, "a,b\n1,2\n");
        assertThat(PlainFile.of(csv, CsvFormat.FOUND_OUT, 0, 64)).isNotNull();
        assertThat(PlainFile.of(csv, CsvFormat.FOUND_OUT, 8, 64)).as("not large").isNull();
        assertThat(PlainFile.of(csv, new CsvFormat(";", null, null, null, null, true), 0, 64)).isNull();
        assertThat(PlainFile.of(csv, new CsvFormat(null, null, null, "//", null, true), 0, 64)).isNull();
        assertThat(PlainFile.of(csv, new CsvFormat(null, null, null, null, 1, true), 0, 64)).isNull();
        Files.writeString(csv, "a,a\n1,2\n");
        assertThatThrownBy(() -> PlainTable.read(csv, CsvFormat.FOUND_OUT, 0, 64)).hasMessage(catchThrowable(() -> CsvTable.read(csv))
                .getMessage());
        Files.writeString(csv, "x" + "0".repeat(PlainFile.SIZE) + ",b\n1,2\n3,4\n");
        PlainTable wide = PlainTable.read(csv, CsvFormat.FOUND_OUT, 0, 64);
        assertThat(wide.given(1, "b")).isEqualTo("4");
    }

    /** Two files of 17 MiB, one of both tasks, joined in another order. */
    @Test
    void study() throws IOException {
        StringBuilder study = new StringBuilder("id = \"id\"\ntask = \"site\"\nfiles = [\"rows.csv\", \"labs.csv\"]\n[response]\n"
                + "column = \"y\"\nkind = \"binary\"\n[sources]\nexam = [\"sex\"");
        int columns = 40;
        IntStream.range(0, columns).forEach(j -> study.append(", \"c").append(j).append('"'));
        study.append("]\nlabs = [");
        IntStream.range(0, columns).forEach(j -> study.append(j > 0 ? ", " : "").append("\"d").append(j).append('"'));
        Files.writeString(folder.resolve("study.toml"), study + "]\n[columns]\nsex = { kind = \"categorical\" }\n");
        int rows = 24_000;
        StringBuilder first = new StringBuilder("id,site,sex,y");
        StringBuilder second = new StringBuilder("id,site");
        IntStream.range(0, columns).forEach(j -> first.append(",c").append(j));
        IntStream.range(0, columns).forEach(j -> second.append(",d").append(j));
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < rows; i++) {
            int joined = (int) (i * 7919L % rows);
            first.append("\nr").append(i).append(i % 3 == 0 ? ",north,f," : ",s\u00FCd,m,").append(random.nextInt(2));
            second.append("\nr").append(joined).append(joined % 3 == 0 ? ",north" : ",s\u00FCd");
            for (int j = 0; j < columns; j++) {
                first.append(',').append(i % 100 == j ? "NA" : Double.toString(random.nextDouble(-10, 10)));
                second.append(',').append(random.nextDouble());
            }
        }
        Files.writeString(folder.resolve("rows.csv"), first);
        Files.writeString(folder.resolve("labs.csv"), second);
        assertThat(Files.size(folder.resolve("rows.csv"))).isGreaterThan(PlainFile.LARGE);
        assertThat(Files.size(folder.resolve("labs.csv"))).isGreaterThan(PlainFile.LARGE);
        StudyReader reader = new StudyReader(folder, Study.Options.PLAIN);
        Study read = reader.read();
        assertThat(reader.tables().values()).allMatch(table -> table instanceof PlainTable);
        Study whole = new StudyReader(folder, Study.Options.PLAIN, texts("rows.csv", "labs.csv")).read();
        assertThat(read.schema()).isEqualTo(whole.schema());
        assertThat(read.notes()).isEqualTo(whole.notes());
        assertThat(read.digests()).isEqualTo(whole.digests());
        assertThat(read.missing()).isEqualTo(whole.missing());
        for (int t = 0; t < 2; t++) {
            Task task = read.tasks().given().get(t);
            Task same = whole.tasks().given().get(t);
            assertThat(task.rows()).isEqualTo(same.rows());
            assertThat(task.response()).isEqualTo(same.response());
            same.cells().forEach((source, block) -> assertThat(Arrays.deepEquals(task.cells().get(source), block)).isTrue());
        }
        Files.writeString(folder.resolve("labs.csv"), second.toString().replace("\nr77,s\u00FCd,", "\nr77,s\u00FCd,?!"));
        assertThatThrownBy(() -> Study.read(folder)).isInstanceOf(FileException.class).hasMessage(catchThrowable(() ->
                new StudyReader(folder, Study.Options.PLAIN, texts("rows.csv", "labs.csv")).read()).getMessage());
    }

    private Map<String, TextFile> texts(String... names) {
        Map<String, TextFile> texts = new LinkedHashMap<>();
        List.of(names).forEach(name -> texts.put(name, TextFile.read(folder.resolve(name), CsvTable.LARGEST)));
        return texts;
    }
}
