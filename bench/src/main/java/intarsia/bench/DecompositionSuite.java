package intarsia.bench;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import intarsia.linalg.decomposition.Lu;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.Qr;
import intarsia.linalg.decomposition.Svd;
import intarsia.linalg.decomposition.SvdMethod;
import intarsia.linalg.decomposition.SymmetricEigen;
import intarsia.linalg.decomposition.TriangularSolve;
import intarsia.linalg.tucker.Ranks;
import intarsia.linalg.tucker.Tucker;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Decompositions of random matrices and tensors, all factors, F64. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecompositionSuite {
    /** Ours by the squared matrix: faster, small singular values lost. */
    static final String GRAM = "Intarsia, Gram";

    /** Who decomposes. */
    @Param({"Intarsia", GRAM})
    public String series;

    /** Which decomposition, and the sizes. */
    @Param({"SVD 12x12", "HOSVD 6x5x4", "LU 30x30", "CHOLESKY 30x30", "TRIANGULAR 30x30", "INVERSE 30x30"})
    public String problem;

    /** Keeps a result alive. */
    public Object kept;

    private Work work;

    /** Binds. */
    @Setup
    public void bind() {
        String what = problem.substring(0, problem.indexOf(' '));
        int[] sizes = Stream.of(problem.substring(problem.indexOf(' ') + 1).split("x")).mapToInt(Integer::parseInt).toArray();
        Shape shape = Shape.of(sizes);
        Tensor a = Tensor.of(shape, Numbers.of("a", shape.size(), 1));
        if (what.equals("EIGEN")) {
            a = Matrices.gram(a);
        }
        if (!what.equals("HOSVD") && Peer.Decomposition.valueOf(what).definite()) {
            a = Matrices.rankUpdate(Matrices.identity(sizes[0]), 1, a);
        }
        work = Intarsia.owns(series)
                ? ours(what, a, series.equals(GRAM) ? SvdMethod.GRAM : SvdMethod.ACCURATE)
                : Peer.named(series).decomposition(Peer.Decomposition.valueOf(what), sizes[0], sizes[1], a.toDoubles());
    }

    private Work ours(String what, Tensor a, SvdMethod method) {
        return switch (what) {
            case "SVD" -> () -> kept = Svd.of(a, method);
            case "EIGEN" -> () -> kept = SymmetricEigen.of(a);
            case "QR" -> () -> kept = Qr.of(a);
            case "LU" -> () -> kept = Lu.of(a);
            case "CHOLESKY" -> () -> kept = Cholesky.of(a);
            case "TRIANGULAR" -> {
                Tensor l = Cholesky.of(a).lower();
                yield () -> kept = TriangularSolve.left(l, false, a);
            }
            case "INVERSE" -> {
                Cholesky cholesky = Cholesky.of(a);
                yield () -> kept = cholesky.inverse();
            }
            case "HOSVD" -> () -> kept = Tucker.hosvd(a, Ranks.of(IntStream.of(a.shape().sizes()).map(size -> Math.max(1, size / 5))
                    .toArray()), method);
            default -> throw new IllegalArgumentException("decomposition '" + what + "'");
        };
    }

    /** Once. */
    @Benchmark
    public void decompose() {
        work.run();
    }
}
