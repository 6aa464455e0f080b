package intarsia.bench.peers;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import intarsia.bench.Peer;
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
    public Work product(Precision precision, int size, boolean transposeA, boolean transposeB, double[] a, double[] b) {
        String left = transposeA ? "T" : "N";
        String right = transposeB ? "T" : "N";
        if (precision == Precision.F64) {
            double[] c = new double[size * size];
            return () -> blas.dgemm(right, left, size, size, size, 1, b, size, a, size, 0, c, size);
        }
        float[] x = Floats.of(a);
        float[] y = Floats.of(b);
        float[] c = new float[size * size];
        return () -> blas.sgemm(right, left, size, size, size, 1, y, size, x, size, 0, c, size);
    }
}
