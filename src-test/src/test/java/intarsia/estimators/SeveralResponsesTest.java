package intarsia.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.BoundModel;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Progress;
import intarsia.models.UncertainPredictor;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Observations;
import intarsia.models.data.TaskSet;
import intarsia.models.explanation.Explanation;
import intarsia.models.explanation.Explanation.By;
import intarsia.models.files.model.RunFolder;
import intarsia.models.reduction.ApartModel;
import intarsia.models.reduction.ResponsesApart;
import intarsia.models.response.ResponseFamily;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every model promises where rows have several responses. */
class SeveralResponsesTest {
    private static final int NEW = 5;

    /** Each estimator with two responses of its first family, and with those of its first and its last. */
    static Stream<Arguments> cases() {
        return EstimatorCases.all().stream().flatMap(of -> Stream.of(of.families().getFirst(), of.families().getLast()).distinct()
                .map(last -> Arguments.of(of, Named.of(of.families().getFirst().key() + " and " + last.key(),
                        new SeveralData(of.families().getFirst(), last)))));
    }

    private static Model fit(EstimatorCase of, SeveralData data) {
        TaskSet tasks = data.taskSet();
        Estimator estimator = ResponsesApart.of(of.estimator(), tasks.tasks());
        RandomStream random = RandomStream.of(3, "case");
        try (Engine engine = Engine.open()) {
            return estimator.fit(new FitContext(engine, DataSplit.random(tasks, 0.2, 0.2, random), random, Progress.NONE)).orThrow();
        }
    }

    private static double[] predictions(Model model) {
        return model.tasks().stream().sorted().flatMapToDouble(task -> Arrays.stream(model.predict(task, newRows(task)))).toArray();
    }

    private static Observations newRows(String task) {
        String cohort = task.substring(task.indexOf(" in ") + 4);
        return new EstimatorData(ResponseFamily.CONTINUOUS).newRows(cohort, NEW);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cases")
    void noOrderMatters(EstimatorCase of, SeveralData data) {
        double[] once = predictions(fit(of, data));
        assertThat(once).hasSize(3 * NEW * (data.first().width() + data.second().width()));
        assertThat(Arrays.stream(once).allMatch(Double::isFinite)).isTrue();
        assertThat(predictions(fit(of, data.swap()))).as("responses swapped").isEqualTo(once);
        assertThat(predictions(fit(of, data.reverse()))).as("rows reversed").isEqualTo(once);
        assertThat(predictions(fit(of, data.unnamed().reverse()))).as("rows without names")
                .isEqualTo(predictions(fit(of, data.unnamed())));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cases")
    void aResponseMayBeUnobserved(EstimatorCase of, SeveralData data, @TempDir Path folder) {
        Model model = fit(of, data.lack().missingPartly());
        assertThat(model.tasks()).containsExactlyInAnyOrder("first in mainz", "first in oslo", "first in bergen", "second in mainz",
                "second in oslo");
        double[] predicted = predictions(model);
        assertThat(Arrays.stream(predicted).allMatch(Double::isFinite)).isTrue();
        assertThat(predictions(fit(of, data.lack().missingPartly().swap()))).as("responses swapped").isEqualTo(predicted);
        RunFolder.save(model, folder.resolve("saved"));
        assertThat(predictions(RunFolder.read(folder.resolve("saved")).model())).as("saved and read").isEqualTo(predicted);
    }

    /** What is fitted apart tells what its models tell. */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("apart")
    void partsOfPredictionsAddUp(EstimatorCase of, SeveralData data) {
        Model model = fit(of, data);
        Map<String, Model> members = ((ApartModel) model).members();
        try (Engine engine = Engine.open(); BoundModel bound = model.bind(engine)) {
            for (String task : model.tasks()) {
                Model member = members.values().stream().filter(one -> one.tasks().contains(task)).findFirst().orElseThrow();
                Observations rows = newRows(task);
                Explanation parts = Explanation.of(model, bound, task, rows, By.COLUMN, RandomStream.of(1));
                for (int at = 0; at < parts.prediction().length; at++) {
                    int number = at;
                    assertThat(parts.baseline()[at] + IntStream.range(0, parts.players().size()).mapToDouble(i -> parts.part(i, number))
                            .sum()).isCloseTo(parts.prediction()[at], within(1e-9));
                }
                try (BoundModel alone = member.bind(engine)) {
                    assertThat(parts).usingRecursiveComparison().isEqualTo(Explanation.of(member, alone, task, rows, By.COLUMN,
                            RandomStream.of(1)));
                    boolean sure = alone instanceof UncertainPredictor;
                    assertThat(((UncertainPredictor) bound).tellsUncertainty(task)).isEqualTo(sure);
                    if (sure) {
                        assertThat(((UncertainPredictor) bound).linear(task, rows)).usingRecursiveComparison()
                                .isEqualTo(((UncertainPredictor) alone).linear(task, rows));
                    }
                }
            }
        }
    }

    static Stream<Arguments> apart() {
        return cases().filter(of -> {
            @SuppressWarnings("unchecked")
            SeveralData data = ((Named<SeveralData>) of.get()[1]).getPayload();
            return ResponsesApart.of(((EstimatorCase) of.get()[0]).estimator(), data.taskSet().tasks()) instanceof ResponsesApart;
        });
    }
}
