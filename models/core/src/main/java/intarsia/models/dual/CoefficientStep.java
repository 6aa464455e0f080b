package intarsia.models.dual;

/** The coefficients' half of an alternation: the encoders held. */
interface CoefficientStep {
    /** The solution from nothing. */
    CoefficientSolution solve();

    /** The solution from a start, which it is no worse than. */
    CoefficientSolution solve(Coefficients start);

    /** The part of the objective that does not depend on the encoders. */
    double penalty(Coefficients at);
}
