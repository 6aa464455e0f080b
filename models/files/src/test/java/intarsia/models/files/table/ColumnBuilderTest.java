package intarsia.models.files.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A column's cells have the same texts in whatever order they come. */
final class ColumnBuilderTest {
    private static List<String> texts(List<?> values) {
        ColumnBuilder builder = new ColumnBuilder("x");
        values.forEach(builder::add);
        TableColumn column = builder.build();
        assertThat(column.size()).isEqualTo(values.size());
        return IntStream.range(0, column.size()).mapToObj(column::text).toList();
    }

    @Test
    void anyOrder() {
        List<List<Object>> cases = List.of(Arrays.asList(1L, 2, (short) 3, (byte) 4, null), Arrays.asList(1, 0.1, null, 0.1f, -0.0, 1e20),
                Arrays.asList(1L, 0.5, Long.MAX_VALUE, null, 1e16), Arrays.asList(1, 0.25, "a", null, true, new BigDecimal("1.50")));
        List<List<String>> expected = List.of(List.of("1", "2", "3", "4", ""), List.of("1", "0.1", "", "0.1", "-0.0", "1.0E20"),
                List.of("1", "0.5", "9223372036854775807", "", "1.0E16"), List.of("1", "0.25", "a", "", "true", "1.50"));
        for (int c = 0; c < cases.size(); c++) {
            List<Object> values = new ArrayList<>();
            List<String> said = new ArrayList<>();
            for (int copy = 0; copy < 20; copy++) {
                values.addAll(cases.get(c));
                said.addAll(expected.get(c));
            }
            List<Integer> order = new ArrayList<>(IntStream.range(0, values.size()).boxed().toList());
            for (int seed = 0; seed < 20; seed++) {
                assertThat(texts(order.stream().map(values::get).toList())).isEqualTo(order.stream().map(said::get).toList());
                Collections.shuffle(order, new Random(seed));
            }
        }
    }

    @Test
    void kinds() {
        ColumnBuilder wholes = new ColumnBuilder("x");
        wholes.add(1);
        assertThat(wholes.build()).isInstanceOf(TableColumn.Wholes.class);
        wholes.add(0.5);
        assertThat(wholes.build()).isInstanceOf(TableColumn.Numbers.class);
        wholes.add("a");
        assertThat(wholes.build()).isInstanceOf(TableColumn.Texts.class);
        assertThat(new ColumnBuilder("x").build().size()).isZero();
    }
}
