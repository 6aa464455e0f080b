package intarsia.models.dual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.models.response.Likelihood;
import intarsia.optim.solve.SolverOptions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every similarity has to keep: a new one that is in {@link Similarity#forms} is proven here. */
class SimilarityTest {
    private static final SolverOptions TIGHT = new SolverOptions(1e-10, 200_000);
    private static final double RIDGE = 0.05;
    private static final List<Likelihood> LIKELIHOODS = Stream.of(Likelihood.values()).filter(of -> of != Likelihood.SOFTMAX).toList();
    private static final double WEIGHT = 0.2;

    static Stream<Arguments> all() {
        return Similarity.all().stream().flatMap(similarity -> LIKELIHOODS.stream().map(likelihood ->
                Arguments.of(similarity, likelihood)));
    }

    private static CoefficientProblem problem(Similarity similarity, List<EncodedTask> tasks, double weight) {
        return new CoefficientProblem(tasks, similarity, weight, RIDGE, TIGHT);
    }

    private static TransferProblem transfer(Similarity similarity, EncodedTask task, double weight, Coefficients learned) {
        return new TransferProblem(problem(similarity, List.of(task), weight), learned);
    }

    /** Of a low rank the betas may only move within their span, and there is no limit at which tasks are fitted alone. */
    private static boolean penalized(Similarity similarity) {
        return !(similarity instanceof LowRank);
    }

    @Test
    void keysAreReadAsTheyAreWritten() {
        assertThat(Similarity.all()).extracting(Similarity::key)
                .containsExactly("group", "lasso", "ridge", "fusion", "clusters(2)", "lowrank(2)");
        for (Similarity similarity : Similarity.all()) {
            assertThat(Similarity.of(similarity.key())).isEqualTo(similarity);
        }
        assertThat(Similarity.of("clusters(13)")).isEqualTo(new Clusters(13));
        for (String bad : List.of("grup", "clusters", "group(2)", "clusters()", "clusters(x)", "lowrank(-1)", "Group", "")) {
            assertThatThrownBy(() -> Similarity.of(bad)).as(bad).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("no similarity '" + bad + "'; there are group, lasso, ridge, fusion, clusters(K), lowrank(K)");
        }
        assertThatThrownBy(() -> Similarity.of("clusters(0)")).hasMessage("clusters(0): the number must be at least 1");
    }

    @ParameterizedTest
    @MethodSource("all")
    void withoutAWeightEveryTaskIsFittedAlone(Similarity similarity, Likelihood likelihood) {
        List<EncodedTask> tasks = CoefficientProblemTest.tasks(likelihood, 4, 0.8);
        // Rank 3 of 3 columns is no restriction.
        Similarity free = penalized(similarity) ? similarity : new LowRank(3);
        CoefficientSolution all = problem(free, tasks, 0).solve();
        assertThat(all.converged()).isTrue();
        for (int r = 0; r < tasks.size(); r++) {
            Coefficients alone = problem(new Group(), List.of(tasks.get(r)), 0).solve().coefficients();
            assertThat(all.coefficients().shared()[r]).as("task %d", r).containsExactly(alone.shared()[0], within(1e-6));
            assertThat(all.coefficients().taskSpecific()[r]).containsExactly(alone.taskSpecific()[0], within(1e-6));
            assertThat(all.coefficients().intercepts()[r]).isCloseTo(alone.intercepts()[0], within(1e-6));
        }
    }

    /** Of several centers: one beta for the tasks of each. */
    @ParameterizedTest
    @MethodSource("all")
    void fromTheLargestWeightOnAllShare(Similarity similarity, Likelihood likelihood) {
        List<EncodedTask> tasks = CoefficientProblemTest.tasks(likelihood, 4, 0.8);
        CoefficientProblem problem = problem(similarity, tasks, 0);
        double largest = problem.largestWeight();
        if (Double.isInfinite(largest)) {
            assertThat(problem.pathStart()).isFinite();
            return;
        }
        assertThat(problem.pathStart()).isEqualTo(largest).isPositive();
        Coefficients above = problem.weight(largest * 1.001).solve().coefficients();
        Coefficients shared = problem.weight(Double.POSITIVE_INFINITY).solve().coefficients();
        for (int r = 0; r < tasks.size(); r++) {
            assertThat(above.shared()[r]).containsExactly(shared.shared()[r], within(1e-6));
            for (int s = 0; s < tasks.size(); s++) {
                if (shared.centers().length < 2 || shared.cluster()[r] == shared.cluster()[s]) {
                    assertThat(shared.shared()[r]).containsExactly(shared.shared()[s], within(1e-9));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void noPointNearASolutionIsBetter(Similarity similarity, Likelihood likelihood) {
        CoefficientProblem problem = problem(similarity, CoefficientProblemTest.tasks(likelihood, 4, 0.7), WEIGHT);
        CoefficientSolution solution = problem.solve();
        assertThat(solution.converged()).isTrue();
        double value = problem.objective(solution.coefficients());
        RandomStream random = RandomStream.of(9);
        for (int trial = 0; trial < 400; trial++) {
            Coefficients near = moved(solution.coefficients(), similarity, StrictMath.pow(10, -1 - trial % 5), random);
            assertThat(problem.objective(near)).isGreaterThan(value - 1e-9);
        }
    }

    private static Coefficients moved(Coefficients at, Similarity similarity, double size, RandomStream random) {
        Coefficients near = at.copied();
        double[] common = new double[at.shared()[0].length];
        for (double[] beta : at.shared()) {
            Vectors.add(size * random.nextGaussian(), beta, common);
        }
        for (int r = 0; r < at.tasks(); r++) {
            near.intercepts()[r] += size * random.nextGaussian();
            for (int k = 0; k < near.taskSpecific()[r].length; k++) {
                near.taskSpecific()[r][k] += size * random.nextGaussian();
            }
            Vectors.add(random.nextGaussian(), common, near.shared()[r]);
            for (int j = 0; j < common.length && penalized(similarity); j++) {
                near.shared()[r][j] += size * random.nextGaussian();
            }
        }
        for (double[] center : near.centers()) {
            for (int j = 0; j < center.length; j++) {
                center[j] += size * random.nextGaussian();
            }
        }
        return near;
    }

    @ParameterizedTest
    @MethodSource("all")
    void noSolutionIsWorseThanItsStart(Similarity similarity, Likelihood likelihood) {
        List<EncodedTask> tasks = CoefficientProblemTest.tasks(likelihood, 5, 0.7);
        CoefficientProblem problem = new CoefficientProblem(tasks, similarity, 0.3, RIDGE, new SolverOptions(1e-3, 5));
        Coefficients at = problem.solve().coefficients();
        double before = problem.objective(at);
        for (int round = 0; round < 3; round++) {
            at = problem.solve(at).coefficients();
            assertThat(problem.objective(at)).isLessThanOrEqualTo(before);
            before = problem.objective(at);
        }
        Coefficients exact = problem(similarity, tasks, 0.3).solve().coefficients();
        assertThat(problem.objective(problem.solve(exact).coefficients())).as("from the solution")
                .isLessThanOrEqualTo(problem.objective(exact));
    }

    @ParameterizedTest
    @MethodSource("all")
    void theOrderOfTasksDoesNotMatter(Similarity similarity, Likelihood likelihood) {
        List<EncodedTask> tasks = CoefficientProblemTest.tasks(likelihood, 4, 0.7);
        Coefficients one = problem(similarity, tasks, WEIGHT).solve().coefficients();
        Coefficients other = problem(similarity, tasks.reversed(), WEIGHT).solve().coefficients();
        for (int r = 0; r < tasks.size(); r++) {
            assertThat(other.shared()[tasks.size() - 1 - r]).containsExactly(one.shared()[r], within(penalized(similarity) ? 1e-6 : 2e-5));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aPathEndsWhereEachWeightEndsAlone(Similarity similarity, Likelihood likelihood) {
        List<EncodedTask> tasks = CoefficientProblemTest.tasks(likelihood, 4, 0.8);
        CoefficientProblem problem = problem(similarity, tasks, 0);
        double start = problem.pathStart();
        List<Double> weights = new DualEncoder.PenaltyWeight.Path(6, 0.01).ratios().stream().map(ratio -> ratio * start).toList();
        CoefficientPath path = CoefficientPath.of(problem, weights);
        double last = -1;
        for (int i = 0; i < weights.size(); i++) {
            Coefficients onPath = path.solutions().get(i).coefficients();
            double alone = problem.weight(weights.get(i)).objective(problem.weight(weights.get(i)).solve().coefficients());
            // Clusters are a local minimum each; all others are the minimum.
            assertThat(problem.weight(weights.get(i)).objective(onPath)).as("weight %g", weights.get(i))
                    .isCloseTo(alone, within(similarity instanceof Clusters ? 0.05 * Math.abs(alone) : 1e-8));
            double deviations = 0;
            for (int r = 0; r < tasks.size(); r++) {
                deviations += onPath.deviation(r);
            }
            if (start > 0) {
                assertThat(deviations).as("deviations grow as the weight falls").isGreaterThan(last);
            }
            last = deviations;
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void oneMoreTaskIsOptimalGivenTheOthers(Similarity similarity, Likelihood likelihood) {
        List<EncodedTask> tasks = CoefficientProblemTest.tasks(likelihood, 4, 0.5);
        EncodedTask fresh = CoefficientProblemTest.tasks(likelihood, 6, 0.9).get(5);
        Coefficients learned = problem(similarity, tasks, 0.1).solve().coefficients();
        TransferProblem problem = transfer(similarity, fresh, 0.1, learned);
        CoefficientSolution solution = problem.solve();
        assertThat(solution.converged()).isTrue();
        Coefficients at = solution.coefficients();
        assertThat(at.centers()).isEqualTo(learned.centers());
        double value = problem.objective(at);
        RandomStream random = RandomStream.of(4);
        for (int trial = 0; trial < 200; trial++) {
            Coefficients near = at.copied();
            double size = StrictMath.pow(10, -1 - trial % 4);
            near.intercepts()[0] += size * random.nextGaussian();
            near.taskSpecific()[0][trial % 2] += size * random.nextGaussian();
            if (penalized(similarity)) {
                near.shared()[0][trial % 3] += size * random.nextGaussian();
            } else {
                Vectors.add(size * random.nextGaussian(), learned.shared()[trial % 4], near.shared()[0]);
            }
            assertThat(problem.objective(near)).isGreaterThan(value - 1e-9);
        }
        assertThat(problem.objective(problem.solve(at).coefficients())).as("from the solution").isLessThanOrEqualTo(value);
    }

    /** Where there are centers; the others are shrunk towards betas of several tasks at once. */
    @ParameterizedTest
    @MethodSource("all")
    void oneMoreTaskIsAloneWithoutAWeightAndTakesACenterWithALargeOne(Similarity similarity, Likelihood likelihood) {
        List<EncodedTask> tasks = CoefficientProblemTest.tasks(likelihood, 4, 0.5);
        EncodedTask fresh = CoefficientProblemTest.tasks(likelihood, 6, 0.9).get(5);
        Coefficients learned = problem(similarity, tasks, 0.1).solve().coefficients();
        Coefficients alone = problem(new Group(), List.of(fresh), 0).solve().coefficients();
        if (penalized(similarity)) {
            assertThat(transfer(similarity, fresh, 0, learned).solve().coefficients().shared()[0])
                    .containsExactly(alone.shared()[0], within(1e-6));
        }
        if (learned.centers().length > 0) {
            Coefficients joined = transfer(similarity, fresh, 1e6, learned).solve().coefficients();
            assertThat(joined.shared()[0]).containsExactly(learned.centers()[joined.cluster()[0]], within(1e-5));
        }
    }
}
