package intarsia.linalg;

/**
 * The numbers in the single-precision functions of {@link Elementary}, used by the scalar functions here and by their vector versions. The
 * polynomials are minimax fits of our own, rounded to floats one coefficient after another, the rest fitted again after each; {@code
 * docs/elementary.md} says how they were made.
 */
public final class Coefficients32 {
    private Coefficients32() {}

    /** The x below which e^x rounds to 0. */
    public static final float EXP_LOW = -104;
    /** The bits of {@link #EXP_LOW}: of two numbers below zero, the greater has the lesser bits. */
    public static final int EXP_LOW_BITS = 0xC2D00000;
    /** The x below which log(1 + e^x) rounds to e^x. */
    public static final float EXP_ALONE = -20;
    /** The x above which e^x overflows. */
    public static final float EXP_HIGH = 89;
    /** log2(e). */
    public static final float LOG2_E = 0x1.715476p0f;
    /** ln 2, to the nearest. */
    public static final float LN2 = 0x1.62e43p-1f;
    /** The rest of ln 2 after {@link #LN2}. */
    public static final float LN2_REST = -0x1.05c61p-29f;
    /** Added to a number, rounds it to an integer n and leaves n + 127 in the low bits of the sum. */
    public static final float SHIFT = 0x1.8p23f + 127;
    /** The same, leaving n + 254: the exponents of two factors whose product is 2^n, for n that a single exponent cannot hold. */
    public static final float SHIFT_TWICE = 0x1.8p23f + 254;
    /** The same, leaving n + 191: the exponent of 2^(n+64), for n that may be too small for an exponent. */
    public static final float SHIFT_RAISED = 0x1.8p23f + 191;
    /** 2^-64, the factor after 2^(n+64). */
    public static final float LOWER = 0x1p-64f;
    /** Bits below the exponent. */
    public static final int MANTISSA_BITS = 23;

    /** (e^r - 1 - r) / r^2 = E0 + E1 r + ... + E4 r^4 for |r| &le; ln(2)/2; the relative error of e^r is below 3.2e-9. */
    public static final float E0 = 0x1.fffffcp-2f;
    public static final float E1 = 0x1.55548cp-3f;
    public static final float E2 = 0x1.555858p-5f;
    public static final float E3 = 0x1.123de4p-7f;
    public static final float E4 = 0x1.6ac7bcp-10f;

    /**
     * (r coth(r/2) - 2) / r^2 = C0 + C1 z, z = r^2, for |r| &le; ln(2)/2; the relative error of
     * e^r = (r coth(r/2) + r) / (r coth(r/2) - r) is below 5.3e-10.
     */
    public static final float C0 = 0x1.555514p-3f;
    public static final float C1 = -0x1.6a8bf8p-9f;

    /** The |x| below which the hyperbolic tangent is a polynomial of x; above it is 1 - 2 / (e^2|x| + 1). */
    public static final float TANH_LOW = 0.625f;
    /** The |x| above which the hyperbolic tangent rounds to 1. */
    public static final float TANH_HIGH = 10;

    /** (tanh(x) / x - 1) / x^2 = T0 + T1 z + ... + T4 z^4, z = x^2, for |x| &le; 5/8; the relative error of tanh(x) is below 4.6e-9. */
    public static final float T0 = -0x1.555532p-2f;
    public static final float T1 = 0x1.1106f6p-3f;
    public static final float T2 = -0x1.b835a4p-5f;
    public static final float T3 = 0x1.51f8cep-6f;
    public static final float T4 = -0x1.750ce2p-8f;

    /** The high part of ln 2: its product with an exponent is exact. */
    public static final float LN2_HIGH = 0x1.62e4p-1f;
    /** The rest of ln 2 after {@link #LN2_HIGH}. */
    public static final float LN2_LOW = 0x1.7f7d1cp-20f;
    /** The bits of the float nearest to sqrt(1/2), where the range of the mantissa begins. */
    public static final int SQRT_HALF = 0x3F3504F3;
    /** Added to the bits of x = 2^k m with sqrt(1/2) &le; m &lt; sqrt(2), leaves k + 127 above the mantissa bits. */
    public static final int LOG_OFFSET = 0x3F800000 - SQRT_HALF;
    /** The bits of a mantissa. */
    public static final int MANTISSA = 0x007FFFFF;
    /** The bits of 2^23; or-ed with n &lt; 2^23 they are the float 2^23 + n. */
    public static final int INTEGER_BITS = 0x4B000000;
    /** 2^23 + 127: taken from 2^23 + (k + 127), leaves k. */
    public static final float BIAS = 0x1p23f + 127;
    /** The bits with exponent k + 127, taken from these, have the exponent of 2^-(k+1). */
    public static final int HALF_RECIPROCAL = 253 << MANTISSA_BITS | MANTISSA;
    /** A mask that keeps the power of two of a float, if that is below 2. */
    public static final int BELOW_TWO = 0x7F << MANTISSA_BITS;
    /** Brings every subnormal into the normal range. */
    public static final float SUBNORMAL_SCALE = 0x1p25f;
    /** The exponent of {@link #SUBNORMAL_SCALE}. */
    public static final int SUBNORMAL_EXPONENT = 25;

    /**
     * (log(1+f) - f + f^2/2) / f^3 = L0 + L1 f + ... + L7 f^7 for sqrt(1/2) &le; 1 + f &le; sqrt(2);
     * the relative error of log(1+f) is below 5.9e-9.
     */
    public static final float L0 = 0x1.555554p-2f;
    public static final float L1 = -0x1.00022ap-2f;
    public static final float L2 = 0x1.99a03cp-3f;
    public static final float L3 = -0x1.547192p-3f;
    public static final float L4 = 0x1.22d488p-3f;
    public static final float L5 = -0x1.0d8652p-3f;
    public static final float L6 = 0x1.0586e8p-3f;
    public static final float L7 = -0x1.392324p-4f;

    /**
     * (log(1+e) / y - 1) / y^2 = A0 + A1 z + ... + A3 z^3, z = y^2, for y = 2 e / (2 + e), 0 &le; e &le; 1;
     * the relative error of log(1+e) is below 4.5e-9.
     */
    public static final float A0 = 0x1.555502p-4f;
    public static final float A1 = 0x1.99d1ccp-7f;
    public static final float A2 = 0x1.1ec03ap-9f;
    public static final float A3 = 0x1.1eca5ep-11f;
}
