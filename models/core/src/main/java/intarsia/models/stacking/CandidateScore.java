package intarsia.models.stacking;

/**
 * How a candidate fared.
 *
 * @param name     for people
 * @param deviance the mean deviance of its out-of-fold predictions; null if it could not be fitted
 * @param weight   its weight
 * @param problem  why it could not be fitted; empty if it could
 */
public record CandidateScore(String name, Double deviance, double weight, String problem) {}
