package intarsia.bench.peers;

import intarsia.bench.Peer;
import intarsia.bench.ProductShape;
import intarsia.bench.Work;
import intarsia.linalg.Precision;
import java.lang.foreign.MemorySegment;

/** OpenBLAS and its LAPACK, native, called on heap arrays in this process, one thread. */
public final class OpenBlas implements Peer {
    private static final int ROW_MAJOR = 101;
    private static final int COLUMN_MAJOR = 102;
    private static final int AS_IT_IS = 111;
    private static final int TRANSPOSED = 112;
    private static final int LOWER = 122;
    private static final int NOT_UNIT = 131;
    private static final int LEFT = 141;

    /** For the service loader. */
    public OpenBlas() {}

    @Override
    public String name() {
        return "OpenBLAS";
    }

    @Override
    public Work product(Precision precision, ProductShape shape, double[] a, double[] b) {
        int left = shape.transposeA() ? TRANSPOSED : AS_IT_IS;
        int right = shape.transposeB() ? TRANSPOSED : AS_IT_IS;
        int m = shape.rows();
        int n = shape.columns();
        int k = shape.inner();
        int aStride = shape.strideA();
        int bStride = shape.strideB();
        if (precision == Precision.F64) {
            MemorySegment x = MemorySegment.ofArray(a);
            MemorySegment y = MemorySegment.ofArray(b);
            MemorySegment c = MemorySegment.ofArray(new double[m * n]);
            return () -> OpenBlasLibrary.dgemm(ROW_MAJOR, left, right, m, n, k, 1, x, aStride, y, bStride, 0, c, n);
        }
        MemorySegment x = MemorySegment.ofArray(Floats.of(a));
        MemorySegment y = MemorySegment.ofArray(Floats.of(b));
        MemorySegment c = MemorySegment.ofArray(new float[m * n]);
        return () -> OpenBlasLibrary.sgemm(ROW_MAJOR, left, right, m, n, k, 1, x, aStride, y, bStride, 0, c, n);
    }

    @Override
    public Work decomposition(Decomposition what, int rows, int columns, double[] a) {
        return what.definite() ? definite(what, rows, a) : decomposed(what, rows, columns, a);
    }

    /** Lower triangles by columns, which LAPACK takes as they are. */
    private static Work definite(Decomposition what, int n, double[] a) {
        double[] work = a.clone();
        MemorySegment matrix = MemorySegment.ofArray(work);
        if (what == Decomposition.CHOLESKY) {
            return () -> {
                System.arraycopy(a, 0, work, 0, a.length);
                OpenBlasLibrary.dpotrf(COLUMN_MAJOR, (byte) 'L', n, matrix, n);
            };
        }
        double[] factor = a.clone();
        MemorySegment l = MemorySegment.ofArray(factor);
        OpenBlasLibrary.dpotrf(COLUMN_MAJOR, (byte) 'L', n, l, n);
        if (what == Decomposition.INVERSE) {
            return () -> {
                System.arraycopy(factor, 0, work, 0, a.length);
                OpenBlasLibrary.dpotri(COLUMN_MAJOR, (byte) 'L', n, matrix, n);
            };
        }
        return () -> {
            System.arraycopy(a, 0, work, 0, a.length);
            OpenBlasLibrary.dtrsm(COLUMN_MAJOR, LEFT, LOWER, AS_IT_IS, NOT_UNIT, n, n, 1, l, n, matrix, n);
        };
    }

    private static Work decomposed(Decomposition what, int rows, int columns, double[] a) {
        int k = Math.min(rows, columns);
        double[] work = a.clone();
        MemorySegment matrix = MemorySegment.ofArray(work);
        MemorySegment values = MemorySegment.ofArray(new double[k]);
        MemorySegment left = MemorySegment.ofArray(new double[rows * k]);
        MemorySegment right = MemorySegment.ofArray(new double[k * columns]);
        return switch (what) {
            case SVD -> () -> {
                System.arraycopy(a, 0, work, 0, a.length);
                OpenBlasLibrary.dgesdd(ROW_MAJOR, (byte) 'S', rows, columns, matrix, columns, values, left, k, right, columns);
            };
            case EIGEN -> () -> {
                System.arraycopy(a, 0, work, 0, a.length);
                OpenBlasLibrary.dsyevd(ROW_MAJOR, (byte) 'V', (byte) 'U', columns, matrix, columns, values);
            };
            case QR -> () -> {
                System.arraycopy(a, 0, work, 0, a.length);
                OpenBlasLibrary.dgeqrf(ROW_MAJOR, rows, columns, matrix, columns, values);
                // R is the upper triangle; Q then takes its place.
                MemorySegment.copy(matrix, 0, right, 0, right.byteSize());
                OpenBlasLibrary.dorgqr(ROW_MAJOR, rows, k, k, matrix, columns, values);
            };
            case LU -> {
                MemorySegment pivots = MemorySegment.ofArray(new int[k]);
                yield () -> {
                    System.arraycopy(a, 0, work, 0, a.length);
                    OpenBlasLibrary.dgetrf(COLUMN_MAJOR, rows, columns, matrix, rows, pivots);
                };
            }
            case CHOLESKY, TRIANGULAR, INVERSE -> throw new IllegalArgumentException(what + " wants a definite matrix");
        };
    }
}
