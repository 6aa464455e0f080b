package intarsia.autodiff.plan;

import intarsia.autodiff.Node;
import intarsia.linalg.Chain;
import intarsia.linalg.DeviceException;
import intarsia.linalg.Engine;
import intarsia.linalg.decomposition.Factorizations;
import java.util.List;

/** Turns triangles, diagonals and factorizations into instructions. */
final class TriangleBuilder {
    private final Compiler compiler;
    private final Engine engine;

    TriangleBuilder(Compiler compiler, Engine engine) {
        this.compiler = compiler;
        this.engine = engine;
    }

    void lowerTriangle(Node node, double diagonal) {
        Value in = compiler.value(node.input(0));
        Value out = compiler.result(node);
        compiler.add(node.toString(), List.of(in), out, 0, (k, to) -> {
            to.accept(k.fill(out.view(), 0));
            for (int i = 1; i < out.rows(); i++) {
                int below = Math.min(i, out.columns());
                if (below > 0) {
                    to.accept(k.copy(in.rows(i, i + 1).columns(0, below).view(), out.rows(i, i + 1).columns(0, below).view()));
                }
            }
            if (out.size() > 0) {
                Chain scaled = new Chain(1, List.of(new Chain.Affine(diagonal, 0, 0)), List.of(1));
                to.accept(k.chain(scaled, List.of(in.diagonal().view()), List.of(out.diagonal().view())));
            }
        });
    }

    void diagonal(Node node) {
        Value in = compiler.value(node.input(0));
        Value out = compiler.freshIfStrided(node);
        Value column = out.reshape(out.size(), 1);
        compiler.add(node.toString(), List.of(in), out, 0, (k, to) -> to.accept(k.copy(in.diagonal().view(), column.view())));
        compiler.finish(node, out);
    }

    void diagonalMatrix(Node node) {
        Value in = compiler.contiguous(node.input(0)).reshape(node.shape().size(0), 1);
        Value out = compiler.result(node);
        compiler.add(node.toString(), List.of(in), out, 0, (k, to) -> {
            to.accept(k.fill(out.view(), 0));
            to.accept(k.copy(in.view(), out.diagonal().view()));
        });
    }

    void cholesky(Node node) {
        requireHost(node);
        long n = node.shape().size(0);
        Value in = compiler.value(node.input(0));
        Value out = compiler.result(node);
        compiler.add(node.toString(), List.of(in), out, n * n * n / 3,
                (k, to) -> to.accept(Factorizations.cholesky(k, engine.pool(), in.view(), out.view())));
    }

    void solve(Node node, boolean transposed, boolean right) {
        requireHost(node);
        Value l = compiler.value(node.input(0));
        Value b = compiler.value(node.input(1));
        Value out = compiler.result(node);
        compiler.add(node.toString(), List.of(l, b), out, (long) l.rows() * b.size(), (k, to) -> to.accept(
                Factorizations.triangularSolve(k, engine.pool(), transposed, right, l.view(), b.view(), out.view())));
    }

    private void requireHost(Node node) {
        if (!engine.kernels().onHost()) {
            throw new DeviceException(node.op().label() + " of " + node.input(0) + ": not on a device; open the engine without '"
                    + engine.kernels().name() + "', and it takes the best kernels of the CPU");
        }
    }
}
