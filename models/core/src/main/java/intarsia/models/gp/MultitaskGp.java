package intarsia.models.gp;

import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.data.Task;
import intarsia.models.response.ResponseFamily;
import java.util.List;

/**
 * A multi-task Gaussian process: what tasks share and what is each task's own, as MTL-HMB has them, but with an exact solution.
 *
 * <pre>
 * f_t(x) = b_t + c(x) + p_t(x),   c ~ GP(0, k_c),  p_t ~ GP(0, k_p),  b_t ~ N(0, beta)
 * y_ti | f ~ the response's family with linear predictor f_t(x_ti): normal with noise sigma_t^2, or Bernoulli
 * k(x, x') = w_0 + sum over sources s that both rows have, over kinds k, of  w_sk k_k(x_s, x'_s)
 * </pre>
 *
 * Each source has a {@linkplain KernelKind linear, a squares, a quadratic and a smooth kernel}, each with a weight of its own in k_c and in
 * k_p, and one length scale. Features are standardized, 0/1 features centered, continuous responses brought to one
 * {@linkplain ResponseScale scale}. A source that a row lacks contributes nothing, or is imputed as an uncertain input
 * ({@link MissingBlocks}); a single missing cell is the task's mean.
 *
 * <p>With {@code rank} R above 0 the shared part is not one function: {@code Cov(c_t(x), c_t'(x')) = (L L')_tt' k_c(x, x')}, L being tasks
 * x R, and {@code Cov(p_t(x), p_t(x')) = d_t k_p(x, x')}. A task unlike all others gets loadings near 0; opposed tasks get loadings of
 * opposite sign.
 *
 * <p>With {@link Sharing#GROUPS} tasks of a group share a function, and groups are functions apart: {@code f_t = b_t + c_g(t) + p_t}, all
 * c_g with the one kernel k_c. Groups are those of largest posterior probability ({@link GroupSearch}): a task that is unlike all others
 * is alone in its group, and tells them nothing.
 *
 * <p>With {@link MissingBlocks#JOINT} blocks and responses are outputs of one process over the anchor x_0, a linear model of
 * coregionalization: {@code u_k = g_k(x_0) + e_k} are leading components of a block ({@link BlockDirections}), and {@code sum_k w_k u_k} is
 * added to f_t, measured or not. {@link BlockPrior} has the formulas. It needs an exact solution.
 *
 * <p>Hyperparameters theta maximize {@code log q(y | theta) + log p(theta)}, q being the marginal likelihood (exact for continuous
 * responses, else Laplace's approximation; Rasmussen &amp; Williams 2006, sections 2.3, 3.4 and 5.5.1) and p independent
 * {@linkplain GpPriors priors}, by L-BFGS with exact gradients from several fixed starts. Predictions of families other than the normal are
 * averaged over the posterior variance of f. The covariance structure is that of Bonilla et al. 2008 where R is above 0; the formulation as
 * a whole is ours, not that of a paper.
 *
 * <p>It learns from training and validation rows, since it needs none to stop by, in double precision on the host, whatever the engine. An
 * evaluation costs about n^3 multiplications for n rows, and n^2 (p_1 + p_2 + ...) once. The fitted model holds the encoded training rows.
 * With many rows m of them, {@link Inducing}, stand for all: q is then a lower bound of the marginal likelihood (see {@link
 * InducingLaplace}), a fit costs n m^2 multiplications, and the model holds the inducing rows alone.
 * {@snippet class="intarsia.tutorial.Snippets" region="gp"}
 *
 * @param kernels  which kernels each source has
 * @param sharing  who shares a function
 * @param rank     R; 0 for one shared function
 * @param missing  what is done about missing blocks
 * @param priors   on hyperparameters
 * @param search   for hyperparameters
 * @param inducing where there are many rows
 */
public record MultitaskGp(KernelSet kernels, Sharing sharing, int rank, MissingBlocks missing, GpPriors priors, Search search,
        Inducing inducing) implements Estimator {
    /** Its name in files. */
    public static final String KEY = "gp";
    /**
     * Which kernels each source has.
     *
     * @param kinds  at least one
     * @param smooth the smooth kernel
     */
    public record KernelSet(List<KernelKind> kinds, SmoothKernel smooth) {
        /** Sorts the kinds and checks that there is one. */
        public KernelSet {
            kinds = kinds.stream().distinct().sorted().toList();
            if (kinds.isEmpty() || smooth == null) {
                throw new IllegalArgumentException("gp: kernels " + kinds + " with " + smooth
                        + ": at least one kind is needed, and a smooth kernel");
            }
        }

        boolean has(KernelKind kind) {
            return kinds.contains(kind);
        }
    }

    /** Who shares a function. */
    public enum Sharing {
        /** All tasks. */
        ALL,
        /** Tasks of a group; groups are found. */
        GROUPS
    }

    /** What is done about a source that a row lacks. */
    public enum MissingBlocks {
        /** It contributes nothing to the row's covariances. */
        ABSENT,
        /** It is an uncertain input, a normal distribution given the anchor (see {@link LinearImputer}): kernels are their expectations. */
        IMPUTED,
        /** As ABSENT; but the block is an output of the same process, of which the response's linear predictor is a linear function. */
        JOINT
    }

    /**
     * How hyperparameters are searched for.
     *
     * @param starts    how many of the fixed starts, 1 to 3
     * @param steps     limit of evaluations
     * @param startRows starts are compared after few evaluations, on at most so many of the rows; the best is continued
     * @param rows      on at most so many of the rows, spread over all tasks; predictions learn from all rows
     */
    public record Search(int starts, int steps, int startRows, int rows) {
        /** How many fixed starts there are. */
        public static final int MOST_STARTS = HyperparameterSearch.STARTS;
        /** Three starts compared on at most 400 rows, then at most 100 evaluations on at most 1,000. */
        public static final Search DEFAULT = new Search(3, 100, 400, 1_000);

        /** Checks all. */
        public Search {
            if (starts < 1 || starts > HyperparameterSearch.STARTS || steps < 1 || startRows < 1 || rows < startRows) {
                throw new IllegalArgumentException("gp: " + starts + " starts on " + startRows + " rows, then " + steps + " evaluations on "
                        + rows + "; 1 to " + HyperparameterSearch.STARTS + " starts, the others at least 1, and no more rows to compare "
                        + "starts on than to search on");
            }
        }
    }

    /**
     * Inducing rows, in place of an exact solution where there are many rows.
     *
     * @param count     how many at most, out of the training rows
     * @param exactRows up to so many rows the solution is exact
     */
    public record Inducing(int count, int exactRows) {
        /** Most inducing rows: their covariance takes 128 MB. */
        public static final int MOST = 4_000;
        /** An exact solution for more rows takes too much memory and time: three tables of 3.2 GB. */
        public static final int MOST_EXACT = 20_000;
        /** 512 above 6,000 rows. */
        public static final Inducing DEFAULT = new Inducing(512, 6_000);

        /** Checks both. */
        public Inducing {
            if (count < 1 || count > MOST || exactRows < 0 || exactRows > MOST_EXACT) {
                throw new IllegalArgumentException("gp: " + count + " inducing rows above " + exactRows + " rows; 1 to " + MOST
                        + " inducing rows, and an exact solution for at most " + MOST_EXACT + " rows");
            }
        }
    }

    /** Checks that nothing is missing, and the rank. */
    public MultitaskGp {
        if (kernels == null || sharing == null || missing == null || priors == null || search == null || inducing == null) {
            throw new IllegalArgumentException("gp: needs kernels, who shares, what is done about missing blocks, priors, a search and "
                    + "inducing rows");
        }
        if (rank < 0) {
            throw new IllegalArgumentException("gp: rank " + rank + ": at least 0");
        }
        if (sharing == Sharing.GROUPS && rank > 0) {
            throw new IllegalArgumentException("gp: rank " + rank + ": groups share one function each; leave out the rank or the groups");
        }
        if (missing == MissingBlocks.JOINT && (rank > 0 || sharing == Sharing.GROUPS)) {
            throw new IllegalArgumentException("gp: joint blocks need one function that all tasks share; leave out the rank and groups");
        }
        if (missing == MissingBlocks.IMPUTED && kernels.has(KernelKind.SMOOTH) && kernels.smooth() != SmoothKernel.SQUARED_EXPONENTIAL) {
            throw new IllegalArgumentException("gp: imputed blocks need the squared exponential kernel: the expectation of "
                    + kernels.smooth() + " has no closed form");
        }
    }

    /** The default options. */
    public static MultitaskGp options() {
        return new MultitaskGp(new KernelSet(List.of(KernelKind.values()), SmoothKernel.SQUARED_EXPONENTIAL), Sharing.ALL, 0,
                MissingBlocks.ABSENT,
                GpPriors.DEFAULT, Search.DEFAULT, Inducing.DEFAULT);
    }

    /** With other kernels. */
    public MultitaskGp kernels(KernelSet other) {
        return new MultitaskGp(other, sharing, rank, missing, priors, search, inducing);
    }

    /** With another choice of who shares. */
    public MultitaskGp sharing(Sharing other) {
        return new MultitaskGp(kernels, other, rank, missing, priors, search, inducing);
    }

    /** With another rank of what tasks share. */
    public MultitaskGp rank(int other) {
        return new MultitaskGp(kernels, sharing, other, missing, priors, search, inducing);
    }

    /** With another treatment of missing blocks. */
    public MultitaskGp missing(MissingBlocks other) {
        return new MultitaskGp(kernels, sharing, rank, other, priors, search, inducing);
    }

    /** With other priors. */
    public MultitaskGp priors(GpPriors other) {
        return new MultitaskGp(kernels, sharing, rank, missing, other, search, inducing);
    }

    /** With another search. */
    public MultitaskGp search(Search other) {
        return new MultitaskGp(kernels, sharing, rank, missing, priors, other, inducing);
    }

    /** With other inducing rows. */
    public MultitaskGp inducing(Inducing other) {
        return new MultitaskGp(kernels, sharing, rank, missing, priors, search, other);
    }

    /** One shared function is of one response; with loadings, responses may share functions in different directions. */
    @Override
    public Object together(Task task) {
        return rank == 0 ? List.of(task.about(), task.family()) : "";
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public String name() {
        return "Gaussian process";
    }

    @Override
    public boolean learns(ResponseFamily family) {
        return family.predictors() == 1;
    }

    @Override
    public String reference() {
        return "Bonilla, Chai, Williams: Multi-task Gaussian process prediction. NIPS 20 (2008); in a formulation of Intarsia's own.";
    }

    @Override
    public Outcome<MultitaskGpModel> fit(FitContext context) {
        requireLearned(context.split());
        return new GpFit(this, context).fit(null);
    }

    @Override
    public Estimator startingFrom(Model fitted) {
        return new WarmGp(this, ((MultitaskGpModel) fitted).storage().hyperparameters().values());
    }
}
