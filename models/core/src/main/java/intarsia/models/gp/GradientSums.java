package intarsia.models.gp;

/**
 * Sums over pairs of rows, for each pair of tasks and source, of which the derivatives of {@code 1/2 sum_ij M_ij K_ij} by all
 * hyperparameters are made: a kernel's derivative by the logarithm of its weight is the weighted kernel itself.
 */
final class GradientSums {
    /** Of m times each kernel, and times the smooth kernel's derivative by log l; then of m and the same in measured pairs alone. */
    private static final int SLOPE = KernelKind.values().length;
    private static final int MASS = SLOPE + 1;
    private static final int MEASURED = MASS + 1;
    private static final int SUMS = MEASURED + SLOPE + 1;

    private final int sources;
    private final int tasks;
    private final int first;
    private final double[] constants;
    private final double[] sums;

    /** Zeros, for rows of the tasks {@code first} to {@code last}, exclusive. */
    GradientSums(int sources, int tasks, int first, int last) {
        this.sources = sources;
        this.tasks = tasks;
        this.first = first;
        constants = new double[(last - first) * tasks];
        sums = new double[(last - first) * sources * tasks * SUMS];
    }

    private int at(int s, int task, int other) {
        return (((task - first) * sources + s) * tasks + other) * SUMS;
    }

    /** Adds m of some pairs of rows. */
    void constant(int task, int other, double m) {
        constants[(task - first) * tasks + other] += m;
    }

    /** Adds a row's pairs with the rows from start to end. */
    void add(int s, int task, int other, SourcePanel kernels, int i, int start, int end, int[] rows, double[] m) {
        double linear = 0;
        double squares = 0;
        double quadratic = 0;
        double smooth = 0;
        double slope = 0;
        double mass = 0;
        double ownLinear = 0;
        double ownSquares = 0;
        double ownQuadratic = 0;
        double ownSmooth = 0;
        double ownSlope = 0;
        for (int j = start; j < end; j++) {
            kernels.at(i, j);
            double one = m[rows[j]];
            linear += one * kernels.linear;
            squares += one * kernels.squares;
            quadratic += one * kernels.quadratic;
            smooth += one * kernels.smooth;
            slope += one * kernels.slope;
            if (task == other && kernels.measured) {
                mass += one;
                ownLinear += one * kernels.linear;
                ownSquares += one * kernels.squares;
                ownQuadratic += one * kernels.quadratic;
                ownSmooth += one * kernels.smooth;
                ownSlope += one * kernels.slope;
            }
        }
        double[] of = {linear, squares, quadratic, smooth, slope, mass, ownLinear, ownSquares, ownQuadratic, ownSmooth, ownSlope};
        int at = at(s, task, other);
        for (int k = 0; k < SUMS; k++) {
            sums[at + k] += of[k];
        }
    }

    /** Adds a row's pair with itself, m times. */
    void addItself(int s, int task, SourcePanel kernels, double m) {
        int at = at(s, task, task);
        double[] of = {kernels.linear, kernels.squares, kernels.quadratic, kernels.smooth, kernels.slope};
        for (int k = 0; k < of.length; k++) {
            sums[at + k] += m * of[k];
            sums[at + MEASURED + k] += kernels.measured ? m * of[k] : 0;
        }
        sums[at + MASS] += kernels.measured ? m : 0;
    }

    /** Adds those of some of the rows. */
    void add(GradientSums part) {
        for (int k = 0; k < part.constants.length; k++) {
            constants[part.first * tasks + k] += part.constants[k];
        }
        int offset = part.first * sources * tasks * SUMS;
        for (int k = 0; k < part.sums.length; k++) {
            sums[offset + k] += part.sums[k];
        }
    }

    /** The derivatives by all hyperparameters but those of noise. */
    double[] gradient(Hyperparameters h, MultitaskGp.KernelSet kernels, Divisors[] divisors) {
        HyperparameterIndex index = h.index();
        double[] gradient = new double[index.size()];
        for (int task = 0; task < tasks; task++) {
            for (int other = 0; other <= task; other++) {
                double b = h.covariance(task, other);
                double d = task == other ? h.scale(task) : 0;
                double shared = h.constant(Hyperparameters.SHARED) * constants[task * tasks + other];
                double specific = h.constant(Hyperparameters.SPECIFIC) * constants[task * tasks + other];
                gradient[index.constant(Hyperparameters.SHARED)] += b * shared;
                gradient[index.constant(Hyperparameters.SPECIFIC)] += d * specific;
                for (int s = 0; s < sources; s++) {
                    int at = at(s, task, other);
                    for (KernelKind kind : KernelKind.values()) {
                        if (kernels.has(kind)) {
                            double common = h.weight(Hyperparameters.SHARED, s, kind) / divisors[s].of(kind) * sums[at + kind.ordinal()];
                            double own = h.weight(Hyperparameters.SPECIFIC, s, kind) / divisors[s].of(kind)
                                    * (task == other ? specific(kind, at, divisors[s], task) : 0);
                            gradient[index.weight(Hyperparameters.SHARED, s, kind)] += b * common;
                            gradient[index.weight(Hyperparameters.SPECIFIC, s, kind)] += d * own;
                            shared += common;
                            specific += own;
                        }
                    }
                    if (kernels.has(KernelKind.SMOOTH)) {
                        gradient[index.length(s)] += b * h.weight(Hyperparameters.SHARED, s, KernelKind.SMOOTH) * sums[at + SLOPE]
                                + d * h.weight(Hyperparameters.SPECIFIC, s, KernelKind.SMOOTH) * sums[at + MEASURED + SLOPE];
                    }
                }
                for (int r = 0; r < index.rank(); r++) {
                    gradient[index.loading(task, r)] += shared * h.values()[index.loading(other, r)];
                    gradient[index.loading(other, r)] += shared * h.values()[index.loading(task, r)];
                }
                if (index.rank() > 0 && task == other) {
                    gradient[index.scale(task)] += d * specific;
                }
            }
        }
        return gradient;
    }

    /**
     * {@code 1/2 sum_ij M_ij K_ij} over a task's own rows, for one kernel of one part.
     *
     * @return 0 if there is no such kernel
     */
    double component(Hyperparameters h, MultitaskGp.KernelSet kernels, Divisors of, int part, int s, KernelKind kind, int task) {
        if (!kernels.has(kind)) {
            return 0;
        }
        int at = at(s, task, task);
        double weight = h.weight(part, s, kind) / of.of(kind);
        return part == Hyperparameters.SHARED ? h.covariance(task, task) * weight * sums[at + kind.ordinal()]
                : h.scale(task) * weight * specific(kind, at, of, task);
    }

    /** The sum of m times a kernel that leaves out features which do not vary in the task. */
    private double specific(KernelKind kind, int at, Divisors divisors, int task) {
        double constant = divisors.constant()[task];
        double mass = sums[at + MASS];
        double linear = sums[at + MEASURED];
        return switch (kind) {
            case LINEAR -> linear - constant * mass;
            case SQUARES -> sums[at + MEASURED + 1] - divisors.squares()[task] * mass;
            case QUADRATIC -> sums[at + MEASURED + 2] - 2 * constant * linear + constant * constant * mass;
            case SMOOTH -> sums[at + MEASURED + 3];
        };
    }
}
