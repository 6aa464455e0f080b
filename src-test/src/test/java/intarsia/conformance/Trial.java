package intarsia.conformance;

import intarsia.linalg.Buffer;
import intarsia.linalg.Kernels;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.linalg.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A case at one size: its numbers, and what kernels make of them. */
final class Trial {
    private static final double[] SPECIAL = {
        0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1, -1, 0x1p-140, -0x1p-140, 0x1p-1060, 88.5, -88.5, 700,
                -700,
        -104, 1e-9, -1e-9, -0.9999999, 20, -20, 1e30, -1e30, 0x1.fffffep127, 0.5
    };
    private static final double GUARD = 12345.678;

    private final KernelCase row;
    private final List<KernelCase.Operand> operands;
    private final Precision precision;
    private final double[][] numbers;

    Trial(KernelCase row, int size, Precision precision) {
        this.row = row;
        this.precision = precision;
        operands = row.operands().apply(size);
        numbers = new double[operands.size()][];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = numbers(operands.get(i), RandomStream.of(size).child("operand", i), precision);
        }
    }

    private static double[] numbers(KernelCase.Operand operand, RandomStream random, Precision precision) {
        double[] all = new double[operand.rows() * operand.columns()];
        int shift = random.nextInt(SPECIAL.length);
        for (int i = 0; i < all.length; i++) {
            double ordinary = 2 * random.nextDouble() - 1;
            double x = operand.values() == KernelCase.Values.UNIT ? ordinary : i % 3 == 0 ? SPECIAL[(i / 3 + shift) % SPECIAL.length]
                    : 6 * ordinary;
            all[i] = precision == Precision.F64 ? x : (float) x;
        }
        return all;
    }

    /** Every operand's numbers after the formula. */
    double[][] expected() {
        double[][] copy = Arrays.stream(numbers).map(double[]::clone).toArray(double[][]::new);
        row.formula().apply(operands, copy, precision);
        return copy;
    }

    /** Every operand's numbers after the kernel ran; contiguous operands, or operands with gaps, whose numbers must stay. */
    double[][] actual(Kernels kernels, boolean gaps) {
        List<View> views = new ArrayList<>();
        for (int i = 0; i < numbers.length; i++) {
            views.add(view(kernels, operands.get(i), gaps));
            kernels.upload(numbers[i], 0, views.get(i));
        }
        row.binder().bind(kernels, views).run();
        double[][] after = new double[numbers.length][];
        for (int i = 0; i < numbers.length; i++) {
            after[i] = new double[numbers[i].length];
            kernels.download(views.get(i), after[i], 0);
            requireGuards(kernels, views.get(i));
        }
        return after;
    }

    private static View view(Kernels kernels, KernelCase.Operand operand, boolean gaps) {
        int offset = gaps ? 3 : 1;
        int stride = operand.columns() + (gaps ? 5 : 0);
        Buffer buffer = kernels.allocate(offset + operand.rows() * stride + 40);
        kernels.fill(View.of(buffer), GUARD).run();
        return new View(buffer, offset, operand.rows(), operand.columns(), Math.max(1, stride));
    }

    private void requireGuards(Kernels kernels, View view) {
        double[] all = new double[view.buffer().size()];
        kernels.download(View.of(view.buffer()), all, 0);
        double guard = precision == Precision.F64 ? GUARD : (float) GUARD;
        for (int i = 0; i < all.length; i++) {
            int from = i - view.offset();
            boolean inside = from >= 0 && from / view.stride() < view.rows() && from % view.stride() < view.columns();
            if (!inside && all[i] != guard) {
                throw new AssertionError(row + " on " + kernels.name() + " wrote outside " + view + ", at index " + i);
            }
        }
    }
}
