package intarsia.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import intarsia.models.data.Column;
import intarsia.models.data.Source;
import intarsia.models.files.CsvTable;
import intarsia.models.files.Text;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A CSV file as FastCSV reads it, and its numbers as BigDecimal reads them. It judges what was read without a note: a note says what was
 * assumed beyond RFC 4180.
 *
 * @param decimal the decimal sign
 * @param header  the names of the columns
 * @param rows    the cells of each row
 */
record IndependentCsv(char decimal, List<String> header, List<List<String>> rows) {
    /** The numbers of {@link StudyInputs} that mean "missing". */
    private static final List<Double> CODES = List.of(-9.0);
    /** FastCSV takes these for blanks around quotes. */
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1F&&[^\t\r\n]]");
    private static final Pattern NUMBER = Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");
    /** An exponent that BigDecimal does not hold. */
    private static final Pattern LONG_EXPONENT = Pattern.compile("[eE][-+]?[0-9]{10}");
    /** What a cell may begin with that a spreadsheet would run; an apostrophe before it is no part of the cell. */
    private static final String FORMULA = "=+-@\t\r\uFF1D\uFF0B\uFF0D\uFF20";

    /** The file, or null if FastCSV refuses it. Where cells are separated by semicolons, the decimal sign is a comma. */
    static IndependentCsv read(String text, char separator) {
        char decimal = separator == ';' ? ',' : '.';
        List<List<String>> records;
        try (CsvReader<CsvRecord> reader = CsvReader.builder().fieldSeparator(separator).allowExtraFields(true).allowMissingFields(true)
                .trimWhitespacesAroundQuotes(true).ofCsvRecord(text.startsWith("\uFEFF") ? text.substring(1) : text)) {
            records = reader.stream().map(record -> record.getFields().stream().map(Text::normal).toList())
                    .filter(record -> !record.stream().allMatch(String::isEmpty)).toList();
        } catch (CsvParseException e) {
            return null;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        if (records.isEmpty()) {
            return new IndependentCsv(decimal, List.of(), List.of());
        }
        List<String> header = records.getFirst().stream().map(name ->
                name.matches("(?s).*[\r\n\t].*") ? name.replaceAll("[ \r\n\t]+", " ") : name).toList();
        return new IndependentCsv(decimal, header, records.subList(1, records.size()));
    }

    /** The same if it can judge a table: that was read without a note, and FastCSV reads the file too; or else null. */
    static IndependentCsv judge(CsvTable table, String text, char separator) {
        boolean judged = table.notes().isEmpty() && !text.replace("\uFEFF", "").startsWith("sep=") && !CONTROL.matcher(text).find();
        return judged ? read(text, separator) : null;
    }

    /** Compares all cells. */
    void check(CsvTable table) {
        assertThat(table.header()).as("header").isEqualTo(header.stream().filter(name -> !name.isEmpty()).toList());
        assertThat(table.size()).as("rows").isEqualTo(rows.size());
        for (String column : table.header()) {
            for (int row = 0; row < table.size(); row++) {
                assertThat(table.cell(row, column)).as("row %d of %s", row, column).isEqualTo(cell(row, column));
            }
        }
    }

    /** A cell; beyond the end of a row there is none. */
    String cell(int row, String column) {
        int at = header.indexOf(column);
        String cell = at < rows.get(row).size() ? rows.get(row).get(at) : "";
        boolean guarded = cell.length() > 2 && cell.charAt(0) == '\'' && FORMULA.indexOf(cell.charAt(1)) >= 0
                && !NUMBER.matcher(cell.substring(1)).matches();
        return guarded ? cell.substring(1) : cell;
    }

    /** Compares the numbers of blocks that were read without a note. */
    void check(Map<Source, double[][]> blocks) {
        blocks.forEach((source, block) -> {
            assertThat(block).hasNumberOfRows(rows.size());
            for (int j = 0; j < source.columns().size(); j++) {
                Column column = source.columns().get(j);
                for (int row = 0; row < block.length; row++) {
                    String cell = cell(row, column.name());
                    // Zeros compare equal, whatever their sign: BigDecimal has but one.
                    assertThat(block[row][j] + 0.0).as("'%s' in row %d of %s", cell, row, column.name())
                            .isEqualTo(number(row, column));
                }
            }
        });
    }

    /** What a cell says; a negative zero as zero. */
    Double number(int row, Column column) {
        String cell = cell(row, column.name());
        if (cell.isEmpty()) {
            return Double.NaN;
        }
        String plain = (decimal == '.' ? cell : cell.replace('.', '?').replace(decimal, '.')).replace('\u2212', '-');
        Double number = NUMBER.matcher(plain).matches() ? value(plain) + 0.0 : null;
        if (number != null && CODES.contains(number)) {
            return Double.NaN;
        }
        if (column.kind() == Column.Kind.CATEGORICAL) {
            assertThat(column.levels()).contains(cell);
            return (double) column.levels().indexOf(cell);
        }
        assertThat(number).as("'%s' is a number", cell).isNotNull();
        return number;
    }

    private static double value(String plain) {
        return LONG_EXPONENT.matcher(plain).find() ? Double.parseDouble(plain) : new BigDecimal(plain).doubleValue();
    }
}
