package intarsia.models.tenmtl;

import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.SvdMethod;
import intarsia.linalg.tucker.Ranks;
import intarsia.linalg.tucker.Tucker;
import intarsia.optim.solve.Family;
import java.util.List;

/**
 * Local estimates, stacked and replaced by their best Tucker approximation (higher-order orthogonal iteration), each intercept then fitted
 * again: one reading of LR-Tucker, the other being {@link TenMtlOptions} with an individual rank of 0, a pooled Tucker regression (Li, Xu,
 * Zhou &amp; Li 2018).
 *
 * @param family of the responses
 * @param ranks  of the stacked coefficients, individuals first
 * @param ridge  of the local estimates, as in {@link Local}
 */
public record TruncatedLocal(Family family, Ranks ranks, double ridge) implements PersonalMethod {
    @Override
    public PersonalModels fit(List<Individual> individuals) {
        Tensor local = new Local(family, 0, ridge).fit(individuals).coefficients();
        Tensor truncated = Tucker.hooi(local, ranks, SvdMethod.ACCURATE, 100, 1e-12).decomposition().reconstruct();
        Cohort cohort = new Cohort(individuals, family);
        return cohort.models(truncated, cohort.bestIntercepts(cohort.eta(truncated)));
    }
}
