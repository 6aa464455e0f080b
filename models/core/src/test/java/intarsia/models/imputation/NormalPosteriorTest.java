package intarsia.models.imputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NormalPosteriorTest {
    private static final double[] SIGMA = {1, 0.6, 0.3, 0.6, 1, -0.2, 0.3, -0.2, 1};

    private static JointNormal normal() {
        return new JointNormal(new double[] {0.5, -1, 2}, new Cholesky(Cholesky.of(Tensor.of(Shape.of(3, 3), SIGMA)).lower()).inverse());
    }

    /** Rows of three numbers; the first is always there, the others are missing in so many of the first rows. */
    private static IncompleteRows rows(int n, int without) {
        RandomStream random = RandomStream.of(3);
        double[] x = new double[3 * n];
        for (int i = 0; i < n; i++) {
            double a = random.nextGaussian();
            x[3 * i] = a;
            x[3 * i + 1] = i < without ? Double.NaN : 0.8 * a + 0.6 * random.nextGaussian();
            x[3 * i + 2] = i < without ? Double.NaN : -0.5 * a + 0.9 * random.nextGaussian();
        }
        return IncompleteRows.of(3, x);
    }

    /** x_1, x_2 given x_0 = 1: slopes 0.6 and 0.3, covariance by the Schur complement. */
    @Test
    void conditionalsAreThoseOfTheCovariance() {
        JointNormal.Conditional conditional = normal().given(new int[] {0}, new int[] {1, 2});
        Tensor means = conditional.means(new double[] {1, Double.NaN, Double.NaN}, new int[] {0});
        assertThat(means.at(0)).isCloseTo(-1 + 0.6 * 0.5, within(1e-12));
        assertThat(means.at(1)).isCloseTo(2 + 0.3 * 0.5, within(1e-12));
        Tensor covariance = conditional.covariance();
        assertThat(covariance.get(0, 0)).isCloseTo(1 - 0.36, within(1e-12));
        assertThat(covariance.get(1, 0)).isCloseTo(-0.2 - 0.18, within(1e-12));
        assertThat(covariance.get(1, 1)).isCloseTo(1 - 0.09, within(1e-12));
    }

    /** Draws of a row's missing numbers have these moments, jointly. */
    @Test
    void drawsHaveTheMomentsOfTheConditional() {
        int n = 200_000;
        double[] x = new double[3 * n];
        Arrays.fill(x, Double.NaN);
        for (int i = 0; i < n; i++) {
            x[3 * i] = 1;
        }
        double[] drawn = JointCells.drawn(normal(), IncompleteRows.of(3, x), RandomStream.of(5)).values();
        double[] mean = new double[2];
        double[] second = new double[3];
        for (int i = 0; i < n; i++) {
            double u = drawn[3 * i + 1] + 0.7;
            double v = drawn[3 * i + 2] - 2.15;
            mean[0] += u / n;
            mean[1] += v / n;
            second[0] += u * u / n;
            second[1] += u * v / n;
            second[2] += v * v / n;
        }
        // five standard errors of a mean over 200,000 rows
        assertThat(mean[0]).isCloseTo(0, within(0.012));
        assertThat(mean[1]).isCloseTo(0, within(0.012));
        assertThat(second[0]).isCloseTo(0.64, within(0.012));
        assertThat(second[1]).isCloseTo(-0.38, within(0.012));
        assertThat(second[2]).isCloseTo(0.91, within(0.015));
    }

    @Test
    void aMarginalForgetsTheOthers() {
        JointNormal marginal = normal().marginal(new int[] {2, 0});
        assertThat(marginal.mean()).containsExactly(2, 0.5);
        Tensor covariance = Cholesky.of(marginal.precision()).inverse();
        assertThat(covariance.get(0, 1)).isCloseTo(0.3, within(1e-12));
        assertThat(covariance.get(1, 1)).isCloseTo(1, within(1e-12));
    }

    /** Whole rows: mean of Sigma M / (nu - d - 1), of mu the rows' mean with covariance E Sigma / n. */
    @Test
    void wholeRowsHaveTheInverseWishartPosterior() {
        IncompleteRows rows = rows(40, 0);
        double kappa = 1 + 9 / 40.0;
        NormalPosterior posterior = new NormalPosterior(rows);
        double[] mean = new double[3];
        for (int k = 0; k < 120; k++) {
            mean[k % 3] += rows.x()[k] / 40;
        }
        double[][] scale = new double[3][3];
        for (int i = 0; i < 40; i++) {
            for (int a = 0; a < 3; a++) {
                for (int b = 0; b < 3; b++) {
                    scale[a][b] += (rows.x()[3 * i + a] - mean[a]) * (rows.x()[3 * i + b] - mean[b]);
                }
            }
        }
        int draws = 40_000;
        double[][] sigma = new double[3][3];
        double[] mu = new double[3];
        double[] spread = new double[3];
        for (int k = 0; k < draws; k++) {
            JointNormal drawn = posterior.draw(RandomStream.of(7).child("draw", k), 1);
            Tensor covariance = Cholesky.of(drawn.precision()).inverse();
            for (int a = 0; a < 3; a++) {
                mu[a] += drawn.mean()[a] / draws;
                spread[a] += (drawn.mean()[a] - mean[a]) * (drawn.mean()[a] - mean[a]) / draws;
                for (int b = 0; b < 3; b++) {
                    sigma[a][b] += covariance.get(a, b) / draws;
                }
            }
        }
        double freedom = 40 - 1 + kappa - 3 - 1;
        for (int a = 0; a < 3; a++) {
            double wanted = (scale[a][a] + kappa) / freedom;
            assertThat(mu[a]).isCloseTo(mean[a], within(0.005));
            assertThat(spread[a]).isCloseTo(wanted / 40, within(0.03 * wanted / 40));
            for (int b = 0; b < 3; b++) {
                assertThat(sigma[a][b]).isCloseTo((scale[a][b] + (a == b ? kappa : 0)) / freedom, within(0.01));
            }
        }
    }

    /**
     * A block missing in some rows: whole rows alone say how it depends on the rest. The slopes' posterior is Student's t around ridge
     * regression of whole rows, with the prior's rows among them.
     */
    @Test
    void slopesOfAMissingBlockAreThoseOfWholeRows() {
        int n = 60;
        int without = 30;
        IncompleteRows rows = rows(n, without);
        double kappa = 1 + 9.0 / n;
        int whole = n - without;
        double[] mean = new double[3];
        for (int i = without; i < n; i++) {
            for (int a = 0; a < 3; a++) {
                mean[a] += rows.x()[3 * i + a] / whole;
            }
        }
        double[][] s = new double[3][3];
        for (int i = without; i < n; i++) {
            for (int a = 0; a < 3; a++) {
                for (int b = 0; b < 3; b++) {
                    s[a][b] += (rows.x()[3 * i + a] - mean[a]) * (rows.x()[3 * i + b] - mean[b]);
                }
            }
        }
        for (int a = 0; a < 3; a++) {
            s[a][a] += kappa;
        }
        double slope = s[0][1] / s[0][0];
        // V | whole rows: IW(nu - missing rows, .), the mean of its diagonal over two degrees of freedom less than a scalar's
        double nu = n - 1 + kappa - without;
        double variance = (s[1][1] - slope * s[0][1]) / (nu - 3) / s[0][0];
        int draws = 4000;
        double sum = 0;
        double square = 0;
        NormalPosterior posterior = new NormalPosterior(rows);
        for (int k = 0; k < draws; k++) {
            Tensor covariance = Cholesky.of(posterior.draw(RandomStream.of(9).child("draw", k), 30).precision()).inverse();
            double drawn = covariance.get(0, 1) / covariance.get(0, 0);
            sum += drawn / draws;
            square += (drawn - slope) * (drawn - slope) / draws;
        }
        assertThat(sum).isCloseTo(slope, within(5 * Math.sqrt(variance / draws)));
        assertThat(square).isCloseTo(variance, within(0.15 * variance));
    }

    /** One more step of expectation and maximization changes nothing. */
    @Test
    void theModeIsAFixedPoint() {
        IncompleteRows rows = rows(50, 20);
        JointNormal mode = new NormalPosterior(rows).mode();
        double[] x = JointCells.expected(mode, rows).values();
        double[] mean = new double[3];
        for (int k = 0; k < x.length; k++) {
            mean[k % 3] += x[k] / 50;
        }
        Tensor conditional = mode.given(new int[] {0}, new int[] {1, 2}).covariance();
        Tensor covariance = Cholesky.of(mode.precision()).inverse();
        double kappa = 1 + 9 / 50.0;
        for (int a = 0; a < 3; a++) {
            assertThat(mode.mean()[a]).isCloseTo(mean[a], within(1e-5));
            for (int b = 0; b < 3; b++) {
                double sum = a == b ? kappa : 0;
                for (int i = 0; i < 50; i++) {
                    sum += (x[3 * i + a] - mean[a]) * (x[3 * i + b] - mean[b]);
                }
                sum += a > 0 && b > 0 ? 20 * conditional.get(a - 1, b - 1) : 0;
                assertThat(covariance.get(a, b)).isCloseTo(sum / (50 + kappa), within(1e-5));
            }
        }
    }

    @Test
    void moreColumnsThanRows() {
        RandomStream random = RandomStream.of(2);
        double[] x = new double[6 * 20];
        for (int k = 0; k < x.length; k++) {
            x[k] = k % 20 > 14 && k < 40 ? Double.NaN : random.nextGaussian();
        }
        NormalPosterior posterior = new NormalPosterior(IncompleteRows.of(20, x));
        JointNormal drawn = posterior.draw(random, 5);
        assertThat(Arrays.stream(drawn.precision().toDoubles()).allMatch(Double::isFinite)).isTrue();
        double trace = 0;
        Tensor covariance = Cholesky.of(posterior.mode().precision()).inverse();
        for (int j = 0; j < 20; j++) {
            trace += covariance.get(j, j);
        }
        assertThat(trace).isBetween(5.0, 30.0);
    }

    @Test
    void chiSquareHasItsMoments() {
        for (double freedom : new double[] {0.7, 3, 41.5}) {
            RandomStream random = RandomStream.of(4);
            double mean = 0;
            double square = 0;
            for (int k = 0; k < 100_000; k++) {
                double drawn = RandomVariates.chiSquare(freedom, random);
                mean += drawn / 100_000;
                square += (drawn - freedom) * (drawn - freedom) / 100_000;
            }
            assertThat(mean).isCloseTo(freedom, within(5 * Math.sqrt(2 * freedom / 100_000)));
            assertThat(square).isCloseTo(2 * freedom, within(0.1 * freedom));
        }
    }
}
