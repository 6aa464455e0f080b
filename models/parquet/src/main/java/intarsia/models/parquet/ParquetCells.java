package intarsia.models.parquet;

import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.row.StructAccessor;
import dev.hardwood.schema.ColumnSchema;
import intarsia.models.data.DataException;
import intarsia.models.files.table.TableColumn;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Takes the cells of one column, row after row. */
interface ParquetCells {
    /** Takes the cell of a row that a reader stands at. */
    void read(StructAccessor at, int row);

    /** All cells. */
    TableColumn column();

    /** What a cell that is there says. */
    interface AsText {
        String of(StructAccessor at);
    }

    /**
     * For a column of so many rows.
     *
     * @throws DataException if its cells are neither numbers nor texts
     */
    static ParquetCells of(ColumnSchema column, int rows) {
        int at = column.columnIndex();
        return switch (column.logicalType()) {
            case LogicalType.DateType _ -> texts(column, rows, cells -> cells.getDate(at).toString());
            case LogicalType.TimeType _ -> texts(column, rows, cells -> cells.getTime(at).toString());
            case LogicalType.TimestampType time -> texts(column, rows, time.isAdjustedToUTC() ? cells -> inUtc(cells, at)
                    : cells -> cells.getLocalTimestamp(at).toString());
            case LogicalType.DecimalType _ -> texts(column, rows, cells -> cells.getDecimal(at).toPlainString());
            case LogicalType.UuidType _ -> texts(column, rows, cells -> cells.getUuid(at).toString());
            case LogicalType.IntType whole when !whole.isSigned() -> column.type() == PhysicalType.INT32
                    ? wholes(column, rows, cells -> Integer.toUnsignedLong(cells.getInt(at)))
                    : texts(column, rows, cells -> Long.toUnsignedString(cells.getLong(at)));
            case null, default -> switch (column.type()) {
                case BOOLEAN -> texts(column, rows, cells -> Boolean.toString(cells.getBoolean(at)));
                case INT32 -> wholes(column, rows, cells -> cells.getInt(at));
                case INT64 -> wholes(column, rows, cells -> cells.getLong(at));
                case INT96 -> texts(column, rows, cells -> inUtc(cells, at));
                case FLOAT -> numbers(column, rows, cells -> Double.parseDouble(Float.toString(cells.getFloat(at))));
                case DOUBLE -> numbers(column, rows, cells -> cells.getDouble(at));
                case BYTE_ARRAY -> texts(column, rows, cells -> new String(cells.getBinary(at), StandardCharsets.UTF_8));
                case FIXED_LEN_BYTE_ARRAY -> throw new DataException("column '" + column.name()
                        + "' holds bytes, which are neither numbers nor texts; leave it out of the file");
            };
        };
    }

    private static String inUtc(StructAccessor cells, int at) {
        return LocalDateTime.ofInstant(cells.getTimestamp(at), ZoneOffset.UTC).toString();
    }

    private static ParquetCells numbers(ColumnSchema column, int rows, ToDoubleFunction<StructAccessor> of) {
        double[] values = new double[rows];
        return new ParquetCells() {
            @Override
            public void read(StructAccessor at, int row) {
                values[row] = at.isNull(column.columnIndex()) ? Double.NaN : of.applyAsDouble(at);
            }

            @Override
            public TableColumn column() {
                return new TableColumn.Numbers(column.name(), values);
            }
        };
    }

    private static ParquetCells wholes(ColumnSchema column, int rows, ToLongFunction<StructAccessor> of) {
        long[] values = new long[rows];
        BitSet missing = new BitSet();
        return new ParquetCells() {
            @Override
            public void read(StructAccessor at, int row) {
                if (at.isNull(column.columnIndex())) {
                    missing.set(row);
                } else {
                    values[row] = of.applyAsLong(at);
                }
            }

            @Override
            public TableColumn column() {
                return new TableColumn.Wholes(column.name(), values, missing);
            }
        };
    }

    private static ParquetCells texts(ColumnSchema column, int rows, AsText of) {
        String[] values = new String[rows];
        return new ParquetCells() {
            @Override
            public void read(StructAccessor at, int row) {
                values[row] = at.isNull(column.columnIndex()) ? "" : of.of(at);
            }

            @Override
            public TableColumn column() {
                return new TableColumn.Texts(column.name(), values);
            }
        };
    }
}
