package intarsia.models.data;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** 64-bit keys that tell rows apart whatever the order of rows, files and columns. */
final class RowKeys {
    private RowKeys() {}

    /** A key from each row's name. */
    static long[] ofNames(List<String> names) {
        return names.stream().mapToLong(RowKeys::hash).toArray();
    }

    /** A key from each row's cells and response: a sum over columns of their hashed name and number, which no order of columns changes. */
    static long[] ofContent(Map<Source, Block> blocks, int rows, double[] response) {
        int numbers = rows == 0 ? 0 : response.length / rows;
        long[] keys = new long[rows];
        for (int i = 0; i < response.length; i++) {
            keys[i / numbers] += mix(Double.doubleToLongBits(response[i]) + i % numbers);
        }
        blocks.forEach((source, block) -> {
            long[] columns = source.columns().stream().mapToLong(column -> hash(column.name())).toArray();
            for (int i = 0; i < keys.length; i++) {
                for (int j = 0; j < columns.length; j++) {
                    keys[i] += mix(columns[j] ^ mix(Double.doubleToLongBits(block.get(i, j))));
                }
            }
        });
        return keys;
    }

    /**
     * A key from what was measured of each row, its response left out; missing cells and missing blocks are alike. A row has the same key
     * among all responses.
     */
    static long[] ofMeasured(Map<Source, Block> blocks, int rows) {
        long[] keys = new long[rows];
        blocks.forEach((source, block) -> {
            long[] columns = source.columns().stream().mapToLong(column -> hash(column.name())).toArray();
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns.length; j++) {
                    keys[i] += Double.isNaN(block.get(i, j)) ? 0 : mix(columns[j] ^ mix(Double.doubleToLongBits(block.get(i, j))));
                }
            }
        });
        return keys;
    }

    /** Each row's place in the order of keys, then of others, then of weights; equal rows stand as given. */
    static int[] rank(long[] keys, long[] others, double[] weights) {
        int[] order = IntStream.range(0, keys.length).boxed().sorted(Comparator.<Integer>comparingLong(row -> keys[row])
                .thenComparingLong(row -> others[row]).thenComparingDouble(row -> weights[row])).mapToInt(Integer::intValue).toArray();
        int[] rank = new int[order.length];
        for (int place = 0; place < order.length; place++) {
            rank[order[place]] = place;
        }
        return rank;
    }

    /** FNV-1a, mixed. */
    static long hash(String text) {
        long h = 0xCBF29CE484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            h = (h ^ (b & 0xFF)) * 0x100000001B3L;
        }
        return mix(h);
    }

    /** SplitMix64's finalizer: a bijection whose output looks random. */
    static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
