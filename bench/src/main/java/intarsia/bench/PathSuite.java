package intarsia.bench;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.optim.solve.Cox;
import intarsia.optim.solve.Family;
import intarsia.optim.solve.Glm;
import intarsia.optim.solve.GlmFit;
import intarsia.optim.solve.GlmProblem;
import intarsia.optim.solve.LinearFit;
import intarsia.optim.solve.Multinomial;
import intarsia.optim.solve.SolverOptions;
import intarsia.optim.solve.SparseModel;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Lasso paths of 50 weights for every family, from the largest to a hundredth of it, or a tenth where there are more columns than rows.
 * Twenty columns of even size act; the noise is uniform. {@code peers/lasso_path.R} has the same data.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PathSuite {
    /** What the rows of {@link #violation}, of {@link #excess} and of {@link #processorNanos} end in. */
    static final String VIOLATION = "violation";
    static final String EXCESS = "excess";
    static final String PROCESSOR = "processor";
    private static final int RUNS = 20;
    private static final int WEIGHTS = 50;
    private static final int ACTING = 100;
    private static final double EXACT = 1e-10;

    /** Family and size. */
    @Param("gaussian 40x20")
    public String problem;

    /** Keeps a result alive. */
    public Object kept;

    private Tensor x;
    private double[] eta;
    private double[] noise;
    private double[] weights;
    private Work work;
    private Work exact;

    /** Binds. */
    @Setup
    public void bind() {
        String[] words = problem.split(" ");
        int n = Integer.parseInt(words[1].substring(0, words[1].indexOf('x')));
        int p = Integer.parseInt(words[1].substring(words[1].indexOf('x') + 1));
        x = Tensor.of(Shape.of(n, p), Numbers.of("x", n * p, 1));
        noise = Numbers.of("y", n, 1);
        eta = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < Math.min(p, ACTING); j += 5) {
                eta[i] += x.at(i * p + j) * (j % 2 == 0 ? 0.5 : -0.25);
            }
        }
        double ratio = n > p ? 0.01 : 0.1;
        SolverOptions options = new SolverOptions(tolerance(words[0], n > p), 10_000);
        SolverOptions best = new SolverOptions(EXACT, 10_000);
        if (words[0].equals("multinomial") || words[0].equals("cox")) {
            SparseModel model = words[0].equals("cox") ? times() : classes();
            weights = model.weights(1, WEIGHTS, ratio);
            work = () -> kept = model.path(1, weights, options);
            exact = () -> kept = model.path(1, weights, best);
        } else {
            GlmProblem glm = responses(Family.valueOf(words[0].toUpperCase(Locale.ROOT)));
            weights = Glm.weights(glm, 1, WEIGHTS, ratio, best);
            work = () -> kept = Glm.path(glm, 1, weights, options);
            exact = () -> kept = Glm.path(glm, 1, weights, best);
        }
    }

    /**
     * A duality gap, relative to the null loss, is not what glmnet's threshold is. So each is the largest of 1, 3, 10, ... times 1e-6 that
     * leaves both {@link #violation} and {@link #excess} no higher than glmnet's default threshold does.
     */
    private static double tolerance(String family, boolean tall) {
        return switch (family) {
            case "gaussian" -> tall ? 1e-3 : 1e-4;
            case "binomial" -> 3e-4;
            case "poisson" -> tall ? 1e-5 : 1e-3;
            case "multinomial" -> tall ? 1e-4 : 3e-5;
            default -> tall ? 3e-3 : 1e-3;
        };
    }

    private GlmProblem responses(Family family) {
        double[] y = new double[eta.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = switch (family) {
                case GAUSSIAN -> eta[i] + noise[i];
                case BINOMIAL -> eta[i] + noise[i] > 0 ? 1 : 0;
                case POISSON -> Math.max(0, Math.floor(Math.exp(eta[i]) + 1 + noise[i]));
            };
        }
        return GlmProblem.of(family, x, y);
    }

    private Multinomial classes() {
        int[] y = new int[eta.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = eta[i] + noise[i] > 0.4 ? 2 : eta[i] + noise[i] < -0.4 ? 1 : 0;
        }
        return Multinomial.of(x, 3, y);
    }

    private Cox times() {
        double[] times = new double[eta.length];
        boolean[] events = new boolean[eta.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = Math.exp(-eta[i]) * (1.05 + noise[i]);
            events[i] = i % 4 > 0;
        }
        return Cox.of(x, times, events).withTies(Cox.Ties.BRESLOW);
    }

    /** A path. */
    @Benchmark
    public void run() {
        work.run();
    }

    /** Nanoseconds of processor time of a path, the median of some: other programs do not count, but take their share of the caches. */
    double processorNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double[] taken = new double[RUNS];
        for (int run = -RUNS; run < RUNS; run++) {
            long before = threads.getCurrentThreadCpuTime();
            work.run();
            taken[Math.max(run, 0)] = threads.getCurrentThreadCpuTime() - before;
        }
        Arrays.sort(taken);
        return taken[RUNS / 2];
    }

    /** How far slopes are from their optimality conditions at the worst weight, as a share of the weight. */
    double violation() {
        work.run();
        double worst = 0;
        List<?> fits = (List<?>) kept;
        for (int k = 0; k < fits.size(); k++) {
            LinearFit fit = linear(fits.get(k));
            Tensor slopes = Matrices.product(x, true, falls(fit.predictors(x), fit.intercepts()), false);
            for (int a = 0; a < slopes.size(); a++) {
                double b = fit.coefficients().at(a);
                double off = b == 0 ? Math.abs(slopes.at(a)) - weights[k] : Math.abs(slopes.at(a) - weights[k] * Math.signum(b));
                worst = Math.max(worst, off / weights[k]);
            }
        }
        return worst;
    }

    /** How far the objective is above its minimum at the worst weight. */
    double excess() {
        work.run();
        List<?> fits = (List<?>) kept;
        exact.run();
        List<?> best = (List<?>) kept;
        double worst = 0;
        for (int k = 0; k < fits.size(); k++) {
            worst = Math.max(worst, linear(fits.get(k)).objective() - linear(best.get(k)).objective());
        }
        return worst;
    }

    private static LinearFit linear(Object given) {
        if (!(given instanceof GlmFit fit)) {
            return (LinearFit) given;
        }
        Tensor coefficients = Tensor.of(Shape.of(fit.coefficients().length, 1), fit.coefficients());
        return new LinearFit(coefficients, new double[] {fit.intercept()}, fit.objective(), fit.gap(), fit.iterations(), fit.outcome());
    }

    /** {@code -d loss / d eta} [n x q]. */
    private Tensor falls(Tensor predictors, double[] intercepts) {
        int n = eta.length;
        int q = predictors.shape().columns();
        double[] z = predictors.toDoubles();
        for (int a = 0; a < z.length; a++) {
            z[a] += intercepts.length == 0 ? 0 : intercepts[a % q];
        }
        String family = problem.substring(0, problem.indexOf(' '));
        double[] falls = new double[z.length];
        if (family.equals("cox")) {
            Cox cox = times();
            for (int i = 0; i < n; i++) {
                double atRisk = 0;
                for (int other = 0; other < n; other++) {
                    atRisk += cox.times()[other] >= cox.times()[i] ? Math.exp(z[other]) : 0;
                }
                for (int other = 0; cox.events()[i] && other < n; other++) {
                    falls[other] -= cox.times()[other] >= cox.times()[i] ? Math.exp(z[other]) / atRisk / n : 0;
                }
                falls[i] += cox.events()[i] ? 1.0 / n : 0;
            }
        } else if (family.equals("multinomial")) {
            int[] y = classes().response();
            for (int i = 0; i < n; i++) {
                double sum = 0;
                for (int k = 0; k < q; k++) {
                    sum += Math.exp(z[i * q + k]);
                }
                for (int k = 0; k < q; k++) {
                    falls[i * q + k] = ((y[i] == k ? 1 : 0) - Math.exp(z[i * q + k]) / sum) / n;
                }
            }
        } else {
            Family of = Family.valueOf(family.toUpperCase(Locale.ROOT));
            double[] y = responses(of).response();
            for (int i = 0; i < n; i++) {
                falls[i] = (y[i] - of.mean(z[i])) / n;
            }
        }
        return Tensor.of(Shape.of(n, q), falls);
    }
}
