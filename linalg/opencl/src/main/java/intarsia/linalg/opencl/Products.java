package intarsia.linalg.opencl;

import intarsia.linalg.Command;
import intarsia.linalg.MatMul;
import intarsia.linalg.View;
import java.util.List;

/**
 * Binds products: uses the largest tile of which there are enough to keep all units busy. An output takes its products in order of the
 * inner index, as on the CPU. If even small tiles are too few, the inner index is long and slices are asked for, it is cut into slices that
 * run in parallel, and their sums are added in order: faster, rounded otherwise.
 *
 * @param tiles  from the largest to the smallest
 * @param units  how many groups should run in parallel
 * @param slices whether inner indices may be cut
 */
record Products(OpenClKernels kernels, List<ProductTile> tiles, int units, boolean slices) {
    /** The system property: {@code on} or {@code off}. */
    static final String SLICES = "intarsia.opencl.slices";
    /** An inner index is not cut into slices shorter than this. */
    private static final int SHORTEST_SLICE = 256;
    private static final int MOST_SLICES = 64;
    private static final int GROUP = 128;

    Command bind(MatMul product, View a, View b, View bias, View c) {
        int inner = product.transposeA() ? a.rows() : a.columns();
        ProductTile tile = tiles.stream().filter(t -> t.groups(c.rows(), c.columns()) >= units).findFirst().orElse(tiles.getLast());
        long groups = tile.groups(c.rows(), c.columns());
        int parallel = slices ? Math.clamp(Math.min(units / groups, inner / SHORTEST_SLICE), 1, MOST_SLICES) : 1;
        if (parallel == 1) {
            return launch(product, tile, a, b, bias, c, inner, 1, 0);
        }
        MatMul sums = MatMul.of(product.transposeA(), product.transposeB());
        View parts = View.of(kernels.allocate(parallel * c.size()), c.rows(), c.columns());
        int slice = Math.ceilDiv(Math.ceilDiv(inner, parallel), tile.depth()) * tile.depth();
        Command first = launch(sums, tile, a, b, null, parts, slice, parallel, c.size());
        Command second = kernels.kernel(tile.source(product), "combine")
                .ints(c.size(), c.columns(), parallel, c.size(), product.start().ordinal())
                .buffer(DeviceBuffer.of(parts, kernels.precision()).id()).start(bias == null ? c : bias).matrix(c)
                .over("sums of " + parallel + " slices of a product " + c, c.size(), GROUP);
        return OpenClKernels.both(first, second);
    }

    /** Writes each slice's sums to a separate part, {@code part} numbers after the previous one. */
    private Command launch(MatMul product, ProductTile tile, View a, View b, View bias, View c, int slice, int slices, int part) {
        int inner = product.transposeA() ? a.rows() : a.columns();
        return kernels.kernel(tile.source(product), "matmul").ints(c.rows(), c.columns(), inner, slice, product.start().ordinal())
                .matrix(a).matrix(b).start(bias == null ? c : bias).matrix(c).ints(part)
                .range("matmul " + a + (product.transposeA() ? "' " : " ") + b + (product.transposeB() ? "'" : "") + " to " + c,
                        kernels.sizes((long) Math.ceilDiv(c.rows(), tile.rows()) * tile.items(), Math.ceilDiv(c.columns(), tile.columns()),
                                slices),
                        kernels.sizes(tile.items(), 1, 1));
    }
}
