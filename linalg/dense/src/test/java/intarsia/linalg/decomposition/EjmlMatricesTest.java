package intarsia.linalg.decomposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/** Tensors and EJML's matrices over the same numbers. */
class EjmlMatricesTest {
    @Test
    void nothingIsCopied() {
        Tensor tensor = Tensor.of(Shape.of(2, 3), 1.0, 2, 3, 4, 5, 6);
        DMatrixRMaj matrix = EjmlMatrices.matrix(tensor);
        assertThat(matrix.get(1, 0)).isEqualTo(4);
        matrix.set(0, 2, 30);
        assertThat(tensor.get(0, 2)).isEqualTo(30);
        assertThat(EjmlMatrices.tensor(matrix).doubles()).isSameAs(tensor.doubles());
        Tensor singles = Tensor.of(Shape.of(1, 2), 1f, 2f);
        FMatrixRMaj floats = EjmlMatrices.floatMatrix(singles);
        assertThat(EjmlMatrices.tensor(floats).floats()).isSameAs(singles.floats());
    }

    /** A matrix that was made smaller keeps its long array. */
    @Test
    void aMatrixInALongerArrayIsCopied() {
        DMatrixRMaj matrix = new DMatrixRMaj(3, 3);
        matrix.reshape(2, 2);
        CommonOps_DDRM.setIdentity(matrix);
        assertThat(EjmlMatrices.tensor(matrix)).isEqualTo(Tensor.of(Shape.of(2, 2), 1.0, 0, 0, 1));
        FMatrixRMaj floats = new FMatrixRMaj(3, 3);
        floats.reshape(1, 2);
        assertThat(EjmlMatrices.tensor(floats)).isEqualTo(Tensor.of(Shape.of(1, 2), 0f, 0f));
    }

    @Test
    void vectorsAreColumnsAndNumbersMatrices() {
        assertThat(EjmlMatrices.matrix(Tensor.vector(1, 2, 3)).numRows).isEqualTo(3);
        assertThat(EjmlMatrices.matrix(Tensor.of(Shape.scalar(), 7.0)).get(0, 0)).isEqualTo(7);
        assertThat(EjmlMatrices.matrix(Tensor.zeros(0, 3)).numCols).isEqualTo(3);
    }

    @Test
    void whatIsNoMatrixIsRefused() {
        assertThatThrownBy(() -> EjmlMatrices.matrix(Tensor.zeros(2, 2, 2))).isInstanceOf(ShapeException.class)
                .hasMessageContaining("is no matrix");
        assertThatThrownBy(() -> EjmlMatrices.matrix(Tensor.of(Shape.of(1), 1f))).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("F32");
        assertThatThrownBy(() -> EjmlMatrices.floatMatrix(Tensor.vector(1))).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("F64");
    }
}
