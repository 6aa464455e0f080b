package intarsia.linalg;

/**
 * The elementary functions behind {@link Unary}, in both precisions: the same bits on every machine, in scalar code and on vectors of any
 * width, because each is a fixed sequence of IEEE operations (+, -, *, /, fused multiply-add, comparisons, moves of bits) in its own
 * precision.
 *
 * <p>A result differs from the true value by at most one unit in the last place (ulp) of the number nearest to it, over the whole range,
 * in subnormals too; in single precision that is proven over all 2^32 inputs. Infinities and signed zeros follow {@link Math}; every NaN
 * result is the canonical one. Allocates nothing.
 *
 * <p>Methods: e^x = 2^n e^r with n the integer nearest to x / ln 2 and a polynomial in r, |r| &le; ln(2)/2 (Cody and Waite's two-part ln 2,
 * without error under fused multiply-add); sigmoid from e^r = (r coth(r/2) + r) / (r coth(r/2) - r), whose quotient is the sigmoid's own;
 * tanh = v / (1 + v) with v = (e^2|x| - 1) / 2, accurate near 0 too, or in single precision a polynomial near 0 and 1 - 2 / (e^2|x| + 1)
 * beyond; log(2^k m) = k ln 2 + log m with sqrt(1/2) &le; m &lt; sqrt(2), by a polynomial for artanh in double precision and for log(1 + f)
 * in single; softplus = max(x, 0) + 2 artanh(e / (2 + e)) with e = e^-|x|. Sums and quotients keep what they round off where it counts. The
 * coefficients are our own: {@link Coefficients64}, {@link Coefficients32}.
 */
public final class Elementary {
    private Elementary() {}

    /** e^x, within 1 ulp; gradual down to the smallest subnormal, infinite from 709.79 on. */
    public static double exp(double x) {
        return Elementary64.exp(x);
    }

    /** The natural logarithm, within 1 ulp; -infinity at either zero, NaN below. */
    public static double log(double x) {
        return Elementary64.log(x);
    }

    /** log(1 + x), within 1 ulp, x itself near 0; -infinity at -1, NaN below. */
    public static double log1p(double x) {
        return Elementary64.log1p(x);
    }

    /** The hyperbolic tangent, within 1 ulp: odd to the bit, and x itself near 0. */
    public static double tanh(double x) {
        return Elementary64.tanh(x);
    }

    /** 1 / (1 + e^-x), within 1 ulp; gradual in the lower tail, 0 from -744.8 on. */
    public static double sigmoid(double x) {
        return Elementary64.sigmoid(x);
    }

    /** log(1 + e^x) = max(x, 0) + log(1 + e^-|x|), within 1 ulp; in the lower tail e^x. */
    public static double softplus(double x) {
        return Elementary64.softplus(x);
    }

    /** e^x, within 1 ulp; gradual down to the smallest subnormal, infinite from 88.73 on. */
    public static float exp(float x) {
        return Elementary32.exp(x);
    }

    /** The natural logarithm, within 1 ulp; -infinity at either zero, NaN below. */
    public static float log(float x) {
        return Elementary32.log(x);
    }

    /** log(1 + x), within 1 ulp, x itself near 0; -infinity at -1, NaN below. */
    public static float log1p(float x) {
        return Elementary32.log1p(x);
    }

    /** The hyperbolic tangent, within 1 ulp: odd to the bit, and x itself near 0. */
    public static float tanh(float x) {
        return Elementary32.tanh(x);
    }

    /** 1 / (1 + e^-x), within 1 ulp; gradual in the lower tail, 0 from -103.6 on. */
    public static float sigmoid(float x) {
        return Elementary32.sigmoid(x);
    }

    /** log(1 + e^x) = max(x, 0) + log(1 + e^-|x|), within 1 ulp; in the lower tail e^x. */
    public static float softplus(float x) {
        return Elementary32.softplus(x);
    }
}
