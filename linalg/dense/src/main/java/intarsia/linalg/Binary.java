package intarsia.linalg;

/** The elementwise functions of two numbers that every provider of kernels knows. Their derivatives are decided in autodiff. */
public enum Binary {
    /** x + y. */
    ADD,
    /** x - y. */
    SUBTRACT,
    /** x * y. */
    MULTIPLY,
    /** x / y. */
    DIVIDE,
    /** The larger of the two, as {@link Math#max(double, double)}. */
    MAX,
    /** The smaller of the two, as {@link Math#min(double, double)}. */
    MIN,
    /** 1 if x &gt;= y, else 0. */
    AT_LEAST
}
