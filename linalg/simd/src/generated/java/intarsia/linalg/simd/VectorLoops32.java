// Generated from VectorLoops64.java by linalg/generator; change that one.
package intarsia.linalg.simd;

import intarsia.linalg.AdamStep;
import intarsia.linalg.Binary;
import intarsia.linalg.Command;
import intarsia.linalg.MatMul;
import intarsia.linalg.Pool;
import intarsia.linalg.Unary;
import intarsia.linalg.heap.Block32;
import intarsia.linalg.heap.Loops32;
import intarsia.linalg.heap.Rounding;
import intarsia.linalg.heap.ScalarLoops32;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops on vectors of {@link Width#F32}. The remainder of a range that is not a multiple of the width is computed by the scalar
 * reference, with the same bits.
 */
public final class VectorLoops32 implements Loops32 {
    private static final VectorSpecies<Float> S = Width.F32;
    private static final int L = S.length();

    private final ScalarLoops32 reference = new ScalarLoops32();

    /** Loops of the width chosen for this process. */
    public VectorLoops32() {}

    @Override
    public String name() {
        return "simd-" + S.vectorBitSize();
    }

    @Override
    public void map(Unary f, float[] x, int xo, float[] out, int oo, int n) {
        int whole = S.loopBound(n);
        if (whole > 0) {
            switch (f) {
                case NEGATE -> VectorMaps32.negate(x, xo, out, oo, whole);
                case ABS -> VectorMaps32.abs(x, xo, out, oo, whole);
                case SIGN -> VectorMaps32.sign(x, xo, out, oo, whole);
                case STEP -> VectorMaps32.step(x, xo, out, oo, whole);
                case SQUARE -> VectorMaps32.square(x, xo, out, oo, whole);
                case SQRT -> VectorMaps32.sqrt(x, xo, out, oo, whole);
                case RECIPROCAL -> VectorMaps32.reciprocal(x, xo, out, oo, whole);
                case RELU -> VectorMaps32.relu(x, xo, out, oo, whole);
                case EXP -> VectorElementary32.exp(x, xo, out, oo, whole);
                case LOG -> VectorElementary32.log(x, xo, out, oo, whole);
                case LOG1P -> VectorElementary32.log1p(x, xo, out, oo, whole);
                case TANH -> VectorElementary32.tanh(x, xo, out, oo, whole);
                case SIGMOID -> VectorElementary32.sigmoid(x, xo, out, oo, whole);
                case SOFTPLUS -> VectorElementary32.softplus(x, xo, out, oo, whole);
            }
        }
        if (whole < n) {
            reference.map(f, x, xo + whole, out, oo + whole, n - whole);
        }
    }

    @Override
    public void zip(Binary f, float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
        int whole = S.loopBound(n);
        if (whole > 0) {
            switch (f) {
                case ADD -> VectorZips32.add(x, xo, y, yo, out, oo, whole);
                case SUBTRACT -> VectorZips32.subtract(x, xo, y, yo, out, oo, whole);
                case MULTIPLY -> VectorZips32.multiply(x, xo, y, yo, out, oo, whole);
                case DIVIDE -> VectorZips32.divide(x, xo, y, yo, out, oo, whole);
                case MAX -> VectorZips32.max(x, xo, y, yo, out, oo, whole);
                case MIN -> VectorZips32.min(x, xo, y, yo, out, oo, whole);
                case AT_LEAST -> VectorZips32.atLeast(x, xo, y, yo, out, oo, whole);
            }
        }
        if (whole < n) {
            reference.zip(f, x, xo + whole, y, yo + whole, out, oo + whole, n - whole);
        }
    }

    @Override
    public void affine(float scale, float shift, float[] x, int xo, float[] out, int oo, int n) {
        int whole = S.loopBound(n);
        if (whole > 0) {
            VectorMaps32.affine(scale, shift, x, xo, out, oo, whole);
        }
        if (whole < n) {
            reference.affine(scale, shift, x, xo + whole, out, oo + whole, n - whole);
        }
    }

    @Override
    public float sum(float[] x, int xo, int n, float[] lanes) {
        return VectorSums32.sum(x, xo, n, lanes);
    }

    @Override
    public float dot(float[] x, int xo, float[] y, int yo, int n, float[] lanes) {
        return VectorSums32.dot(x, xo, y, yo, n, lanes);
    }

    @Override
    public void addRows(float[] x, int xo, int stride, int rows, float[] out, int oo, int n) {
        int whole = S.loopBound(n);
        VectorSums32.addRows(x, xo, stride, rows, out, oo, whole);
        if (whole < n) {
            reference.addRows(x, xo + whole, stride, rows, out, oo + whole, n - whole);
        }
    }

    @Override
    public void adam(AdamStep step, float[] p, int po, float[] g, int go, float[] m, int mo, float[] v, int vo, int n) {
        int whole = S.loopBound(n);
        if (whole > 0) {
            wholeAdam(step, p, po, g, go, m, mo, v, vo, whole);
        }
        if (whole < n) {
            reference.adam(step, p, po + whole, g, go + whole, m, mo + whole, v, vo + whole, n - whole);
        }
    }

    private static void wholeAdam(AdamStep step, float[] p, int po, float[] g, int go, float[] m, int mo, float[] v, int vo, int n) {
        FloatVector beta1 = FloatVector.broadcast(S, Rounding.to32(step.beta1()));
        FloatVector beta2 = FloatVector.broadcast(S, Rounding.to32(step.beta2()));
        FloatVector rest1 = FloatVector.broadcast(S, Rounding.to32(1 - step.beta1()));
        FloatVector rest2 = FloatVector.broadcast(S, Rounding.to32(1 - step.beta2()));
        FloatVector epsilon = FloatVector.broadcast(S, Rounding.to32(step.epsilon()));
        FloatVector size = FloatVector.broadcast(S, Rounding.to32(step.size()));
        FloatVector unbias = FloatVector.broadcast(S, Rounding.to32(step.unbias()));
        for (int i = 0; i < n; i += L) {
            FloatVector gi = FloatVector.fromArray(S, g, go + i);
            FloatVector mi = beta1.fma(FloatVector.fromArray(S, m, mo + i), rest1.mul(gi));
            FloatVector vi = beta2.fma(FloatVector.fromArray(S, v, vo + i), rest2.mul(gi).mul(gi));
            mi.intoArray(m, mo + i);
            vi.intoArray(v, vo + i);
            FloatVector change = size.mul(mi).div(vi.sqrt().fma(unbias, epsilon));
            FloatVector.fromArray(S, p, po + i).sub(change).intoArray(p, po + i);
        }
    }

    @Override
    public void transpose(int rows, int columns, float[] x, int xo, int xStep, float[] out, int oo, int oStep) {
        Packing32.turn(x, xo, xStep, out, oo, oStep, rows, columns);
    }

    @Override
    public void substitute(int first, int order, float[] l, int lo, int lStep, float[] x, int xo, int xStep, int n) {
        VectorSubstitution32.run(first, order, l, lo, lStep, x, xo, xStep, n);
    }

    @Override
    public void rowDots(int rows, int n, float[] a, int ao, int aStep, float[] x, int xo, float[] dots, int to, float[] lanes) {
        for (int i = 0; i < rows; i += 4) {
            VectorRows32.dots(n, a, ao + i * aStep, aStep, x, xo, dots, to + i, lanes);
        }
    }

    @Override
    public void addWeightedRows(int rows, int n, float[] a, int ao, int aStep, float[] w, int wo, float[] sum, int so) {
        for (int i = 0; i < rows; i += 4) {
            VectorRows32.add(n, a, ao + i * aStep, aStep, w, wo + i, sum, so);
        }
    }

    @Override
    public void dotsAndWeightedRows(int rows, int n, float[] a, int ao, int aStep, float[] x, int xo, float[] dots, int to, float[] w,
            int wo, float[] sum, int so, float[] lanes) {
        for (int i = 0; i < rows; i += 4) {
            VectorRows32.dotsAndAdd(n, a, ao + i * aStep, aStep, x, xo, dots, to + i, w, wo + i, sum, so, lanes);
        }
    }

    @Override
    public Command matmul(MatMul product, Block32 a, Block32 b, Block32 bias, Block32 c, Pool pool) {
        int inner = product.transposeA() ? a.rows() : a.columns();
        return MatMulBinding32.tiny(c.rows(), c.columns(), inner) ? reference.matmul(product, a, b, bias, c, pool)
                : MatMulBinding32.bind(this, product, a, b, bias, c, pool).command();
    }
}
