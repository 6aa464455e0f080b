package intarsia.models.gp;

/** The weights of a source's kernels between two tasks. Not for use by several threads. */
final class KernelWeights {
    private final Divisors of;
    private final Hyperparameters h;
    private final double[] shared = new double[KernelKind.values().length];
    private final double[] specific = new double[shared.length];
    private double b;
    private double d;
    private double constant;
    private double squares;

    KernelWeights(MultitaskGp.KernelSet kernels, Divisors of, Hyperparameters h, int s) {
        this.h = h;
        this.of = of;
        for (KernelKind kind : KernelKind.values()) {
            if (kernels.has(kind)) {
                shared[kind.ordinal()] = h.weight(Hyperparameters.SHARED, s, kind) / of.of(kind);
                specific[kind.ordinal()] = h.weight(Hyperparameters.SPECIFIC, s, kind) / of.of(kind);
            }
        }
    }

    /** The tasks of the pairs of rows that follow. */
    void between(int task, int other) {
        b = h.covariance(task, other);
        d = task == other ? h.scale(task) : 0;
        constant = of.constant()[task];
        squares = of.squares()[task];
    }

    /** The shared part of a pair's covariance. */
    double shared(SourcePanel at) {
        return b * (shared[0] * at.linear + shared[1] * at.squares + shared[2] * at.quadratic + shared[3] * at.smooth);
    }

    /** The task-specific part; 0 between tasks, and where a row is imputed. */
    double specific(SourcePanel at) {
        if (d == 0 || !at.measured) {
            return 0;
        }
        double linear = at.linear - constant;
        return d * (specific[0] * linear + specific[1] * (at.squares - squares) + specific[2] * linear * linear + specific[3] * at.smooth);
    }
}
