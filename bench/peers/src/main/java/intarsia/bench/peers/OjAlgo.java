package intarsia.bench.peers;

import intarsia.bench.Peer;
import intarsia.bench.ProductShape;
import intarsia.bench.Work;
import intarsia.linalg.Precision;
import org.ojalgo.OjAlgoUtils;
import org.ojalgo.matrix.decomposition.Eigenvalue;
import org.ojalgo.matrix.decomposition.LU;
import org.ojalgo.matrix.decomposition.QR;
import org.ojalgo.matrix.decomposition.SingularValue;
import org.ojalgo.matrix.store.PhysicalStore;
import org.ojalgo.matrix.store.R032Store;
import org.ojalgo.matrix.store.R064Store;

/** ojAlgo, pure Java, held to one thread. */
public final class OjAlgo implements Peer {
    /** For the service loader. */
    public OjAlgo() {
        OjAlgoUtils.limitThreadsTo(1);
    }

    @Override
    public String name() {
        return "ojAlgo";
    }

    @Override
    public Work product(Precision precision, ProductShape shape, double[] a, double[] b) {
        if (!shape.plainSquare()) {
            return null;
        }
        int size = shape.rows();
        PhysicalStore.Factory<Double, ?> factory = precision == Precision.F64 ? R064Store.FACTORY : R032Store.FACTORY;
        PhysicalStore<Double> left = filled(factory, size, size, a);
        PhysicalStore<Double> right = filled(factory, size, size, b);
        PhysicalStore<Double> product = factory.make(size, size);
        return () -> product.fillByMultiplying(left, right);
    }

    @Override
    public Work decomposition(Decomposition what, int rows, int columns, double[] a) {
        PhysicalStore<Double> matrix = filled(R064Store.FACTORY, rows, columns, a);
        return switch (what) {
            case SVD -> () -> {
                SingularValue<Double> svd = SingularValue.R064.make(matrix);
                svd.decompose(matrix);
                svd.getU();
                svd.getV();
            };
            case EIGEN -> () -> {
                Eigenvalue<Double> eigen = Eigenvalue.R064.make(matrix, true);
                eigen.decompose(matrix);
                eigen.getV();
            };
            case QR -> () -> {
                QR<Double> qr = QR.R064.make(matrix);
                qr.decompose(matrix);
                qr.getQ();
                qr.getR();
            };
            case LU -> () -> {
                LU<Double> lu = LU.R064.make(matrix);
                lu.decompose(matrix);
                lu.getL();
                lu.getU();
            };
            case CHOLESKY, TRIANGULAR, INVERSE -> null;
        };
    }

    private static PhysicalStore<Double> filled(PhysicalStore.Factory<Double, ?> factory, int rows, int columns, double[] rowMajor) {
        PhysicalStore<Double> store = factory.make(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                store.set(i, j, rowMajor[i * columns + j]);
            }
        }
        return store;
    }
}
