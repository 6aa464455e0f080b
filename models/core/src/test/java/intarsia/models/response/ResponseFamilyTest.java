package intarsia.models.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import org.junit.jupiter.api.Test;

class ResponseFamilyTest {
    @Test
    void theGraphAndTheSolversAgree() {
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            for (ResponseFamily family : ResponseFamily.ALL) {
                Graph graph = new Graph();
                Node eta = graph.input("eta", 1);
                Node y = graph.input("y", 1);
                Node loss = family.loss(eta, y);
                Node mean = family.mean(eta);
                Plan plan = Plan.compile(Parameters.of(engine, graph, RandomStream.of(1)), loss, mean);
                for (double at : new double[] {-3, -0.5, 0, 2}) {
                    for (double truth : new double[] {0, 1}) {
                        plan.set(eta, new double[] {at});
                        plan.set(y, new double[] {truth});
                        plan.run();
                        assertThat(plan.get(loss).at(0) * family.glmScale()).isCloseTo(family.glm().loss(truth, at), within(1e-14));
                        double predicted = plan.get(mean).at(0);
                        assertThat(predicted).isCloseTo(family.glm().mean(at), within(1e-15));
                        // the deviance of the mean is twice the negative log-likelihood, or the squared error
                        assertThat(family.deviance(truth, predicted)).isCloseTo(2 * family.glm().loss(truth, at), within(1e-13));
                    }
                }
            }
        }
    }

    @Test
    void probabilitiesStayOffTheirLimits() {
        ResponseFamily binary = ResponseFamily.BINARY;
        assertThat(binary.deviance(1, 0)).isCloseTo(-2 * Math.log(1e-15), within(1e-12));
        assertThat(binary.deviance(0, 1)).isCloseTo(-2 * Math.log(1e-15), within(1e-12));
        assertThat(binary.deviance(1, 1)).isPositive();
        assertThat(binary.devianceSlope(1, 0)).isEqualTo(-2 / 1e-15);
        assertThat(binary.devianceSlope(0, 1)).isEqualTo(2 / 1e-15);
        assertThat(ResponseFamily.CONTINUOUS.devianceSlope(3, 5)).as("of (3 - m)^2 at 5").isEqualTo(4);
    }

    @Test
    void whatToExpectOfResponsesSeen() {
        assertThat(ResponseFamily.CONTINUOUS.expected(new double[] {1, 2, 6})).isCloseTo(3, within(1e-15));
        assertThat(ResponseFamily.BINARY.expected(new double[] {1, 0, 0, 0})).isEqualTo(0.25);
        // half a row of each class where one was not seen
        assertThat(ResponseFamily.BINARY.expected(new double[] {0, 0, 0})).isEqualTo(0.125);
        assertThat(ResponseFamily.BINARY.expected(new double[] {1, 1, 1})).isEqualTo(0.875);
        assertThat(ResponseFamily.BINARY.expected(new double[0])).isEqualTo(0.5);
    }

    @Test
    void strataAreClasses() {
        assertThat(ResponseFamily.BINARY.stratum(0)).isZero();
        assertThat(ResponseFamily.BINARY.stratum(1)).isEqualTo(1);
        assertThat(ResponseFamily.CONTINUOUS.stratum(1)).isEqualTo(ResponseFamily.CONTINUOUS.stratum(-7));
        assertThat(ResponseFamily.CONTINUOUS.standardized()).isTrue();
        assertThat(ResponseFamily.BINARY.standardized()).isFalse();
    }

    @Test
    void numbersThatCannotBeResponses() {
        for (double y : new double[] {0, 1}) {
            assertThat(ResponseFamily.BINARY.problem(y)).isNull();
            assertThat(ResponseFamily.CONTINUOUS.problem(y)).isNull();
        }
        assertThat(ResponseFamily.BINARY.problem(0.5)).isEqualTo("0.5, a binary one must be 0 or 1");
        assertThat(ResponseFamily.BINARY.problem(Double.NaN)).isEqualTo("missing");
        assertThat(ResponseFamily.CONTINUOUS.problem(Double.NaN)).isEqualTo("missing");
        assertThat(ResponseFamily.CONTINUOUS.problem(Double.NEGATIVE_INFINITY)).isEqualTo("-Infinity");
    }

    @Test
    void familiesAreFoundByName() {
        for (ResponseFamily family : ResponseFamily.ALL) {
            assertThat(ResponseFamily.of(family.key())).isSameAs(family);
            assertThat(family.metrics()).contains(family.chosenBy());
        }
        assertThat(ResponseFamily.BINARY.predicted()).isEqualTo("probability");
        assertThat(ResponseFamily.CONTINUOUS.predicted()).isEqualTo("prediction");
        assertThatThrownBy(() -> ResponseFamily.of("count")).hasMessage("no response 'count'; there are continuous, binary");
    }
}
