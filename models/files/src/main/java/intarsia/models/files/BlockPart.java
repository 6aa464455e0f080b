package intarsia.models.files;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The columns of a block that one file has. */
final class BlockPart {
    /** Where doubles go, a row an array; null where floats do. */
    private final double[][] doubles;
    private final float[][] floats;
    /** A row on its way to floats. */
    private final double[] wide;
    private final FloatCells[] rounded;
    private final int[] columns;
    private final ColumnReader[] readers;
    private final DataTable table;
    /** Which columns are numbers that need no second look, as nearly all do, and where the file has them; which others there are. */
    private final int[] plain;
    private final int[] places;
    private final int[] others;
    private final double[] numbers;

    private BlockPart(double[][] doubles, float[][] floats, int[] columns, List<ColumnReader> readers, List<FloatCells> rounded) {
        this.doubles = doubles;
        this.floats = floats;
        this.wide = floats == null || floats.length == 0 ? new double[0] : new double[floats[0].length];
        this.rounded = rounded.toArray(FloatCells[]::new);
        this.columns = columns;
        this.readers = readers.toArray(ColumnReader[]::new);
        table = readers.getFirst().table();
        plain = IntStream.range(0, columns.length).filter(k -> this.readers[k].isPlain()).toArray();
        others = IntStream.range(0, columns.length).filter(k -> !this.readers[k].isPlain()).toArray();
        places = Arrays.stream(plain).map(k -> table.column(this.readers[k].name())).toArray();
        numbers = new double[plain.length];
    }

    /**
     * Of a block of doubles.
     *
     * @param columns which of its columns
     * @param readers of these
     */
    static BlockPart of(double[][] block, int[] columns, List<ColumnReader> readers) {
        return new BlockPart(block, null, columns, readers, List.of());
    }

    /**
     * Of a block of floats.
     *
     * @param rounded rounds what the readers say; null where that is a level's code
     */
    static BlockPart narrow(float[][] block, int[] columns, List<ColumnReader> readers, List<FloatCells> rounded) {
        return new BlockPart(null, block, columns, readers, rounded);
    }

    /** A block of one row, to look for mistakes. */
    static BlockPart ofRow(List<ColumnReader> readers) {
        return of(new double[1][readers.size()], IntStream.range(0, readers.size()).toArray(), readers);
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
        if (floats == null) {
            read(doubles[i], row);
            return;
        }
        read(wide, row);
        for (int k = 0; k < columns.length; k++) {
            double number = wide[columns[k]];
            floats[i][columns[k]] = rounded[k] == null ? (float) number : rounded[k].round(row, number);
        }
    }

    private void read(double[] to, int row) {
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
