package intarsia.models.parquet;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.schema.ColumnSchema;
import intarsia.models.data.DataException;
import intarsia.models.files.table.TableColumn;
import intarsia.models.files.table.TableFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Parquet files with flat columns: numbers, texts, dates, times, decimals, true and false. A cell is what a CSV file of the same table has;
 * a number of 32 bits is the one that its fewest digits say. Lists and groups are refused. Compressed by Snappy, Zstandard or gzip, or not
 * at all. Takes time and memory in proportion to the table.
 */
public final class ParquetFormat implements TableFormat {
    /** What it tells of itself at every start is of no interest; a logger that nobody holds forgets its level. */
    private static final Logger HARDWOOD = Logger.getLogger("dev.hardwood");

    static {
        HARDWOOD.setLevel(Level.WARNING);
    }

    @Override
    public String ending() {
        return ".parquet";
    }

    @Override
    public List<TableColumn> read(ByteBuffer bytes) {
        // Whatever is wrong with a file that came from elsewhere is one line.
        try (ParquetFileReader file = ParquetFileReader.open(InputFile.of(bytes))) {
            return read(file);
        } catch (DataException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new DataException("cannot be read as a Parquet file: " + (e.getMessage() == null ? e.getClass().getSimpleName()
                    : e.getMessage().replace("[<memory>] ", "")) + "; write it anew");
        }
    }

    private static List<TableColumn> read(ParquetFileReader file) {
        int rows = Math.toIntExact(file.getFileMetaData().numRows());
        List<ColumnSchema> schema = file.getFileSchema().getColumns();
        if (!file.getFileSchema().isFlatSchema()) {
            String nested = schema.stream().filter(column -> column.maxRepetitionLevel() > 0 || column.maxDefinitionLevel() > 1)
                    .map(column -> column.fieldPath().toString()).findFirst().orElse("?");
            throw new DataException("column '" + nested + "' holds lists or groups; write a flat table, with one value in a cell");
        }
        List<ParquetCells> columns = schema.stream().map(column -> ParquetCells.of(column, rows)).toList();
        try (RowReader reader = file.rowReader()) {
            int row = 0;
            for (; reader.hasNext(); row++) {
                reader.next();
                for (ParquetCells column : columns) {
                    column.read(reader, row);
                }
            }
            if (row != rows) {
                throw new DataException("says that it has " + rows + " rows, and has " + row + "; write it again");
            }
        }
        return columns.stream().map(ParquetCells::column).toList();
    }
}
