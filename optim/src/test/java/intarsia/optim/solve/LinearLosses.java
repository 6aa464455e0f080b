package intarsia.optim.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import java.util.Arrays;
import java.util.Random;

/** What every {@link DenseLoss} and every fit of one has to satisfy. */
final class LinearLosses {
    private LinearLosses() {}

    /** Gradient and Hessian along a direction are the central differences of value and gradient. */
    static void assertDerivatives(DenseLoss loss, Tensor x, double[] point, double[] direction) {
        int size = point.length;
        double h = 1e-5;
        double[] up = gradient(loss, x, moved(point, direction, h));
        double[] down = gradient(loss, x, moved(point, direction, -h));
        double[] gradient = new double[size];
        double[] hessian = new double[size * size];
        loss.derivatives(x, eta(loss, x, point), free(loss, x, point), gradient, hessian);
        double difference = (value(loss, x, moved(point, direction, h)) - value(loss, x, moved(point, direction, -h))) / (2 * h);
        double slope = 0;
        for (int a = 0; a < size; a++) {
            slope += gradient[a] * direction[a];
        }
        assertThat(slope).isCloseTo(difference, within(1e-7 * (1 + Math.abs(difference))));
        for (int a = 0; a < size; a++) {
            double bend = 0;
            for (int b = 0; b < size; b++) {
                bend += hessian[a * size + b] * direction[b];
                assertThat(hessian[a * size + b]).isCloseTo(hessian[b * size + a], within(1e-12 * (1 + Math.abs(hessian[a * size + b]))));
            }
            assertThat(bend).as("%s", a).isCloseTo((up[a] - down[a]) / (2 * h), within(1e-7 * (1 + Math.abs(bend))));
        }
    }

    /** The gradient of loss and penalty vanishes at a fit, relative to the weight of the rows; returns its largest magnitude. */
    static double slope(LinearModel model, DenseLoss loss, double ridge, LinearFit fit) {
        double[] b = fit.coefficients().toDoubles();
        double[] gradient = gradient(model, loss, fit);
        double largest = 0;
        for (int a = 0; a < gradient.length; a++) {
            largest = Math.max(largest, Math.abs(gradient[a] + (a < b.length ? ridge * b[a] : 0)));
        }
        return largest / Arrays.stream(model.weights()).sum();
    }

    /** The gradient of the loss at a fit. */
    static double[] gradient(LinearModel model, DenseLoss loss, LinearFit fit) {
        double[] b = fit.coefficients().toDoubles();
        double[] point = Arrays.copyOf(b, b.length + fit.intercepts().length);
        System.arraycopy(fit.intercepts(), 0, point, b.length, fit.intercepts().length);
        return gradient(loss, model.predictors(), point);
    }

    static double value(DenseLoss loss, Tensor x, double[] point) {
        return loss.value(eta(loss, x, point), free(loss, x, point));
    }

    private static double[] gradient(DenseLoss loss, Tensor x, double[] point) {
        double[] gradient = new double[point.length];
        loss.derivatives(x, eta(loss, x, point), free(loss, x, point), gradient, new double[point.length * point.length]);
        return gradient;
    }

    private static double[] eta(DenseLoss loss, Tensor x, double[] point) {
        int p = x.shape().columns();
        Tensor b = Tensor.of(Shape.of(p, loss.outputs()), Arrays.copyOf(point, p * loss.outputs()));
        return Matrices.transpose(Matrices.product(x, b)).toDoubles();
    }

    private static double[] free(DenseLoss loss, Tensor x, double[] point) {
        return Arrays.copyOfRange(point, x.shape().columns() * loss.outputs(), point.length);
    }

    private static double[] moved(double[] point, double[] direction, double by) {
        double[] moved = point.clone();
        for (int a = 0; a < moved.length; a++) {
            moved[a] += by * direction[a];
        }
        return moved;
    }

    /** The rows in another order. */
    static int[] shuffled(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        Random random = new Random(5);
        for (int i = n - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        return order;
    }

    /** These rows, which may repeat. */
    static Tensor rows(Tensor x, int... rows) {
        int p = x.shape().columns();
        double[] some = new double[rows.length * p];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(x.doubles(), rows[i] * p, some, i * p, p);
        }
        return Tensor.of(Shape.of(rows.length, p), some);
    }

    static int[] pick(int[] of, int... rows) {
        return Arrays.stream(rows).map(i -> of[i]).toArray();
    }

    static double[] pick(double[] of, int... rows) {
        return Arrays.stream(rows).mapToDouble(i -> of[i]).toArray();
    }
}
