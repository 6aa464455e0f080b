package intarsia.linalg;

/**
 * The numbers in the double-precision functions of {@link Elementary}, used by the scalar functions here and by their vector versions. The
 * polynomials are minimax fits of our own, rounded to doubles; {@code docs/elementary.md} says how they were made.
 */
public final class Coefficients64 {
    private Coefficients64() {}

    /** The x below which e^x rounds to 0. */
    public static final double EXP_LOW = -746;
    /** The bits of {@link #EXP_LOW}: of two numbers below zero, the greater has the lesser bits. */
    public static final long EXP_LOW_BITS = 0xC087500000000000L;
    /** The x below which log(1 + e^x) rounds to e^x. */
    public static final double EXP_ALONE = -40;
    /** The x above which e^x overflows. */
    public static final double EXP_HIGH = 710;
    /** log2(e). */
    public static final double LOG2_E = 0x1.71547652b82fep0;
    /** ln 2, to the nearest. */
    public static final double LN2 = 0x1.62e42fefa39efp-1;
    /** The rest of ln 2 after {@link #LN2}. */
    public static final double LN2_REST = 0x1.abc9e3b39803fp-56;
    /** Added to a number, rounds it to an integer n and leaves n + 1022, the exponent of 2^(n-1), in the low bits of the sum. */
    public static final double SHIFT = 0x1.8p52 + 1022;
    /** The same, leaving n + 2046: the exponents of two factors whose product is 2^n, for n that a single exponent cannot hold. */
    public static final double SHIFT_TWICE = 0x1.8p52 + 2046;
    /** The same, leaving n + 1087: the exponent of 2^(n+64), for n that may be too small for an exponent. */
    public static final double SHIFT_RAISED = 0x1.8p52 + 1087;
    /** 2^-64, the factor after 2^(n+64). */
    public static final double LOWER = 0x1p-64;
    /** Bits below the exponent. */
    public static final int MANTISSA_BITS = 52;

    /** (e^r - 1 - r) / r^2 = E0 + E1 r + ... + E9 r^9 for |r| &le; ln(2)/2; the relative error of e^r is below 3.8e-18. */
    public static final double E0 = 0x1.000000000000ap-1;
    public static final double E1 = 0x1.5555555555503p-3;
    public static final double E2 = 0x1.5555555550607p-5;
    public static final double E3 = 0x1.1111111124c8cp-7;
    public static final double E4 = 0x1.6c16c184b4a2bp-10;
    public static final double E5 = 0x1.a01a013dfc172p-13;
    public static final double E6 = 0x1.a0199890f2d88p-16;
    public static final double E7 = 0x1.71def1b1d96b0p-19;
    public static final double E8 = 0x1.28aed3ca12d5ap-22;
    public static final double E9 = 0x1.addc8dc1711e7p-26;

    /**
     * (r coth(r/2) - 2) / r^2 = C0 + C1 z + ... + C4 z^4, z = r^2, for |r| &le; ln(2)/2; the relative error of
     * e^r = (r coth(r/2) + r) / (r coth(r/2) - r) is below 1.8e-19.
     */
    public static final double C0 = 0x1.555555555552dp-3;
    public static final double C1 = -0x1.6c16c16bd9e0ep-9;
    public static final double C2 = 0x1.1566aac02e504p-14;
    public static final double C3 = -0x1.bbd3a9e88b495p-20;
    public static final double C4 = 0x1.6348a0e35e14cp-25;

    /** The 2|x| above which the hyperbolic tangent rounds to 1. */
    public static final double TANH_HIGH = 40;

    /** The high part of ln 2: its product with an exponent is exact. */
    public static final double LN2_HIGH = 0x1.62e42fefa38p-1;
    /** The rest of ln 2 after {@link #LN2_HIGH}. */
    public static final double LN2_LOW = 0x1.ef35793c7673p-45;
    /** The bits of the double nearest to sqrt(1/2), where the range of the mantissa begins. */
    public static final long SQRT_HALF = 0x3FE6A09E667F3BCDL;
    /** Added to the bits of x = 2^k m with sqrt(1/2) &le; m &lt; sqrt(2), leaves k + 1023 above the mantissa bits. */
    public static final long LOG_OFFSET = 0x3FF0000000000000L - SQRT_HALF;
    /** The bits of a mantissa. */
    public static final long MANTISSA = 0x000FFFFFFFFFFFFFL;
    /** The bits of 2^52; or-ed with n &lt; 2^52 they are the double 2^52 + n. */
    public static final long INTEGER_BITS = 0x4330000000000000L;
    /** 2^52 + 1023: taken from 2^52 + (k + 1023), leaves k. */
    public static final double BIAS = 0x1p52 + 1023;
    /** The bits with exponent k + 1023, taken from these, have the exponent of 2^-(k+1). */
    public static final long HALF_RECIPROCAL = 2045L << MANTISSA_BITS | MANTISSA;
    /** A mask that keeps the power of two of a double, if that is below 2. */
    public static final long BELOW_TWO = 0x3FFL << MANTISSA_BITS;
    /** Brings every subnormal into the normal range. */
    public static final double SUBNORMAL_SCALE = 0x1p54;
    /** The exponent of {@link #SUBNORMAL_SCALE}. */
    public static final int SUBNORMAL_EXPONENT = 54;

    /**
     * (2 artanh(s) / s - 2) / s^2 = L0 + L1 z + ... + L6 z^6, z = s^2, for |s| &le; 3 - sqrt(8);
     * the relative error of 2 artanh(s) is below 1.3e-18.
     */
    public static final double L0 = 0x1.5555555555592p-1;
    public static final double L1 = 0x1.999999997ff06p-2;
    public static final double L2 = 0x1.24924941e3165p-2;
    public static final double L3 = 0x1.c71c5212752f1p-3;
    public static final double L4 = 0x1.74663d61eeaf7p-3;
    public static final double L5 = 0x1.39a1db628a357p-3;
    public static final double L6 = 0x1.2f04503511c65p-3;

    /**
     * (log(1+e) / y - 1) / y^2 = A0 + A1 z + ... + A9 z^9, z = y^2, for y = 2 e / (2 + e), 0 &le; e &le; 1;
     * the relative error of log(1+e) is below 2.1e-18.
     */
    public static final double A0 = 0x1.5555555555535p-4;
    public static final double A1 = 0x1.99999999a074fp-7;
    public static final double A2 = 0x1.249249208c6c1p-9;
    public static final double A3 = 0x1.c71c741c669c1p-12;
    public static final double A4 = 0x1.745cb40242779p-14;
    public static final double A5 = 0x1.3b1ddb3a2c3dbp-16;
    public static final double A6 = 0x1.1067c5986cfb5p-18;
    public static final double A7 = 0x1.efd8c52b2d612p-21;
    public static final double A8 = 0x1.55aab9cc06ff0p-23;
    public static final double A9 = 0x1.5c84bee2c0f28p-24;
}
