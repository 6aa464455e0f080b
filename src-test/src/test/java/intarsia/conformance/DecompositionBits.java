package intarsia.conformance;

import intarsia.linalg.Pool;
import intarsia.linalg.RandomStream;
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
import intarsia.linalg.tucker.Multilinear;
import intarsia.linalg.tucker.Ranks;
import intarsia.linalg.tucker.Tucker;
import intarsia.linalg.tucker.TuckerFit;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Decomposes tensors of the sizes given, such as 33x20x17, in every way there is, and prints a line for each with a digest of the bits
 * found. A single size, such as 200, is the order of a positive definite matrix, which is factorized, solved with and inverted on several
 * threads.
 */
final class DecompositionBits {
    static final int[] THREADS = {1, 2, 3};

    private DecompositionBits() {}

    public static void main(String[] arguments) {
        for (String size : arguments) {
            int[] sizes = Arrays.stream(size.split("x")).mapToInt(Integer::parseInt).toArray();
            if (sizes.length == 1) {
                triangles(sizes[0]);
                continue;
            }
            Tensor a = gaussian(sizes);
            for (int k = 0; k < sizes.length; k++) {
                Tensor gram = Multilinear.gram(a, k);
                Tensor unfolded = Multilinear.unfold(a, k);
                SymmetricEigen eigen = SymmetricEigen.of(gram);
                Qr qr = Qr.of(gram);
                Svd svd = Svd.of(Matrices.transpose(unfolded));
                print(size + ", mode " + k + ", gram", gram);
                print(size + ", mode " + k + ", product", Matrices.product(unfolded, false, unfolded, true));
                print(size + ", mode " + k + ", eigen", eigen.values(), eigen.vectors());
                print(size + ", mode " + k + ", qr", qr.q(), qr.r(), Qr.triangle(Matrices.transpose(unfolded)));
                print(size + ", mode " + k + ", svd", svd.left(), svd.values(), svd.right());
            }
            Ranks ranks = Ranks.of(Arrays.stream(sizes).map(n -> Math.min(n, 6)).toArray());
            for (SvdMethod method : SvdMethod.values()) {
                print(size + ", hosvd " + method, Tucker.hosvd(a, ranks, method));
                print(size + ", sequentially truncated " + method, Tucker.sequentiallyTruncated(a, ranks, method));
                print(size + ", hooi " + method, Tucker.hooi(a, ranks, method, 3, 0));
            }
        }
    }

    private static void triangles(int n) {
        Tensor x = gaussian(n, n);
        Tensor b = gaussian(n, 70);
        Tensor wide = Matrices.transpose(b);
        for (int threads : THREADS) {
            try (Pool pool = new Pool(threads)) {
                Tensor a = Matrices.rankUpdate(Matrices.identity(n), 0.5, x, pool);
                Cholesky cholesky = Cholesky.of(a, pool);
                Tensor l = cholesky.lower();
                String what = n + ", threads " + threads + ", ";
                print(what + "rank update", a);
                Lu lu = Lu.of(x);
                print(what + "lu", lu.lower(), lu.upper(), lu.inverse());
                print(what + "cholesky", l);
                print(what + "solve", cholesky.solve(b, pool));
                print(what + "inverse", cholesky.inverse(pool));
                print(what + "triangular solve", TriangularSolve.left(l, false, b, pool), TriangularSolve.left(l, true, b, pool),
                        TriangularSolve.right(l, false, wide, pool), TriangularSolve.right(l, true, wide, pool));
            }
        }
    }

    private static Tensor gaussian(int... sizes) {
        RandomStream random = RandomStream.of(1, "bits");
        return Tensor.of(Shape.of(sizes), DoubleStream.generate(random::nextGaussian).limit(Shape.of(sizes).size()).toArray());
    }

    private static void print(String what, TuckerFit fit) {
        print(what, Stream.concat(Stream.of(fit.decomposition().core()), fit.decomposition().factors().stream()).toArray(Tensor[]::new));
    }

    private static void print(String what, Tensor... found) {
        System.out.printf("%s: %016x%n", what, KernelBits.digest(Arrays.stream(found).map(Tensor::doubles).toArray(double[][]::new)));
    }
}
