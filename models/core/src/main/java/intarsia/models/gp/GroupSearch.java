package intarsia.models.gp;

import intarsia.linalg.Elementary;
import intarsia.linalg.decomposition.DecompositionException;
import intarsia.models.gp.HyperparameterSearch.Found;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Finds groups of tasks that share a function: the partition P of the T tasks and the hyperparameters theta that maximize
 *
 * <pre>
 * sum over groups g of  log q(y_g | theta)  +  log p(theta)
 * </pre>
 *
 * y_g being the responses of a group's tasks: groups are independent given theta, so that a group's evidence is computed of its own rows,
 * once. All partitions are equally probable beforehand; there is no threshold.
 *
 * <p>Given theta, the two groups whose union gains most are united until none gains; then tasks move, one by one, to the group where they
 * gain most, or to one of their own. Given P, theta is searched for as ever. Both alternate, beginning with hyperparameters that were found
 * for all tasks together; since a task-specific part may have taken up what tells groups apart, partitions are sought at several splits of
 * each kernel's weight between the shared and the task-specific part, one of them into two groups at least. Theta is searched for given
 * each, and the best is gone on with. Where one group is the best, the result is that without groups, to the bit. O(T^2) evidences, of
 * groups that grow. The formulation is ours; mixtures of Gaussian processes are in Rasmussen &amp; Ghahramani 2002.
 */
final class GroupSearch {
    /** Shares of the task-specific weights that are left to them; what is taken from them the shared part gets. */
    private static final double[] LEFT = {1, 0.3, 0.1, 0.01};
    private static final int ROUNDS = 5;

    private final HyperparameterSearch search;
    private final TrainingRows all;
    private final TrainingRows rows;
    private final int tasks;

    GroupSearch(HyperparameterSearch search, TrainingRows all) {
        this.search = search;
        this.all = all;
        rows = search.exactly(all);
        tasks = rows.responses().families().size();
    }

    /** From hyperparameters that were found for all tasks together. */
    Found from(Found together) {
        Found found = from(together.hyperparameters());
        boolean apart = Arrays.stream(found.hyperparameters().index().groups()).anyMatch(g -> g > 0);
        return apart && score(found) > score(together) ? found : together;
    }

    /** From hyperparameters, in whatever groups. */
    Found from(Hyperparameters start) {
        Found best = null;
        for (Hyperparameters candidate : candidates(start)) {
            Found found = search.from(all, candidate);
            best = best == null || score(found) > score(best) ? found : best;
        }
        for (int round = 1; round < ROUNDS; round++) {
            Scored next = partition(best.hyperparameters(), 1);
            if (Arrays.equals(next.h().index().groups(), best.hyperparameters().index().groups()) || next.score() <= score(best)) {
                break;
            }
            best = search.from(all, next.h());
        }
        return best;
    }

    /** Different partitions, each with the hyperparameters under which it was found; one of them has two groups at least. */
    private List<Hyperparameters> candidates(Hyperparameters start) {
        Map<List<Integer>, Scored> found = new LinkedHashMap<>();
        for (double left : LEFT) {
            Hyperparameters h = left == 1 ? start : shifted(start, left);
            for (int least : left == LEFT[LEFT.length - 1] ? new int[] {1, 2} : new int[] {1}) {
                Scored at = partition(h, least);
                found.merge(Arrays.stream(at.h().index().groups()).boxed().toList(), at, (one, other) ->
                        other.score() > one.score() ? other : one);
            }
        }
        return found.values().stream().map(Scored::h).toList();
    }

    /**
     * Hyperparameters in groups.
     *
     * @param score what is maximized
     */
    private record Scored(Hyperparameters h, double score) {}

    private double score(Found found) {
        Hyperparameters h = found.hyperparameters();
        return new Evidences(h).score(h.index().groups());
    }

    /** The best partition that is found into so many groups at least, where there are as many tasks. */
    private Scored partition(Hyperparameters h, int least) {
        Evidences evidences = new Evidences(h);
        int[] groups = IntStream.range(0, tasks).toArray();
        while (count(groups) > least && unite(groups, evidences)) {
            // goes on while a union gains
        }
        for (int round = 0; round < tasks && move(groups, least, evidences); round++) {
            // goes on while a move gains
        }
        return evidences.scored(groups);
    }

    /** Unites the two groups whose union gains most. */
    private boolean unite(int[] groups, Evidences evidences) {
        int[] numbers = Arrays.stream(groups).distinct().sorted().toArray();
        double most = 0;
        int into = -1;
        int from = -1;
        for (int a : numbers) {
            for (int b : numbers) {
                double gain = a >= b ? 0 : evidences.of(members(groups, a, b)) - evidences.of(members(groups, a, a))
                        - evidences.of(members(groups, b, b));
                if (gain > most) {
                    most = gain;
                    into = a;
                    from = b;
                }
            }
        }
        for (int t = 0; t < tasks && into >= 0; t++) {
            groups[t] = groups[t] == from ? into : groups[t];
        }
        return into >= 0;
    }

    private static int count(int[] groups) {
        return (int) Arrays.stream(groups).distinct().count();
    }

    /** Moves each task to where it gains most; whether any did. */
    private boolean move(int[] groups, int least, Evidences evidences) {
        boolean moved = false;
        for (int t = 0; t < tasks; t++) {
            int home = groups[t];
            int empty = IntStream.range(0, tasks).filter(g -> Arrays.stream(groups).noneMatch(of -> of == g)).findFirst().orElse(home);
            int best = home;
            double most = evidences.score(groups);
            for (int g : IntStream.concat(Arrays.stream(groups.clone()), IntStream.of(empty)).distinct().sorted().toArray()) {
                groups[t] = g;
                double score = g == home ? most : evidences.score(groups);
                if (score > most + 1e-9 * Math.abs(most) && (count(groups) >= least || g == home)) {
                    most = score;
                    best = g;
                }
            }
            groups[t] = best;
            moved |= best != home;
        }
        return moved;
    }

    private static List<Integer> members(int[] groups, int a, int b) {
        return IntStream.range(0, groups.length).filter(t -> groups[t] == a || groups[t] == b).boxed().toList();
    }

    /** Numbered from 0 by their first tasks. */
    private static int[] numbered(int[] groups) {
        Map<Integer, Integer> numbers = new HashMap<>();
        return Arrays.stream(groups).map(g -> numbers.computeIfAbsent(g, _ -> numbers.size())).toArray();
    }

    /** Each kernel's task-specific weight times a factor; the rest is the shared part's. Constants stay. */
    private Hyperparameters shifted(Hyperparameters h, double left) {
        HyperparameterIndex index = h.index();
        double[] values = h.values().clone();
        for (int s = 0; s < index.sources(); s++) {
            for (KernelKind kind : KernelKind.values()) {
                values[index.weight(Hyperparameters.SHARED, s, kind)] = Elementary.log(h.weight(Hyperparameters.SHARED, s, kind)
                        + (1 - left) * h.weight(Hyperparameters.SPECIFIC, s, kind));
                values[index.weight(Hyperparameters.SPECIFIC, s, kind)] += Elementary.log(left);
            }
        }
        return new Hyperparameters(index, values);
    }

    /** What groups are worth at given hyperparameters, each computed once. */
    private final class Evidences {
        private final Hyperparameters h;
        private final double prior;
        private final Map<List<Integer>, Double> known = new HashMap<>();

        Evidences(Hyperparameters h) {
            this.h = h;
            prior = search.logPrior(h);
        }

        /** The log evidence of a group. */
        double of(List<Integer> group) {
            return known.computeIfAbsent(group, this::compute);
        }

        private double compute(List<Integer> group) {
            int[] own = IntStream.range(0, rows.size()).filter(i -> group.contains(rows.responses().tasks()[i])).toArray();
            TrainingRows some = own.length == rows.size() ? rows : rows.select(own);
            try {
                return new MarginalLikelihood(some.covariance(search.options().kernels()), some.responses(), search.pool())
                        .mode(new Hyperparameters(h.index().grouped(new int[tasks]), h.values())).logEvidence();
            } catch (DecompositionException e) {
                return Double.NEGATIVE_INFINITY;
            }
        }

        double score(int[] groups) {
            Map<Integer, Double> sums = new TreeMap<>();
            for (int g : groups) {
                sums.computeIfAbsent(g, _ -> of(members(groups, g, g)));
            }
            double score = prior;
            for (double of : sums.values()) {
                score += of;
            }
            return score;
        }

        Scored scored(int[] groups) {
            return new Scored(new Hyperparameters(h.index().grouped(numbered(groups)), h.values()), score(groups));
        }
    }
}
