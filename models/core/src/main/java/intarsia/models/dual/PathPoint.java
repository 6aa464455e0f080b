package intarsia.models.dual;

import intarsia.models.Outcome;

/**
 * A dual encoder for one penalty weight on a path.
 *
 * @param ratio   of the weight to the largest; 0 where the weight was given
 * @param weight  c of {@code lambda_r = c sqrt(d / n_r)}
 * @param outcome the model, and how its fit ended
 */
public record PathPoint(double ratio, double weight, Outcome<DualEncoderModel> outcome) {}
