package intarsia.bench.peers;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import intarsia.bench.Peer;
import intarsia.bench.ProductShape;
import intarsia.bench.Work;
import intarsia.linalg.Precision;

/** dev.ludovic.netlib: BLAS on the Vector API. Column-major, so it is given the sides in reverse. */
public final class VectorBlas implements Peer {
    private final BLAS blas = JavaBLAS.getInstance();

    /** For the service loader. */
    public VectorBlas() {}

    @Override
    public String name() {
        return blas.getClass().getSimpleName();
    }

    @Override
    public Work product(Precision precision, ProductShape shape, double[] a, double[] b) {
        String left = shape.transposeA() ? "T" : "N";
        String right = shape.transposeB() ? "T" : "N";
        int m = shape.rows();
        int n = shape.columns();
        int k = shape.inner();
        if (precision == Precision.F64) {
            double[] c = new double[m * n];
            return () -> blas.dgemm(right, left, n, m, k, 1, b, shape.strideB(), a, shape.strideA(), 0, c, n);
        }
        float[] x = Floats.of(a);
        float[] y = Floats.of(b);
        float[] c = new float[m * n];
        return () -> blas.sgemm(right, left, n, m, k, 1, y, shape.strideB(), x, shape.strideA(), 0, c, n);
    }
}
