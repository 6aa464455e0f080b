package intarsia.models.files;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import intarsia.models.data.Column;
import intarsia.models.data.Source;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Results as CSV: predictions, completed tables. */
public final class Results {
    private Results() {}

    /** A header and rows as CSV text; cells are quoted where they must be, lines end with a line feed. */
    public static String csv(List<String> header, List<List<String>> rows) {
        StringWriter text = new StringWriter();
        try (CsvWriter writer = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            writer.writeRecord(header);
            for (List<String> row : rows) {
                if (row.size() != header.size()) {
                    throw new IllegalArgumentException("a row of " + row.size() + " cells under a header of " + header.size() + " columns");
                }
                writer.writeRecord(row);
            }
        } catch (IOException e) {
            throw new IllegalStateException("a string takes any text", e);
        }
        return text.toString();
    }

    /**
     * A task's table with its blocks filled in, which can be read again as a study's: the id, every column in the schema's order, the
     * response.
     *
     * @param schema   what the columns mean
     * @param ids      the names of the rows
     * @param blocks   the blocks, observed or imputed, in the columns' own units (a level's code for a categorical one); NaN is an empty
     *                 cell
     * @param response the response as it was learned, or null to leave it out; a thresholded one is written under its column's name as 0
     *                 and 1
     */
    public static String completed(Schema schema, List<String> ids, Map<Source, double[][]> blocks, double[] response) {
        List<Source> given = schema.sources().stream().filter(blocks::containsKey).toList();
        List<String> header = new ArrayList<>();
        header.add(schema.id() == null ? "row" : schema.id());
        given.forEach(source -> source.columns().stream().map(Column::name).forEach(header::add));
        if (response != null) {
            header.add(schema.response().column());
        }
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            List<String> row = new ArrayList<>();
            row.add(ids.get(i));
            for (Source source : given) {
                double[] cells = blocks.get(source)[i];
                for (int j = 0; j < cells.length; j++) {
                    row.add(schema.text(source.columns().get(j), cells[j]));
                }
            }
            if (response != null) {
                row.add(Schema.plain(response[i]));
            }
            rows.add(row);
        }
        return csv(header, rows);
    }

    /**
     * Fails early if a result file may not be written: do this before the long work.
     *
     * @throws FileException if it is there and may not be replaced, or is a folder
     */
    public static void checkWritable(Path file, boolean force) {
        if (Files.isDirectory(file)) {
            throw new FileException(file, "is a folder; give the name of a file");
        }
        if (Files.exists(file) && !force) {
            throw new FileException(file, "is there already; give another --out, or --force to replace it");
        }
    }

    /** Writes a text file, whole or not at all; a crash leaves the old one or the new one. */
    public static void write(Path file, String text, boolean force) {
        write(file, text.getBytes(StandardCharsets.UTF_8), force);
    }

    /** Writes a file, whole or not at all. */
    public static void write(Path file, byte[] bytes, boolean force) {
        checkWritable(file, force);
        try {
            if (file.getParent() != null) {
                Files.createDirectories(file.getParent());
            }
            FolderWriter.replace(file, bytes);
        } catch (IOException e) {
            throw FileException.notWritten(file, e);
        }
    }
}
