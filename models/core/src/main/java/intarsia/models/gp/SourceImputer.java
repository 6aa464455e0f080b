package intarsia.models.gp;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.SymmetricEigen;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Makes a source's rows whole: rows that lack it become normal distributions, given their anchors; all are rotated so that these are
 * independent.
 */
final class SourceImputer {
    private final LinearImputer imputer;
    private final int[] quantities;
    private final Tensor rotation;
    private final double[] variances;

    SourceImputer(LinearImputer imputer, int[] quantities) {
        this.imputer = imputer;
        this.quantities = quantities;
        boolean diagonal = imputer.spread().shape().rank() == 1;
        SymmetricEigen eigen = diagonal ? null : SymmetricEigen.of(imputer.spread());
        rotation = diagonal ? null : eigen.vectors();
        variances = Arrays.stream((diagonal ? imputer.spread() : eigen.values()).doubles()).map(value -> Math.max(0, value)).toArray();
    }

    /** Records the squares of quantities as kernels read them, given their variances. */
    static Node squares(Node x, int[] quantities, double[] variances) {
        if (quantities.length == 0) {
            return null;
        }
        Node picked = x.columns(quantities);
        Node squares = picked.square();
        return (variances == null ? squares : squares.plus(row(x.graph(), variances))).minus(1).dividedBy(x.graph().constant(Math.sqrt(2)));
    }

    private static Node row(Graph graph, double[] numbers) {
        return graph.constant(Tensor.of(Shape.of(1, numbers.length), numbers));
    }

    /** Records {@link #complete}. */
    SourceRecorder.Features record(Node measured, Node observed, Node anchor) {
        Graph graph = measured.graph();
        int width = measured.shape().size(1);
        int anchors = anchor.shape().size(1);
        double[] a = imputer.coefficients().doubles();
        Node mean = anchor.matmul(graph.constant(Tensor.of(Shape.of(anchors, width), Arrays.copyOf(a, anchors * width))))
                .plus(row(graph, Arrays.copyOfRange(a, anchors * width, a.length)));
        Node imputed = observed.affine(-1, 1);
        Node x = measured.times(observed).plus(mean.times(imputed));
        Node whole = rotation == null ? x : x.matmul(graph.constant(rotation));
        double[] variance = Arrays.stream(quantities).mapToDouble(imputer::variance).toArray();
        if (variance.length == 0) {
            return new SourceRecorder.Features(whole, null, null);
        }
        Node squares = squares(measured, quantities, null).times(observed).plus(squares(mean, quantities, variance).times(imputed));
        Node means = mean.columns(quantities);
        double excess = Arrays.stream(variance).map(v -> v * v).sum();
        Node excesses = means.square().matmul(graph.constant(Tensor.of(Shape.of(variance.length, 1),
                Arrays.stream(variance).map(v -> 2 * v).toArray()))).plus(excess);
        return new SourceRecorder.Features(whole, squares, excesses);
    }

    /**
     * All rows of a source.
     *
     * @param measured those that have it
     * @param anchor   the anchor's features of all rows
     */
    SourceRows complete(SourceRows measured, Tensor anchor) {
        int n = anchor.shape().rows();
        int width = measured.width();
        double[] x = new double[n * width];
        double[] squares = new double[n * quantities.length];
        double[] excess = new double[n];
        boolean[] uncertain = new boolean[n];
        Arrays.fill(uncertain, true);
        for (int k = 0; k < measured.size(); k++) {
            int row = measured.rows()[k];
            uncertain[row] = false;
            System.arraycopy(measured.x(), k * width, x, row * width, width);
            System.arraycopy(measured.squares(), k * quantities.length, squares, row * quantities.length, quantities.length);
        }
        int[] imputed = IntStream.range(0, n).filter(i -> uncertain[i]).toArray();
        double[] means = imputer.means(rows(anchor, imputed), imputed.length);
        for (int k = 0; k < imputed.length; k++) {
            int i = imputed[k];
            System.arraycopy(means, k * width, x, i * width, width);
            for (int q = 0; q < quantities.length; q++) {
                double m = means[k * width + quantities[q]];
                double variance = imputer.variance(quantities[q]);
                squares[i * quantities.length + q] = KernelFeatures.square(m, variance);
                excess[i] += variance * variance + 2 * m * m * variance;
            }
        }
        double[] rotated = n == 0 || rotation == null ? x : Matrices.product(Tensor.of(Shape.of(n, width), x), rotation).doubles();
        double[] weighted = new double[n];
        double total = 0;
        double square = 0;
        for (int k = 0; k < width; k++) {
            total += variances[k];
            square += variances[k] * variances[k];
            for (int i = 0; i < n; i++) {
                weighted[i] = Math.fma(variances[k] * rotated[i * width + k], rotated[i * width + k], weighted[i]);
            }
        }
        return new SourceRows(IntStream.range(0, n).toArray(), rotated, width, squares, quantities.length, SourceRows.norms(rotated, width),
                uncertain,
                new SourceRows.Spread(variances, total, square, weighted, excess));
    }

    private static double[] rows(Tensor of, int[] numbers) {
        int width = of.shape().columns();
        double[] rows = new double[numbers.length * width];
        for (int k = 0; k < numbers.length; k++) {
            System.arraycopy(of.doubles(), numbers[k] * width, rows, k * width, width);
        }
        return rows;
    }
}
