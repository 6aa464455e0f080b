package intarsia.models.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowKeysTest {
    private static final int MANY = 4096;

    private static long key(Source source, double response, double... cells) {
        return RowKeys.ofContent(Map.of(source, Block.of(new double[][] {cells})), 1, new double[] {response})[0];
    }

    /** As random numbers would be: all different, each bit set in half of them; 200 is more than six standard deviations. */
    private static void requireRandomLooking(long[] keys) {
        assertThat(Arrays.stream(keys).distinct().count()).isEqualTo(MANY);
        for (int bit = 0; bit < 64; bit++) {
            int at = bit;
            assertThat(Arrays.stream(keys).filter(key -> (key >>> at & 1) == 1).count()).as("bit %d", bit)
                    .isBetween(MANY / 2 - 200L, MANY / 2 + 200L);
        }
    }

    @Test
    void rowsThatDifferInOneThingHaveDifferentKeys() {
        Source exam = Source.of("exam", "age", "weight");
        long key = key(exam, 1, 30, 70);
        assertThat(List.of(key(exam, 2, 30, 70), key(exam, 1, 31, 70), key(exam, 1, 30, 71), key(exam, 1, 70, 30),
                key(Source.of("exam", "age", "height"), 1, 30, 70))).doesNotContain(key).doesNotHaveDuplicates();
        assertThat(key(Source.of("test", "weight", "age"), 1, 70, 30)).as("the order of columns does not matter").isEqualTo(key);
    }

    @Test
    void keysLookRandom() {
        Source exam = Source.of("exam", "age");
        double[][] block = IntStream.range(0, MANY).mapToObj(i -> new double[] {i}).toArray(double[][]::new);
        requireRandomLooking(RowKeys.ofContent(Map.of(exam, Block.of(block)), MANY, new double[MANY]));
        requireRandomLooking(RowKeys.ofContent(Map.of(), MANY, IntStream.range(0, MANY).asDoubleStream().toArray()));
        requireRandomLooking(RowKeys.ofContent(Map.of(), MANY,
                IntStream.range(0, 2 * MANY).mapToDouble(i -> i % 2 == 0 ? i / 2 % 64 : i / 128).toArray()));
        requireRandomLooking(RowKeys.ofNames(IntStream.range(0, MANY).mapToObj(i -> "p" + i).toList()));
        requireRandomLooking(RowKeys.ofNames(IntStream.range(0, MANY).mapToObj(i -> Character.toString(0x4E00 + i)).toList()));
    }
}
