package intarsia.linalg.tucker;

import intarsia.linalg.Tensor;
import java.util.List;

/**
 * A Tucker decomposition with its error and error bound.
 *
 * @param decomposition  the core and the factors, whose columns are orthonormal
 * @param singularValues for each mode, those of the unfolding from which its factor was first taken, largest first
 * @param errorBound     an upper bound of {@code ||A - A_hat||}: the root of the sum, over the modes, of the squared singular values
 *                       discarded
 * @param error          {@code ||A - A_hat||} itself, as the root of {@code ||A||^2 - ||G||^2}; below about {@code 1e-8 ||A||} it is
 *                       rounding
 * @param sweeps         how many times the factors were improved after the start; 0 for one-pass methods
 * @param converged      whether the last sweep gained no more than the tolerance; true for one-pass methods
 */
public record TuckerFit(TuckerDecomposition decomposition, List<Tensor> singularValues, double errorBound, double error, int sweeps,
        boolean converged) {
    /** Copies the list. */
    public TuckerFit {
        singularValues = List.copyOf(singularValues);
    }
}
