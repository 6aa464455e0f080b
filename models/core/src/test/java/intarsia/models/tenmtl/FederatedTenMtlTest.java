package intarsia.models.tenmtl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.Progress;
import intarsia.models.data.Individual;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Individuals that are spread over participants are fitted as all rows together are; how they are spread changes no bit. */
class FederatedTenMtlTest {
    private static final TenMtl VECTORS = TenMtl.options().ranks(2, 3);
    private static final TenMtl MATRICES = TenMtl.options().ranks(2, 2, 2);

    /** Participants, asked in turn. */
    private record Together(List<Participant> participants) implements SharedSums {
        static Together of(List<Individual> individuals, ResponseFamily family, TenMtl options, int... shares) {
            List<Participant> participants = new ArrayList<>();
            int from = 0;
            for (int share : shares) {
                participants.add(new Participant(individuals.subList(from, from + share), family, options));
                from += share;
            }
            return new Together(participants);
        }

        @Override
        public double[] of(SharedQuestion question) {
            ExactSum sum = new ExactSum(question.answerLength());
            participants.forEach(participant -> participant.answer(question, sum::add));
            return sum.doubles();
        }

        double[] coefficients() {
            return participants.stream().flatMapToDouble(each -> Arrays.stream(each.coefficients().coefficients().toDoubles()))
                    .toArray();
        }

        double[] intercepts() {
            return participants.stream().flatMapToDouble(each -> Arrays.stream(each.coefficients().intercepts())).toArray();
        }
    }

    private static List<Individual> drawn(ResponseFamily family, int individuals, int... sizes) {
        RandomStream random = RandomStream.of(5, "federated");
        int[] ranks = new int[sizes.length];
        Arrays.fill(ranks, 2);
        Tensor b = PlantedIndividuals.planted(random, individuals, 2, sizes, ranks);
        return PlantedIndividuals.individuals(random, family, b, 12, 30, 0.5);
    }

    private static double distance(double[] one, double[] other) {
        double squares = 0;
        double size = 0;
        for (int j = 0; j < one.length; j++) {
            squares += (one[j] - other[j]) * (one[j] - other[j]);
            size += other[j] * other[j];
        }
        assertThat(one).hasSameSizeAs(other);
        return Math.sqrt(squares / size);
    }

    private static double apart(ResponseFamily family, TenMtl options, int... sizes) {
        List<Individual> individuals = drawn(family, 9, sizes);
        TenMtlFit central = options.solve(individuals, family, RandomStream.of(1)).orThrow();
        Together nodes = Together.of(individuals, family, options, 2, 4, 3);
        FederatedFit fit = FederatedTenMtl.fit(options, individuals.getFirst().predictors().shape().without(0), family, nodes,
                Progress.NONE).orThrow();
        assertThat(fit.sweeps()).isEqualTo(central.bestStart().sweeps());
        double violation = nodes.participants.stream().mapToDouble(each -> each.violation(fit.residual())).max().orElseThrow();
        assertThat(Math.max(fit.violation(), violation)).isCloseTo(central.violation(), withinPercentage(1e-3));
        assertThat(fit.dispersion()).isCloseTo(central.dispersion(), withinPercentage(1e-6));
        return Math.max(distance(nodes.coefficients(), central.coefficients().coefficients().toDoubles()),
                distance(nodes.intercepts(), central.coefficients().intercepts()));
    }

    @Test
    void gaussianIndividualsAreFittedAsAllTogether() {
        assertThat(apart(ResponseFamily.CONTINUOUS, VECTORS, 8)).isLessThan(1e-10);
        assertThat(apart(ResponseFamily.CONTINUOUS, MATRICES, 4, 5)).isLessThan(1e-10);
        assertThat(apart(ResponseFamily.CONTINUOUS, TenMtl.options().ranks(2, 2).withoutCommon(), 8)).isLessThan(1e-10);
        assertThat(apart(ResponseFamily.CONTINUOUS, VECTORS.withoutPrior(), 8)).isLessThan(1e-10);
    }

    @Test
    void binomialIndividualsAreFittedAsAllTogether() {
        assertThat(apart(ResponseFamily.BINARY, VECTORS, 8)).isLessThan(1e-6);
        assertThat(apart(ResponseFamily.BINARY, MATRICES, 4, 5)).isLessThan(1e-6);
    }

    /** One participant with all, or each with one: the same bits of what is shared. */
    @Test
    void howIndividualsAreSpreadChangesNoBit() {
        for (ResponseFamily family : List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY)) {
            List<Individual> individuals = drawn(family, 6, 5);
            double[] one = shared(individuals, family, 6);
            assertThat(shared(individuals, family, 1, 1, 1, 1, 1, 1)).containsExactly(one);
            assertThat(shared(individuals.reversed(), family, 2, 4)).containsExactly(one);
        }
    }

    private static double[] shared(List<Individual> individuals, ResponseFamily family, int... shares) {
        FederatedFit fit = FederatedTenMtl.fit(TenMtl.options(), Shape.of(5), family, Together.of(individuals, family, TenMtl.options(),
                shares), Progress.NONE).orThrow();
        return fit.shared().core().toDoubles();
    }

    /** Steps ask for so many sums, of so many numbers. */
    @Test
    void aSweepTakesSoManySums() {
        List<Individual> individuals = drawn(ResponseFamily.CONTINUOUS, 6, 4, 5);
        Together nodes = Together.of(individuals, ResponseFamily.CONTINUOUS, MATRICES, 3, 3);
        List<SharedQuestion> asked = new ArrayList<>();
        FederatedFit fit = FederatedTenMtl.fit(MATRICES, Shape.of(4, 5), ResponseFamily.CONTINUOUS, question -> {
            asked.add(question);
            return nodes.of(question);
        }, Progress.NONE).orThrow();
        long steps = asked.stream().filter(SharedQuestion.Step.class::isInstance).count();
        assertThat(steps).isEqualTo(fit.sweeps() + 3);
        // each start is followed by a sweep, the last by as many as it takes: a step, two factors, the core, how far it moved
        assertThat(asked.stream().filter(SharedQuestion.Settling.class::isInstance).count()).isEqualTo(fit.sweeps() * 5L + 3 * 4 + 3);
    }

    @Test
    void whatIsNotDoneIsRefused() {
        assertThatThrownBy(() -> FederatedTenMtl.fit(TenMtl.options().search(new TenMtl.Search(1, 10, 1e-4)), Shape.of(5),
                ResponseFamily.CONTINUOUS, question -> new double[0], Progress.NONE)).hasMessageContaining("give no random starts");
    }

    @Test
    void aLassoIsToo() {
        assertThat(apart(ResponseFamily.CONTINUOUS, VECTORS.lasso(0.02), 8)).isLessThan(1e-6);
        assertThat(apart(ResponseFamily.BINARY, VECTORS.lasso(0.02), 8)).isLessThan(1e-6);
    }
}
