package intarsia.linalg;

/**
 * The description of a matrix product: {@code c = activation(start + op(a) op(b))}.
 *
 * <p>The bits are part of the contract: every output begins with its start and takes its products in ascending order of the inner index,
 * each by one fused multiply-add; so blocking, vector width and threads cannot change them.
 *
 * @param transposeA whether op(a) is a's transpose
 * @param transposeB whether op(b) is b's transpose
 * @param start      the start value of every output
 * @param activation applied at the end, or null for none
 */
public record MatMul(boolean transposeA, boolean transposeB, Start start, Unary activation) {
    /** The start value of an output. */
    public enum Start {
        /** Zero. */
        ZERO,
        /** The current output: the product is added to it. */
        OUTPUT,
        /** The entry of a row vector for the output's column. */
        BIAS
    }

    /** The plain product a b. */
    public static final MatMul PLAIN = of(false, false);

    /** The product of two operands, each transposed first if requested. */
    public static MatMul of(boolean transposeA, boolean transposeB) {
        return new MatMul(transposeA, transposeB, Start.ZERO, null);
    }

    /** The same product with another start. */
    public MatMul with(Start other) {
        return new MatMul(transposeA, transposeB, other, activation);
    }

    /** The same product followed by an activation. */
    public MatMul with(Unary other) {
        return new MatMul(transposeA, transposeB, start, other);
    }
}
