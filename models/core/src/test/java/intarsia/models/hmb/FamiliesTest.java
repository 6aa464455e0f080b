package intarsia.models.hmb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Predictor;
import intarsia.models.Progress;
import intarsia.models.baseline.HardSharing;
import intarsia.models.baseline.MeanPredictor;
import intarsia.models.baseline.SingleTask;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.ObservedFeatures;
import intarsia.models.data.TaskSplit;
import intarsia.models.dual.DualEncoder;
import intarsia.models.net.NetworkModel;
import intarsia.models.net.TaskTable;
import intarsia.models.net.Training;
import intarsia.models.response.Classes;
import intarsia.models.response.Ordered;
import intarsia.models.response.PlantedTasks;
import intarsia.models.response.ResponseFamily;
import intarsia.models.response.Survival;
import intarsia.models.selection.HeldOutLoss;
import intarsia.models.sharing.PartialSharing;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every network learns every kind of response: it comes near the distribution that the responses were drawn from. */
class FamiliesTest {
    private static final Training TRAINING = Training.DEFAULT.learningRate(0.005).epochs(80);
    private static final MtlHmb HMB = MtlHmb.options().width(12).depth(2).training(TRAINING)
            .imputer(new MtlHmb.Imputer(8, 1, 0, TRAINING.epochs(5)));
    private static final MtlHmb NETWORK = HMB.additions(Additions.DEFAULT.linear(Additions.Linear.NONE));

    /** An estimator, and the most that it may be worse than the truth, as a share of what the tasks' means are. */
    private record Case(Estimator estimator, double most) {
        @Override
        public String toString() {
            return estimator.key();
        }
    }

    /** Hard sharing reads the anchors alone. */
    private static final List<Case> CASES = List.of(
            new Case(new SingleTask(12, 1, TRAINING, FeatureEncoding.Scaling.STANDARDIZED), 0.5),
            new Case(new HardSharing(12, 1, TRAINING, FeatureEncoding.Scaling.STANDARDIZED), 0.8),
            new Case(new HeterogeneousTransfer(HMB), 0.4),
            new Case(HMB, 0.3),
            new Case(NETWORK.named("mtl-hmb-alone", "MTL-HMB without a linear path"), 0.4),
            new Case(HMB.additions(Additions.DEFAULT.linear(Additions.Linear.BESIDE)).named("mtl-hmb-beside", "linear path beside"), 0.4),
            new Case(DualEncoder.options().alternation(DualEncoder.options().alternation().starts(1)), 0.4),
            new Case(PartialSharing.of(NETWORK), 0.4));

    private static Predictor fit(Estimator estimator, DataSplit split, Precision precision) {
        try (Engine engine = Engine.options().precision(precision).open()) {
            return estimator.fit(new FitContext(engine, split, RandomStream.of(2), Progress.NONE)).orThrow();
        }
    }

    private static DataSplit split(PlantedTasks planted) {
        return DataSplit.random(planted.data(), 0.15, 0.5, RandomStream.of(1, "split"));
    }

    /** How much worse than the truth, of what the mean is. */
    private static double excess(PlantedTasks planted, DataSplit split, Predictor predictor) {
        double truth = split.tasks().stream().mapToDouble(task -> HeldOutLoss.of(task, task.test(), planted.truth(task, task.test())))
                .average().orElseThrow();
        double mean = HeldOutLoss.of(fit(new MeanPredictor(), split, Precision.F64), split, TaskSplit::test);
        return (HeldOutLoss.of(predictor, split, TaskSplit::test) - truth) / (mean - truth);
    }

    static Stream<Arguments> cases() {
        return CASES.stream().flatMap(of -> PlantedTasks.FAMILIES.stream().filter(of.estimator::learns)
                .map(family -> Arguments.of(of, family)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void itComesNearTheTruth(Case of, ResponseFamily family) {
        PlantedTasks planted = PlantedTasks.draw(family, 400, 1);
        DataSplit split = split(planted);
        assertThat(excess(planted, split, fit(of.estimator, split, Precision.F64))).isLessThan(of.most);
    }

    static List<ResponseFamily> families() {
        return PlantedTasks.FAMILIES;
    }

    @ParameterizedTest
    @MethodSource("families")
    void singlePrecisionIsNoWorse(ResponseFamily family) {
        PlantedTasks planted = PlantedTasks.draw(family, 200, 1);
        DataSplit split = split(planted);
        double whole = excess(planted, split, fit(NETWORK, split, Precision.F64));
        assertThat(excess(planted, split, fit(NETWORK, split, Precision.F32))).isCloseTo(whole, within(0.1));
    }

    /** Against the same network with the hazard and the thresholds of rows that are alike. */
    @Test
    void baselinesThatGoWithTheNetworkAreWorthIt() {
        for (ResponseFamily family : PlantedTasks.FAMILIES) {
            if (!(family instanceof Survival || family instanceof Ordered)) {
                continue;
            }
            PlantedTasks planted = PlantedTasks.draw(family, 400, 2);
            DataSplit split = split(planted);
            SingleTask estimator = new SingleTask(12, 1, TRAINING, FeatureEncoding.Scaling.STANDARDIZED);
            FeatureEncoding encoding = FeatureEncoding.of(split, FeatureEncoding.Scaling.STANDARDIZED);
            List<ObservedFeatures> features = split.map(task -> ObservedFeatures.alone(task.task(), encoding));
            List<TaskTable> tables = split.map(task -> TaskTable.of(features.get(split.tasks().indexOf(task)), task));
            try (Engine engine = Engine.open()) {
                FitContext context = new FitContext(engine, split, RandomStream.of(2), Progress.NONE);
                NetworkModel alike = new NetworkModel(features, estimator.network(features), estimator.fit(context, features, tables)
                        .orThrow().model());
                double before = excess(planted, split, (task, rows) -> {
                    try (var bound = alike.bind(engine)) {
                        return bound.predict(task, rows);
                    }
                });
                double after = excess(planted, split, fit(estimator, split, Precision.F64));
                assertThat(after).as("%s, %f before", family.key(), before).isLessThan(0.75 * before);
            }
        }
    }

    @Test
    void whereClassesCannotBeLearnedOneLineSaysSo() {
        DataSplit split = split(PlantedTasks.draw(new Classes(List.of("A", "B", "C")), 60, 1));
        assertThatThrownBy(() -> fit(PartialSharing.of(NETWORK), split, Precision.F64)).isInstanceOf(DataException.class)
                .hasMessage("MTL-HMB, partial sharing does not learn the response of task 'bergen', which is of kind classes");
        assertThatThrownBy(() -> fit(DualEncoder.options(), split, Precision.F64)).isInstanceOf(DataException.class)
                .hasMessage("dual encoder does not learn the response of task 'bergen', which is of kind classes");
        MtlHmbModel model = (MtlHmbModel) fit(NETWORK.epochs(1), split, Precision.F64);
        try (Engine engine = Engine.open()) {
            assertThatThrownBy(() -> HmbHeads.inputs(engine, model, 0, new double[model.layout().width()]))
                    .hasMessage("the response of task 'bergen' has 3 linear predictors; heads are known of one");
        }
    }
}
