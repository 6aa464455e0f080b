package intarsia.linalg.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.Engine;
import intarsia.linalg.Indices;
import intarsia.linalg.Kernels;
import intarsia.linalg.Precision;
import intarsia.linalg.View;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the conformance table's sizes do not reach: long sums, uploads in many pieces, tables used again with other rows. */
class LongOperandsTest {
    @ParameterizedTest
    @EnumSource(Precision.class)
    void longSumsHaveTheBitsOfTheCpu(Precision precision) {
        try (OpenClKernels kernels = OnDevice.kernels(precision);
                Engine cpu = Engine.options().kernels("scalar").precision(precision).open()) {
            assertThat(sums(kernels)).isDeepEqualTo(sums(cpu.kernels()));
        }
    }

    /** Over rows, twice; over everything; of squares; along rows. */
    private static double[][] sums(Kernels kernels) {
        View in = matrix(kernels, 1537, 43, "x");
        View row = View.of(kernels.allocate(43), 1, 43);
        kernels.sum(in, row, false).run();
        kernels.sum(in, row, true).run();
        View all = View.of(kernels.allocate(1));
        kernels.sum(in, all, false).run();
        View squares = View.of(kernels.allocate(1));
        kernels.dot(in, in, squares, false).run();
        View column = View.of(kernels.allocate(3), 3, 1);
        kernels.sum(matrix(kernels, 3, 9000, "wide"), column, false).run();
        return Stream.of(row, all, squares, column).map(view -> {
            double[] numbers = new double[view.size()];
            kernels.download(view, numbers, 0);
            return numbers;
        }).toArray(double[][]::new);
    }

    private static View matrix(Kernels kernels, int rows, int columns, String name) {
        View view = View.of(kernels.allocate(rows * columns), rows, columns);
        kernels.upload(OnDevice.numbers(rows * columns, name), 0, view);
        return view;
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
