package intarsia.conformance;

import intarsia.conformance.KernelCase.Operand;
import intarsia.linalg.Binary;
import intarsia.linalg.MatMul;
import intarsia.linalg.Precision;
import intarsia.linalg.Unary;
import java.math.BigDecimal;
import java.util.List;

/** What the kernels must compute, written a second time: as the textbook has it, with no thought for speed. */
final class Formulas {
    private Formulas() {}

    static double round(double x, Precision precision) {
        return precision == Precision.F64 ? x : (float) x;
    }

    static double apply(Unary f, double x) {
        return switch (f) {
            case NEGATE -> 0 - x;
            case ABS -> x < 0 ? -x : x;
            case SIGN -> Math.signum(x);
            case STEP -> x > 0 ? 1 : 0;
            case SQUARE -> x * x;
            case SQRT -> Math.sqrt(x);
            case RECIPROCAL -> 1 / x;
            case EXP -> StrictMath.exp(x);
            case LOG -> StrictMath.log(x);
            case LOG1P -> StrictMath.log1p(x);
            case TANH -> StrictMath.tanh(x);
            case SIGMOID -> x < -30 ? StrictMath.exp(x) : 1 / (1 + StrictMath.exp(-x));
            case SOFTPLUS -> x > 40 ? x : StrictMath.log1p(StrictMath.exp(x));
            case RELU -> Double.isNaN(x) || x > 0 ? x : 0;
        };
    }

    static double apply(Binary f, double x, double y) {
        return switch (f) {
            case ADD -> x + y;
            case SUBTRACT -> x - y;
            case MULTIPLY -> x * y;
            case DIVIDE -> x / y;
            case MAX -> Double.isNaN(x) || Double.isNaN(y) ? Double.NaN : x > y ? x : y;
            case MIN -> Double.isNaN(x) || Double.isNaN(y) ? Double.NaN : x < y ? x : y;
            case AT_LEAST -> x >= y ? 1 : 0;
        };
    }

    /** {@code scale x + shift}, rounded once. */
    static double fma(double scale, double x, double shift, Precision precision) {
        if (Double.isNaN(x) || Double.isInfinite(x)) {
            return scale * x;
        }
        BigDecimal exact = new BigDecimal(scale).multiply(new BigDecimal(x)).add(new BigDecimal(shift));
        return precision == Precision.F64 ? exact.doubleValue() : exact.floatValue();
    }

    static void matmul(MatMul product, List<Operand> operands, double[][] x) {
        Operand a = operands.get(0);
        Operand b = operands.get(1);
        Operand c = operands.get(3);
        int inner = product.transposeA() ? a.rows() : a.columns();
        for (int i = 0; i < c.rows(); i++) {
            for (int j = 0; j < c.columns(); j++) {
                int at = i * c.columns() + j;
                double sum = switch (product.start()) {
                    case ZERO -> 0;
                    case OUTPUT -> x[3][at];
                    case BIAS -> x[2][j];
                };
                for (int k = 0; k < inner; k++) {
                    double left = x[0][product.transposeA() ? k * a.columns() + i : i * a.columns() + k];
                    double right = x[1][product.transposeB() ? j * b.columns() + k : k * b.columns() + j];
                    sum += left * right;
                }
                x[3][at] = product.activation() == null ? sum : apply(product.activation(), sum);
            }
        }
    }

    static void logSumExp(List<Operand> operands, double[][] x, Precision precision) {
        int columns = operands.get(0).columns();
        for (int i = 0; i < x[1].length; i++) {
            double sum = 0;
            for (int j = 0; j < columns; j++) {
                sum += StrictMath.exp(x[0][i * columns + j]);
            }
            x[1][i] = StrictMath.log(sum);
        }
    }

    static void softmax(List<Operand> operands, double[][] x, Precision precision) {
        int columns = operands.get(0).columns();
        for (int i = 0; i < operands.get(0).rows(); i++) {
            double sum = 0;
            for (int j = 0; j < columns; j++) {
                sum += StrictMath.exp(x[0][i * columns + j]);
            }
            for (int j = 0; j < columns; j++) {
                x[1][i * columns + j] = StrictMath.exp(x[0][i * columns + j]) / sum;
            }
        }
    }

    /** Kingma and Ba 2015, algorithm 1, at the third step; the second moment comes as its square root. */
    static void adam(List<Operand> operands, double[][] x, Precision precision) {
        for (int i = 0; i < x[0].length; i++) {
            double g = x[1][i];
            x[2][i] = 0.9 * x[2][i] + (1 - 0.9) * g;
            x[3][i] = 0.999 * round(x[3][i] * x[3][i], precision) + (1 - 0.999) * g * g;
            double m = x[2][i] / (1 - Math.pow(0.9, 3));
            double v = x[3][i] / (1 - Math.pow(0.999, 3));
            x[0][i] -= 0.01 * m / (Math.sqrt(v) + 1e-8);
        }
    }
}
