package intarsia.models.stacking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.models.response.Alike;
import intarsia.models.response.ResponseFamily;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskWeightsTest {
    private static final int N = 400;

    /** Two tasks in turn, five folds; responses are one candidate in the first task and another in the second, or the same in both. */
    private static HeldOutRows rows(List<double[]> candidates, int first, int second, double noise) {
        RandomStream random = RandomStream.of(4);
        int[] task = IntStream.range(0, N).map(i -> i % 2).toArray();
        double[] truth = new double[N];
        Arrays.setAll(truth, i -> candidates.get(task[i] == 0 ? first : second)[i] + noise * random.nextGaussian());
        double[] scale = new double[N];
        Arrays.fill(scale, 1);
        return new HeldOutRows(Collections.nCopies(N, ResponseFamily.CONTINUOUS), truth, Alike.ones(N), scale, task,
                IntStream.range(0, N).map(i -> i / 2 % 5).toArray());
    }

    private static List<double[]> candidates() {
        RandomStream random = RandomStream.of(3);
        return IntStream.range(0, 3).mapToObj(k -> IntStream.range(0, N).mapToDouble(i -> random.nextGaussian()).toArray()).toList();
    }

    @Test
    void tasksThatDifferHaveTheirOwn() {
        List<double[]> candidates = candidates();
        HeldOutRows rows = rows(candidates, 0, 2, 0.3);
        double[][] own = TaskWeights.of(rows, candidates, StackingWeights.of(rows, candidates).weights(), 2);
        assertThat(own[0][0]).isGreaterThan(0.9);
        assertThat(own[1][2]).isGreaterThan(0.9);
        assertThat(Arrays.stream(own[0]).sum()).isCloseTo(1, within(1e-9));
    }

    /** A task of few rows judges no candidate and may be the last. */
    @Test
    void aTaskWithoutRowsHasTheCommonOnes() {
        List<double[]> candidates = candidates();
        HeldOutRows rows = rows(candidates, 0, 2, 0.3);
        double[][] own = TaskWeights.of(rows, candidates, StackingWeights.of(rows, candidates).weights(), 3);
        assertThat(own).hasNumberOfRows(3);
        assertThat(own[2]).containsExactly(StackingWeights.simplex(rows, candidates), within(1e-9));
    }

    @Test
    void tasksThatAreAlikeKeepTheCommonOnes() {
        List<double[]> candidates = candidates();
        HeldOutRows rows = rows(candidates, 1, 1, 0.5);
        assertThat(TaskWeights.of(rows, candidates, StackingWeights.of(rows, candidates).weights(), 2)).isNull();
    }

    @Test
    void oneTaskOrOneFoldKeepsTheCommonOnes() {
        List<double[]> candidates = candidates();
        HeldOutRows rows = rows(candidates, 0, 2, 0.3);
        double[] weights = {0.5, 0, 0.5};
        assertThat(TaskWeights.of(new HeldOutRows(rows.families(), rows.truth(), rows.weight(), rows.scale(), new int[N], rows.fold()),
                candidates, weights, 1)).isNull();
        assertThat(TaskWeights.of(new HeldOutRows(rows.families(), rows.truth(), rows.weight(), rows.scale(), rows.task(), new int[N]),
                candidates, weights, 2)).isNull();
        assertThat(TaskWeights.of(new HeldOutRows(List.of(), new double[0], new double[0], new double[0], new int[0], new int[0]),
                List.of(new double[0], new double[0]), weights, 2)).isNull();
    }

    /** On the support the gradient of deviance and penalty is the same, elsewhere it is larger. */
    @Test
    void aTasksWeightsAreOptimal() {
        List<double[]> candidates = candidates();
        HeldOutRows rows = rows(candidates, 0, 2, 1);
        double[] common = {0.2, 0.3, 0.5};
        double pull = 0.7;
        double[] weights = StackingWeights.simplex(rows, candidates, common, pull);
        double[] gradient = new double[3];
        for (int i = 0; i < N; i++) {
            double mean = 0;
            for (int k = 0; k < 3; k++) {
                mean += weights[k] * candidates.get(k)[i];
            }
            for (int k = 0; k < 3; k++) {
                gradient[k] += 2 * (mean - rows.truth()[i]) * candidates.get(k)[i] / N;
            }
        }
        for (int k = 0; k < 3; k++) {
            gradient[k] += 2 * pull * (weights[k] - common[k]);
        }
        double least = Arrays.stream(gradient).min().orElseThrow();
        for (int k = 0; k < 3; k++) {
            if (weights[k] > 1e-6) {
                assertThat(gradient[k]).as("candidate %d", k).isCloseTo(least, within(1e-5));
            }
        }
        assertThat(weights[1]).as("not at the common ones, not at the task's alone").isBetween(0.01, 0.29);
    }

    @Test
    void fewRowsKeepNearToTheCommonOnesAndManyDoNot() {
        List<double[]> candidates = candidates();
        HeldOutRows rows = rows(candidates, 0, 2, 0.3);
        double[] common = {0.5, 0, 0.5};
        assertThat(TaskWeights.own(rows, candidates, common, 1e6, 2)[0]).containsExactly(common, within(1e-3));
        assertThat(TaskWeights.own(rows, candidates, common, 1e-3, 2)[0][0]).isCloseTo(1, within(0.1));
        assertThat(TaskWeights.own(rows, candidates, common, 1, 3)[2]).as("a task without rows").isEqualTo(common);
    }
}
