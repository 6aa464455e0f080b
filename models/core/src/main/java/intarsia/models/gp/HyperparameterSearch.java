package intarsia.models.gp;

import intarsia.linalg.Pool;
import intarsia.linalg.RandomStream;
import intarsia.linalg.decomposition.DecompositionException;
import intarsia.models.Progress;
import intarsia.optim.solve.Lbfgs;
import java.util.ArrayList;
import java.util.List;

/** Finds the hyperparameters of largest posterior density. */
final class HyperparameterSearch {
    /** How many fixed starts there are. */
    static final int STARTS = 3;
    private static final int MEMORY = 10;
    /** In nats a unit of a logarithm, and as a share of the log posterior: no prediction depends on less. */
    private static final double GRADIENT = 0.1;
    private static final double DECREASE = 1e-5;
    /** Evaluations after which starts are compared. */
    private static final int BRIEF = 25;

    private final MultitaskGp options;
    private final boolean together;
    private final RandomStream random;
    private final Pool pool;
    private final Progress progress;
    private int evaluations;

    HyperparameterSearch(MultitaskGp options, boolean together, RandomStream random, Pool pool, Progress progress) {
        this.options = options;
        this.together = together;
        this.random = random;
        this.pool = pool;
        this.progress = progress;
    }

    /**
     * What was found.
     *
     * @param hyperparameters the best
     * @param logPosterior    its log density, up to a constant
     * @param converged       whether a tolerance was met there
     */
    record Found(Hyperparameters hyperparameters, double logPosterior, boolean converged) {}

    /** How often the marginal likelihood was evaluated. */
    int evaluations() {
        return evaluations;
    }

    /** From the best of all starts; groups of tasks are searched for from there, where these are wanted. */
    Found best(TrainingRows all) {
        Found found = together(all);
        return options.sharing() == MultitaskGp.Sharing.GROUPS ? new GroupSearch(this, all).from(found) : found;
    }

    /** One group; where there are many rows, starts are compared on some of them. */
    private Found together(TrainingRows all) {
        TrainingRows rows = searched(all);
        boolean many = rows.size() > options.search().startRows();
        TrainingRows some = many ? rows.some(options.search().startRows()) : rows;
        List<Hyperparameters> starts = starts(some);
        Found best = null;
        for (int k = 0; k < starts.size() && starts.size() > 1; k++) {
            Found found = from(some, starts.get(k), Math.min(BRIEF, options.search().steps()));
            best = best == null || found.logPosterior > best.logPosterior ? found : best;
        }
        return !many && best != null && best.converged ? best
                : from(rows, best == null ? starts.getFirst() : best.hyperparameters, options.search().steps());
    }

    /** From where another search ended; groups are searched for anew. */
    Found from(TrainingRows rows, double[] start) {
        Hyperparameters at = new Hyperparameters(rows.index(options.rank()), start);
        return options.sharing() == MultitaskGp.Sharing.GROUPS ? new GroupSearch(this, rows).from(at) : from(rows, at);
    }

    /** From hyperparameters, in their groups. */
    Found from(TrainingRows rows, Hyperparameters start) {
        return from(searched(rows), start, options.search().steps());
    }

    /** The rows that groups are found by: an exact solution must do for them. */
    TrainingRows exactly(TrainingRows rows) {
        int most = Math.max(options.search().startRows(), Math.min(options.search().rows(), options.inducing().exactRows()));
        return rows.size() > most ? rows.some(most) : rows;
    }

    MultitaskGp options() {
        return options;
    }

    Pool pool() {
        return pool;
    }

    /** The log density of the hyperparameters' prior, up to a constant. */
    double logPrior(Hyperparameters h) {
        return new HyperparameterPrior(options.priors(), h.index(), together).logDensity(h.values(), new double[h.index().size()]);
    }

    private TrainingRows searched(TrainingRows rows) {
        return rows.size() > options.search().rows() ? rows.some(options.search().rows()) : rows;
    }

    /** From one start. */
    private Found from(TrainingRows rows, Hyperparameters start, int limit) {
        HyperparameterIndex index = start.index();
        HyperparameterPrior prior = new HyperparameterPrior(options.priors(), index, together);
        LogLikelihood likelihood = likelihood(rows, start);
        int before = evaluations;
        Lbfgs.Minimum minimum = Lbfgs.minimize((values, gradient) -> {
            evaluations++;
            double value;
            try {
                value = likelihood.value(new Hyperparameters(index, values.clone()), gradient);
            } catch (DecompositionException e) {
                // weights so large that B is not finite: nowhere to go
                return Double.POSITIVE_INFINITY;
            }
            value += prior.logDensity(values, gradient);
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] = -gradient[i];
            }
            progress.report("fitting the Gaussian process to " + rows.size() + " rows", evaluations - before, limit);
            return -value;
        }, start.values(), new Lbfgs.Options(MEMORY, GRADIENT, DECREASE, limit));
        return new Found(new Hyperparameters(index, minimum.point()), -minimum.value(), minimum.ending().converged());
    }

    /** Exact, or the bound with inducing rows chosen at the start, where there are that many rows. */
    private LogLikelihood likelihood(TrainingRows rows, Hyperparameters start) {
        if (rows.size() <= options.inducing().exactRows()) {
            return new MarginalLikelihood(options.kernels(), rows, pool);
        }
        TrainingRows inducing = InducingRows.choose(options.kernels(), rows, start, options.inducing().count(), random.child("inducing"),
                pool);
        return new CollapsedBound(options.kernels(), inducing, rows, pool);
    }

    private List<Hyperparameters> starts(TrainingRows rows) {
        HyperparameterIndex index = rows.index(options.rank());
        HyperparameterPrior prior = new HyperparameterPrior(options.priors(), index, together);
        List<Hyperparameters> starts = new ArrayList<>();
        for (int start = 0; start < options.search().starts(); start++) {
            double[] at = prior.means(start == 2 ? -3 : -1.5);
            for (int part : new int[] {Hyperparameters.SHARED, Hyperparameters.SPECIFIC}) {
                for (int s = 0; s < index.sources(); s++) {
                    for (KernelKind kind : KernelKind.values()) {
                        at[index.weight(part, s, kind)] = weight(start, part, kind);
                    }
                }
            }
            if (options.rank() > 0 && start != 1) {
                new TaskAlignment(rows, options.kernels(), pool).loadings(index, at);
            }
            starts.add(new Hyperparameters(index, at));
        }
        return starts;
    }

    /** Balanced; linear and shared; mostly curved, with little noise. */
    private static double weight(int start, int part, KernelKind kind) {
        return switch (start) {
            case 0 -> -1.5;
            case 1 -> (kind == KernelKind.LINEAR ? 0 : -4) - (part == Hyperparameters.SPECIFIC ? 1.5 : 0);
            default -> kind == KernelKind.LINEAR ? -3 : -1;
        };
    }
}
