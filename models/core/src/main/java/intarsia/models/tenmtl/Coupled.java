package intarsia.models.tenmtl;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.Outcome;
import intarsia.models.data.Individual;
import intarsia.models.response.ResponseFamily;
import intarsia.optim.prox.Blocks;
import intarsia.optim.prox.Penalty;
import intarsia.optim.solve.Family;
import intarsia.optim.solve.ProximalGradient;
import intarsia.optim.solve.SolverOptions;
import intarsia.optim.solve.SolverOutcome;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * All individuals at once with a convex coupling: {@code min sum_i 1/n_i sum_n loss(y, b_i + <B_i, X>) + coupling(B)}, by accelerated
 * proximal gradient, or by coordinate descent over groups where responses are Gaussian and the coupling is {@link Coupling.JointSparsity}.
 * Tensor predictors are taken as vectors. An individual whose labels are of one class has the intercept of {@link Local}.
 *
 * @param form     what tensor a row's columns make
 * @param coupling of the individuals
 * @param solver   when to stop: the tolerance and iterations of {@link ProximalGradient}
 */
public record Coupled(TensorForm form, Coupling coupling, SolverOptions solver) implements PersonalEstimator {
    /** With columns as one vector, to a tolerance of 1e-7, in at most 20,000 iterations. */
    public Coupled(Coupling coupling) {
        this(TensorForm.AS_GIVEN, coupling, new SolverOptions(1e-7, 20_000));
    }

    @Override
    public String key() {
        return coupling.key();
    }

    @Override
    public String name() {
        return coupling.name();
    }

    @Override
    public Map<String, String> hyperparameters() {
        return Map.of("penalty weight", Double.toString(coupling.weight()));
    }

    @Override
    public Outcome<PersonalCoefficients> fit(List<Individual> individuals, ResponseFamily family, RandomStream random) {
        CenteredData data = new CenteredData(individuals, family);
        return switch (coupling) {
            case Coupling.JointSparsity(double weight) -> data.family == Family.GAUSSIAN ? byGroups(data, weight) : byGradient(data);
            case Coupling.LowRank lowRank -> byGradient(data.compressed());
        };
    }

    private Outcome<PersonalCoefficients> byGroups(CenteredData data, double weight) {
        int p = data.rowShape().size();
        GroupCoordinateDescent descent = new GroupCoordinateDescent(data, weight);
        boolean converged = descent.minimize(solver);
        Tensor stacked = Tensor.zeros(data.stacked().sizes());
        for (int i = 0; i < data.individuals(); i++) {
            System.arraycopy(descent.coefficients()[i], 0, stacked.doubles(), i * p, p);
        }
        return outcome(data.uncentered(stacked, new double[data.individuals()]), converged);
    }

    private Outcome<PersonalCoefficients> byGradient(CenteredData data) {
        int p = data.rowShape().size();
        int count = data.individuals();
        double[] start = new double[(p + 1) * count];
        System.arraycopy(data.startIntercepts(), 0, start, p * count, count);
        Penalty penalty = Blocks.of(new Blocks.Block(coupling.penalty(p, count), p * count), new Blocks.Block(Penalty.none(), count));
        ProximalGradient.Minimum minimum = ProximalGradient.minimize((x, gradient) -> evaluate(data, x, gradient), penalty, start, solver);
        double[] found = minimum.point();
        Tensor coefficients = Tensor.zeros(data.stacked().sizes());
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < p; j++) {
                coefficients.doubles()[i * p + j] = found[j * count + i];
            }
        }
        return outcome(data.uncentered(coefficients, Arrays.copyOfRange(found, p * count, found.length)),
                minimum.outcome() == SolverOutcome.CONVERGED);
    }

    private Outcome<PersonalCoefficients> outcome(PersonalCoefficients coefficients, boolean converged) {
        return converged ? new Outcome.Converged<>(coefficients, 1)
                : new Outcome.Stopped<>(coefficients, name() + " reached its limit of " + solver.maxIterations() + " iterations");
    }

    /** The smooth part and its gradient; x is B as [p x individuals], then the intercepts. */
    private static double evaluate(CenteredData data, double[] x, double[] gradient) {
        int p = data.rowShape().size();
        int count = data.individuals();
        Arrays.fill(gradient, 0);
        double value = 0;
        double[] rows = data.predictors.doubles();
        for (int i = 0; i < count; i++) {
            boolean free = data.family == Family.BINOMIAL && !data.oneClass(i);
            for (int n = data.first[i]; n < data.first[i + 1]; n++) {
                double eta = x[p * count + i];
                for (int j = 0; j < p; j++) {
                    eta = Math.fma(rows[n * p + j], x[j * count + i], eta);
                }
                value += data.weights[n] * data.family.loss(data.y[n], eta);
                double slope = data.weights[n] * (data.family.mean(eta) - data.y[n]);
                for (int j = 0; j < p; j++) {
                    gradient[j * count + i] = Math.fma(slope, rows[n * p + j], gradient[j * count + i]);
                }
                gradient[p * count + i] += free ? slope : 0;
            }
        }
        return value;
    }
}
