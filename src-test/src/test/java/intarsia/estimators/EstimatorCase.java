package intarsia.estimators;

import intarsia.models.Estimator;
import intarsia.models.reduction.BinaryReduction;
import intarsia.models.response.Binomial;
import intarsia.models.response.Classes;
import intarsia.models.response.Count;
import intarsia.models.response.Gaussian;
import intarsia.models.response.Ordered;
import intarsia.models.response.ResponseFamily;
import intarsia.models.response.Survival;
import java.util.List;

/**
 * An estimator that has to keep the contract of all.
 *
 * @param name      of the case
 * @param estimator small, so that a fit takes a moment
 * @param families  the responses it learns; it refuses the others
 */
record EstimatorCase(String name, Estimator estimator, List<ResponseFamily> families) {
    static final Count COUNT = new Count(true);
    static final Classes CLASSES = new Classes(List.of("viral", "bacterial", "none"));
    static final Ordered ORDERED = new Ordered(List.of("none", "mild", "moderate", "severe"));
    static final Survival SURVIVAL = new Survival(List.of(0.5, 1.0, 2.0));
    static final Survival INTERVALS = new Survival(List.of(0.25, 0.5, 1.0, 2.0), true);
    static final Gaussian BEYOND = new Gaussian(true);
    static final Binomial ODDS = new Binomial(true);
    /** Continuous and binary. */
    static final List<ResponseFamily> NUMBERS = List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY);
    /** Continuous, binary and classes. */
    static final List<ResponseFamily> TENSORS = List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY, CLASSES);
    /** Those with one linear predictor: all but classes. */
    static final List<ResponseFamily> SINGLE = List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY, BEYOND, ODDS, COUNT, ORDERED,
            SURVIVAL, INTERVALS);
    /** Every kind of response. */
    static final List<ResponseFamily> ALL = List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY, BEYOND, ODDS, COUNT, CLASSES, ORDERED,
            SURVIVAL, INTERVALS);

    static EstimatorCase of(Estimator estimator, List<ResponseFamily> families) {
        return new EstimatorCase(estimator.key(), estimator, families);
    }

    /** The levels that an estimator learns by reduction only. */
    static EstimatorCase reduced(Estimator estimator, ResponseFamily... families) {
        return new EstimatorCase(estimator.key() + " reduced", new BinaryReduction(estimator), List.of(families));
    }

    @Override
    public String toString() {
        return name;
    }
}
