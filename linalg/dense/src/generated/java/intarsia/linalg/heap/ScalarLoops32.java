// Generated from ScalarLoops64.java by linalg/generator; change that one.
package intarsia.linalg.heap;

import intarsia.linalg.AdamStep;
import intarsia.linalg.Binary;
import intarsia.linalg.Command;
import intarsia.linalg.Elementary;
import intarsia.linalg.Kernels;
import intarsia.linalg.MatMul;
import intarsia.linalg.Pool;
import intarsia.linalg.Unary;
import java.util.Arrays;

/** The inner loops in plain Java: short enough to be read as the definition of every kernel's bits. */
public final class ScalarLoops32 implements Loops32 {
    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public void map(Unary f, float[] x, int xo, float[] out, int oo, int n) {
        switch (f) {
            case NEGATE -> {
                for (int i = 0; i < n; i++) {
                    out[oo + i] = -x[xo + i];
                }
            }
            case ABS -> {
                for (int i = 0; i < n; i++) {
                    out[oo + i] = Math.abs(x[xo + i]);
                }
            }
            case SIGN -> {
                for (int i = 0; i < n; i++) {
                    float v = x[xo + i];
                    out[oo + i] = v > 0 ? 1 : v < 0 ? -1 : v == 0 ? 0 : Float.NaN;
                }
            }
            case STEP -> {
                for (int i = 0; i < n; i++) {
                    out[oo + i] = x[xo + i] > 0 ? 1 : 0;
                }
            }
            case SQUARE -> {
                for (int i = 0; i < n; i++) {
                    float v = x[xo + i];
                    out[oo + i] = v * v;
                }
            }
            case SQRT -> {
                for (int i = 0; i < n; i++) {
                    out[oo + i] = Rounding.to32(Math.sqrt(x[xo + i]));
                }
            }
            case RECIPROCAL -> {
                for (int i = 0; i < n; i++) {
                    out[oo + i] = 1 / x[xo + i];
                }
            }
            case EXP -> {
                for (int i = 0; i < n; i++) {
                    out[oo + i] = Elementary.exp(x[xo + i]);
                }
            }
            case LOG -> {
                for (int i = 0; i < n; i++) {
                    out[oo + i] = Elementary.log(x[xo + i]);
                }
            }
            case LOG1P -> {
                for (int i = 0; i < n; i++) {
                    out[oo + i] = Elementary.log1p(x[xo + i]);
                }
            }
            case TANH -> {
                for (int i = 0; i < n; i++) {
                    out[oo + i] = Elementary.tanh(x[xo + i]);
                }
            }
            case SIGMOID -> {
                for (int i = 0; i < n; i++) {
                    out[oo + i] = Elementary.sigmoid(x[xo + i]);
                }
            }
            case SOFTPLUS -> {
                for (int i = 0; i < n; i++) {
                    out[oo + i] = Elementary.softplus(x[xo + i]);
                }
            }
            case RELU -> {
                for (int i = 0; i < n; i++) {
                    out[oo + i] = Math.max(x[xo + i], 0);
                }
            }
        }
    }

    @Override
    public void zip(Binary f, float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
        switch (f) {
            case ADD -> {
                for (int i = 0; i < n; i++) {
                    out[oo + i] = x[xo + i] + y[yo + i];
                }
            }
            case SUBTRACT -> {
                for (int i = 0; i < n; i++) {
                    out[oo + i] = x[xo + i] - y[yo + i];
                }
            }
            case MULTIPLY -> {
                for (int i = 0; i < n; i++) {
                    out[oo + i] = x[xo + i] * y[yo + i];
                }
            }
            case DIVIDE -> {
                for (int i = 0; i < n; i++) {
                    out[oo + i] = x[xo + i] / y[yo + i];
                }
            }
            case MAX -> {
                for (int i = 0; i < n; i++) {
                    out[oo + i] = Math.max(x[xo + i], y[yo + i]);
                }
            }
            case MIN -> {
                for (int i = 0; i < n; i++) {
                    out[oo + i] = Math.min(x[xo + i], y[yo + i]);
                }
            }
            case AT_LEAST -> {
                for (int i = 0; i < n; i++) {
                    out[oo + i] = x[xo + i] >= y[yo + i] ? 1 : 0;
                }
            }
        }
    }

    @Override
    public void affine(float scale, float shift, float[] x, int xo, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) {
            out[oo + i] = Math.fma(x[xo + i], scale, shift);
        }
    }

    @Override
    public float sum(float[] x, int xo, int n, float[] lanes) {
        Arrays.fill(lanes, 0);
        for (int i = 0; i < n; i++) {
            lanes[i % Kernels.LANES] += x[xo + i];
        }
        return fold(lanes, Kernels.LANES);
    }

    @Override
    public float dot(float[] x, int xo, float[] y, int yo, int n, float[] lanes) {
        Arrays.fill(lanes, 0);
        int i = 0;
        for (; i + Kernels.LANES <= n; i += Kernels.LANES) {
            for (int lane = 0; lane < Kernels.LANES; lane++) {
                lanes[lane] = Math.fma(x[xo + i + lane], y[yo + i + lane], lanes[lane]);
            }
        }
        for (int lane = 0; i + lane < n; lane++) {
            lanes[lane] = Math.fma(x[xo + i + lane], y[yo + i + lane], lanes[lane]);
        }
        return fold(lanes, Kernels.LANES);
    }

    @Override
    public void addRows(float[] x, int xo, int stride, int rows, float[] out, int oo, int n) {
        for (int i = 0; i < rows; i++) {
            int row = xo + i * stride;
            for (int j = 0; j < n; j++) {
                out[oo + j] += x[row + j];
            }
        }
    }

    private static float fold(float[] lanes, int count) {
        for (int half = count / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                lanes[i] += lanes[i + half];
            }
        }
        return lanes[0];
    }

    @Override
    public void adam(AdamStep step, float[] p, int po, float[] g, int go, float[] m, int mo, float[] v, int vo, int n) {
        float beta1 = Rounding.to32(step.beta1());
        float beta2 = Rounding.to32(step.beta2());
        float rest1 = Rounding.to32(1 - step.beta1());
        float rest2 = Rounding.to32(1 - step.beta2());
        float epsilon = Rounding.to32(step.epsilon());
        float size = Rounding.to32(step.size());
        float unbias = Rounding.to32(step.unbias());
        for (int i = 0; i < n; i++) {
            float gi = g[go + i];
            float mi = Math.fma(beta1, m[mo + i], rest1 * gi);
            float vi = Math.fma(beta2, v[vo + i], rest2 * gi * gi);
            m[mo + i] = mi;
            v[vo + i] = vi;
            p[po + i] -= size * mi / Math.fma(Rounding.to32(Math.sqrt(vi)), unbias, epsilon);
        }
    }

    @Override
    public void transpose(int rows, int columns, float[] x, int xo, int xStep, float[] out, int oo, int oStep) {
        int i = 0;
        for (; i + 4 <= rows; i += 4) {
            int row0 = xo + i * xStep;
            int row1 = row0 + xStep;
            int row2 = row1 + xStep;
            int row3 = row2 + xStep;
            for (int j = 0; j < columns; j++) {
                int to = oo + j * oStep + i;
                out[to] = x[row0 + j];
                out[to + 1] = x[row1 + j];
                out[to + 2] = x[row2 + j];
                out[to + 3] = x[row3 + j];
            }
        }
        for (; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                out[oo + j * oStep + i] = x[xo + i * xStep + j];
            }
        }
    }

    @Override
    public void substitute(int first, int order, float[] l, int lo, int lStep, float[] x, int xo, int xStep, int n) {
        for (int i = first; i < order; i++) {
            for (int k = 0; k < i; k++) {
                row(l[lo + i * lStep + k], x, xo + k * xStep, x, xo + i * xStep, n);
            }
            for (int j = 0; j < n; j++) {
                x[xo + i * xStep + j] /= -l[lo + i * lStep + i];
            }
        }
    }

    @Override
    public void rowDots(int rows, int n, float[] a, int ao, int aStep, float[] x, int xo, float[] dots, int to, float[] lanes) {
        for (int i = 0; i < rows; i++) {
            Arrays.fill(lanes, 0, ROW_LANES, 0);
            for (int j = 0; j < n; j += ROW_LANES) {
                for (int lane = 0; lane < ROW_LANES; lane++) {
                    lanes[lane] = Math.fma(a[ao + i * aStep + j + lane], x[xo + j + lane], lanes[lane]);
                }
            }
            dots[to + i] += fold(lanes, ROW_LANES);
        }
    }

    @Override
    public void addWeightedRows(int rows, int n, float[] a, int ao, int aStep, float[] w, int wo, float[] sum, int so) {
        for (int i = 0; i < rows; i++) {
            row(w[wo + i], a, ao + i * aStep, sum, so, n);
        }
    }

    @Override
    public void dotsAndWeightedRows(int rows, int n, float[] a, int ao, int aStep, float[] x, int xo, float[] dots, int to, float[] w,
            int wo, float[] sum, int so, float[] lanes) {
        rowDots(rows, n, a, ao, aStep, x, xo, dots, to, lanes);
        addWeightedRows(rows, n, a, ao, aStep, w, wo, sum, so);
    }

    @Override
    public Command matmul(MatMul product, Block32 a, Block32 b, Block32 bias, Block32 c, Pool pool) {
        return new ScalarMatMul32(this, product, a, b, bias, c);
    }

    private static void row(float left, float[] right, int ro, float[] out, int oo, int n) {
        for (int j = 0; j < n; j++) {
            out[oo + j] = Math.fma(left, right[ro + j], out[oo + j]);
        }
    }
}
