package intarsia.bench;

import intarsia.linalg.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * A library that does the same work. It does what it can: a method it leaves alone gives null. Peers are found by {@link ServiceLoader}.
 */
public interface Peer {
    /** The library's name, as tables show it. */
    String name();

    /** The product of two row-major matrices into a third; one thread. */
    default Work product(Precision precision, ProductShape shape, double[] a, double[] b) {
        return null;
    }

    /** A decomposition with all its factors of a row-major matrix, or what is done with a Cholesky factor; one thread. */
    default Work decomposition(Decomposition what, int rows, int columns, double[] a) {
        return null;
    }

    /** Which decomposition of a matrix. */
    enum Decomposition {
        /** Thin singular value decomposition. */
        SVD,
        /** Eigenvalues and eigenvectors of a symmetric matrix. */
        EIGEN,
        /** Thin QR factorization. */
        QR,
        /** LU factorization of a square matrix with partial pivoting. */
        LU,
        /** The Cholesky factor of a positive definite matrix. */
        CHOLESKY,
        /** The solutions of a triangular system, a Cholesky factor's, for as many right-hand sides: the matrix itself. */
        TRIANGULAR,
        /** The inverse of a positive definite matrix by its Cholesky factor, which is there already. */
        INVERSE;

        /** Whether the matrix is to be positive definite. */
        public boolean definite() {
            return this == CHOLESKY || this == TRIANGULAR || this == INVERSE;
        }
    }

    /** The peers on the class path. */
    static List<Peer> available() {
        List<Peer> found = new ArrayList<>();
        ServiceLoader.load(Peer.class).forEach(found::add);
        return found;
    }

    /** The peer with this name. */
    static Peer named(String name) {
        return available().stream().filter(peer -> peer.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no peer '" + name + "' on the class path; it comes from bench/peers"));
    }
}
