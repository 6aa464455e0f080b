package intarsia.linalg.simd;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.MatMul;
import intarsia.linalg.Pool;
import intarsia.linalg.RandomStream;
import intarsia.linalg.heap.Block64;
import intarsia.linalg.heap.ScalarLoops64;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Products have the bits of plain Java and touch nothing else, whether vectors may read on behind the operands or the arrays end there;
 * sizes around those of tiles.
 */
class ProductsTest {
    private static final double OUTSIDE = 7;

    @ParameterizedTest
    @CsvSource({"1, 9, 3", "2, 3, 5", "3, 17, 4", "5, 1, 8", "7, 7, 7", "8, 31, 2", "9, 33, 3", "11, 41, 4", "6, 23, 3", "13, 15, 1",
            "4, 65, 2", "21, 2, 6", "161, 34, 2", "10, 39, 0", "5, 21, 3", "13, 20, 4", "9, 35, 5", "31, 13, 15", "15, 6, 31"})
    void productsHaveTheBitsOfPlainJava(int rows, int columns, int inner) {
        for (int form = 0; form < 4; form++) {
            for (MatMul.Start start : MatMul.Start.values()) {
                for (int room : new int[] {0, 16}) {
                    check(MatMul.of(form % 2 == 1, form > 1).with(start), rows, columns, inner, room);
                }
            }
        }
    }

    private static void check(MatMul product, int rows, int columns, int inner, int room) {
        Block64 a = product.transposeA() ? block("a", inner, rows, room) : block("a", rows, inner, room);
        Block64 b = product.transposeB() ? block("b", columns, inner, room) : block("b", inner, columns, room);
        Block64 bias = block("bias", 1, columns, room);
        Block64 plain = block("c", rows, columns, room);
        Block64 vectors = block("c", rows, columns, room);
        Pool pool = new Pool(1);
        new ScalarLoops64().matmul(product, a, b, bias, plain, pool).run();
        new VectorLoops64().matmul(product, a, b, bias, vectors, pool).run();
        assertThat(vectors.array()).as("%s %dx%dx%d, %d behind", product, rows, inner, columns, room).isEqualTo(plain.array());
    }

    /** A matrix whose rows lie three numbers apart, so many behind the last one. */
    private static Block64 block(String name, int rows, int columns, int room) {
        int step = columns + 3;
        double[] numbers = new double[Math.max(2, 2 + (rows - 1) * step + columns) + room];
        Arrays.fill(numbers, OUTSIDE);
        RandomStream random = RandomStream.of(1, name);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                numbers[2 + i * step + j] = random.nextGaussian();
            }
        }
        return new Block64(numbers, 2, rows, columns, step);
    }
}
