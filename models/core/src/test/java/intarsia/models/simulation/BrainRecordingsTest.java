package intarsia.models.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Svd;
import intarsia.linalg.tucker.Multilinear;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Progress;
import intarsia.models.baseline.MeanPredictor;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Individual;
import intarsia.models.data.Observations;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.reduction.BinaryReduction;
import intarsia.models.simulation.BrainRecordings.Response;
import intarsia.models.tenmtl.Local;
import intarsia.models.tenmtl.PersonalCoefficients;
import intarsia.models.tenmtl.PersonalEstimator;
import intarsia.models.tenmtl.TenMtl;
import intarsia.models.tenmtl.TensorEncoding;
import intarsia.models.tenmtl.TensorForm;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Known tensors of coefficients are found again, and better than by those who read the tensor's places as a vector. */
class BrainRecordingsTest {
    private static final TenMtl TENSOR = TenMtl.options().ranks(2, 2, 2, 1);
    private static final TenMtl VECTOR = TenMtl.options().ranks(2, 4);

    private static BrainRecordings.Drawn drawn(int trials) {
        return BrainRecordings.standard().trials(trials).draw(RandomStream.of(1));
    }

    @Test
    void drawsWhatItSays() {
        BrainRecordings.Drawn drawn = drawn(80);
        assertThat(drawn.truth().shape()).isEqualTo(Shape.of(12, 5, 4, 3));
        int[] ranks = {3, 2, 2, 1};
        for (int k = 0; k < ranks.length; k++) {
            assertThat(Svd.of(Multilinear.unfold(drawn.truth(), k)).rank(1e-9)).as("mode %d", k).isEqualTo(Math.min(ranks[k], 3));
        }
        for (double[][] responses : drawn.responses()) {
            assertThat(responses[1]).containsOnly(0, 1);
            assertThat(responses[2]).containsOnly(0, 1, 2);
        }
        assertThat(drawn(20).power().getLast()).isDeepEqualTo(java.util.Arrays.copyOf(drawn.power().getLast(), 20));
    }

    /** Relative error of coefficients, in units of the truth, of an estimator on rows as tensors, and on the same as vectors. */
    private static double error(PersonalEstimator estimator, BrainRecordings.Drawn drawn, Response response, boolean vectors) {
        DataSplit all = DataSplit.all(drawn.tasks(response));
        TensorEncoding encoding = TensorEncoding.of(all, TensorForm.AS_GIVEN);
        assertThat(encoding.row()).isEqualTo(Shape.of(5, 4, 3));
        List<Individual> individuals = encoding.individuals(all);
        if (vectors) {
            individuals = individuals.stream().map(one -> new Individual(one.name(), one.predictors().reshape(Shape.of(one.rows(), 60)),
                    one.response())).toList();
        }
        PersonalCoefficients fitted = estimator.fit(individuals, encoding.response(), RandomStream.of(7)).orThrow();
        double scale = Math.sqrt(encoding.encoding().features().get("power").stream().mapToDouble(feature ->
                feature.moments().scale() * feature.moments().scale() / 60).sum());
        // columns are tenths of Z
        double unit = encoding.responseScale() / scale * 10 / (response == Response.HIT ? 2 : 60);
        double error = 0;
        double size = 0;
        Tensor truth = drawn.truth();
        for (int j = 0; j < truth.size(); j++) {
            double of = fitted.coefficients().at(j) * unit - truth.at(j);
            error += of * of;
            size += truth.at(j) * truth.at(j);
        }
        return Math.sqrt(error / size);
    }

    /** The truth is of rank 2, 2, 1 as a tensor and 3 as a matrix: the fewer numbers describe it, the nearer it is found. */
    @Test
    void reactionsTellTheTensor() {
        BrainRecordings.Drawn drawn = drawn(60);
        double tensor = error(TENSOR, drawn, Response.REACTION, false);
        assertThat(tensor).isLessThan(0.2).isLessThan(0.75 * error(VECTOR, drawn, Response.REACTION, true));
        assertThat(tensor).isLessThan(0.3 * error(new Local(0, 0.1), drawn, Response.REACTION, false))
                .isLessThan(0.3 * error(new Local(0.1, 0), drawn, Response.REACTION, false));
        assertThat(error(TENSOR, drawn(240), Response.REACTION, false)).isLessThan(0.6 * tensor);
    }

    /** The prior on log odds holds coefficients small: errors are larger, and fall with the trials. */
    @Test
    void hitsTellTheTensor() {
        BrainRecordings.Drawn drawn = drawn(80);
        double tensor = error(TENSOR, drawn, Response.HIT, false);
        assertThat(tensor).isLessThan(0.6).isLessThan(error(VECTOR, drawn, Response.HIT, true))
                .isLessThan(0.85 * error(new Local(0, 0.1), drawn, Response.HIT, false))
                .isLessThan(0.85 * error(new Local(0.01, 0), drawn, Response.HIT, false));
        assertThat(error(TENSOR, drawn(320), Response.HIT, false)).isLessThan(0.6 * tensor);
    }

    /** Answers as one more mode of the coefficients; nothing of the other trials was seen. */
    @Test
    void answersArePredicted() {
        BrainRecordings.Drawn drawn = drawn(160);
        TaskSet data = drawn.tasks(Response.ANSWER);
        DataSplit split = DataSplit.random(data, 0, 0.5, RandomStream.of(2));
        double tensor = deviance(TenMtl.options().ranks(2, 2, 2, 1, 2), split);
        assertThat(tensor).isLessThan(0.85 * deviance(new MeanPredictor(), split))
                .isLessThan(0.97 * deviance(new BinaryReduction(new Local(0, 0.1)), split));
    }

    private static double deviance(Estimator estimator, DataSplit split) {
        try (Engine engine = Engine.open()) {
            Model model = estimator.fit(new FitContext(engine, split, RandomStream.of(3), Progress.NONE)).orThrow();
            return split.tasks().stream().mapToDouble(task -> {
                Task of = task.task();
                Observations rows = task.observations(task.test());
                double[] predicted = model.predict(of.name(), rows);
                double[] truth = task.responses(task.test());
                double sum = 0;
                for (int i = 0; i < truth.length; i++) {
                    sum += of.family().deviance(truth, i, predicted, i * of.family().width()) / truth.length;
                }
                return sum;
            }).average().orElseThrow();
        }
    }
}
