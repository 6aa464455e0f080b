package intarsia.optim.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import intarsia.linalg.RandomStream;
import intarsia.optim.prox.ElasticNet;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LbfgsTest {
    private static final Lbfgs.Options TIGHT = new Lbfgs.Options(10, 1e-10, 0, 20_000);

    /** {@code sum_i a_i (x_i - i)^2 / 2}. */
    private static Objective quadratic(double... a) {
        return (x, gradient) -> {
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                gradient[i] = a[i] * (x[i] - i);
                sum += gradient[i] * (x[i] - i) / 2;
            }
            return sum;
        };
    }

    /** {@code sum_i 100 (x_{i+1} - x_i^2)^2 + (1 - x_i)^2}; the minimum 0 is at ones. */
    private static double rosenbrock(double[] x, double[] gradient) {
        Arrays.fill(gradient, 0);
        double sum = 0;
        for (int i = 0; i + 1 < x.length; i++) {
            double bend = x[i + 1] - x[i] * x[i];
            double off = 1 - x[i];
            sum += 100 * bend * bend + off * off;
            gradient[i] += -400 * bend * x[i] - 2 * off;
            gradient[i + 1] += 200 * bend;
        }
        return sum;
    }

    /** Beale 1958; the minimum 0 is at (3, 0.5). */
    private static double beale(double[] x, double[] gradient) {
        Arrays.fill(gradient, 0);
        double sum = 0;
        double power = 1;
        for (double constant : new double[] {1.5, 2.25, 2.625}) {
            double slope = power;
            power *= x[1];
            double residual = constant - x[0] * (1 - power);
            int k = constant == 1.5 ? 1 : constant == 2.25 ? 2 : 3;
            sum += residual * residual;
            gradient[0] += -2 * residual * (1 - power);
            gradient[1] += 2 * residual * x[0] * k * slope;
        }
        return sum;
    }

    /** Powell 1970, badly scaled; the minimum 0 is at (1.098e-5, 9.106). */
    private static double powell(double[] x, double[] gradient) {
        double product = 1e4 * x[0] * x[1] - 1;
        double e0 = StrictMath.exp(-x[0]);
        double e1 = StrictMath.exp(-x[1]);
        double total = e0 + e1 - 1.0001;
        gradient[0] = 2e4 * product * x[1] - 2 * total * e0;
        gradient[1] = 2e4 * product * x[0] - 2 * total * e1;
        return product * product + total * total;
    }

    private static double[] alternating(int n) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = i % 2 == 0 ? -1.2 : 1;
        }
        return x;
    }

    private static Objective logistic(GlmProblem problem) {
        int p = problem.columns();
        return (x, gradient) -> {
            double[] eta = Glm.eta(problem, new GlmFit(x[p], Arrays.copyOf(x, p), 0, 0, 0, SolverOutcome.CONVERGED));
            Arrays.fill(gradient, 0);
            double sum = 0;
            for (int i = 0; i < eta.length; i++) {
                sum += problem.weights()[i] * problem.family().loss(problem.response()[i], eta[i]);
                double slope = problem.weights()[i] * (problem.family().mean(eta[i]) - problem.response()[i]);
                for (int j = 0; j < p; j++) {
                    gradient[j] += slope * problem.predictors().get(i, j);
                }
                gradient[p] += slope;
            }
            for (int j = 0; j < p; j++) {
                sum += 0.005 * x[j] * x[j];
                gradient[j] += 0.01 * x[j];
            }
            return sum;
        };
    }

    private static GlmProblem logisticData(long seed) {
        GlmProblem problem;
        RandomStream random = RandomStream.of(seed, "logistic");
        do {
            problem = GlmProblems.random(random, Family.BINOMIAL, true, 200, 12);
        } while (!problem.intercept());
        return problem;
    }

    private static double largest(double[] x) {
        return Arrays.stream(x).map(Math::abs).max().orElse(0);
    }

    @Test
    void aQuadraticEndsAfterFinitelyManySteps() {
        // equal curvatures are known exactly after one step
        double[] equal = new double[6];
        Arrays.fill(equal, 7);
        var two = Lbfgs.minimize(quadratic(equal), new double[] {9, -3, 0, 1, 5, 2}, TIGHT);
        assertThat(two.iterations()).isLessThanOrEqualTo(3);
        assertThat(two.point()).containsExactly(new double[] {0, 1, 2, 3, 4, 5}, within(1e-12));
        // with memory for all of them, k distinct curvatures take little more than k steps
        for (int n = 1; n <= 10; n++) {
            double[] a = new double[n];
            for (int i = 0; i < n; i++) {
                a[i] = 1 + 3 * i;
            }
            var minimum = Lbfgs.minimize(quadratic(a), new double[n], TIGHT);
            assertThat(minimum.ending()).isEqualTo(Lbfgs.Ending.SMALL_GRADIENT);
            assertThat(minimum.iterations()).isLessThanOrEqualTo(2 * n + 3);
            for (int i = 0; i < n; i++) {
                assertThat(minimum.point()[i]).isCloseTo(i, within(1e-9));
            }
        }
    }

    @Test
    void rosenbrockFromTwoToAHundred() {
        for (int n = 2; n <= 100; n++) {
            var minimum = Lbfgs.minimize(LbfgsTest::rosenbrock, alternating(n), TIGHT);
            assertThat(minimum.ending()).as("n = %d", n).isEqualTo(Lbfgs.Ending.SMALL_GRADIENT);
            assertThat(minimum.evaluations()).as("n = %d", n).isLessThan(60 + 12 * n);
            double[] gradient = new double[n];
            assertThat(minimum.value()).isEqualTo(rosenbrock(minimum.point(), gradient));
            assertThat(minimum.gradient()).isEqualTo(gradient);
            // from 4 on there is a second minimum, near (-1, 1, ..., 1)
            for (int i = 1; i < n && minimum.point()[0] > 0; i++) {
                assertThat(minimum.point()[i]).isCloseTo(1, within(1e-8));
            }
            assertThat(minimum.value()).isLessThan(n < 4 ? 1e-15 : 4);
        }
    }

    @Test
    void bealeAndPowell() {
        var beale = Lbfgs.minimize(LbfgsTest::beale, new double[] {1, 1}, TIGHT);
        assertThat(beale.ending()).isEqualTo(Lbfgs.Ending.SMALL_GRADIENT);
        assertThat(beale.point()).containsExactly(new double[] {3, 0.5}, within(1e-8));
        var powell = Lbfgs.minimize(LbfgsTest::powell, new double[] {0, 1}, TIGHT);
        assertThat(powell.ending().converged()).isTrue();
        assertThat(powell.point()[0]).isCloseTo(1.098159e-5, within(1e-10));
        assertThat(powell.point()[1]).isCloseTo(9.106146738, within(1e-6));
    }

    @Test
    void logisticRegressionAgreesWithCoordinateDescent() {
        for (int seed = 0; seed < 20; seed++) {
            GlmProblem problem = logisticData(seed);
            var minimum = Lbfgs.minimize(logistic(problem), new double[13], TIGHT);
            GlmFit fit = Glm.fit(problem, new ElasticNet(0, 0.01), new SolverOptions(1e-14, 10_000));
            assertThat(minimum.ending()).isEqualTo(Lbfgs.Ending.SMALL_GRADIENT);
            assertThat(minimum.value()).isCloseTo(fit.objective(), within(1e-12));
            assertThat(Arrays.copyOf(minimum.point(), 12)).containsExactly(fit.coefficients(), within(1e-6));
            assertThat(minimum.point()[12]).isCloseTo(fit.intercept(), within(1e-6));
        }
    }

    /**
     * The point after each accepted step is what the minimization returns when its limit is the evaluation that accepted it. The strong
     * Wolfe conditions hold between any two of them, whatever the length of the direction.
     */
    @Test
    void everyStepSatisfiesTheStrongWolfeConditions() {
        Map<String, Objective> objectives = new LinkedHashMap<>();
        objectives.put("rosenbrock", LbfgsTest::rosenbrock);
        objectives.put("beale", (x, gradient) -> {
            Arrays.fill(gradient, 0);
            return beale(x, gradient);
        });
        objectives.put("powell", (x, gradient) -> {
            Arrays.fill(gradient, 0);
            return powell(x, gradient);
        });
        objectives.put("logistic", logistic(logisticData(7)));
        objectives.forEach((name, f) -> {
            double[] start = name.equals("logistic") ? new double[13] : name.equals("rosenbrock") ? alternating(8)
                    : name.equals("beale") ? new double[] {1, 1} : new double[] {0, 1};
            Lbfgs.Minimum whole = Lbfgs.minimize(f, start, TIGHT);
            List<Lbfgs.Minimum> path = new ArrayList<>();
            for (int limit = 1; limit <= whole.evaluations(); limit++) {
                Lbfgs.Minimum minimum = Lbfgs.minimize(f, start, TIGHT.withMaxEvaluations(limit));
                assertThat(minimum.evaluations()).isLessThanOrEqualTo(limit);
                if (minimum.iterations() == path.size()) {
                    path.add(minimum);
                }
            }
            assertThat(path).hasSize(whole.iterations() + 1).hasSizeGreaterThan(8);
            for (int k = 1; k < path.size(); k++) {
                Lbfgs.Minimum from = path.get(k - 1);
                Lbfgs.Minimum to = path.get(k);
                double slope = 0;
                double after = 0;
                for (int i = 0; i < start.length; i++) {
                    double step = to.point()[i] - from.point()[i];
                    slope += step * from.gradient()[i];
                    after += step * to.gradient()[i];
                }
                assertThat(slope).as("%s, step %d", name, k).isNegative();
                assertThat(to.value()).as("%s, step %d", name, k)
                        .isLessThanOrEqualTo(from.value() + 1e-4 * slope + 1e-14 * Math.abs(from.value()));
                assertThat(Math.abs(after)).as("%s, step %d", name, k).isLessThanOrEqualTo(-0.9 * slope * (1 + 1e-6));
            }
        });
    }

    @Test
    void theFirstSmallDecreaseEndsIt() {
        // Rosenbrock's function near 1,000: the tolerance is a share of the value
        for (double level : new double[] {0, 1000}) {
            Objective f = (x, gradient) -> level + rosenbrock(x, gradient);
            List<Double> values = new ArrayList<>();
            for (int limit = 1; limit < 60; limit++) {
                Lbfgs.Minimum minimum = Lbfgs.minimize(f, alternating(6), TIGHT.withMaxEvaluations(limit));
                if (minimum.iterations() == values.size()) {
                    values.add(minimum.value());
                }
            }
            for (double tolerance : new double[] {1e-1, 1e-2, 1e-3}) {
                int first = 1;
                while (values.get(first - 1) - values.get(first) > tolerance * Math.max(1, values.get(first - 1))) {
                    first++;
                }
                assertThat(Lbfgs.minimize(f, alternating(6), TIGHT.withTolerances(0, tolerance)).iterations()).isEqualTo(first);
            }
        }
    }

    @Test
    void undefinedRegionsAreSteppedBackFrom() {
        // -log x - log(1 - x) / 3, defined between 0 and 1, reached from near either end by steps far too long
        Objective barrier = (x, gradient) -> {
            gradient[0] = -1 / x[0] + 1 / (3 * (1 - x[0]));
            return -StrictMath.log(x[0]) - StrictMath.log(1 - x[0]) / 3;
        };
        for (double start : new double[] {1e-12, 1e-3, 0.2, 0.999, 1 - 1e-12}) {
            var minimum = Lbfgs.minimize(barrier, new double[] {start}, TIGHT);
            assertThat(minimum.ending()).as("from %s", start).isEqualTo(Lbfgs.Ending.SMALL_GRADIENT);
            assertThat(minimum.point()[0]).isCloseTo(0.75, within(1e-9));
        }
        // a gradient that is not finite counts as well
        Objective gap = (x, gradient) -> {
            gradient[0] = Math.abs(x[0]) > 3 ? Double.NaN : 2 * (x[0] - 1);
            return (x[0] - 1) * (x[0] - 1);
        };
        assertThat(Lbfgs.minimize(gap, new double[] {-2.9}, TIGHT).point()[0]).isCloseTo(1, within(1e-9));
        Lbfgs.Minimum nowhere = Lbfgs.minimize(barrier, new double[] {-1}, TIGHT);
        assertThat(nowhere.ending()).isEqualTo(Lbfgs.Ending.NOT_FINITE);
        assertThat(nowhere.ending().converged()).isFalse();
        assertThat(nowhere.evaluations()).isEqualTo(1);
    }

    @Test
    void endingsTellWhy() {
        double[] optimum = {0, 1, 2};
        var there = Lbfgs.minimize(quadratic(1, 2, 3), optimum, TIGHT);
        assertThat(there.ending()).isEqualTo(Lbfgs.Ending.SMALL_GRADIENT);
        assertThat(there.iterations()).isZero();
        assertThat(there.evaluations()).isEqualTo(1);
        assertThat(there.point()).isEqualTo(optimum).isNotSameAs(optimum);

        var flat = Lbfgs.minimize((x, gradient) -> {
            Arrays.fill(gradient, 0);
            return 5;
        }, new double[] {1, 2}, TIGHT.withTolerances(0, 0));
        assertThat(flat.ending()).isEqualTo(Lbfgs.Ending.SMALL_GRADIENT);
        assertThat(flat.value()).isEqualTo(5);

        var limited = Lbfgs.minimize(LbfgsTest::rosenbrock, alternating(10), TIGHT.withMaxEvaluations(7));
        assertThat(limited.ending()).isEqualTo(Lbfgs.Ending.EVALUATION_LIMIT);
        assertThat(limited.evaluations()).isEqualTo(7);
        assertThat(limited.value()).isLessThan(rosenbrock(alternating(10), new double[10]));

        var coarse = Lbfgs.minimize(LbfgsTest::rosenbrock, alternating(10), TIGHT.withTolerances(0, 1e-3));
        assertThat(coarse.ending()).isEqualTo(Lbfgs.Ending.SMALL_DECREASE);
        // one step from the minimum both tolerances are met: the gradient is what is told
        var near = Lbfgs.minimize(quadratic(1), new double[] {1e-4}, TIGHT.withTolerances(1e-6, 1e-6));
        assertThat(near.iterations()).isEqualTo(1);
        assertThat(near.ending()).isEqualTo(Lbfgs.Ending.SMALL_GRADIENT);

        var wrong = Lbfgs.minimize((x, gradient) -> {
            gradient[0] = -2 * x[0];
            return x[0] * x[0];
        }, new double[] {3}, TIGHT);
        assertThat(wrong.ending()).isEqualTo(Lbfgs.Ending.LINE_SEARCH_FAILED);
        assertThat(wrong.point()).containsExactly(3);

        var falling = Lbfgs.minimize((x, gradient) -> {
            gradient[0] = 1;
            return x[0];
        }, new double[] {3}, TIGHT);
        assertThat(falling.ending().converged()).isFalse();
        assertThat(falling.value()).isLessThan(-1e6);

        assertThatThrownBy(() -> new Lbfgs.Options(0, 1e-6, 1e-10, 10)).hasMessageContaining("memory 0");
        assertThatThrownBy(() -> Lbfgs.Options.DEFAULT.withTolerances(Double.NaN, 0)).hasMessageContaining("gradientTolerance NaN");
    }

    @Test
    void oneVariable() {
        for (double start : new double[] {-50, -1, 0.3, 4, 900}) {
            // x^4 / 4 - x, with its minimum at 1
            var minimum = Lbfgs.minimize((x, gradient) -> {
                gradient[0] = x[0] * x[0] * x[0] - 1;
                return x[0] * x[0] * x[0] * x[0] / 4 - x[0];
            }, new double[] {start}, TIGHT);
            assertThat(minimum.point()[0]).as("from %s", start).isCloseTo(1, within(1e-9));
            assertThat(minimum.evaluations()).as("from %s", start).isLessThan(60);
        }
    }

    @Test
    void scaleDoesNotMatter() {
        for (double scale : new double[] {1e-120, 1e-20, 1e20, 1e120}) {
            var minimum = Lbfgs.minimize((x, gradient) -> {
                double value = rosenbrock(x, gradient);
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] *= scale;
                }
                return scale * value;
            }, alternating(6), TIGHT.withTolerances(1e-10 * scale, 0));
            assertThat(minimum.ending()).as("scale %s", scale).isEqualTo(Lbfgs.Ending.SMALL_GRADIENT);
            assertThat(largest(minimum.gradient())).isLessThanOrEqualTo(1e-10 * scale);
        }
    }

    @Test
    void iterationsAllocateNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        double[] start = alternating(40);
        long shorter = Long.MAX_VALUE;
        long longer = Long.MAX_VALUE;
        for (int round = 0; round < 50; round++) {
            for (int limit : new int[] {20, 200}) {
                long before = threads.getCurrentThreadAllocatedBytes();
                Lbfgs.minimize(LbfgsTest::rosenbrock, start, TIGHT.withMaxEvaluations(limit));
                long bytes = threads.getCurrentThreadAllocatedBytes() - before;
                shorter = limit == 20 ? Math.min(shorter, bytes) : shorter;
                longer = limit == 200 ? Math.min(longer, bytes) : longer;
            }
        }
        assertThat(longer).isEqualTo(shorter);
    }
}
