package intarsia.linalg.opencl;

import intarsia.linalg.Command;
import java.util.function.Supplier;

/**
 * A chain whose binding is completed when it, or another one, first runs: by then all chains of a plan are known, and one build serves all.
 */
final class PendingChain implements Command {
    private final OpenClKernels owner;
    private final ChainSource source;
    private Supplier<Launch> binder;
    private Launch launch;

    PendingChain(OpenClKernels owner, ChainSource source, Supplier<Launch> binder) {
        this.owner = owner;
        this.source = source;
        this.binder = binder;
    }

    ChainSource source() {
        return source;
    }

    void bind() {
        launch = binder.get();
        binder = null;
    }

    @Override
    public void run() {
        if (launch == null) {
            owner.bindPending();
        }
        launch.run();
    }
}
