package intarsia.models.files;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The columns of blocks that one file has. A row of the file is read once, for all of them. */
final class BlockRows {
    private final DataTable table;
    private final List<Part> parts = new ArrayList<>();
    /** Where the file has columns of numbers that need no second look, as nearly all do, in its order. */
    private final int[] places;
    /** What a row says there; then NaN, for all other columns. */
    private final double[] numbers;

    /**
     * Some columns of a block.
     *
     * @param doubles the block; null if it is one of floats
     * @param floats  the block; null if it is one of doubles
     * @param columns which
     * @param readers of these, all of one file
     * @param rounded rounds what each says to a float; null for a level's code, and where the block holds doubles
     */
    record Columns(double[][] doubles, float[][] floats, int[] columns, List<ColumnReader> readers, List<FloatCells> rounded) {}

    /**
     * Columns, as rows are read.
     *
     * @param at where a row's numbers have them
     */
    private record Part(double[][] doubles, float[][] floats, int[] columns, ColumnReader[] readers, FloatCells[] rounded, int[] at) {
        void read(int i, int row, double[] numbers) {
            for (int k = 0; k < columns.length; k++) {
                double number = numbers[at[k]];
                double read = Double.isNaN(number) ? readers[k].read(row) : number;
                if (floats == null) {
                    doubles[i][columns[k]] = read;
                } else {
                    floats[i][columns[k]] = rounded[k] == null ? (float) read : rounded[k].round(row, read);
                }
            }
        }

        void miss(int i) {
            for (int column : columns) {
                if (floats == null) {
                    doubles[i][column] = Double.NaN;
                } else {
                    floats[i][column] = Float.NaN;
                }
            }
        }
    }

    /** Of one file. */
    BlockRows(List<Columns> blocks) {
        table = blocks.getFirst().readers.getFirst().table();
        places = blocks.stream().flatMap(block -> block.readers.stream()).filter(ColumnReader::isPlain).mapToInt(this::place).sorted()
                .distinct().toArray();
        numbers = new double[places.length + 1];
        numbers[places.length] = Double.NaN;
        for (Columns block : blocks) {
            int[] at = block.readers.stream()
                    .mapToInt(reader -> reader.isPlain() ? Arrays.binarySearch(places, place(reader)) : places.length).toArray();
            parts.add(new Part(block.doubles, block.floats, block.columns, block.readers.toArray(ColumnReader[]::new),
                    block.rounded.toArray(FloatCells[]::new), at));
        }
    }

    /** Columns of one row, to look for mistakes. */
    static BlockRows ofRow(List<ColumnReader> readers) {
        return new BlockRows(List.of(new Columns(new double[1][readers.size()], null, IntStream.range(0, readers.size()).toArray(), readers,
                List.of())));
    }

    private int place(ColumnReader reader) {
        return table.column(reader.name());
    }

    /**
     * Reads all rows, as they lie in the file.
     *
     * @param rows of each row of the blocks the file's row, or -1: its cells are missing
     */
    void read(int[] rows) {
        for (int i : ascending(rows)) {
            if (rows[i] < 0) {
                parts.forEach(part -> part.miss(i));
            } else {
                read(i, rows[i]);
            }
        }
    }

    private void read(int i, int row) {
        table.numbers(row, places, numbers);
        for (Part part : parts) {
            part.read(i, row, numbers);
        }
    }

    /** The first mistake, in the order of the columns, in a row of the file; null if there is none. */
    FileException mistake(int row) {
        try {
            read(0, row);
            return null;
        } catch (FileException e) {
            return e;
        }
    }

    /** The places of numbers from the smallest number on. */
    static int[] ascending(int[] numbers) {
        long[] sorted = new long[numbers.length];
        Arrays.setAll(sorted, i -> (long) numbers[i] << Integer.SIZE | i);
        Arrays.sort(sorted);
        return Arrays.stream(sorted).mapToInt(of -> (int) of).toArray();
    }
}
