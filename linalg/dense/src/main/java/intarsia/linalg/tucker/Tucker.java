package intarsia.linalg.tucker;

import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.DecompositionException;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.Scaled;
import intarsia.linalg.decomposition.SvdMethod;
import java.util.ArrayList;
import java.util.List;

/**
 * Approximations of low multilinear rank. For a tensor A [n_0 x ... x n_d] and ranks R_k they return a core and factors with orthonormal
 * columns.
 *
 * <p>All accept any order from 1, sizes of 1 and the zero tensor; all refuse empty tensors, numbers that are not finite, and ranks a mode
 * cannot have. They work on the tensor divided by a power of two ({@link Scaled}): its unit does not matter.
 *
 * {@snippet class="intarsia.tutorial.HosvdTutorial" region="truncate"}
 */
public final class Tucker {
    /** Norms from 2^-100 to 2^100 need no other unit. */
    private static final int ORDINARY = 100;

    /** What decomposes a tensor whose squared norm is known. */
    private interface Decomposition {
        TuckerFit of(Tensor numbers, double squaredNorm);
    }

    private Tucker() {}

    /** The truncated higher-order singular value decomposition by {@link SvdMethod#ACCURATE}. */
    public static TuckerFit hosvd(Tensor a, Ranks ranks) {
        return hosvd(a, ranks, SvdMethod.ACCURATE);
    }

    /**
     * The truncated higher-order singular value decomposition: U_k are the leading left singular vectors of the mode-k unfolding of A, the
     * core is {@code A x_0 U_0' ... x_d U_d'}. Its squared error is at most the sum of the discarded squared singular values of all modes
     * (DMV, property 10), and equal to it if one mode alone is truncated. At full ranks the core is all-orthogonal. O(size(a) (sum n_k +
     * sum R_k)).
     */
    public static TuckerFit hosvd(Tensor a, Ranks ranks, SvdMethod method) {
        return scaled("hosvd", a, (numbers, squaredNorm) -> higherOrderSvd(numbers, squaredNorm, ranks, method));
    }

    private static TuckerFit higherOrderSvd(Tensor a, double squaredNorm, Ranks ranks, SvdMethod method) {
        double bound = 0;
        List<Tensor> factors = new ArrayList<>();
        List<Tensor> values = new ArrayList<>();
        for (int k = 0; k < a.shape().rank(); k++) {
            Spectrum spectrum = Spectrum.of(a, k, method, ranks.most(k));
            int rank = ranks.choose(k, spectrum.values(), a.shape(), squaredNorm);
            factors.add(spectrum.leading(rank));
            values.add(spectrum.values());
            bound += spectrum.discarded(rank);
        }
        return fit(squaredNorm, Multilinear.contractAll(a, factors), factors, values, bound, 0, true);
    }

    /**
     * The sequentially truncated higher-order singular value decomposition (Vannieuwenhoven et al. 2012): mode by mode in ascending order,
     * each factor from the unfolding of what the earlier modes left. Its squared error equals the sum of the discarded squared singular
     * values, and it is cheaper than {@link #hosvd} since the tensor shrinks on the way. {@link TuckerFit#singularValues} are those of the
     * shrunken unfoldings.
     */
    public static TuckerFit sequentiallyTruncated(Tensor a, Ranks ranks, SvdMethod method) {
        return scaled("sequentially truncated hosvd", a,
                (numbers, squaredNorm) -> truncatedModeByMode(numbers, squaredNorm, ranks, method));
    }

    private static TuckerFit truncatedModeByMode(Tensor a, double squaredNorm, Ranks ranks, SvdMethod method) {
        double discarded = 0;
        Tensor core = a;
        List<Tensor> factors = new ArrayList<>();
        List<Tensor> values = new ArrayList<>();
        for (int k = 0; k < a.shape().rank(); k++) {
            Spectrum spectrum = Spectrum.of(core, k, method, ranks.most(k));
            int rank = ranks.choose(k, spectrum.values(), ranks instanceof Ranks.Fixed ? a.shape() : core.shape(), squaredNorm);
            if (rank > spectrum.values().size()) {
                throw new ShapeException("sequentially truncated hosvd of " + a.shape() + ": rank " + rank + " of mode " + k
                        + " is more than the earlier modes leave, " + spectrum.values().size());
            }
            factors.add(spectrum.leading(rank));
            values.add(spectrum.values());
            discarded += spectrum.discarded(rank);
            core = Multilinear.contract(core, factors.get(k), k);
        }
        return fit(squaredNorm, core, factors, values, discarded, 0, true);
    }

    /**
     * Higher-order orthogonal iteration (De Lathauwer, De Moor &amp; Vandewalle 2000b): from {@link #hosvd}, each U_k in turn becomes the
     * leading left singular vectors of A contracted with all other factors, which cannot lower the norm of the core; so the error is never
     * above HOSVD's. Stops when a sweep raises the core's squared norm by no more than {@code tolerance ||A||^2}, or after
     * {@code maxSweeps}.
     *
     * @throws ShapeException also if a rank is more than the product of the others, where no orthonormal update exists
     */
    public static TuckerFit hooi(Tensor a, Ranks ranks, SvdMethod method, int maxSweeps, double tolerance) {
        if (maxSweeps < 0 || !(tolerance >= 0)) {
            throw new IllegalArgumentException("hooi: maxSweeps " + maxSweeps + " and tolerance " + tolerance + " may not be negative");
        }
        return scaled("hooi", a, (numbers, squaredNorm) -> iterated(numbers, squaredNorm, ranks, method, maxSweeps, tolerance));
    }

    private static TuckerFit iterated(Tensor a, double squaredNorm, Ranks ranks, SvdMethod method, int maxSweeps, double tolerance) {
        TuckerFit start = improvable("hooi", higherOrderSvd(a, squaredNorm, ranks, method));
        Tensor core = start.decomposition().core();
        List<Tensor> factors = new ArrayList<>(start.decomposition().factors());
        double held = squaredNorm(core);
        int sweep = 0;
        boolean converged = false;
        while (!converged && sweep < maxSweeps) {
            List<Tensor> next = improved(a, factors, method);
            Tensor nextCore = Multilinear.contractAll(a, next);
            double nextHeld = squaredNorm(nextCore);
            sweep++;
            converged = nextHeld - held <= tolerance * squaredNorm;
            if (nextHeld > held) {
                factors = next;
                core = nextCore;
                held = nextHeld;
            }
        }
        double bound = start.errorBound() * start.errorBound();
        return fit(squaredNorm, core, factors, start.singularValues(), bound, sweep, converged);
    }

    /** Makes sure that {@link #improved} factors exist. */
    static TuckerFit improvable(String operation, TuckerFit start) {
        Shape core = start.decomposition().core().shape();
        for (int k = 0; k < core.rank(); k++) {
            if (core.size(k) > Ranks.possible(core, k)) {
                throw new ShapeException(operation + " of " + start.decomposition().shape() + " to ranks " + core + ": the rank of mode "
                        + k + " is more than the product of the others");
            }
        }
        return start;
    }

    /** Each factor in turn as the leading left singular vectors of a contracted with all others; the norm of the core does not fall. */
    static List<Tensor> improved(Tensor a, List<Tensor> factors, SvdMethod method) {
        List<Tensor> next = new ArrayList<>(factors);
        for (int k = 0; k < next.size(); k++) {
            Tensor projected = Multilinear.contractAllBut(a, next, k);
            int rank = next.get(k).shape().columns();
            next.set(k, Spectrum.of(projected, k, method, rank).leading(rank));
        }
        return next;
    }

    /** Decomposes the tensor scaled, where its norm is not ordinary, and brings what is found back to its unit. */
    private static TuckerFit scaled(String operation, Tensor a, Decomposition decomposition) {
        double norm = check(operation, a);
        if (norm == 0 || Math.abs(Math.getExponent(norm)) <= ORDINARY) {
            // the bits are those of the scaled tensor in another unit
            return decomposition.of(a, norm * norm);
        }
        Scaled scaled = Scaled.of(a);
        TuckerFit fit = decomposition.of(scaled.numbers(), squaredNorm(scaled.numbers()));
        String what = operation + "(" + a.shape() + "): ";
        Tensor core = scaled.back(what + "a number of the core", fit.decomposition().core());
        return new TuckerFit(new TuckerDecomposition(core, fit.decomposition().factors()),
                fit.singularValues().stream().map(values -> scaled.back(what + "a singular value", values)).toList(),
                scaled.back(fit.errorBound()), scaled.back(fit.error()), fit.sweeps(), fit.converged());
    }

    private static TuckerFit fit(double squaredNorm, Tensor core, List<Tensor> factors, List<Tensor> values, double squaredBound,
            int sweeps, boolean converged) {
        double error = Math.sqrt(Math.max(0, squaredNorm - squaredNorm(core)));
        return new TuckerFit(new TuckerDecomposition(core, factors), values, Math.sqrt(squaredBound), error, sweeps, converged);
    }

    private static double squaredNorm(Tensor a) {
        double norm = Matrices.norm(a);
        return norm * norm;
    }

    /** Refuses what cannot be decomposed; the norm. */
    private static double check(String operation, Tensor a) {
        if (a.shape().rank() == 0 || a.size() == 0) {
            throw new ShapeException(operation + "(" + a.shape() + "): wants at least one mode and no size of 0");
        }
        double norm = Matrices.norm(a);
        if (Double.isFinite(norm)) {
            return norm;
        }
        for (double v : a.doubles()) {
            if (!Double.isFinite(v)) {
                throw new DecompositionException(operation + "(" + a.shape() + "): holds " + v + "; every number must be finite");
            }
        }
        return norm;
    }
}
