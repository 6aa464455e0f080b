package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.linalg.tucker.Ranks;
import intarsia.models.data.Split;
import intarsia.models.data.TaskSet;
import intarsia.optim.solve.Family;
import intarsia.optim.solve.SolverOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A personal method with what its ranks and weights are chosen from. Weights are for responses of standard deviation 1 within individuals.
 *
 * @param key        its name in files
 * @param name       its name for people
 * @param candidates what is chosen from
 */
public record Contender(String key, String name, Candidates candidates) {
    private static final SolverOptions COUPLED = new SolverOptions(1e-4, 1000);
    private static final SolverOptions GROUPS = new SolverOptions(1e-6, 3000);
    private static final int ROUNDS = 20;

    /** The candidates for a problem. */
    @FunctionalInterface
    public interface Candidates {
        /** For responses of this family and coefficients of this shape, individuals first. */
        List<PersonalMethod> of(Family family, Shape stacked);
    }

    /** TenMTL at these ranks, the individuals' first, beside these lasso weights; each pair is a candidate. */
    public static Contender tenMtl(List<int[]> ranks, List<Double> lassos) {
        return new Contender("tenmtl", "TenMTL", (family, stacked) -> {
            List<PersonalMethod> all = new ArrayList<>();
            for (int[] r : ranks) {
                for (double lasso : lassos) {
                    all.add(TenMtlOptions.of(family, r[0], Arrays.copyOfRange(r, 1, r.length)).withLasso(lasso, lasso, lasso));
                }
            }
            return all;
        });
    }

    /** What TenMTL is held against: local, global, LR-Tucker, SVD-ASO, mean-regularized, L21 and trace norm. */
    public static List<Contender> baselines() {
        return List.of(
                over("local-ridge", "local ridge", (family, w) -> new Local(family, 0, w), 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1),
                over("local-lasso", "local lasso", (family, w) -> new Local(family, w, 1e-7), 3e-5, 1e-4, 1e-3, 1e-2, 1e-1),
                over("global", "global", (family, w) -> new Global(family, 0, w), 1e-3, 1e-1),
                new Contender("lr-tucker", "LR-Tucker", Contender::pooled),
                new Contender("lr-tucker-local", "LR-Tucker, local", Contender::truncated),
                new Contender("svd-aso", "SVD-ASO", Contender::structure),
                over("mean", "mean-regularized", MeanRegularized::new, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1),
                over("l21", "L21", (family, w) -> new Coupled(family, new Coupling.Features(w), GROUPS), 1e-4, 1e-3, 1e-2, 1e-1),
                over("trace", "trace norm", (family, w) -> new Coupled(family, new Coupling.LowRank(w), COUPLED), 1e-4, 1e-3, 1e-2, 1e-1));
    }

    /** One of the {@link #baselines}. */
    public static Contender baseline(String key) {
        return baselines().stream().filter(contender -> contender.key().equals(key)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no baseline '" + key + "'"));
    }

    /** A family of methods with one weight. */
    private interface Weighted {
        PersonalMethod at(Family family, double weight);
    }

    private static Contender over(String key, String name, Weighted method, double... weights) {
        return new Contender(key, name, (family, stacked) -> Arrays.stream(weights).mapToObj(w -> method.at(family, w)).toList());
    }

    /** One Tucker tensor for all. */
    private static List<PersonalMethod> pooled(Family family, Shape stacked) {
        return IntStream.of(1, 2, 4).mapToObj(r -> (PersonalMethod) TenMtlOptions.of(family, 0, capped(stacked.without(0), r))).toList();
    }

    /** Stacked local estimates at low rank. */
    private static List<PersonalMethod> truncated(Family family, Shape stacked) {
        List<PersonalMethod> all = new ArrayList<>();
        for (int r : new int[] {1, 3, 6}) {
            for (double ridge : new double[] {1e-6, 1e-4, 1e-2}) {
                all.add(new TruncatedLocal(family, Ranks.of(capped(stacked, r)), ridge));
            }
        }
        return all;
    }

    private static List<PersonalMethod> structure(Family family, Shape stacked) {
        List<PersonalMethod> all = new ArrayList<>();
        for (int h : new int[] {1, 2, 4, 8}) {
            for (double lambda : new double[] {1e-5, 1e-4, 1e-2, 1e-1, 1}) {
                all.add(new SvdAso(family, h, lambda, ROUNDS));
            }
        }
        return all;
    }

    private static int[] capped(Shape shape, int rank) {
        return IntStream.range(0, shape.rank()).map(k -> Math.min(rank, shape.size(k))).toArray();
    }

    /** The candidate that is best on validation rows when fitted to training rows, fitted again to both. */
    public PersonalPredictor fit(TaskSet data, List<Split> splits, TensorForm form) {
        List<int[]> known = splits.stream().map(Split::known).toList();
        TensorEncoding encoding = TensorEncoding.of(data, known, form);
        return new PersonalPredictor(encoding, choose(data, splits, form).fit(encoding.individuals(data, known)));
    }

    /** The candidate that is best on validation rows when fitted to training rows; the only one without looking. */
    public PersonalMethod choose(TaskSet data, List<Split> splits, TensorForm form) {
        List<int[]> train = splits.stream().map(Split::train).toList();
        TensorEncoding encoding = TensorEncoding.of(data, train, form);
        List<Individual> kept = encoding.individuals(data, train);
        List<PersonalMethod> all = candidates.of(encoding.family(), stacked(kept));
        if (all.size() == 1) {
            return all.getFirst();
        }
        List<int[]> validation = splits.stream().map(Split::validation).toList();
        if (validation.stream().allMatch(rows -> rows.length == 0)) {
            throw new IllegalArgumentException(name + ": no validation rows to choose among " + all.size() + " candidates by");
        }
        return all.get(Selection.validate(all, kept, held(data, encoding, validation), encoding.family()).best());
    }

    private static Shape stacked(List<Individual> individuals) {
        return individuals.getFirst().predictors().shape().with(0, individuals.size());
    }

    private static List<Individual> held(TaskSet data, TensorEncoding encoding, List<int[]> rows) {
        List<Individual> held = new ArrayList<>();
        for (int t = 0; t < rows.size(); t++) {
            held.add(rows.get(t).length == 0 ? null : encoding.individual(data.tasks().get(t), rows.get(t)));
        }
        return held;
    }
}
