package intarsia.linalg.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import intarsia.linalg.DeviceException;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.linalg.View;

/** What the tests here share: the first device, or a skipped test that says why there is none; matrices and how they are compared. */
final class OnDevice {
    private OnDevice() {}

    static Session session() {
        try {
            return Session.of(Device.all().getFirst());
        } catch (DeviceException e) {
            assumeTrue(false, e.getMessage());
            throw e;
        }
    }

    static OpenClKernels kernels(Precision precision) {
        Session session = session();
        assumeTrue(precision == Precision.F32 || session.device().f64(), "the device has no F64");
        return OpenClKernels.on(session, precision);
    }

    /** Numbers between -1 and 1 that both precisions hold. */
    static double[] numbers(int count, String name) {
        RandomStream random = RandomStream.of(1).child(name);
        double[] all = new double[count];
        for (int i = 0; i < count; i++) {
            all[i] = (float) (2 * random.nextDouble() - 1);
        }
        return all;
    }

    static View matrix(OpenClKernels kernels, int rows, int columns, double[] numbers) {
        View view = View.of(kernels.allocate(rows * columns), rows, columns);
        kernels.upload(numbers, 0, view);
        return view;
    }

    static double[] download(OpenClKernels kernels, View view) {
        double[] numbers = new double[view.size()];
        kernels.download(view, numbers, 0);
        return numbers;
    }

    /** Within so many of the precision's epsilon. */
    static void requireClose(Precision precision, double[] actual, double[] expected, double units) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            if (!(Math.abs(actual[i] - expected[i]) <= units * precision.epsilon())) {
                throw new AssertionError(precision + ": number " + i + " is " + actual[i] + ", expected " + expected[i]);
            }
        }
    }
}
