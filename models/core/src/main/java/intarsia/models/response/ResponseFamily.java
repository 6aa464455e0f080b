package intarsia.models.response;

import intarsia.autodiff.Node;
import intarsia.optim.solve.Family;
import java.util.List;

/**
 * What is known of a response: its distribution, its link, its loss in numbers and in the graph, and the metrics that judge predictions of
 * it. One value serves data, networks, solvers, evaluation and files; a new kind of response is one more implementation.
 *
 * <p>A model predicts the linear predictor {@code eta}; the response's mean is {@code link^-1(eta)}. Losses are of one response:
 *
 * <pre>
 * continuous   (y - eta)^2                       mean eta
 * binary       log(1 + exp(eta)) - y eta         mean 1 / (1 + exp(-eta)), the probability of 1
 * </pre>
 */
public sealed interface ResponseFamily permits Gaussian, Binomial {
    /** A quantity on a scale. */
    ResponseFamily CONTINUOUS = new Gaussian();

    /** 0 or 1. */
    ResponseFamily BINARY = new Binomial();

    /** All of them. */
    List<ResponseFamily> ALL = List.of(CONTINUOUS, BINARY);

    /** Its name in study files and saved models. */
    String key();

    /** The same distribution for solvers: loss, mean and derivatives in numbers. */
    Family glm();

    /** What the solvers' loss is as a share of {@link #loss}: squared errors are halved there. */
    double glmScale();

    /** The loss of every element, given linear predictors of the same shape. */
    Node loss(Node eta, Node y);

    /** The means of linear predictors, in the graph. */
    Node mean(Node eta);

    /** Whether responses are standardized within each task before they are learned. */
    boolean standardized();

    /**
     * Which rows are alike for a split: rows of each stratum are split on their own, so that every part keeps its share.
     *
     * @return the number of the stratum, from 0
     */
    int stratum(double y);

    /**
     * The mean to expect where nothing is known of a row: that of the responses seen. Of a binary response seen in one class only half a
     * row of each class is added (Jeffreys' prior), since a probability of 0 or 1 would be more than rows can tell.
     */
    double expected(double[] responses);

    /** Why a number cannot be a response, to follow "the response is ..."; null if it can. */
    String problem(double y);

    /** What predictions are called: the heading of their column. */
    String predicted();

    /** The metrics that judge predictions. */
    List<Metric> metrics();

    /** The metric whose figure says whether a model is of use: a proper score. */
    Metric chosenBy();

    /**
     * How bad a predicted mean is, by which models are chosen: {@code (y - mean)^2}, or {@code -2 log} of the probability of y, which is
     * kept 1e-15 away from 0 and 1.
     */
    double deviance(double y, double mean);

    /** The derivative of {@link #deviance} by the mean; of probabilities kept 1e-15 away from 0 and 1 that at the limit. */
    double devianceSlope(double y, double mean);

    /**
     * The family of this name.
     *
     * @throws IllegalArgumentException naming those there are
     */
    static ResponseFamily of(String key) {
        return ALL.stream().filter(family -> family.key().equals(key)).findFirst().orElseThrow(() -> new IllegalArgumentException(
                "no response '" + key + "'; there are " + String.join(", ", ALL.stream().map(ResponseFamily::key).toList())));
    }
}
