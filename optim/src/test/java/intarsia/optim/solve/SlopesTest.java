package intarsia.optim.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Coordinates that are not looked at satisfy their condition; second derivatives by columns are those of the whole loss. */
class SlopesTest {
    @Test
    void whatIsNotComputedIsBelowItsThreshold() {
        RandomStream random = RandomStream.of(1, "slopes");
        for (int trial = 0; trial < 20; trial++) {
            int p = trial % 4 == 3 ? 20 : 400;
            Design design = Design.of(GlmProblems.gaussian(random, 30, p), GlmProblems.uniform(30, 1.0 / 30), trial % 2 == 0);
            Slopes slopes = new Slopes(design, new KnownDirections(design));
            double[] u = GlmProblems.gaussian(random, 30, 1).doubles();
            int old = 0;
            for (int point = 0; point < 80; point++) {
                double[] next = GlmProblems.gaussian(random, 30, 1).doubles();
                double step = point % 9 == 0 ? 0.3 : 0.01;
                double[] before = u;
                u = new double[30];
                for (int i = 0; i < 30; i++) {
                    u[i] = before[i] + step * next[i];
                }
                slopes.at(u);
                slopes.learn(3, 7);
                double[] thresholds = GlmProblems.uniform(p, 8);
                slopes.check(thresholds);
                for (int j = 0; j < p; j++) {
                    double exact = design.dot(j, u);
                    boolean known = Math.abs(slopes.values[j] - exact) <= 1e-12 * Math.max(1, Math.abs(exact));
                    old += known ? 0 : 1;
                    assertThat(known || Math.abs(exact) <= thresholds[j]).as("%s %s %s", trial, point, j).isTrue();
                }
            }
            assertThat(old > 0).as("some are not computed").isEqualTo(p > 30);
        }
    }

    @Test
    void approximationsAreAsNearAsTheySay() {
        RandomStream random = RandomStream.of(3, "directions");
        Design design = Design.of(GlmProblems.gaussian(random, 70, 90), GlmProblems.uniform(70, 1.0 / 70), true);
        KnownDirections known = new KnownDirections(design);
        double[] near = new double[90];
        double farthest = 0;
        for (int point = 0; point < 200; point++) {
            double[] u = GlmProblems.gaussian(random, 70, 1).doubles();
            double radius = known.approximate(u, near);
            for (int j = 0; j < 90; j++) {
                double off = Math.abs(near[j] - design.dot(j, u)) / design.norms[j];
                assertThat(off).isLessThanOrEqualTo(radius);
                farthest = Math.max(farthest, off / radius);
            }
            if (point % 3 > 0) {
                known.learn(u, near);
                assertThat(point % 3 == 1 ? known.approximate(u, near) : known.learn(u, near)).as("what has been added is known")
                        .isLessThan(1e-10);
                for (int j = 0; j < 90; j++) {
                    assertThat(near[j]).isCloseTo(design.dot(j, u), within(1e-10));
                }
            }
        }
        assertThat(farthest).as("bounds are not idle").isGreaterThan(0.3);
    }

    @Test
    void hazardsHaveTheirExactSecondDerivatives() {
        RandomStream random = RandomStream.of(2, "hazards");
        for (int trial = 0; trial < 8; trial++) {
            int n = 50;
            int p = trial < 4 ? 3 : 30;
            Tensor x = GlmProblems.gaussian(random, n, p);
            double[] times = new double[n];
            double[] entries = new double[n];
            boolean[] events = new boolean[n];
            int[] strata = new int[n];
            for (int i = 0; i < n; i++) {
                times[i] = 1 + random.nextInt(9);
                entries[i] = random.nextInt(3) == 0 ? times[i] - 0.5 - random.nextInt(5) : Double.NEGATIVE_INFINITY;
                events[i] = random.nextInt(3) > 0;
                strata[i] = trial % 4 == 3 ? i % 2 : 0;
            }
            Cox cox = Cox.of(x, times, events).withEntries(entries).withStrata(strata)
                    .withTies(trial % 2 == 0 ? Cox.Ties.EFRON : Cox.Ties.BRESLOW);
            CoxLoss loss = cox.loss();
            double[] eta = GlmProblems.gaussian(random, n, 1).doubles();
            double[] hessian = new double[p * p];
            loss.derivatives(x, eta, new double[0], new double[p], hessian);
            double[] v = new double[n];
            loss.evaluate(eta, new double[0], new double[n], v);
            Design design = Design.of(x, cox.weights(), true);
            GramQuadratic gram = new GramQuadratic(design, false);
            gram.begin(v, loss.between(eta));
            gram.join(new int[] {p - 1});
            int[] every = new int[p];
            Arrays.setAll(every, j -> j);
            double[] ours = gram.hessian(gram.join(every)).doubles();
            assertThat(ours).containsExactly(hessian, within(1e-7));
        }
    }
}
