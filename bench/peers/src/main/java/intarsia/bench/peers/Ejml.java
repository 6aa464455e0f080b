package intarsia.bench.peers;

import intarsia.bench.Peer;
import intarsia.bench.ProductShape;
import intarsia.bench.Work;
import intarsia.linalg.Precision;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.CommonOps_FDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/** EJML, pure Java. */
public final class Ejml implements Peer {
    /** For the service loader. */
    public Ejml() {}

    @Override
    public String name() {
        return "EJML";
    }

    @Override
    public Work product(Precision precision, ProductShape shape, double[] a, double[] b) {
        if (!shape.plainSquare()) {
            return null;
        }
        int size = shape.rows();
        if (precision == Precision.F64) {
            DMatrixRMaj left = DMatrixRMaj.wrap(size, size, a);
            DMatrixRMaj right = DMatrixRMaj.wrap(size, size, b);
            DMatrixRMaj product = new DMatrixRMaj(size, size);
            return () -> CommonOps_DDRM.mult(left, right, product);
        }
        FMatrixRMaj left = FMatrixRMaj.wrap(size, size, Floats.of(a));
        FMatrixRMaj right = FMatrixRMaj.wrap(size, size, Floats.of(b));
        FMatrixRMaj product = new FMatrixRMaj(size, size);
        return () -> CommonOps_FDRM.mult(left, right, product);
    }

    @Override
    public Work decomposition(Decomposition what, int rows, int columns, double[] a) {
        return switch (what) {
            case SVD -> () -> {
                var svd = DecompositionFactory_DDRM.svd(rows, columns, true, true, true);
                svd.decompose(DMatrixRMaj.wrap(rows, columns, a.clone()));
                svd.getU(null, false);
                svd.getV(null, false);
            };
            case EIGEN -> () -> {
                var eigen = DecompositionFactory_DDRM.eig(columns, true, true);
                eigen.decompose(DMatrixRMaj.wrap(rows, columns, a.clone()));
                eigen.getEigenVector(0);
            };
            case QR -> () -> {
                var qr = DecompositionFactory_DDRM.qr(rows, columns);
                qr.decompose(DMatrixRMaj.wrap(rows, columns, a.clone()));
                qr.getQ(null, true);
                qr.getR(null, true);
            };
            case LU -> () -> {
                var lu = DecompositionFactory_DDRM.lu(rows, columns);
                lu.decompose(DMatrixRMaj.wrap(rows, columns, a.clone()));
                lu.getLower(null);
                lu.getUpper(null);
            };
            case CHOLESKY, TRIANGULAR, INVERSE -> null;
        };
    }
}
