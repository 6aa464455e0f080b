package intarsia.models.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Init;
import intarsia.autodiff.Node;
import intarsia.autodiff.check.GradientCheck;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LikelihoodTest {
    private static final double[] ETAS = {-30, -3, -0.5, 0, 2, 25};

    /** Learned responses of two rows, ordinary and at the edge. */
    private static double[] learned(Likelihood likelihood) {
        return switch (likelihood) {
            case SQUARED_ERROR -> new double[] {0.7, -2};
            case BERNOULLI -> new double[] {0, 1};
            case BERNOULLI_WITH_OFFSET -> new double[] {0, 0.5, 1, -2};
            case POISSON -> new double[] {3, 0.5, 0, 0};
            case NEGATIVE_BINOMIAL -> new double[] {3, 0.5, 0.7, 0, 2, 0x1p-60};
            case GROUPED -> new double[] {0.7, 0.4, 1.5, 0};
            case INTERVAL -> new double[] {-0.5, 1.25, -1e3, 0.25};
            case SOFTMAX -> new double[] {0, 1, 0, 1, 0, 0};
        };
    }

    @ParameterizedTest
    @EnumSource(names = "SOFTMAX", mode = EnumSource.Mode.EXCLUDE)
    void numbersAndTheirDerivativesAreThoseOfTheGraph(Likelihood likelihood) {
        double[] y = learned(likelihood);
        int columns = y.length / 2;
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            for (double at : ETAS) {
                Graph graph = new Graph();
                Node eta = graph.input("eta", 2, 1);
                Node of = graph.input("y", 2, columns);
                Node loss = likelihood.loss(eta, of);
                assertThat(loss.shape().sizes()).containsExactly(2, 1);
                Plan plan = Plan.compile(Parameters.of(engine, graph, RandomStream.of(1)), loss);
                plan.set(eta, new double[] {at, at});
                plan.set(of, y);
                plan.run();
                for (int row = 0; row < 2; row++) {
                    double value = likelihood.loss(y, row * columns, at);
                    assertThat(plan.get(loss).at(row) * likelihood.graphScale()).isCloseTo(value, within(1e-13 * (1 + Math.abs(value))));
                    double step = 1e-5;
                    double slope = likelihood.slope(y, row * columns, at);
                    double curvature = likelihood.curvature(y, row * columns, at);
                    double difference = (likelihood.loss(y, row * columns, at + step) - likelihood.loss(y, row * columns, at - step))
                            / (2 * step);
                    assertThat(slope).as("%s at %s", likelihood, at).isCloseTo(difference, within(1e-6 * (1 + Math.abs(slope))));
                    double second = (likelihood.slope(y, row * columns, at + step) - likelihood.slope(y, row * columns, at - step))
                            / (2 * step);
                    assertThat(curvature).isCloseTo(second, within(1e-6 * (1 + curvature)));
                    assertThat(curvature).as("convex").isGreaterThanOrEqualTo(0);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void gradientsAreProven(Likelihood likelihood) {
        double[] y = learned(likelihood);
        Graph graph = new Graph();
        int predictors = likelihood == Likelihood.SOFTMAX ? 3 : 1;
        Node eta = graph.parameter("eta", Init.fanInUniform(1), 2, predictors);
        Node of = graph.constant(Tensor.of(Shape.of(2, y.length / 2), y));
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            Node loss = likelihood.loss(eta, of).sum();
            Parameters parameters = Parameters.of(engine, graph, RandomStream.of(4));
            assertThat(GradientCheck.firstOrder(parameters, loss, none -> { }, RandomStream.of(5))).isLessThan(1e-6);
            assertThat(GradientCheck.secondOrder(parameters, loss, none -> { }, RandomStream.of(6))).isLessThan(1e-6);
        }
    }

    /** Slopes are differences of the loss; the diagonal given is no less than the Hessian, and for two classes twice its entries. */
    @Test
    void theCurvaturesOfClassesBoundTheirHessian() {
        for (double[] eta : new double[][] {{0, 0, 0}, {0.3, -1, 2}, {40, -3, 0}, {-700, 1, 1.5}, {0.4, -0.4}}) {
            int k = eta.length;
            double[] y = new double[k];
            y[1] = 1;
            double[] slopes = new double[k];
            double[] bounds = new double[k];
            Likelihood.SOFTMAX.expand(y, 0, eta, 0, k, slopes, bounds);
            double[][] hessian = new double[k][k];
            double step = 1e-5;
            for (int j = 0; j < k; j++) {
                double[] above = eta.clone();
                above[j] += step;
                double[] below = eta.clone();
                below[j] -= step;
                assertThat(slopes[j]).isCloseTo((Likelihood.SOFTMAX.loss(y, 0, above, 0, k) - Likelihood.SOFTMAX.loss(y, 0, below, 0, k))
                        / (2 * step), within(1e-7));
                double[] up = new double[k];
                double[] down = new double[k];
                Likelihood.SOFTMAX.expand(y, 0, above, 0, k, up, new double[k]);
                Likelihood.SOFTMAX.expand(y, 0, below, 0, k, down, new double[k]);
                for (int l = 0; l < k; l++) {
                    hessian[j][l] = (up[l] - down[l]) / (2 * step);
                }
            }
            RandomStream random = RandomStream.of(3);
            for (int trial = 0; trial < 50; trial++) {
                RandomStream of = random.child("v", trial);
                double[] v = DoubleStream.generate(of::nextGaussian).limit(k).toArray();
                double bound = 0;
                double curvature = 0;
                for (int j = 0; j < k; j++) {
                    bound += bounds[j] * v[j] * v[j];
                    for (int l = 0; l < k; l++) {
                        curvature += v[j] * hessian[j][l] * v[l];
                    }
                }
                assertThat(curvature).isLessThanOrEqualTo(bound + 1e-9);
            }
            for (int j = 0; j < k; j++) {
                assertThat(bounds[j]).isCloseTo(2 * hessian[j][j], within(1e-8));
            }
        }
    }

    @Test
    void softmaxIsTheDevianceOfClasses() {
        Classes family = new Classes(ResponseFamilyTest.LEVELS);
        double[] eta = {0.3, -1, 2, 700};
        double[] predicted = new double[4];
        double[] learned = new double[4];
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            Graph graph = new Graph();
            Node in = graph.input("eta", 1, 4);
            Node of = graph.input("y", 1, 4);
            Node loss = family.likelihood().loss(in, of);
            Plan plan = Plan.compile(Parameters.of(engine, graph, RandomStream.of(1)), loss);
            for (int level = 0; level < 4; level++) {
                for (double last : new double[] {700, 1}) {
                    eta[3] = last;
                    family.respond(eta, 0, ResponseBaseline.NONE, predicted, 0);
                    assertThat(Arrays.stream(predicted).sum()).isCloseTo(1, within(1e-15));
                    family.encode(new double[] {level}, 0, ResponseBaseline.NONE, learned, 0);
                    plan.set(in, eta);
                    plan.set(of, learned);
                    plan.run();
                    double deviance = family.deviance(new double[] {level}, 0, predicted, 0);
                    double twice = Math.min(-2 * Math.log(1e-15), 2 * plan.get(loss).at(0));
                    assertThat(deviance).isCloseTo(twice, within(1e-12 * (1 + twice)));
                }
            }
        }
    }
}
