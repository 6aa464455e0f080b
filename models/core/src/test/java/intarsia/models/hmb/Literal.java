package intarsia.models.hmb;

import intarsia.linalg.Tensor;
import java.util.Map;

/** Networks evaluated by plain loops over extracted weights: what the models' formulas say, with no thought for speed. */
final class Literal {
    private final Map<String, Tensor> weights;
    /** The smallest distance of any relu's operand from its kink. */
    private double margin = Double.POSITIVE_INFINITY;

    Literal(Map<String, Tensor> weights) {
        this.weights = weights;
    }

    double margin() {
        return margin;
    }

    Tensor weight(String path) {
        return weights.get(path + "/weight");
    }

    double[] linear(String path, double[] x) {
        Tensor w = weight(path);
        Tensor b = weights.get(path + "/bias");
        double[] y = new double[w.shape().size(1)];
        for (int j = 0; j < y.length; j++) {
            y[j] = b.get(j);
            for (int i = 0; i < x.length; i++) {
                y[j] += x[i] * w.get(i, j);
            }
        }
        return y;
    }

    double[] relu(double[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            margin = Math.min(margin, Math.abs(x[i]));
            y[i] = Math.max(0, x[i]);
        }
        return y;
    }

    /** A perceptron of so many linear layers. */
    double[] mlp(String path, int layers, boolean lastActivated, double[] x) {
        double[] a = x;
        for (int l = 0; l < layers; l++) {
            a = linear(path + "/" + l, a);
            if (l + 1 < layers || lastActivated) {
                a = relu(a);
            }
        }
        return a;
    }

    static double[] joined(double[] a, double[] b) {
        double[] all = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    static double squaredError(double z, double y) {
        return (z - y) * (z - y);
    }

    static double crossEntropy(double z, double y) {
        double p = 1 / (1 + Math.exp(-z));
        return -(y * Math.log(p) + (1 - y) * Math.log(1 - p));
    }

    /** {@code ||A' B||_F^2} for matrices given by rows. */
    static double squaredNormOfProduct(double[][] a, double[][] b) {
        double sum = 0;
        for (int i = 0; i < a[0].length; i++) {
            for (int j = 0; j < b[0].length; j++) {
                double entry = 0;
                for (int r = 0; r < a.length; r++) {
                    entry += a[r][i] * b[r][j];
                }
                sum += entry * entry;
            }
        }
        return sum;
    }

    /** Some rows of a matrix. */
    static double[][] rows(Tensor matrix, int from, int to) {
        double[][] rows = new double[to - from][matrix.shape().size(1)];
        for (int i = from; i < to; i++) {
            for (int j = 0; j < rows[0].length; j++) {
                rows[i - from][j] = matrix.get(i, j);
            }
        }
        return rows;
    }
}
