package intarsia.models.gp;

/** A log marginal likelihood {@code log q(y | theta)}, exact or approximate, with its derivatives. */
interface LogLikelihood {
    /**
     * The value; writes the derivatives by all hyperparameters.
     *
     * @throws intarsia.linalg.decomposition.DecompositionException where hyperparameters are so large that it is not finite
     */
    double value(Hyperparameters h, double[] gradient);
}
