package intarsia.models.response;

import intarsia.autodiff.Node;
import intarsia.optim.solve.Family;
import java.util.List;

/**
 * What is known of a response: what it may be, how linear predictors give its distribution, and the metrics that judge predictions of it.
 * One value serves data, models, evaluation and files; a new kind of response is one more implementation.
 *
 * <pre>
 * kind         a response                  a prediction                        linear predictor(s)
 * continuous   a number [offset]           its mean                            the mean
 * binary       0 or 1 [offset]             the probability of 1                its log odds
 * count        a whole number [exposure]   the rate per unit of exposure       log of the rate over the task's rate
 * classes      the code of a level         the probability of each level       one for each level: softmax
 * ordered      the code of a level         the probability of each level       log odds of being above each threshold
 * survival     time, event, entry          the probability to survive times    log of the hazard over the task's hazard
 * </pre>
 *
 * <p>Responses of rows are {@link #columns} numbers each, row after row; predictions {@link #width} numbers each. A model learns
 * {@link #encode encoded} responses by the family's {@link #likelihood}.
 *
 * <p>An offset is what is known of a row's linear predictor beforehand, and is added to it; the logarithm of an exposure is one. It belongs
 * to the response: models learn what is to be added, and predict rows as if their offsets were 0. {@link Observed} adds them to predictions
 * where these are held against responses.
 */
public interface ResponseFamily {
    /** A quantity on a scale. */
    ResponseFamily CONTINUOUS = new Gaussian(false);

    /** 0 or 1. */
    ResponseFamily BINARY = new Binomial(false);

    /** Its name in study files and saved models. */
    String key();

    /** How many numbers a response has. */
    default int columns() {
        return 1;
    }

    /** How many numbers a prediction has. */
    default int width() {
        return 1;
    }

    /** How many linear predictors a row has. */
    default int predictors() {
        return 1;
    }

    /** Whether a response says its offset. */
    default boolean hasOffset() {
        return false;
    }

    /** The family of the same responses without offsets. */
    default ResponseFamily withoutOffset() {
        return this;
    }

    /** The offset of a response's linear predictor; 0 where it says none. */
    default double offset(double[] y, int at) {
        return 0;
    }

    /** Adds a response's offset to the linear predictor of its prediction, in its place. */
    default void addOffset(double[] y, int at, double[] predicted, int from) {}

    /** The names of the levels that a response is one of, by their codes; empty where it is a quantity. */
    default List<String> levels() {
        return List.of();
    }

    /** What predictions are called: the heading of each number's column. */
    List<String> predicted();

    /** Why numbers cannot be a response, to follow "the response is ..."; null if they can. They begin at a place of an array. */
    String problem(double[] y, int at);

    /** Whether responses are standardized within each task before they are learned. */
    default boolean standardized() {
        return false;
    }

    /**
     * Which rows are alike for a split: rows of each stratum are split on their own, so that every part keeps its share.
     *
     * @return the number of the stratum, from 0
     */
    default int stratum(double[] y, int at) {
        return 0;
    }

    /** How many strata there are. */
    default int strata() {
        return 1;
    }

    /**
     * What to predict where nothing is known of a row: the distribution of the responses seen. Where a class was not seen, half a row of
     * each is added (Jeffreys' prior), since a probability of 0 would be more than rows can tell.
     *
     * @param responses of some rows
     * @param weights   how much each row counts: 2 as if it was there twice
     * @return as many numbers as a prediction has
     */
    double[] expected(double[] responses, double[] weights);

    /** The place of the most probable of some numbers, such as probabilities of levels; of equal ones the first. */
    static int likeliest(double[] predicted, int at, int width) {
        int best = 0;
        for (int k = 1; k < width; k++) {
            best = predicted[at + k] > predicted[at + best] ? k : best;
        }
        return best;
    }

    /** The likelihood of encoded responses. */
    Likelihood likelihood();

    /** How many numbers an encoded response has. */
    default int learned() {
        int columns = likelihood().columns();
        return columns == 0 ? predictors() : columns;
    }

    /** What is a task's own, from responses of its training rows, as if the rows were alike. */
    default ResponseBaseline baseline(double[] responses, double[] weights) {
        return baseline(responses, weights, new double[weights.length]);
    }

    /**
     * What is a task's own, given how its rows differ: the most probable baseline of rows with these linear predictors.
     *
     * @param weights how much each row counts
     * @param eta     a linear predictor for each row
     */
    default ResponseBaseline baseline(double[] responses, double[] weights, double[] eta) {
        return ResponseBaseline.NONE;
    }

    /**
     * Makes sure that a baseline is of this family.
     *
     * @throws IllegalArgumentException if it is not
     */
    default void check(ResponseBaseline baseline) {
        if (baseline == null || !baseline.values().isEmpty()) {
            throw new IllegalArgumentException("a " + key() + " response has no baseline");
        }
    }

    /** Writes a response as it is learned; one that is standardized is so before. */
    default void encode(double[] y, int at, ResponseBaseline baseline, double[] learned, int to) {
        learned[to] = y[at];
    }

    /** Writes the prediction of linear predictors, one of a standardized response on that scale. */
    void respond(double[] eta, int from, ResponseBaseline baseline, double[] predicted, int to);

    /** Records the same for rows: {@code rows x predictors} to {@code rows x width}. */
    Node respond(Node eta, ResponseBaseline baseline);

    /**
     * Writes the linear predictors that give a prediction, up to a constant that is the task's own: {@link #respond} the other way round,
     * on which parts of a prediction add up. Of probabilities that no linear predictor of the family gives exactly, such as a mean of
     * several models', it is the mean over thresholds or times; probabilities are kept {@value #LEAST} away from 0 and 1.
     *
     * @param eta takes {@link #predictors} numbers
     */
    void linear(double[] predicted, int from, double[] eta, int to);

    /** What the linear predictors are called: the scale of {@link #linear}, for people. */
    String linearScale();

    /** The same of rows, row after row. */
    default double[] linear(double[] predicted) {
        double[] eta = new double[predicted.length / width() * predictors()];
        for (int i = 0; i < eta.length / predictors(); i++) {
            linear(predicted, i * width(), eta, i * predictors());
        }
        return eta;
    }

    /**
     * The generalized linear model of a response whose number and linear predictor are one each: what solvers take that know no other.
     *
     * @return null where there is none
     */
    default Family glm() {
        return null;
    }

    /** The metrics that judge predictions. */
    List<Metric> metrics();

    /** The metric whose figure says whether a model is of use: a proper score. */
    Metric chosenBy();

    /**
     * How bad a prediction is, by which models are chosen: the squared error of a continuous response, else {@code -2 log} of the
     * probability of what was seen, which is kept {@value #LEAST} away from 0.
     */
    double deviance(double[] y, int at, double[] predicted, int from);

    /**
     * Writes the derivatives of {@link #deviance} by the prediction's numbers; 0 where a probability is kept off its limits, since the
     * deviance is level there.
     */
    void devianceSlopes(double[] y, int at, double[] predicted, int from, double[] slopes, int to);

    /** Probabilities are kept this far away from 0 and 1. */
    double LEAST = 1e-15;
}
