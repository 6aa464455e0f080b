package intarsia.models.tenmtl;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.SvdMethod;
import intarsia.linalg.tucker.Ranks;
import intarsia.linalg.tucker.Tucker;
import intarsia.linalg.tucker.TuckerFit;
import intarsia.models.Outcome;
import intarsia.models.data.Individual;
import intarsia.models.response.ResponseFamily;
import intarsia.optim.prox.Penalty;
import intarsia.optim.solve.Family;
import intarsia.optim.solve.Glm;
import intarsia.optim.solve.SolverOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Local estimates, stacked and replaced by their best Tucker approximation (higher-order orthogonal iteration), each intercept then fitted
 * again: one variant of LR-Tucker, the other being {@link TenMtl} with an individual rank of 0, a pooled Tucker regression (Li, Xu,
 * Zhou &amp; Li 2018).
 *
 * @param form  what tensor a row's columns make
 * @param ranks of the stacked coefficients, individuals first
 * @param ridge of the local estimates, as in {@link Local}
 */
public record TruncatedLocal(TensorForm form, TuckerRanks ranks, double ridge) implements PersonalEstimator {
    private static final int MOST_SWEEPS = 100;
    private static final SolverOptions INTERCEPT = new SolverOptions(1e-12, 100);

    /** Checks the ridge. */
    public TruncatedLocal {
        Penalty.checkWeight("ridge", ridge);
    }

    /** With columns as one vector. */
    public TruncatedLocal(TuckerRanks ranks, double ridge) {
        this(TensorForm.AS_GIVEN, ranks, ridge);
    }

    @Override
    public String key() {
        return "lr-tucker-local";
    }

    @Override
    public String name() {
        return "LR-Tucker, local";
    }

    @Override
    public Map<String, String> hyperparameters() {
        Map<String, String> chosen = new LinkedHashMap<>();
        chosen.put("ranks", ranks.toString());
        chosen.put("ridge", Double.toString(ridge));
        return chosen;
    }

    @Override
    public Outcome<PersonalCoefficients> fit(List<Individual> individuals, ResponseFamily family, RandomStream random) {
        CenteredData all = new CenteredData(individuals, family);
        TuckerRanks suited = ranks.resolve(List.of(all.stacked()), false);
        int[] sizes = IntStream.concat(IntStream.of(suited.individual()), IntStream.of(suited.predictorRanks())).toArray();
        CenteredData data = all.compressed();
        SolverEndings endings = new SolverEndings();
        Tensor local = new Local(0, ridge).estimate(data, endings).coefficients();
        TuckerFit tucker = Tucker.hooi(local, Ranks.of(sizes), SvdMethod.ACCURATE, MOST_SWEEPS, 1e-12);
        Tensor truncated = tucker.decomposition().reconstruct();
        PersonalCoefficients coefficients = data.uncentered(truncated, intercepts(data, data.eta(truncated)));
        if (!tucker.converged()) {
            endings.note("higher-order orthogonal iteration reached its limit of " + MOST_SWEEPS + " sweeps");
        }
        return endings.outcome(name(), coefficients);
    }

    /** The intercepts that fit best, given {@code <B_i, X>} of every row. */
    private static double[] intercepts(CenteredData data, double[] eta) {
        double[] intercepts = data.startIntercepts();
        for (int i = 0; data.family == Family.BINOMIAL && i < intercepts.length; i++) {
            if (!data.oneClass(i)) {
                intercepts[i] = Glm.fit(data.problem(i, new double[0], 0, eta), Penalty.l1(0), INTERCEPT).intercept();
            }
        }
        return intercepts;
    }
}
