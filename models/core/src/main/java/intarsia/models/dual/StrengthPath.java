package intarsia.models.dual;

import intarsia.models.Outcome;
import java.util.List;

/**
 * Dual encoders for falling strengths, each begun where the one before ended; the first is at the strength from which on tasks share.
 *
 * @param points from the strongest
 */
public record StrengthPath(List<Point> points) {
    /**
     * One strength.
     *
     * @param share          strength as a share of the largest
     * @param strength       c of {@code lambda_r = c sqrt(d / n_r)}
     * @param model          with the best validation loss at this strength, and how it ended
     * @param validationLoss of it: the mean loss of validation rows, summed over tasks
     */
    public record Point(double share, double strength, Outcome<DualEncoderModel> model, double validationLoss) {}

    /** Copies the list. */
    public StrengthPath {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("a path needs at least one strength");
        }
    }

    /** The point with the smallest validation loss; of several, the strongest. */
    public Point best() {
        Point best = points.getFirst();
        for (Point point : points) {
            best = point.validationLoss() < best.validationLoss() ? point : best;
        }
        return best;
    }
}
