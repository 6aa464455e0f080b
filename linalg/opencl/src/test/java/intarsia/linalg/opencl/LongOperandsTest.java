package intarsia.linalg.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.Indices;
import intarsia.linalg.Precision;
import intarsia.linalg.View;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the conformance table's sizes do not reach: sums in many chunks, uploads in many pieces, tables used again with other rows. */
class LongOperandsTest {
    @ParameterizedTest
    @EnumSource(Precision.class)
    void sumsInManyChunks(Precision precision) {
        try (OpenClKernels kernels = OnDevice.kernels(precision)) {
            int rows = 1537;
            int columns = 43;
            double[] x = OnDevice.numbers(rows * columns, "x");
            View in = OnDevice.matrix(kernels, rows, columns, x);
            double[] down = new double[columns];
            for (int i = 0; i < x.length; i++) {
                down[i % columns] += x[i];
            }
            // Compensated, so that the expected numbers are not the rougher ones.
            double all = Arrays.stream(x).sum();
            double squares = Arrays.stream(x).map(v -> v * v).sum();
            View row = View.of(kernels.allocate(columns), 1, columns);
            kernels.sum(in, row, false).run();
            OnDevice.requireClose(precision, OnDevice.download(kernels, row), down, 400);
            kernels.sum(in, row, true).run();
            OnDevice.requireClose(precision, OnDevice.download(kernels, row), Arrays.stream(down).map(v -> 2 * v).toArray(), 800);

            View one = View.of(kernels.allocate(1));
            kernels.sum(in, one, false).run();
            OnDevice.requireClose(precision, new double[] {kernels.read(one)}, new double[] {all}, 4000);
            kernels.dot(in, in, one, false).run();
            OnDevice.requireClose(precision, new double[] {kernels.read(one) / squares}, new double[] {1}, 100);

            View first = OnDevice.matrix(kernels, 3, 9000, OnDevice.numbers(27_000, "wide"));
            View column = View.of(kernels.allocate(3), 3, 1);
            kernels.sum(first, column, false).run();
            double[] along = new double[3];
            double[] numbers = OnDevice.numbers(27_000, "wide");
            for (int i = 0; i < numbers.length; i++) {
                along[i / 9000] += numbers[i];
            }
            OnDevice.requireClose(precision, OnDevice.download(kernels, column), along, 4000);
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void uploadsInManyPieces(Precision precision) {
        try (OpenClKernels kernels = OnDevice.kernels(precision)) {
            double[] x = OnDevice.numbers(5_000_011, "x");
            assertThat(OnDevice.download(kernels, OnDevice.matrix(kernels, 1, x.length, x))).isEqualTo(x);
            View gaps = new View(kernels.allocate(40 * 1000), 7, 40, 900, 1000);
            double[] part = Arrays.copyOf(x, 36_000);
            kernels.upload(part, 0, gaps);
            assertThat(OnDevice.download(kernels, gaps)).isEqualTo(part);
            assertThat(kernels.read(new View(gaps.buffer(), 7 + 900, 1, 1, 1))).isZero();
        }
    }

    /** Which rows are equal changes from one upload to the next. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void rowsAddedByNumbersThatChange(Precision precision) {
        try (OpenClKernels kernels = OnDevice.kernels(precision)) {
            Indices rows = kernels.allocateIndices(4);
            View in = OnDevice.matrix(kernels, 4, 1, new double[] {1, 2, 4, 8});
            View table = View.of(kernels.allocate(6), 6, 1);
            var add = kernels.scatterAdd(in, rows, table);
            kernels.upload(new int[] {5, 0, 5, 5}, 0, rows);
            add.run();
            assertThat(OnDevice.download(kernels, table)).containsExactly(2, 0, 0, 0, 0, 13);
            kernels.upload(new int[] {9, 1, 1, 0, 5}, 1, rows);
            add.run();
            assertThat(OnDevice.download(kernels, table)).containsExactly(6, 3, 0, 0, 0, 21);
        }
    }
}
