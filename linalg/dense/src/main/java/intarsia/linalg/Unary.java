package intarsia.linalg;

/** The elementwise functions of one number that every provider of kernels knows. Their derivatives are decided in autodiff. */
public enum Unary {
    /** -x. */
    NEGATE,
    /** |x|. */
    ABS,
    /** -1, 0 or 1 (NaN for NaN). */
    SIGN,
    /** 1 if x &gt; 0, else 0. */
    STEP,
    /** x^2. */
    SQUARE,
    /** The square root, correctly rounded. */
    SQRT,
    /** 1 / x, correctly rounded. */
    RECIPROCAL,
    /** e^x. */
    EXP,
    /** The natural logarithm. */
    LOG,
    /** log(1 + x), accurate near 0. */
    LOG1P,
    /** The hyperbolic tangent. */
    TANH,
    /** 1 / (1 + e^-x), accurate in both tails. */
    SIGMOID,
    /** log(1 + e^x), accurate in both tails. */
    SOFTPLUS,
    /** max(x, 0). */
    RELU
}
