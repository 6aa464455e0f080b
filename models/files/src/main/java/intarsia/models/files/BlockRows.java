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
     * @param columns which
     * @param readers of these
     * @param at      where a row's numbers have them
     */
    private record Part(double[][] block, int[] columns, ColumnReader[] readers, int[] at) {
        void read(int i, int row, double[] numbers) {
            double[] to = block[i];
            for (int k = 0; k < columns.length; k++) {
                double number = numbers[at[k]];
                to[columns[k]] = Double.isNaN(number) ? readers[k].read(row) : number;
            }
        }

        void miss(int i) {
            for (int column : columns) {
                block[i][column] = Double.NaN;
            }
        }
    }

    /**
     * Some columns of a block.
     *
     * @param columns which
     * @param readers of these, all of one file
     */
    record Columns(double[][] block, int[] columns, List<ColumnReader> readers) {}

    /** Of one file. */
    BlockRows(List<Columns> blocks) {
        table = blocks.getFirst().readers.getFirst().table();
        places = blocks.stream().flatMap(block -> block.readers.stream()).filter(ColumnReader::isPlain).mapToInt(this::place).sorted()
                .distinct().toArray();
        numbers = new double[places.length + 1];
        numbers[places.length] = Double.NaN;
        for (Columns block : blocks) {
            parts.add(new Part(block.block, block.columns, block.readers.toArray(ColumnReader[]::new), block.readers.stream()
                    .mapToInt(reader -> reader.isPlain() ? Arrays.binarySearch(places, place(reader)) : places.length).toArray()));
        }
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
                table.numbers(rows[i], places, numbers);
                for (Part part : parts) {
                    part.read(i, rows[i], numbers);
                }
            }
        }
    }

    /** The places of numbers from the smallest number on. */
    private static int[] ascending(int[] numbers) {
        long[] sorted = new long[numbers.length];
        Arrays.setAll(sorted, i -> (long) numbers[i] << Integer.SIZE | i);
        Arrays.sort(sorted);
        return Arrays.stream(sorted).mapToInt(of -> (int) of).toArray();
    }
}
