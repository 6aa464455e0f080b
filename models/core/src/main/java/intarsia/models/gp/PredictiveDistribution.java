package intarsia.models.gp;

/**
 * What is predicted of rows, with what is not known about it. One number a row.
 *
 * @param mean            of the response: a quantity, or the probability of 1; averaged over the posterior of the linear predictor. Of a
 *                        prediction of several numbers the first
 * @param deviation       standard deviation of a continuous or binary response, noise included; NaN of others
 * @param linear          the posterior mean of the linear predictor: of f in the response's own unit, or of the log odds
 * @param linearDeviation its posterior standard deviation, without noise
 */
public record PredictiveDistribution(double[] mean, double[] deviation, double[] linear, double[] linearDeviation) {}
