package intarsia.linalg.decomposition;

import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/**
 * Tensors as matrices of <a href="https://ejml.org">EJML</a> and back. Both lie in memory row after row, so nothing is copied: what is
 * written to one is seen in the other. For a {@code SimpleMatrix}, {@code SimpleMatrix.wrap(EjmlMatrices.matrix(tensor))} and {@code
 * EjmlMatrices.tensor(simple.getDDRM())}.
 */
public final class EjmlMatrices {
    private EjmlMatrices() {}

    /**
     * A matrix over the numbers of an F64 tensor; a vector is a column.
     *
     * @throws ShapeException        if the tensor has more than two axes
     * @throws IllegalStateException if the tensor is F32
     */
    public static DMatrixRMaj matrix(Tensor tensor) {
        return DMatrixRMaj.wrap(rows(tensor), columns(tensor), tensor.doubles());
    }

    /**
     * A matrix over the numbers of an F32 tensor; a vector is a column.
     *
     * @throws ShapeException        if the tensor has more than two axes
     * @throws IllegalStateException if the tensor is F64
     */
    public static FMatrixRMaj floatMatrix(Tensor tensor) {
        return FMatrixRMaj.wrap(rows(tensor), columns(tensor), tensor.floats());
    }

    /** A tensor {@code rows x columns} over the numbers of a matrix; over a copy if its array is longer than the matrix. */
    public static Tensor tensor(DMatrixRMaj matrix) {
        int size = matrix.getNumElements();
        return Tensor.of(Shape.of(matrix.numRows, matrix.numCols), matrix.data.length == size ? matrix.data
                : Arrays.copyOf(matrix.data, size));
    }

    /** The same in F32. */
    public static Tensor tensor(FMatrixRMaj matrix) {
        int size = matrix.getNumElements();
        return Tensor.of(Shape.of(matrix.numRows, matrix.numCols), matrix.data.length == size ? matrix.data
                : Arrays.copyOf(matrix.data, size));
    }

    private static int rows(Tensor tensor) {
        if (tensor.shape().rank() > 2) {
            throw new ShapeException("a tensor " + tensor.shape() + " is no matrix; reshape it or take a part");
        }
        return tensor.shape().rank() == 0 ? 1 : tensor.shape().size(0);
    }

    private static int columns(Tensor tensor) {
        return tensor.shape().rank() < 2 ? 1 : tensor.shape().size(1);
    }
}
