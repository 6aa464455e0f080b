package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.tucker.Multilinear;
import intarsia.linalg.tucker.TuckerDecomposition;
import intarsia.optim.prox.ElasticNet;
import intarsia.optim.prox.Penalty;
import intarsia.optim.solve.Family;
import intarsia.optim.solve.Glm;
import intarsia.optim.solve.GlmFit;
import intarsia.optim.solve.GlmProblem;
import intarsia.optim.solve.SolverOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The steps of the alternating minimization. With all other blocks held, eta is linear in one block, and the block's best value is a lasso
 * regression on features that are contractions of the predictors; no Kronecker product is formed. A step whose solution is not better than
 * what was there leaves it.
 */
final class BlockSteps {
    /**
     * Rises of the objective up to this many units in the last place say nothing: near the end they are all that parameters at 1e-8 change.
     */
    private static final int ROUNDING = 50;

    private final Cohort cohort;
    private final TenMtlOptions options;
    private final SolverOptions solver;
    private final int[] owners;

    BlockSteps(Cohort cohort, TenMtlOptions options) {
        this.cohort = cohort;
        this.options = options;
        this.solver = cohort.family == Family.GAUSSIAN ? new SolverOptions(1e-13, 300) : new SolverOptions(1e-11, 25);
        this.owners = cohort.owners();
    }

    /** All blocks once: the individuals' rows, the predictors' factors, the core. */
    State sweep(State state) {
        State next = individuals(state);
        for (int k = 1; k <= cohort.rowShape().rank(); k++) {
            next = factor(next, k);
        }
        return core(next);
    }

    /** Each individual's row of F_0 and its intercept; features [N x R_0] are {@code (X x_1 U_1' .. x_d U_d') G_(0)'}. */
    State individuals(State state) {
        TuckerDecomposition old = state.parameters();
        Tensor g = Multilinear.unfold(old.core(), 0);
        double[] z = Matrices.product(Multilinear.unfold(contracted(old, -1), 0), false, g, true).doubles();
        int rank = g.shape().rows();
        int tied = options.common() ? 1 : 0;
        int free = rank - tied;
        double[] features = new double[cohort.rows() * free];
        double[] offsets = new double[cohort.rows()];
        for (int row = 0; row < cohort.rows(); row++) {
            System.arraycopy(z, row * rank + tied, features, row * free, free);
            offsets[row] = tied == 1 ? z[row * rank] : 0;
        }
        Tensor factor = old.factors().getFirst().copy();
        double[] intercepts = state.intercepts().clone();
        double[] eta = new double[cohort.rows()];
        for (int i = 0; i < cohort.individuals(); i++) {
            double[] start = Arrays.copyOfRange(factor.doubles(), i * rank + tied, (i + 1) * rank);
            double[] held = offsets.clone();
            boolean fixed = cohort.alike(i);
            for (int row = cohort.first[i]; fixed && row < cohort.first[i + 1]; row++) {
                held[row] += intercepts[i];
            }
            GlmProblem problem = cohort.problem(i, features, free, held);
            GlmFit fit = Glm.fit(problem, Penalty.l1(options.individualLasso()), solver, intercepts[i], start);
            System.arraycopy(fit.coefficients(), 0, factor.doubles(), i * rank + tied, free);
            intercepts[i] = problem.intercept() ? fit.intercept() : intercepts[i];
            for (int row = cohort.first[i]; row < cohort.first[i + 1]; row++) {
                eta[row] = offsets[row];
                for (int r = 0; r < free; r++) {
                    eta[row] = Math.fma(features[row * free + r], fit.coefficients()[r], eta[row]);
                }
            }
        }
        return accept(state, old.core(), replaced(old, 0, factor), intercepts, eta);
    }

    /**
     * One factor U_k, all rows together; features [N x p_k R_k] are X contracted with all other factors, times the individual's slice of
     * the core.
     */
    State factor(State state, int mode) {
        TuckerDecomposition old = state.parameters();
        Tensor x = contracted(old, mode);
        Shape row = x.shape().without(0);
        int size = row.size(mode - 1);
        int others = row.size() / size;
        int rank = old.core().shape().size(mode);
        Tensor slices = Multilinear.modeProduct(old.core(), old.factors().getFirst(), 0);
        double[][] weights = new double[cohort.individuals()][];
        for (int i = 0; i < weights.length; i++) {
            // [others x R_k], the other modes in ascending order
            Tensor slice = slice(slices, i);
            weights[i] = Matrices.transpose(Multilinear.unfold(slice, mode - 1)).doubles();
        }
        double[] features = new double[cohort.rows() * size * rank];
        double[] numbers = new double[size * others];
        for (int n = 0; n < cohort.rows(); n++) {
            System.arraycopy(x.doubles(), n * numbers.length, numbers, 0, numbers.length);
            double[] unfolded = row.rank() == 1 ? numbers : Multilinear.unfold(Tensor.of(row, numbers), mode - 1).doubles();
            multiplyAdd(size, others, rank, unfolded, weights[owners[n]], features, n * size * rank);
        }
        double[] offsets = cohort.spread(state.intercepts());
        double[] start = old.factors().get(mode).doubles();
        GlmFit fit = Glm.fit(cohort.problem(features, size * rank, offsets), Penalty.l1(options.factorLasso()), solver, 0, start);
        Tensor factor = Tensor.of(Shape.of(size, rank), fit.coefficients());
        return accept(state, old.core(), replaced(old, mode, factor), state.intercepts(), product(features, fit.coefficients()));
    }

    /** The core, all rows together; features [N x R_0 .. R_d] are {@code u_0i kron vec(X x_1 U_1' .. x_d U_d')}. */
    State core(State state) {
        TuckerDecomposition old = state.parameters();
        Tensor z = contracted(old, -1);
        int inner = z.size() / cohort.rows();
        Tensor individual = old.factors().getFirst();
        int rank = individual.shape().columns();
        double[] features = new double[cohort.rows() * rank * inner];
        for (int n = 0; n < cohort.rows(); n++) {
            for (int r = 0; r < rank; r++) {
                double u = individual.get(owners[n], r);
                for (int m = 0; m < inner; m++) {
                    features[(n * rank + r) * inner + m] = u * z.doubles()[n * inner + m];
                }
            }
        }
        double[] offsets = cohort.spread(state.intercepts());
        ElasticNet penalty = Penalty.l1(options.coreLasso());
        GlmFit fit = Glm.fit(cohort.problem(features, rank * inner, offsets), penalty, solver, 0, old.core().doubles());
        Tensor core = Tensor.of(old.core().shape(), fit.coefficients());
        return accept(state, core, old.factors(), state.intercepts(), product(features, fit.coefficients()));
    }

    private State accept(State state, Tensor core, List<Tensor> factors, double[] intercepts, double[] eta) {
        TuckerDecomposition raw = new TuckerDecomposition(core, factors);
        State next = State.of(cohort, options, raw, intercepts, eta);
        return next.objective() <= state.objective() + ROUNDING * Math.ulp(state.objective()) ? next : state;
    }

    /** Every row's predictors contracted with all factors but one: [N x R_1 .. p_k .. R_d]. */
    private Tensor contracted(TuckerDecomposition parameters, int but) {
        Tensor x = cohort.predictors;
        for (int k = 1; k < parameters.factors().size(); k++) {
            x = k == but ? x : Multilinear.contract(x, parameters.factors().get(k), k);
        }
        return x;
    }

    private double[] product(double[] features, double[] coefficients) {
        double[] eta = new double[cohort.rows()];
        int k = coefficients.length;
        for (int n = 0; n < eta.length; n++) {
            for (int j = 0; j < k; j++) {
                eta[n] = Math.fma(features[n * k + j], coefficients[j], eta[n]);
            }
        }
        return eta;
    }

    /** Adds a small product of row-major matrices, c at an offset. */
    private static void multiplyAdd(int rows, int inner, int columns, double[] a, double[] b, double[] c, int atC) {
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < inner; k++) {
                for (int j = 0; j < columns; j++) {
                    c[atC + i * columns + j] = Math.fma(a[i * inner + k], b[k * columns + j], c[atC + i * columns + j]);
                }
            }
        }
    }

    private static Tensor slice(Tensor stacked, int i) {
        Shape shape = stacked.shape().without(0);
        return Tensor.of(shape, Arrays.copyOfRange(stacked.doubles(), i * shape.size(), (i + 1) * shape.size()));
    }

    private static List<Tensor> replaced(TuckerDecomposition old, int mode, Tensor factor) {
        List<Tensor> factors = new ArrayList<>(old.factors());
        factors.set(mode, factor);
        return factors;
    }
}
