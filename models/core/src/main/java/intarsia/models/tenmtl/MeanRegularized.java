package intarsia.models.tenmtl;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Cholesky;
import intarsia.linalg.decomposition.LeastSquares;
import intarsia.linalg.decomposition.Matrices;
import intarsia.models.Outcome;
import intarsia.models.data.Individual;
import intarsia.models.data.Task;
import intarsia.models.response.ResponseFamily;
import intarsia.optim.prox.Penalty;
import intarsia.optim.solve.Family;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Individuals shrunk towards their mean (Evgeniou &amp; Pontil 2004):
 * {@code min sum_i 1/n_i sum_n loss(y, b_i + <B_i, X>) + weight / 2 sum_i ||B_i - mean||^2}. Newton's method; in each step the individuals
 * are eliminated and p equations for the mean remain, so the cost is O(N p^2 + I p^3). An individual whose labels
 * are of one class has the intercept of {@link Local}.
 *
 * @param form   what tensor a row's columns make
 * @param weight positive
 */
public record MeanRegularized(TensorForm form, double weight) implements PersonalEstimator {
    private static final int MOST_STEPS = 100;
    private static final int HALVINGS = 30;
    private static final double TOLERANCE = 1e-12;
    /** Keeps weights of saturated rows from vanishing. */
    private static final double LEAST_CURVATURE = 1e-9;
    /** Singular values of the mean's equations below this share of the largest are rounding: predictors may be dependent. */
    private static final double VANISHING = 1e-10;

    /** Checks the weight. */
    public MeanRegularized {
        if (Penalty.checkWeight("weight", weight) == 0) {
            throw new IllegalArgumentException("mean-regularized: weight 0 leaves individuals alone; that is a local model");
        }
    }

    /** With columns as one vector. */
    public MeanRegularized(double weight) {
        this(TensorForm.AS_GIVEN, weight);
    }

    /** One model is of one response. */
    @Override
    public Object together(Task task) {
        return List.of(task.about(), task.family());
    }

    @Override
    public String key() {
        return "mean";
    }

    @Override
    public String name() {
        return "mean-regularized";
    }

    @Override
    public Map<String, String> hyperparameters() {
        return Map.of("penalty weight", Double.toString(weight));
    }

    /** Where Newton's method stands. */
    private record NewtonPoint(Tensor b, double[] intercepts, double objective) {}

    @Override
    public Outcome<PersonalCoefficients> fit(List<Individual> individuals, ResponseFamily family, RandomStream random) {
        CenteredData data = new CenteredData(individuals, family).compressed();
        NewtonPoint at = point(data, Tensor.zeros(data.individuals(), data.rowShape().size()), data.startIntercepts());
        for (int step = 0; step < MOST_STEPS; step++) {
            NewtonPoint full = newton(data, at);
            NewtonPoint next = full;
            for (int halving = 1; halving < HALVINGS && !(next.objective <= at.objective); halving++) {
                double length = StrictMath.scalb(1.0, -halving);
                next = point(data, Tensor.of(at.b.shape(), between(at.b.doubles(), full.b.doubles(), length)),
                        between(at.intercepts, full.intercepts, length));
            }
            double gain = at.objective - next.objective;
            at = gain >= 0 ? next : at;
            if (gain <= TOLERANCE * at.objective) {
                return new Outcome.Converged<>(coefficients(data, at), step + 1);
            }
        }
        return new Outcome.Stopped<>(coefficients(data, at), name() + " reached its limit of " + MOST_STEPS + " Newton steps");
    }

    private static PersonalCoefficients coefficients(CenteredData data, NewtonPoint at) {
        return data.uncentered(at.b.reshape(data.stacked()), at.intercepts);
    }

    /** The minimum of the quadratic model at a point. */
    private NewtonPoint newton(CenteredData data, NewtonPoint at) {
        int count = data.individuals();
        int p = at.b.shape().columns();
        double[] eta = data.eta(at.b);
        Cholesky[] systems = new Cholesky[count];
        Tensor[] alone = new Tensor[count];
        double[][] means = new double[count][];
        double[] shifts = new double[count];
        Tensor system = Matrices.identity(p);
        double[] right = new double[p];
        for (int i = 0; i < count; i++) {
            boolean free = data.family == Family.BINOMIAL && !data.oneClass(i);
            int n = data.rows(i);
            double[] u = new double[n];
            double[] v = new double[n];
            double total = 0;
            double slope = 0;
            means[i] = new double[p];
            for (int row = 0; row < n; row++) {
                int at0 = data.first[i] + row;
                double mean = data.family.mean(at.intercepts[i] + eta[at0]);
                u[row] = data.weights[at0] * (data.y[at0] - mean);
                v[row] = data.weights[at0] * Math.max(LEAST_CURVATURE, data.family.curvature(mean));
                total += v[row];
                slope += u[row];
                for (int j = 0; free && j < p; j++) {
                    means[i][j] += v[row] * data.predictors.at(at0 * p + j);
                }
            }
            for (int j = 0; j < p; j++) {
                means[i][j] /= total;
            }
            shifts[i] = free ? slope / total : 0;
            // (H_i + weight I) B_i = H_i B_i,old + slopes + weight mean
            double[] scaled = new double[n * p];
            double[] slopes = new double[p];
            for (int row = 0; row < n; row++) {
                for (int j = 0; j < p; j++) {
                    double x = data.predictors.at((data.first[i] + row) * p + j) - means[i][j];
                    scaled[row * p + j] = Math.sqrt(v[row]) * x;
                    slopes[j] = Math.fma(u[row], x, slopes[j]);
                }
            }
            Tensor hessian = Matrices.gram(Tensor.of(Shape.of(n, p), scaled));
            for (int j = 0; j < p; j++) {
                for (int k = 0; k < p; k++) {
                    slopes[j] = Math.fma(hessian.get(j, k), at.b.get(i, k), slopes[j]);
                }
            }
            for (int j = 0; j < p; j++) {
                hessian.doubles()[j * p + j] += weight;
            }
            systems[i] = Cholesky.of(hessian);
            alone[i] = systems[i].solve(Tensor.vector(slopes));
            Tensor share = systems[i].solve(Matrices.identity(p));
            for (int k = 0; k < p * p; k++) {
                system.doubles()[k] -= weight / count * share.at(k);
            }
            for (int j = 0; j < p; j++) {
                right[j] += alone[i].at(j) / count;
            }
        }
        Tensor mean = solveMean(system, right);
        Tensor b = Tensor.zeros(count, p);
        double[] intercepts = at.intercepts.clone();
        for (int i = 0; i < count; i++) {
            Tensor towards = systems[i].solve(mean);
            intercepts[i] += shifts[i];
            for (int j = 0; j < p; j++) {
                double to = alone[i].at(j) + weight * towards.at(j);
                intercepts[i] -= means[i][j] * (to - at.b.get(i, j));
                b.set(to, i, j);
            }
        }
        return point(data, b, intercepts);
    }

    /** The mean; 0 in directions that no individual's predictors show, where its equations vanish up to rounding. */
    private static Tensor solveMean(Tensor system, double[] right) {
        return LeastSquares.of(system, Tensor.vector(right), VANISHING).solution();
    }

    private NewtonPoint point(CenteredData data, Tensor b, double[] intercepts) {
        double objective = data.loss(data.eta(b), intercepts);
        int count = b.shape().rows();
        int p = b.shape().columns();
        for (int j = 0; j < p; j++) {
            double mean = 0;
            for (int i = 0; i < count; i++) {
                mean += b.get(i, j) / count;
            }
            for (int i = 0; i < count; i++) {
                objective += weight / 2 * (b.get(i, j) - mean) * (b.get(i, j) - mean);
            }
        }
        return new NewtonPoint(b, intercepts, objective);
    }

    private static double[] between(double[] from, double[] to, double length) {
        double[] between = Arrays.copyOf(from, from.length);
        for (int i = 0; i < between.length; i++) {
            between[i] = Math.fma(length, to[i] - from[i], from[i]);
        }
        return between;
    }
}
