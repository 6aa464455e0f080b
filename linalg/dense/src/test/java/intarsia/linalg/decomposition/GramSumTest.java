package intarsia.linalg.decomposition;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.Pool;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GramSumTest {
    /** Products in the order of rows, each by one fused multiply-add, whatever the pieces and the threads. */
    @ParameterizedTest
    @CsvSource({"1, 1", "3, 0", "7, 200", "150, 1", "50, 999", "150, 1000", "200, 1000", "207, 333"})
    void isTheDefinitionToTheBitInAnyPiecesOnAnyThreads(int n, int rows) {
        RandomStream random = RandomStream.of(2, "gram");
        double[] a = new double[rows * n];
        for (int k = 0; k < a.length; k++) {
            a[k] = random.nextGaussian();
        }
        double[] expected = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < rows; k++) {
                    expected[i * n + j] = Math.fma(a[k * n + i], a[k * n + j], expected[i * n + j]);
                }
            }
        }
        Tensor matrix = Tensor.of(Shape.of(rows, n), a);
        assertThat(Matrices.gram(matrix).doubles()).containsExactly(expected);
        assertThat(Matrices.rowGram(Matrices.transpose(matrix)).doubles()).containsExactly(expected);
        try (Pool three = new Pool(3)) {
            for (Pool pool : new Pool[] {new Pool(1), three}) {
                for (int piece : new int[] {1, 19, 256}) {
                    GramSum sum = new GramSum(n, rows, pool);
                    for (int from = 0; from < rows; from += piece) {
                        sum.add(Math.min(piece, rows - from), a, from * n);
                    }
                    assertThat(sum.matrix().doubles()).containsExactly(expected);
                }
            }
        }
    }
}
