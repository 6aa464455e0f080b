package intarsia.estimators;

import intarsia.models.Estimator;
import intarsia.models.response.ResponseFamily;
import java.util.List;

/**
 * An estimator that has to keep the contract of all.
 *
 * @param name      of the case
 * @param estimator small, so that a fit takes a moment
 * @param families  the responses it can learn
 */
record EstimatorCase(String name, Estimator estimator, List<ResponseFamily> families) {
    static EstimatorCase of(Estimator estimator) {
        return new EstimatorCase(estimator.key(), estimator, ResponseFamily.ALL);
    }

    static EstimatorCase of(Estimator estimator, ResponseFamily family) {
        return new EstimatorCase(estimator.key(), estimator, List.of(family));
    }

    @Override
    public String toString() {
        return name;
    }
}
