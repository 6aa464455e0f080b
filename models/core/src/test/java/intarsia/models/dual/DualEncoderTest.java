package intarsia.models.dual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.Progress;
import intarsia.models.data.Observations;
import intarsia.models.data.Split;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.evaluation.Metric;
import intarsia.models.net.Training;
import intarsia.models.simulation.SharedCoefficients;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The alternation: monotone whatever the similarity, exact without encoders, and better than the mean. */
class DualEncoderTest {
    private static final DualEncoderOptions SMALL = DualEncoder.options().encoders(8, 2, 4, 3)
            .warmUp(Training.DEFAULT.learningRate(0.005).patience(5).epochs(20)).alternation(5, 6, 1e-6);

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
            DualEncoderModel model = DualEncoder.fit(engine, data, splits, SMALL.warmUp(Training.DEFAULT.learningRate(0.005).patience(10)), RandomStream.of(5),
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
}
