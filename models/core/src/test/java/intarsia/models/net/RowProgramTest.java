package intarsia.models.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.Weights;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowProgramTest {
    private static final int WIDTH = 5;
    private static final Weights WEIGHTS = Weights.NONE.and("net/weight", random(WIDTH * 3, 1).reshape(Shape.of(WIDTH, 3)))
            .and("net/bias", random(3, 2));

    private static Tensor random(int count, long seed) {
        RandomStream random = RandomStream.of(seed);
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextGaussian();
        }
        return Tensor.vector(numbers);
    }

    private static RowProgram program(Engine engine) {
        return new RowProgram(engine, WEIGHTS, WIDTH, (graph, x) -> List.of(Mlp.linear(graph, "net", x, 3).tanh(), x.slice(1, 0, 1)));
    }

    /** Around the sizes of compiled plans, and beyond the largest, on two threads. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 8, 9, 64, 65, 512, 513, 1600})
    void aRowsResultDoesNotDependOnTheOthers(int count) {
        double[] rows = random(count * WIDTH, 3).doubles();
        try (Engine engine = Engine.options().kernels("scalar").threads(2).open(); RowProgram program = program(engine)) {
            double[][] all = program.run(rows);
            assertThat(all[0]).hasSize(3 * count);
            for (int i = 0; i < count; i++) {
                double[][] one = program.run(Arrays.copyOfRange(rows, i * WIDTH, (i + 1) * WIDTH));
                assertThat(Arrays.copyOfRange(all[0], 3 * i, 3 * i + 3)).isEqualTo(one[0]);
                assertThat(all[1][i]).isEqualTo(rows[i * WIDTH]).isEqualTo(one[1][0]);
            }
        }
    }

    @Test
    void byHand() {
        try (Engine engine = Engine.options().kernels("scalar").open(); RowProgram program = program(engine)) {
            double[] row = {1, 2, 3, 4, 5};
            double[] result = program.run(row)[0];
            for (int k = 0; k < 3; k++) {
                double sum = WEIGHTS.get("net/bias").at(k);
                for (int j = 0; j < WIDTH; j++) {
                    sum += row[j] * WEIGHTS.get("net/weight").get(j, k);
                }
                assertThat(result[k]).isCloseTo(Math.tanh(sum), within(1e-14));
            }
        }
    }
}
