package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.Svd;
import intarsia.linalg.tucker.Multilinear;
import intarsia.linalg.tucker.TuckerDecomposition;
import intarsia.models.data.Individual;
import intarsia.models.data.Modalities;
import intarsia.models.response.ResponseFamily;
import intarsia.optim.prox.Penalty;
import intarsia.optim.solve.Glm;
import intarsia.optim.solve.GlmProblem;
import intarsia.optim.solve.SolverOptions;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * A model for an individual that came after the fit, from few rows: core and predictor factors are held, and only the individual's row u of
 * U_0 and its intercept are found, shrunk towards the population they come from:
 * <pre>  min  1/n sum_n loss(y, b + &lt;B(u), X&gt;) + s / (2 n) (w - m)' S^-1 (w - m),   w = (u, b)</pre>
 *
 * <p>with m and S the center and the scatter of the fitted individuals, within whose span w stays, and s the dispersion: for Gaussian
 * responses the mode of w given the rows, were it Gaussian too. It does not depend on how U_0 is turned against the core. Without rows the
 * population's mean model remains; with many, the shrinkage vanishes. Of several modalities X has what the newcomer has, and u says the
 * rest. (Ours.)
 */
public final class FoldIn {
    private static final SolverOptions SOLVER = new SolverOptions(1e-12, 1000);
    private static final double LEAST_VARIANCE = 1e-9;

    private FoldIn() {}

    /** Where a newcomer is among the individuals fitted: u and b, one for each class. */
    record Place(double[] coordinates, double... intercepts) {}

    /** The newcomer's model, as the only one. */
    public static PersonalCoefficients fold(TenMtlFit fit, Individual newcomer) {
        PersonalCoefficients fitted = fit.coefficients();
        Place place = fold(fit.parameters(), fitted.intercepts(), fitted.family(), fit.dispersion(), newcomer);
        Tensor coefficients = fit.parameters().withIndividuals(Tensor.matrix(new double[][] {place.coordinates})).reconstruct();
        return new PersonalCoefficients(fitted.family(), List.of(newcomer.name()), coefficients, place.intercepts);
    }

    /** The newcomer's place among individuals with these parameters and intercepts. */
    static Place fold(CoupledTucker parameters, double[] intercepts, ResponseFamily family, double dispersion, Individual newcomer) {
        RowLoss losses = RowLoss.of(family);
        Individual rows = losses.rows(newcomer);
        List<Shape> shapes = parameters.modalities().stream().map(modality -> modality.shape().without(0)).toList();
        if (!rows.modalities().shapes().equals(shapes)) {
            throw new ShapeException("fold in " + newcomer.name() + ": rows are " + rows.modalities() + ", the model's " + shapes);
        }
        int n = rows.rows();
        int rank = parameters.individuals().shape().columns();
        int group = losses.group();
        Tensor z = Tensor.zeros(n, rank);
        for (int m = 0; m < shapes.size(); m++) {
            TuckerDecomposition modality = parameters.modality(m);
            Tensor contracted = Modalities.part(shapes, rows.predictors(), m);
            for (int k = 1; k < modality.factors().size(); k++) {
                contracted = Multilinear.contract(contracted, modality.factors().get(k), k);
            }
            Tensor part = Matrices.product(Multilinear.unfold(contracted, 0), false, Multilinear.unfold(modality.core(), 0), true);
            for (int j = 0; j < z.size(); j++) {
                z.doubles()[j] += part.at(j);
            }
        }
        Population population = Population.of(parameters.individuals(), intercepts);
        // an intercept is one coordinate more, of a feature that is 1
        Tensor features = Tensor.zeros(n, rank + group);
        for (int i = 0; i < n; i++) {
            System.arraycopy(z.doubles(), i * rank, features.doubles(), i * (rank + group), rank);
            features.set(1, i, rank + i % group);
        }
        double[] offsets = Matrices.product(features, population.mean).doubles();
        double[] weights = Arrays.stream(rows.weights()).map(weight -> weight / rows.total()).toArray();
        Tensor directions = Matrices.product(features, population.spread);
        double shrinkage = Math.max(dispersion, LEAST_VARIANCE) / rows.total();
        double[] standard;
        if (group == 1) {
            GlmProblem problem = GlmProblem.of(losses.family(), directions, rows.response()).withWeights(weights).withOffsets(offsets)
                    .withoutIntercept();
            standard = Glm.fit(problem, Penalty.ridge(shrinkage), SOLVER).coefficients();
        } else {
            standard = byClass(losses, directions, rows.response(), weights, offsets, shrinkage);
        }
        double[] u = Matrices.product(population.spread, Tensor.of(Shape.of(standard.length, 1), standard)).doubles();
        for (int r = 0; r < u.length; r++) {
            u[r] += population.mean.at(r);
        }
        return new Place(Arrays.copyOf(u, rank), Arrays.copyOfRange(u, rank, u.length));
    }

    /** The minimum of a ridge regression of classes, by Newton steps from 0. */
    private static double[] byClass(RowLoss losses, Tensor features, double[] y, double[] weights, double[] offsets, double ridge) {
        int columns = features.shape().columns();
        Tensor root = Matrices.identity(columns);
        for (int j = 0; j < columns; j++) {
            root.set(Math.sqrt(ridge), j, j);
        }
        double[] ones = new double[columns];
        Arrays.fill(ones, 1);
        BlockProblem problem = new BlockProblem(losses, features.doubles(), columns, y, weights, offsets,
                CoefficientPrior.PriorRows.of(root), ones, 0);
        double[] found = new double[columns];
        for (int step = 0; step < SOLVER.maxIterations(); step++) {
            double[] next = problem.solve(found);
            double moved = 0;
            double size = 0;
            for (int j = 0; j < columns; j++) {
                moved = Math.max(moved, Math.abs(next[j] - found[j]));
                size = Math.max(size, Math.abs(next[j]));
            }
            found = next;
            if (moved <= SOLVER.tolerance() * size) {
                break;
            }
        }
        return found;
    }

    /**
     * How coordinates and, last, intercepts are spread: as {@code mean + spread e} with e of uncorrelated entries of variance 1.
     * Individuals whose own models are hardly determined lie far out, so mean and spread are those of a t distribution of 3 degrees of
     * freedom, fitted by reweighting (Lange, Little &amp; Taylor 1989). Where many individuals are in one place, its spread may vanish: a
     * small share of the spread without weights is added, so that with enough rows a newcomer can leave it.
     *
     * @param mean   m [R_0 + 1 x 1], of K classes [R_0 + K x 1]
     * @param spread [R_0 + 1 x k], {@code S = spread spread'}
     */
    private record Population(Tensor mean, Tensor spread) {
        private static final double DEGREES = 3;
        private static final int REWEIGHTINGS = 30;
        /** Of the variance without weights. */
        private static final double FLOOR = 1e-2;

        static Population of(Tensor individuals, double[] intercepts) {
            int count = individuals.shape().rows();
            int group = intercepts.length / count;
            int size = individuals.shape().columns() + group;
            Tensor points = Tensor.zeros(count, size);
            for (int i = 0; i < count; i++) {
                System.arraycopy(individuals.doubles(), i * (size - group), points.doubles(), i * size, size - group);
                System.arraycopy(intercepts, i * group, points.doubles(), (i + 1) * size - group, group);
            }
            double[] weights = new double[count];
            Arrays.fill(weights, 1);
            Tensor plain = mean(points, weights);
            Tensor deviations = Tensor.zeros(2 * count, size);
            deviate(points, plain, i -> Math.sqrt(FLOOR / count), deviations, count);
            Population population = null;
            for (int step = 0; step <= REWEIGHTINGS; step++) {
                Tensor mean = mean(points, weights);
                deviate(points, mean, i -> Math.sqrt(weights[i] / count), deviations, 0);
                Svd svd = Svd.of(deviations);
                int k = svd.values().size();
                Tensor spread = svd.right().copy();
                for (int j = 0; j < spread.size(); j++) {
                    spread.doubles()[j] *= svd.values().at(j % k);
                }
                population = new Population(mean, spread);
                int rank = svd.rank(LEAST_VARIANCE);
                for (int i = 0; i < count; i++) {
                    double leverage = 0;
                    for (int j = 0; j < rank; j++) {
                        leverage = Math.fma(svd.left().get(i, j), svd.left().get(i, j), leverage);
                    }
                    weights[i] = (DEGREES + rank) / (DEGREES + leverage * count / weights[i]);
                }
            }
            return population;
        }

        private static Tensor mean(Tensor points, double[] weights) {
            double all = Arrays.stream(weights).sum();
            Tensor mean = Tensor.zeros(points.shape().columns(), 1);
            for (int j = 0; j < points.size(); j++) {
                mean.doubles()[j % mean.size()] += weights[j / mean.size()] * points.at(j) / all;
            }
            return mean;
        }

        /** Scaled deviations from a mean, as rows from one on. */
        private static void deviate(Tensor points, Tensor mean, IntToDoubleFunction scale, Tensor to, int row) {
            for (int j = 0; j < points.size(); j++) {
                to.doubles()[row * mean.size() + j] = scale.applyAsDouble(j / mean.size()) * (points.at(j) - mean.at(j % mean.size()));
            }
        }
    }
}
