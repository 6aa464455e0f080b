package intarsia.models.data;

import intarsia.autodiff.Node;
import intarsia.models.response.ResponseBaseline;
import intarsia.models.response.ResponseFamily;

/**
 * The way from a task's responses to what a model learns, and from linear predictors back to predictions.
 *
 * @param moments  mean and standard deviation of a standardized response; {@link Moments#NONE} of another
 * @param baseline what of the response's distribution is the task's own
 */
public record ResponseEncoding(Moments moments, ResponseBaseline baseline) {
    /** Numbers as they are. */
    public static final ResponseEncoding NONE = new ResponseEncoding(Moments.NONE, ResponseBaseline.NONE);

    /** Checks that both are there. */
    public ResponseEncoding {
        if (moments == null || baseline == null) {
            throw new IllegalArgumentException("the encoding of a response needs its moments and its baseline");
        }
    }

    /** Of these moments, without a baseline. */
    public static ResponseEncoding of(Moments moments) {
        return new ResponseEncoding(moments, ResponseBaseline.NONE);
    }

    /** Learned from responses of training rows; standardized if that is wanted and the family's way. */
    static ResponseEncoding of(ResponseFamily family, double[] responses, double[] weights, boolean standardized) {
        return new ResponseEncoding(standardized ? moments(family, responses, weights) : Moments.NONE, family.baseline(responses, weights));
    }

    /** The moments of what is learned of responses, less their offsets; {@link Moments#NONE} of a family that is not standardized. */
    public static Moments moments(ResponseFamily family, double[] responses, double[] weights) {
        return family.standardized() ? Moments.of(NONE.encode(family, responses), weights) : Moments.NONE;
    }

    /** The same with the baseline as it is given linear predictors of the rows that were learned from. */
    public ResponseEncoding calibrated(ResponseFamily family, double[] responses, double[] weights, double[] eta) {
        return baseline.values().isEmpty() ? this : new ResponseEncoding(moments, family.baseline(responses, weights, eta));
    }

    /** Responses as they are learned, row after row. */
    public double[] encode(ResponseFamily family, double[] responses) {
        int columns = family.columns();
        int rows = responses.length / columns;
        double[] learned = new double[rows * family.learned()];
        for (int i = 0; i < rows; i++) {
            family.encode(responses, i * columns, baseline, learned, i * family.learned());
        }
        for (int i = 0; i < learned.length && family.standardized(); i++) {
            learned[i] = moments.encode(learned[i]);
        }
        return learned;
    }

    /** Records predictions of rows, {@code rows x width}, from their linear predictors, {@code rows x predictors}. */
    public Node respond(ResponseFamily family, Node eta) {
        Node predicted = family.respond(eta, baseline);
        return family.standardized() ? predicted.affine(moments.scale(), moments.mean()) : predicted;
    }

    /** Predictions of rows from their linear predictors, row after row. */
    public double[] respond(ResponseFamily family, double[] eta) {
        int rows = eta.length / family.predictors();
        double[] predicted = new double[rows * family.width()];
        for (int i = 0; i < rows; i++) {
            family.respond(eta, i * family.predictors(), baseline, predicted, i * family.width());
        }
        for (int i = 0; i < predicted.length && family.standardized(); i++) {
            predicted[i] = moments.decode(predicted[i]);
        }
        return predicted;
    }
}
