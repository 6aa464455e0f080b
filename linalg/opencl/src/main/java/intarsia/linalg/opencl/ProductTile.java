package intarsia.linalg.opencl;

import intarsia.linalg.MatMul;
import intarsia.linalg.Precision;
import java.util.List;

/**
 * How a product is cut up: a group's tile of outputs, how deep a slice goes through local memory at a time, and a work-item's outputs in
 * registers.
 *
 * @param rows    of a group's tile
 * @param columns of a group's tile
 * @param depth   of a slice
 * @param down    rows of a work-item
 * @param right   columns of a work-item
 */
record ProductTile(int rows, int columns, int depth, int down, int right) {
    /** The candidates for large products on GPUs; the best depends on vendor and precision and is measured. */
    static final List<ProductTile> LARGE = List.of(new ProductTile(128, 128, 8, 8, 8), new ProductTile(128, 128, 16, 8, 8),
            new ProductTile(128, 64, 16, 8, 4), new ProductTile(64, 64, 16, 4, 4), new ProductTile(64, 64, 16, 8, 4));
    /** The tile for products with too few large tiles to keep all units busy. */
    static final ProductTile SMALL = new ProductTile(32, 32, 16, 2, 2);

    /** Checks that all work-items load the same number of elements. */
    ProductTile {
        if (rows % down != 0 || columns % right != 0 || rows * depth % (rows / down * (columns / right)) != 0
                || columns * depth % (rows / down * (columns / right)) != 0) {
            throw new IllegalArgumentException("tile of " + rows + "x" + columns + "x" + depth + " with " + down + "x" + right
                    + " a work-item: uneven");
        }
    }

    /** Work-items in a group. */
    int items() {
        return rows / down * (columns / right);
    }

    /** Groups that an output of these sizes needs. */
    long groups(int outputRows, int outputColumns) {
        return (long) Math.ceilDiv(outputRows, rows) * Math.ceilDiv(outputColumns, columns);
    }

    /** Whether a device has the local memory and the work-items. */
    boolean fits(Device device, Precision precision) {
        return items() <= device.group() && 2L * depth * (rows + columns + 8) * precision.bytes() <= device.local();
    }

    /** The source of a product cut up so. */
    String source(MatMul product) {
        return """
                #define TM %d
                #define TN %d
                #define TK %d
                #define WM %d
                #define WN %d
                #define TRANSPOSE_A %d
                #define TRANSPOSE_B %d
                #define ACTIVATION(x) %s
                """.formatted(rows, columns, depth, down, right, product.transposeA() ? 1 : 0, product.transposeB() ? 1 : 0,
                product.activation() == null ? "(x)" : "f_" + product.activation() + "(x)") + KernelSource.MATMUL;
    }
}
