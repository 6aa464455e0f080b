package intarsia.models.files;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The columns of a block that one file has. */
final class BlockPart {
    private final double[][] block;
    private final int[] columns;
    private final ColumnReader[] readers;
    private final DataTable table;
    /** Which columns are numbers that need no second look, as nearly all do, and where the file has them; which others there are. */
    private final int[] plain;
    private final int[] places;
    private final int[] others;
    private final double[] numbers;

    /**
     * Of a block.
     *
     * @param columns which of its columns
     * @param readers of these
     */
    BlockPart(double[][] block, int[] columns, List<ColumnReader> readers) {
        this.block = block;
        this.columns = columns;
        this.readers = readers.toArray(ColumnReader[]::new);
        table = readers.getFirst().table();
        plain = IntStream.range(0, columns.length).filter(k -> this.readers[k].isPlain()).toArray();
        others = IntStream.range(0, columns.length).filter(k -> !this.readers[k].isPlain()).toArray();
        places = Arrays.stream(plain).map(k -> table.column(this.readers[k].name())).toArray();
        numbers = new double[plain.length];
    }

    /** A block of one row, to look for mistakes. */
    static BlockPart ofRow(List<ColumnReader> readers) {
        return new BlockPart(new double[1][readers.size()], IntStream.range(0, readers.size()).toArray(), readers);
    }

    /** The first mistake, in the order of the columns, in a row of the file; null if there is none. */
    FileException mistake(int row) {
        try {
            read(0, row);
            return null;
        } catch (FileException e) {
            for (ColumnReader reader : readers) {
                try {
                    reader.read(row);
                } catch (FileException first) {
                    return first;
                }
            }
            return e;
        }
    }

    /** Reads a row of the block from a row of the file; -1 if there is none, and its cells are missing. */
    void read(int i, int row) {
        double[] to = block[i];
        if (row < 0) {
            for (int column : columns) {
                to[column] = Double.NaN;
            }
            return;
        }
        table.numbers(row, places, numbers);
        for (int n = 0; n < plain.length; n++) {
            double number = numbers[n];
            to[columns[plain[n]]] = NumberStyle.isNormal(number) ? number : readers[plain[n]].read(row);
        }
        for (int k : others) {
            to[columns[k]] = readers[k].read(row);
        }
    }
}
