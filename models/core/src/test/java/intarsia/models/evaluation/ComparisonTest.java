package intarsia.models.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.Pool;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.models.Estimator;
import intarsia.models.baseline.Regression;
import intarsia.models.baseline.SingleTask;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.hmb.MtlHmb;
import intarsia.models.net.Training;
import intarsia.models.simulation.BlockMissing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Training SHORT = Training.DEFAULT.epochs(4).learningRate(0.005);
    private static final TaskSet DATA = new BlockMissing(List.of(90, 80), 12, List.of(4, 4), List.of(0.9, 0.8), List.of(0.1, 0.1), 0.3,
            false, false)
            .draw(RandomStream.of(1)).data();
    private static final List<Estimator> ESTIMATORS = List.of(
            MtlHmb.options().width(8).training(SHORT).imputer(new MtlHmb.Imputer(32, 1, 0, SHORT)),
            new SingleTask(8, 2, SHORT, SingleTask.DEFAULT.scaling()),
            Regression.DEFAULT);

    private static final List<String> STAGES = new ArrayList<>();
    private static Comparison.Result oneThread;

    @BeforeAll
    static void compare() {
        STAGES.clear();
        oneThread = run(1, STAGES);
    }

    private static Comparison.Result run(int threads, List<String> stages) {
        try (Pool pool = new Pool(threads)) {
            return new Comparison(ESTIMATORS, 3, Engine.options().kernels("scalar").precision(Precision.F32))
                    .run(DATA, pool, RandomStream.of(5), (stage, done, total) -> stages.add(done + "/" + total));
        }
    }

    @Test
    void threadsChangeNothing() {
        assertThat(oneThread.scores()).hasSize(3 * 3 * 2 * 3);
        assertThat(oneThread.scores()).allSatisfy(score -> assertThat(score.value()).isFinite());
        assertThat(run(2, Collections.synchronizedList(new ArrayList<>())).scores()).isEqualTo(oneThread.scores());
    }

    @Test
    void progressCountsFits() {
        assertThat(STAGES).containsExactly("0/9", "1/9", "2/9", "3/9", "4/9", "5/9", "6/9", "7/9", "8/9", "9/9");
    }

    @Test
    void eachFitIsTold() {
        assertThat(oneThread.evaluations()).extracting(Evaluation::estimator).startsWith("mtl-hmb", "stl", "regression").hasSize(9);
        assertThat(oneThread.evaluations().getFirst().note()).isEqualTo("learning tasks reached its limit of 4 epochs");
        assertThat(oneThread.evaluations().getFirst().chosen()).containsEntry("encoder width", "8");
        assertThat(oneThread.evaluations().get(2).note()).isNull();
    }

    @Test
    void scoresAreThoseOfTheHeldOutPredictions() {
        assertThat(oneThread.evaluations()).allSatisfy(evaluation -> assertThat(evaluation.heldOut()).extracting(Evaluation.HeldOut::task)
                .containsExactlyElementsOf(DATA.tasks().stream().map(Task::name).toList()));
        for (Comparison.Score score : oneThread.scores()) {
            JudgedRows split = JudgedRows.of(oneThread, score.estimator(), DATA.task(score.task())).bySplit().get(score.repeat());
            assertThat(score.metric().of(split.truth(), split.predicted(0))).isEqualTo(score.value());
        }
    }

    @Test
    void eachHeldOutRowCountsOnce() {
        JudgedRows rows = JudgedRows.of(oneThread, "regression", DATA.tasks().getFirst());
        assertThat(rows.size()).isGreaterThan(rows.rows());
        assertThat(Arrays.stream(rows.weights()).sum()).isCloseTo(rows.rows(), within(1e-9));
    }

    @Test
    void anotherEstimatorChangesNoScore() {
        try (Pool pool = new Pool(1)) {
            List<Comparison.Score> alone = new Comparison(ESTIMATORS.subList(1, 2), 3, Engine.options().kernels("scalar")
                    .precision(Precision.F32))
                    .run(DATA, pool, RandomStream.of(5), (stage, done, total) -> { }).scores();
            assertThat(alone).isEqualTo(oneThread.scores().stream().filter(score -> score.estimator().equals("stl")).toList());
        }
    }

    @Test
    void aListenerTellsWhatIsKnownAndEndsIt() {
        Evaluation known = new Evaluation(1, "regression", Map.of(), "from before", 1, List.of(), List.of());
        List<String> heard = new ArrayList<>();
        try (Pool pool = new Pool(1)) {
            Comparison.Result result = new Comparison(List.of(Regression.DEFAULT), 4, Engine.options().kernels("scalar")).run(DATA, pool,
                    RandomStream.of(5), new ComparisonListener() {
                        @Override
                        public Evaluation known(int repeat, Estimator estimator) {
                            return repeat == known.repeat() && estimator.key().equals(known.estimator()) ? known : null;
                        }

                        @Override
                        public boolean goesOn() {
                            heard.add("goes on?");
                            return heard.size() < 4;
                        }

                        @Override
                        public void begins(int repeat, Estimator estimator) {
                            heard.add("begins " + repeat);
                        }

                        @Override
                        public void done(Evaluation evaluation) {
                            heard.add("done " + evaluation.repeat());
                        }
                    });
            // the first split without asking; the second is known; the third after asking; no fourth
            assertThat(heard).containsExactly("begins 0", "done 0", "goes on?", "begins 2", "done 2", "goes on?");
            assertThat(result.evaluations()).extracting(Evaluation::repeat).containsExactly(0, 1, 2);
            assertThat(result.evaluations().get(1)).isSameAs(known);
            assertThat(result.splits()).isEqualTo(3);
            assertThat(result.evaluations()).allSatisfy(evaluation -> assertThat(evaluation.seconds()).isBetween(0.0, 1e6));
        }
    }

    @Test
    void splitsInWhichSomeEstimatorWasNotJudgedDoNotCount() {
        try (Pool pool = new Pool(1)) {
            int[] asked = {0};
            Comparison.Result result = new Comparison(List.of(Regression.DEFAULT, new Regression(7).named("other", "other")), 3,
                    Engine.options().kernels("scalar")).run(DATA, pool, RandomStream.of(5), new ComparisonListener() {
                        @Override
                        public boolean goesOn() {
                            return ++asked[0] == 1;
                        }
                    });
            assertThat(result.evaluations()).extracting(Evaluation::estimator).containsExactly("regression", "other");
            assertThat(result.splits()).isEqualTo(1);
        }
    }

    @Test
    void atLeastOneRepeat() {
        assertThatThrownBy(() -> new Comparison(ESTIMATORS, 0, Engine.options())).hasMessage("repeats 0: at least 1");
    }
}
