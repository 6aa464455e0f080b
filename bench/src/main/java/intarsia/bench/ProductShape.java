package intarsia.bench;

import intarsia.linalg.MatMul;

/**
 * The sizes of a product of two contiguous row-major matrices, each transposed first if asked.
 *
 * @param rows       of the product
 * @param columns    of the product
 * @param inner      the inner size
 * @param transposeA whether the left operand is transposed: it is then [inner x rows]
 * @param transposeB whether the right operand is transposed: it is then [columns x inner]
 */
public record ProductShape(int rows, int columns, int inner, boolean transposeA, boolean transposeB) {
    /** Square matrices; the form is N or T for each side. */
    static ProductShape square(int size, String form) {
        return new ProductShape(size, size, size, form.charAt(0) == 'T', form.charAt(1) == 'T');
    }

    /** From one row of the left operand to the next, as it lies in memory. */
    public int strideA() {
        return transposeA ? rows : inner;
    }

    /** From one row of the right operand to the next, as it lies in memory. */
    public int strideB() {
        return transposeB ? inner : columns;
    }

    /** Whether the matrices are square and none is transposed. */
    public boolean plainSquare() {
        return rows == columns && rows == inner && !transposeA && !transposeB;
    }

    /** What our kernels are asked for. */
    MatMul product() {
        return MatMul.of(transposeA, transposeB);
    }

    @Override
    public String toString() {
        return (transposeA ? "T" : "N") + (transposeB ? "T" : "N") + " " + rows + "x" + inner + "x" + columns;
    }
}
