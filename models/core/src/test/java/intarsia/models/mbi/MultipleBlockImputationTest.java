package intarsia.models.mbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.LeastSquares;
import intarsia.models.Predictor;
import intarsia.models.data.DataException;
import intarsia.models.data.Encoding;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Split;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MultipleBlockImputationTest {
    private static final Source ANCHOR = Source.of("anchor", "a", "b", "c");
    private static final Source OTHER = Source.of("other", "d", "e");
    private static final double[] TRUTH = {1, -2, 0.5, 1.5, -1};

    private final RandomStream random = RandomStream.of(11);

    private record Rows(double[][] anchor, double[][] other, double[] y) {}

    /** y = 3 + x beta + noise; the hidden source is linear in the anchor, with noise. */
    private Rows rows(int n, double noise) {
        double[][] anchor = new double[n][3];
        double[][] other = new double[n][2];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < 3; j++) {
                anchor[i][j] = random.nextGaussian();
            }
            other[i][0] = anchor[i][0] + 0.5 * random.nextGaussian();
            other[i][1] = anchor[i][1] - anchor[i][2] + 0.5 * random.nextGaussian();
            y[i] = 3 + TRUTH[0] * anchor[i][0] + TRUTH[1] * anchor[i][1] + TRUTH[2] * anchor[i][2] + TRUTH[3] * other[i][0] + TRUTH[4] * other[i][1]
                    + noise * random.nextGaussian();
        }
        return new Rows(anchor, other, y);
    }

    private static List<Split> everything(TaskSet data) {
        return data.tasks().stream().map(task -> new Split(IntStream.range(0, task.size()).toArray(), new int[0], new int[0])).toList();
    }

    private static double[] leastSquares(Rows rows) {
        double[][] design = IntStream.range(0, rows.y.length).mapToObj(i -> new double[] {1, rows.anchor[i][0], rows.anchor[i][1], rows.anchor[i][2],
            rows.other[i][0], rows.other[i][1]}).toArray(double[][]::new);
        double[] beta = LeastSquares.of(Tensor.matrix(design), Tensor.vector(rows.y)).solution().doubles();
        return Arrays.stream(design).mapToDouble(x -> IntStream.range(0, 6).mapToDouble(j -> x[j] * beta[j]).sum()).toArray();
    }

    private static double distance(double[] a, double[] b) {
        return Math.sqrt(IntStream.range(0, a.length).mapToDouble(i -> (a[i] - b[i]) * (a[i] - b[i])).average().orElseThrow());
    }

    @Test
    void aCompleteTaskAloneIsOrdinaryLeastSquares() {
        Rows rows = rows(80, 0.5);
        TaskSet data = TaskSet.builder().task(Task.continuous("complete").block(ANCHOR, rows.anchor).block(OTHER, rows.other).response(rows.y)).build();
        Predictor model = MultipleBlockImputation.DEFAULT.fit(data, everything(data), Encoding.Scaling.RAW);
        double[] predicted = model.predict("complete", Observations.of(data.tasks().getFirst()));
        // As many functions as coefficients: whatever the weights, the minimum is where all vanish, and large coefficients are not shrunk by SCAD.
        assertThat(distance(predicted, leastSquares(rows))).isLessThan(1e-3);
    }

    @Test
    void aCompleteGroupAndAnIncompleteOneComeNearTheTruth() {
        Rows complete = rows(150, 0.3);
        Rows incomplete = rows(300, 0.3);
        TaskSet data = TaskSet.builder()
                .task(Task.continuous("complete").block(ANCHOR, complete.anchor).block(OTHER, complete.other).response(complete.y))
                .task(Task.continuous("incomplete").block(ANCHOR, incomplete.anchor).response(incomplete.y)).build();
        Predictor model = MultipleBlockImputation.DEFAULT.fit(data, everything(data), Encoding.Scaling.RAW);
        double[] predicted = model.predict("complete", Observations.of(data.task("complete")));
        double[] reference = leastSquares(complete);
        assertThat(distance(predicted, reference)).isLessThan(0.1);
        // The incomplete task can do no better than what the anchor tells of the hidden source: noise 0.3, and 0.5 sqrt(1.5^2 + 1).
        double[] own = model.predict("incomplete", Observations.of(data.task("incomplete")));
        assertThat(distance(own, incomplete.y)).isCloseTo(Math.sqrt(0.09 + 0.25 * 3.25), within(0.12));
    }

    @Test
    void theScadPenaltyLeavesLargeCoefficientsAlone() {
        assertThat(Scad.slope(0.5, 1)).isEqualTo(1);
        assertThat(Scad.slope(2, 1)).isCloseTo(1.7 / 2.7, within(1e-15));
        assertThat(Scad.slope(3.7, 1)).isZero();
        double[] beta = new Scad(Tensor.matrix(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}), new double[] {5, 5, 0.1}).solve(0.2, new double[3]);
        assertThat(beta).containsExactly(new double[] {5, 5, 0}, within(1e-6));
    }

    @Test
    void refusesBinaryResponses() {
        TaskSet data = TaskSet.builder().task(Task.binary("a").block(ANCHOR, new double[][] {{1, 2, 3}, {4, 5, 6}}).response(0, 1)).build();
        assertThatThrownBy(() -> MultipleBlockImputation.DEFAULT.fit(data, everything(data), Encoding.Scaling.RAW))
                .isInstanceOf(DataException.class).hasMessage("task 'a': MBI is for continuous responses");
    }
}
