package intarsia.models.tenmtl;

import intarsia.linalg.Tensor;
import intarsia.optim.prox.Blocks;
import intarsia.optim.prox.Penalty;
import intarsia.optim.solve.Family;
import intarsia.optim.solve.ProximalGradient;
import intarsia.optim.solve.SolverOptions;
import java.util.Arrays;
import java.util.List;

/**
 * All individuals at once with a convex coupling: {@code min sum_i 1/n_i sum_n loss(y, b_i + <B_i, X>) + coupling(B)}, by accelerated
 * proximal gradient, or by coordinate descent over groups where responses are Gaussian and features are coupled. Tensor predictors are taken as vectors. Labels that are all alike keep their intercept as in {@link Local}.
 *
 * @param family   of the responses
 * @param coupling of the individuals
 * @param solver   when to stop: the tolerance and iterations of {@link ProximalGradient}
 */
public record Coupled(Family family, Coupling coupling, SolverOptions solver) implements PersonalMethod {
    /** To a tolerance of 1e-7, in at most 20,000 iterations. */
    public Coupled(Family family, Coupling coupling) {
        this(family, coupling, new SolverOptions(1e-7, 20_000));
    }

    @Override
    public PersonalModels fit(List<Individual> individuals) {
        Cohort cohort = new Cohort(individuals, family);
        int p = cohort.rowShape().size();
        int count = cohort.individuals();
        if (family == Family.GAUSSIAN && coupling instanceof Coupling.Features(double weight)) {
            double[][] b = new GroupDescent(cohort, weight).minimize(solver);
            Tensor stacked = Tensor.zeros(cohort.stacked().sizes());
            for (int i = 0; i < count; i++) {
                System.arraycopy(b[i], 0, stacked.doubles(), i * p, p);
            }
            return cohort.models(stacked, new double[count]);
        }
        double[] start = new double[(p + 1) * count];
        System.arraycopy(cohort.startIntercepts(), 0, start, p * count, count);
        Penalty penalty = Blocks.of(new Blocks.Block(coupling.penalty(p, count), p * count), new Blocks.Block(Penalty.none(), count));
        double[] found = ProximalGradient.minimize((x, gradient) -> evaluate(cohort, x, gradient), penalty, start, solver).point();
        Tensor coefficients = Tensor.zeros(cohort.stacked().sizes());
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < p; j++) {
                coefficients.doubles()[i * p + j] = found[j * count + i];
            }
        }
        return cohort.models(coefficients, Arrays.copyOfRange(found, p * count, found.length));
    }

    /** The smooth part and its gradient; x is B as [p x individuals], then the intercepts. */
    private double evaluate(Cohort cohort, double[] x, double[] gradient) {
        int p = cohort.rowShape().size();
        int count = cohort.individuals();
        Arrays.fill(gradient, 0);
        double value = 0;
        double[] rows = cohort.predictors.doubles();
        for (int i = 0; i < count; i++) {
            boolean free = family == Family.BINOMIAL && !cohort.alike(i);
            for (int n = cohort.first[i]; n < cohort.first[i + 1]; n++) {
                double eta = x[p * count + i];
                for (int j = 0; j < p; j++) {
                    eta = Math.fma(rows[n * p + j], x[j * count + i], eta);
                }
                value += cohort.weights[n] * family.loss(cohort.response[n], eta);
                double slope = cohort.weights[n] * (family.mean(eta) - cohort.response[n]);
                for (int j = 0; j < p; j++) {
                    gradient[j * count + i] = Math.fma(slope, rows[n * p + j], gradient[j * count + i]);
                }
                gradient[p * count + i] += free ? slope : 0;
            }
        }
        return value;
    }
}
