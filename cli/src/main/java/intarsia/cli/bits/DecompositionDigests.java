package intarsia.cli.bits;

import intarsia.cli.bits.BitsCases.BitsCase;
import intarsia.linalg.Engine;
import intarsia.linalg.Pool;
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
import intarsia.linalg.tucker.TuckerFit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Decompositions of matrices and tensors. */
final class DecompositionDigests {
    private static final int[] ORDERS = {1, 2, 7, 33, 120};

    private DecompositionDigests() {}

    static List<BitsCase> cases() {
        List<BitsCase> cases = new ArrayList<>();
        cases.add(new BitsCase("decomposition eigen", (engine, digest) -> {
            for (int n : ORDERS) {
                SymmetricEigen eigen = SymmetricEigen.of(positive(n));
                digest.add(eigen.values(), eigen.vectors());
            }
        }));
        cases.add(new BitsCase("decomposition qr", (engine, digest) -> {
            for (int n : ORDERS) {
                Qr qr = Qr.of(KernelDigests.gaussian("qr", n + 3, n));
                digest.add(qr.q(), qr.r());
            }
        }));
        cases.add(new BitsCase("decomposition svd", (engine, digest) -> {
            for (int n : ORDERS) {
                Svd svd = Svd.of(KernelDigests.gaussian("svd", n + 3, n));
                digest.add(svd.left(), svd.values(), svd.right());
            }
        }));
        cases.add(new BitsCase("decomposition lu", (engine, digest) -> {
            for (int n : ORDERS) {
                Lu lu = Lu.of(KernelDigests.gaussian("lu", n, n));
                digest.add(lu.lower(), lu.upper(), lu.inverse());
            }
        }));
        cases.add(new BitsCase("decomposition jacobi", (engine, digest) -> {
            for (int n : ORDERS) {
                Svd svd = Svd.of(KernelDigests.gaussian("svd", n + 3, n), SvdMethod.JACOBI);
                digest.add(svd.left(), svd.values(), svd.right());
            }
        }));
        cases.add(new BitsCase("decomposition cholesky", DecompositionDigests::triangles));
        for (SvdMethod method : SvdMethod.values()) {
            String name = "decomposition tucker " + method.name().toLowerCase(Locale.ROOT) + " ";
            cases.add(new BitsCase(name + "hosvd", (engine, digest) -> add(digest, Tucker.hosvd(tensor(), ranks(), method))));
            cases.add(new BitsCase(name + "truncated", (engine, digest) -> add(digest,
                    Tucker.sequentiallyTruncated(tensor(), ranks(), method))));
            cases.add(new BitsCase(name + "hooi", (engine, digest) -> add(digest, Tucker.hooi(tensor(), ranks(), method, 3, 0))));
        }
        return cases;
    }

    private static Tensor positive(int n) {
        Tensor x = KernelDigests.gaussian("positive", n + 2, n);
        return Matrices.gram(x);
    }

    private static void triangles(Engine engine, Digest digest) {
        Pool pool = engine.pool();
        for (int n : ORDERS) {
            Cholesky cholesky = Cholesky.of(Matrices.rankUpdate(Matrices.identity(n), 0.5, KernelDigests.gaussian("update", n, n), pool),
                    pool);
            Tensor b = KernelDigests.gaussian("right", n, 11);
            digest.add(cholesky.lower(), cholesky.solve(b, pool), cholesky.inverse(pool),
                    TriangularSolve.left(cholesky.lower(), false, b, pool), TriangularSolve.left(cholesky.lower(), true, b, pool));
        }
    }

    private static Tensor tensor() {
        return KernelDigests.gaussian("tensor", 19, 12, 7);
    }

    private static Ranks ranks() {
        return Ranks.of(5, 4, 3);
    }

    private static void add(Digest digest, TuckerFit fit) {
        digest.add(fit.decomposition().core());
        fit.decomposition().factors().forEach(digest::add);
    }
}
