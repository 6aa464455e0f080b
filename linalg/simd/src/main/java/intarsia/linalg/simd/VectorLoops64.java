package intarsia.linalg.simd;

import intarsia.linalg.AdamStep;
import intarsia.linalg.Binary;
import intarsia.linalg.Command;
import intarsia.linalg.MatMul;
import intarsia.linalg.Pool;
import intarsia.linalg.Unary;
import intarsia.linalg.heap.Block64;
import intarsia.linalg.heap.Loops64;
import intarsia.linalg.heap.Rounding;
import intarsia.linalg.heap.ScalarLoops64;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops on vectors of {@link Width#F64}. The remainder of a range that is not a multiple of the width is computed by the scalar
 * reference, with the same bits.
 */
public final class VectorLoops64 implements Loops64 {
    private static final VectorSpecies<Double> S = Width.F64;
    private static final int L = S.length();

    private final ScalarLoops64 reference = new ScalarLoops64();

    /** Loops of the width chosen for this process. */
    public VectorLoops64() {}

    @Override
    public String name() {
        return "simd-" + S.vectorBitSize();
    }

    @Override
    public void map(Unary f, double[] x, int xo, double[] out, int oo, int n) {
        int whole = S.loopBound(n);
        if (whole > 0) {
            switch (f) {
                case NEGATE -> VectorMaps64.negate(x, xo, out, oo, whole);
                case ABS -> VectorMaps64.abs(x, xo, out, oo, whole);
                case SIGN -> VectorMaps64.sign(x, xo, out, oo, whole);
                case STEP -> VectorMaps64.step(x, xo, out, oo, whole);
                case SQUARE -> VectorMaps64.square(x, xo, out, oo, whole);
                case SQRT -> VectorMaps64.sqrt(x, xo, out, oo, whole);
                case RECIPROCAL -> VectorMaps64.reciprocal(x, xo, out, oo, whole);
                case RELU -> VectorMaps64.relu(x, xo, out, oo, whole);
                case EXP -> VectorElementary64.exp(x, xo, out, oo, whole);
                case LOG -> VectorElementary64.log(x, xo, out, oo, whole);
                case LOG1P -> VectorElementary64.log1p(x, xo, out, oo, whole);
                case TANH -> VectorElementary64.tanh(x, xo, out, oo, whole);
                case SIGMOID -> VectorElementary64.sigmoid(x, xo, out, oo, whole);
                case SOFTPLUS -> VectorElementary64.softplus(x, xo, out, oo, whole);
            }
        }
        if (whole < n) {
            reference.map(f, x, xo + whole, out, oo + whole, n - whole);
        }
    }

    @Override
    public void zip(Binary f, double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
        int whole = S.loopBound(n);
        if (whole > 0) {
            switch (f) {
                case ADD -> VectorZips64.add(x, xo, y, yo, out, oo, whole);
                case SUBTRACT -> VectorZips64.subtract(x, xo, y, yo, out, oo, whole);
                case MULTIPLY -> VectorZips64.multiply(x, xo, y, yo, out, oo, whole);
                case DIVIDE -> VectorZips64.divide(x, xo, y, yo, out, oo, whole);
                case MAX -> VectorZips64.max(x, xo, y, yo, out, oo, whole);
                case MIN -> VectorZips64.min(x, xo, y, yo, out, oo, whole);
                case AT_LEAST -> VectorZips64.atLeast(x, xo, y, yo, out, oo, whole);
            }
        }
        if (whole < n) {
            reference.zip(f, x, xo + whole, y, yo + whole, out, oo + whole, n - whole);
        }
    }

    @Override
    public void affine(double scale, double shift, double[] x, int xo, double[] out, int oo, int n) {
        int whole = S.loopBound(n);
        if (whole > 0) {
            VectorMaps64.affine(scale, shift, x, xo, out, oo, whole);
        }
        if (whole < n) {
            reference.affine(scale, shift, x, xo + whole, out, oo + whole, n - whole);
        }
    }

    @Override
    public double sum(double[] x, int xo, int n, double[] lanes) {
        return VectorSums64.sum(x, xo, n, lanes);
    }

    @Override
    public double dot(double[] x, int xo, double[] y, int yo, int n, double[] lanes) {
        return VectorSums64.dot(x, xo, y, yo, n, lanes);
    }

    @Override
    public void addRows(double[] x, int xo, int stride, int rows, double[] out, int oo, int n) {
        int whole = S.loopBound(n);
        VectorSums64.addRows(x, xo, stride, rows, out, oo, whole);
        if (whole < n) {
            reference.addRows(x, xo + whole, stride, rows, out, oo + whole, n - whole);
        }
    }

    @Override
    public void adam(AdamStep step, double[] p, int po, double[] g, int go, double[] m, int mo, double[] v, int vo, int n) {
        int whole = S.loopBound(n);
        if (whole > 0) {
            wholeAdam(step, p, po, g, go, m, mo, v, vo, whole);
        }
        if (whole < n) {
            reference.adam(step, p, po + whole, g, go + whole, m, mo + whole, v, vo + whole, n - whole);
        }
    }

    private static void wholeAdam(AdamStep step, double[] p, int po, double[] g, int go, double[] m, int mo, double[] v, int vo, int n) {
        DoubleVector beta1 = DoubleVector.broadcast(S, Rounding.to64(step.beta1()));
        DoubleVector beta2 = DoubleVector.broadcast(S, Rounding.to64(step.beta2()));
        DoubleVector rest1 = DoubleVector.broadcast(S, Rounding.to64(1 - step.beta1()));
        DoubleVector rest2 = DoubleVector.broadcast(S, Rounding.to64(1 - step.beta2()));
        DoubleVector epsilon = DoubleVector.broadcast(S, Rounding.to64(step.epsilon()));
        DoubleVector size = DoubleVector.broadcast(S, Rounding.to64(step.size()));
        DoubleVector unbias = DoubleVector.broadcast(S, Rounding.to64(step.unbias()));
        for (int i = 0; i < n; i += L) {
            DoubleVector gi = DoubleVector.fromArray(S, g, go + i);
            DoubleVector mi = beta1.fma(DoubleVector.fromArray(S, m, mo + i), rest1.mul(gi));
            DoubleVector vi = beta2.fma(DoubleVector.fromArray(S, v, vo + i), rest2.mul(gi).mul(gi));
            mi.intoArray(m, mo + i);
            vi.intoArray(v, vo + i);
            DoubleVector change = size.mul(mi).div(vi.sqrt().fma(unbias, epsilon));
            DoubleVector.fromArray(S, p, po + i).sub(change).intoArray(p, po + i);
        }
    }

    @Override
    public void transpose(int rows, int columns, double[] x, int xo, int xStep, double[] out, int oo, int oStep) {
        Packing64.turn(x, xo, xStep, out, oo, oStep, rows, columns);
    }

    @Override
    public void substitute(int first, int order, double[] l, int lo, int lStep, double[] x, int xo, int xStep, int n) {
        VectorSubstitution64.run(first, order, l, lo, lStep, x, xo, xStep, n);
    }

    @Override
    public void rowDots(int rows, int n, double[] a, int ao, int aStep, double[] x, int xo, double[] dots, int to, double[] lanes) {
        for (int i = 0; i < rows; i += 4) {
            VectorRows64.dots(n, a, ao + i * aStep, aStep, x, xo, dots, to + i, lanes);
        }
    }

    @Override
    public void addWeightedRows(int rows, int n, double[] a, int ao, int aStep, double[] w, int wo, double[] sum, int so) {
        for (int i = 0; i < rows; i += 4) {
            VectorRows64.add(n, a, ao + i * aStep, aStep, w, wo + i, sum, so);
        }
    }

    @Override
    public void dotsAndWeightedRows(int rows, int n, double[] a, int ao, int aStep, double[] x, int xo, double[] dots, int to, double[] w,
            int wo, double[] sum, int so, double[] lanes) {
        for (int i = 0; i < rows; i += 4) {
            VectorRows64.dotsAndAdd(n, a, ao + i * aStep, aStep, x, xo, dots, to + i, w, wo + i, sum, so, lanes);
        }
    }

    @Override
    public Command matmul(MatMul product, Block64 a, Block64 b, Block64 bias, Block64 c, Pool pool) {
        int inner = product.transposeA() ? a.rows() : a.columns();
        return MatMulBinding64.tiny(c.rows(), c.columns(), inner) ? reference.matmul(product, a, b, bias, c, pool)
                : MatMulBinding64.bind(this, product, a, b, bias, c, pool).command();
    }
}
