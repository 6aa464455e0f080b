package intarsia.models.dual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.data.DenseRows;
import intarsia.models.data.Observations;
import intarsia.models.data.Split;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.evaluation.Metric;
import intarsia.models.net.Training;
import intarsia.models.simulation.SharedCoefficients;
import intarsia.optim.solve.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The alternation: monotone whatever the similarity, exact without encoders, and better than the mean. */
class DualEncoderTest {
    private static final DualEncoderOptions SMALL = DualEncoder.options().encoders(8, 2, 4, 3)
            .warmUp(Training.PUBLISHED.learningRate(0.005).patience(5).epochs(20)).alternation(5, 6, 1e-6);

    static List<Similarity> similarities() {
        return List.of(new Similarity.Group(), new Similarity.Lasso(), new Similarity.Ridge(), new Similarity.Fusion(), new Similarity.Clusters(2),
                new Similarity.LowRank(2));
    }

    @ParameterizedTest
    @MethodSource("similarities")
    void theObjectiveNeverRises(Similarity similarity) {
        TaskSet data = new SharedCoefficients(4, 40, 6, 3, 0.5, 0, 0.5, 0.5, 0.3).draw(RandomStream.of(1));
        DualEncoderModel model = DualEncoder.fit(data, SMALL.similarity(similarity, 0.1)).orThrow();
        assertThat(model.trace()).hasSizeGreaterThan(2);
        for (int i = 1; i < model.trace().size(); i++) {
            assertThat(model.trace().get(i)).as("%s, alternation %d", similarity, i)
                    .isLessThanOrEqualTo(model.trace().get(i - 1) * (1 + 1e-12));
        }
    }

    @Test
    void withoutEncodersItIsTheConvexProblem() {
        TaskSet data = new SharedCoefficients(4, 40, 6, 3, 0.5, 0, 0.5, 0.5, 0.3).draw(RandomStream.of(2));
        DualEncoderOptions linear = DualEncoder.options().encoders(1, 0, 1, 1).weights(0.5, 0, 0).similarity(new Similarity.Group(), 0.2);
        DualEncoderModel model = DualEncoder.fit(data, linear).orThrow();
        assertThat(model.trace()).hasSize(2);
        assertThat(model.trace().get(1)).isCloseTo(model.trace().get(0), within(1e-6));
        assertThat(model.coefficients().shared()[0]).hasSize(6);
    }

    @Test
    void itPredictsAndItsPartsAddUp() {
        TaskSet data = SharedCoefficients.alike().draw(RandomStream.of(3));
        List<Split> splits = Split.random(data, 0.2, 0.2, RandomStream.of(4));
        try (Engine engine = Engine.open()) {
            DualEncoderModel model = DualEncoder.fit(engine, data, splits, SMALL.warmUp(Training.PUBLISHED.learningRate(0.005).patience(10)), RandomStream.of(5),
                    Progress.NONE).orThrow();
            double error = 0;
            double spread = 0;
            for (int t = 0; t < data.tasks().size(); t++) {
                Task task = data.tasks().get(t);
                int[] test = splits.get(t).test();
                double[] truth = Arrays.stream(test).mapToDouble(i -> task.response()[i]).toArray();
                double[] mean = new double[truth.length];
                Arrays.fill(mean, Arrays.stream(splits.get(t).train()).mapToDouble(i -> task.response()[i]).average().orElseThrow());
                error += Metric.RMSE.of(truth, model.predict(task.name(), Observations.of(task, test)));
                spread += Metric.RMSE.of(truth, mean);
                assertThat(model.sharedShare(task.name(), Observations.of(task))).isBetween(0.0, 1.0);
            }
            assertThat(error).isLessThan(0.8 * spread);
        }
    }

    @Test
    void theSameSeedGivesTheSameModel() {
        TaskSet data = new SharedCoefficients(3, 30, 4, 2, 0.5, 0, 0.5, 0.5, 0.3).draw(RandomStream.of(6));
        DualEncoderModel one = DualEncoder.fit(data, SMALL).orThrow();
        DualEncoderModel other = DualEncoder.fit(data, SMALL).orThrow();
        assertThat(one.weights()).isEqualTo(other.weights());
        assertThat(one.trace()).isEqualTo(other.trace());
    }

    @Test
    void linearEncodersGiveArmul() {
        TaskSet data = new SharedCoefficients(4, 60, 6, 3, 0.5, 0, 0.5, 0.5, 0.3).draw(RandomStream.of(2));
        List<Split> splits = Split.random(data, 0.2, 0.2, RandomStream.of(4));
        // Nearly all of the own part is penalized away: what is left is ARMUL on standardized features.
        DualEncoderOptions linear = DualEncoder.options().encoders(1, 0, 1, 1).weights(1e9, 0, 0).similarity(new Similarity.Group(), 0.1);
        try (Engine engine = Engine.open()) {
            DualEncoderModel model = DualEncoder.fit(engine, data, splits, linear, RandomStream.of(5), Progress.NONE).orThrow();
            List<EncodedTask> tasks = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                DenseRows rows = model.tasks().get(t);
                Task task = data.tasks().get(t);
                double[] dense = rows.dense(Observations.of(task, splits.get(t).train()));
                int n = splits.get(t).train().length;
                double[][] x = new double[n][];
                double[] y = new double[n];
                for (int i = 0; i < n; i++) {
                    x[i] = Arrays.copyOfRange(dense, 6 * i, 6 * i + 6);
                    y[i] = rows.encoding().encodeResponse(task.name(), task.response()[splits.get(t).train()[i]]);
                }
                tasks.add(new EncodedTask(new double[n][0], x, y, Family.GAUSSIAN));
            }
            double[] lambda = new double[4];
            Arrays.setAll(lambda, t -> 0.1 * Math.sqrt(6.0 / splits.get(t).train().length));
            double[][] expected = ConvexPathTest.armul(tasks, lambda);
            int apart = 0;
            for (int t = 0; t < 4; t++) {
                assertThat(model.coefficients().shared()[t]).containsExactly(Arrays.copyOf(expected[t], 6), within(1e-6));
                assertThat(model.coefficients().intercepts()[t]).isCloseTo(expected[t][6], within(1e-6));
                apart += model.coefficients().deviation(t) > 0 ? 1 : 0;
            }
            assertThat(apart).as("tasks apart from the center").isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("similarities")
    void aPathBeginsWithEverythingShared(Similarity similarity) {
        TaskSet data = new SharedCoefficients(4, 40, 6, 3, 0.8, 0, 0.5, 0.5, 0.3).draw(RandomStream.of(7));
        List<Split> splits = Split.random(data, 0.2, 0, RandomStream.of(8));
        try (Engine engine = Engine.open()) {
            StrengthPath path = DualEncoder.path(engine, data, splits, SMALL.similarity(similarity, 0), CoefficientPath.falling(1, 4, 0.01),
                    RandomStream.of(9), Progress.NONE);
            if (similarity instanceof Similarity.LowRank) {
                assertThat(path.points()).hasSize(1);
                return;
            }
            assertThat(path.points()).hasSize(4);
            Coefficients first = path.points().getFirst().model().orThrow().coefficients();
            for (int r = 0; r < 4; r++) {
                double[] joined = first.shared()[similarity instanceof Similarity.Clusters ? partner(first, r) : 0];
                assertThat(first.shared()[r]).as("%s", similarity).containsExactly(joined, within(1e-12));
            }
            Coefficients last = path.points().getLast().model().orThrow().coefficients();
            assertThat(Coefficients.distance(last.shared()[0], last.shared()[1])).isPositive();
            for (StrengthPath.Point point : path.points()) {
                assertThat(point.validationLoss()).isGreaterThanOrEqualTo(path.best().validationLoss());
                assertThat(point.model().orThrow().options().strength()).isEqualTo(point.strength());
            }
        }
    }

    private static int partner(Coefficients at, int task) {
        int first = 0;
        while (at.cluster()[first] != at.cluster()[task]) {
            first++;
        }
        return first;
    }

    @Test
    void crossValidationChoosesSharingForTasksThatAreAlike() {
        TaskSet data = new SharedCoefficients(5, 40, 4, 2, 0, 0, 0.5, 0, 0.3).draw(RandomStream.of(10));
        List<Split> splits = Split.random(data, 0, 0, RandomStream.of(8));
        List<Double> shares = CoefficientPath.falling(1, 4, 0.001);
        try (Engine engine = Engine.open()) {
            DualEncoderOptions linear = DualEncoder.options().encoders(1, 0, 1, 1).weights(1, 0, 0);
            CoefficientPath.CrossValidation found = DualEncoder.crossValidate(engine, data, splits, linear, shares, 4, RandomStream.of(11), Progress.NONE);
            assertThat(found.strengths()).isEqualTo(shares);
            assertThat(found.best()).isLessThan(3);
            assertThat(found.loss()[found.best()]).isLessThan(found.loss()[3]);
        }
    }

    @Test
    void moreStartsAreNeverWorseOnValidationRows() {
        TaskSet data = new SharedCoefficients(3, 40, 4, 2, 0.5, 0, 0.5, 0.5, 0.3).draw(RandomStream.of(12));
        List<Split> splits = Split.random(data, 0.2, 0, RandomStream.of(13));
        List<Double> shares = List.of(1.0, 0.1);
        try (Engine engine = Engine.open()) {
            StrengthPath one = DualEncoder.path(engine, data, splits, SMALL, shares, RandomStream.of(14), Progress.NONE);
            StrengthPath three = DualEncoder.path(engine, data, splits, SMALL.starts(3), shares, RandomStream.of(14), Progress.NONE);
            assertThat(three.best().validationLoss()).isLessThanOrEqualTo(one.best().validationLoss());
        }
    }

    @Test
    void aHopelessRateDiverges() {
        TaskSet data = new SharedCoefficients(2, 30, 4, 2, 0.5, 0, 0.5, 0.5, 0.3).draw(RandomStream.of(12));
        assertThat(DualEncoder.fit(data, SMALL.warmUp(Training.PUBLISHED.learningRate(1e200)))).isInstanceOf(Outcome.Diverged.class);
    }

    @Test
    void sharingSaysWhoStaysApart() {
        TaskSet data = new SharedCoefficients(5, 80, 5, 3, 0, 0.2, 0.2, 0, 0.2).draw(RandomStream.of(3));
        DualEncoderModel model = DualEncoder.fit(data, DualEncoder.options().encoders(1, 0, 1, 1).weights(10, 0, 0).similarity(new Similarity.Group(), 0.3)).orThrow();
        Sharing sharing = model.sharing(data);
        for (int r = 0; r < 4; r++) {
            assertThat(sharing.deviation()[r]).isLessThan(0.2 * sharing.deviation()[4]);
            assertThat(sharing.similarity()[r][4]).isLessThan(sharing.similarity()[r][(r + 1) % 4]);
            assertThat(sharing.distance()[r][4]).isCloseTo(sharing.distance()[4][r], within(1e-12));
            assertThat(sharing.share()[r]).isBetween(0.5, 1.0);
        }
        assertThat(sharing.dendrogram().order()).hasSize(5);
        assertThat(sharing.dendrogram().root()).isInstanceOfSatisfying(Dendrogram.Merge.class, last ->
                assertThat(List.of(last.left(), last.right())).contains(new Dendrogram.Leaf(4)));
    }

    @Test
    void aDendrogramMergesTheNearestFirst() {
        double[] points = {0, 10, 1, 13};
        double[][] distance = new double[4][4];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                distance[i][j] = Math.abs(points[i] - points[j]);
            }
        }
        Dendrogram tree = Dendrogram.of(distance);
        assertThat(tree.order()).containsExactly(0, 2, 1, 3);
        assertThat(tree.root().height()).isEqualTo((10 + 13 + 9 + 12) / 4.0);
        assertThat(Dendrogram.of(new double[1][1]).root()).isEqualTo(new Dendrogram.Leaf(0));
    }
}
