package intarsia.models.tenmtl;

import intarsia.models.selection.Tuned;
import intarsia.optim.solve.SolverOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What TenMTL is compared with, each method with the candidates that validation rows choose from; fitted again to training and validation
 * rows. Weights are for responses of standard deviation 1 within individuals. Candidates stand from the simplest on.
 */
public final class PersonalBaselines {
    private static final SolverOptions LOW_RANK = new SolverOptions(1e-4, 1000);
    private static final SolverOptions JOINT = new SolverOptions(1e-6, 3000);
    private static final int ROUNDS = 20;

    /** What is compared unless a study says otherwise: those that take moments. */
    public static final List<String> DEFAULT = List.of("local-ridge", "local-lasso", "global", "lr-tucker", "lr-tucker-local", "svd-aso",
            "mean-regularized");

    private PersonalBaselines() {}

    /** Local ridge and lasso, global, LR-Tucker in both variants, SVD-ASO, mean-regularized, L21 and trace norm. */
    public static List<Tuned> all(TensorForm form) {
        return List.of(
                tuned("local-ridge", "local ridge", weight -> new Local(form, 0, weight), 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7),
                tuned("local-lasso", "local lasso", weight -> new Local(form, weight, 1e-7), 1e-1, 1e-2, 1e-3, 1e-4, 3e-5),
                tuned("global", "global", weight -> new Global(form, 0, weight), 1e-1, 1e-3),
                new Tuned("lr-tucker", "LR-Tucker", IntStream.of(1, 2, 4).mapToObj(rank -> pooled(form, rank)).toList(), true),
                new Tuned("lr-tucker-local", "LR-Tucker, local", truncated(form), true),
                new Tuned("svd-aso", "SVD-ASO", structure(form), true),
                tuned("mean-regularized", "mean-regularized", weight -> new MeanRegularized(form, weight), 1e-1, 1e-2, 1e-3, 1e-4, 1e-5),
                tuned("l21", "L21", weight -> new Coupled(form, new Coupling.JointSparsity(weight), JOINT), 1e-1, 1e-2, 1e-3, 1e-4),
                tuned("trace", "trace norm", weight -> new Coupled(form, new Coupling.LowRank(weight), LOW_RANK), 1e-1, 1e-2, 1e-3, 1e-4));
    }

    /** The keys of all of them. */
    public static List<String> keys() {
        return all(TensorForm.AS_GIVEN).stream().map(Tuned::key).toList();
    }

    /**
     * One of them.
     *
     * @throws IllegalArgumentException naming those there are
     */
    public static Tuned of(String key, TensorForm form) {
        return all(form).stream().filter(baseline -> baseline.key().equals(key)).findFirst().orElseThrow(() -> new IllegalArgumentException(
                "no baseline '" + key + "'; there are " + String.join(", ", keys())));
    }

    private static Tuned tuned(String key, String name, DoubleFunction<PersonalEstimator> method, double... weights) {
        return new Tuned(key, name, DoubleStream.of(weights).mapToObj(method).toList(), true);
    }

    /** One Tucker tensor for all. */
    private static TenMtl pooled(TensorForm form, int rank) {
        return TenMtl.options().form(form).ranks(TuckerRanks.pooled(rank));
    }

    /** Stacked local estimates at low rank. */
    private static List<TruncatedLocal> truncated(TensorForm form) {
        return IntStream.of(1, 3, 6).mapToObj(TuckerRanks::upTo)
                .flatMap(ranks -> Stream.of(1e-2, 1e-4, 1e-6).map(ridge -> new TruncatedLocal(form, ranks, ridge))).toList();
    }

    private static List<SvdAso> structure(TensorForm form) {
        List<SvdAso> all = new ArrayList<>();
        for (int dimensions : new int[] {1, 2, 4, 8}) {
            for (double lambda : new double[] {1, 1e-1, 1e-2, 1e-4, 1e-5}) {
                all.add(new SvdAso(form, dimensions, lambda, ROUNDS));
            }
        }
        return all;
    }
}
