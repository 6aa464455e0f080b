package intarsia.models.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.BoundModel;
import intarsia.models.DivergedException;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.Tuning;
import intarsia.models.baseline.Regression;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TunedTest {
    private static final Source EXAM = Source.of("exam", "age", "weight");
    private static final TaskSet DATA = TaskSet.builder().task(task()).build();
    private static final List<Regression> RIDGES = List.of(new Regression(1e4), new Regression(3), new Regression(1e-6));

    private final List<String> told = new ArrayList<>();

    private static Task task() {
        RandomStream random = RandomStream.of(1);
        double[][] block = new double[30][2];
        double[] response = new double[30];
        for (int i = 0; i < 30; i++) {
            block[i] = new double[] {random.nextGaussian(), random.nextGaussian()};
            response[i] = block[i][0] + random.nextGaussian();
        }
        return Task.continuous("amount").block(EXAM, block).response(response);
    }

    private Outcome<? extends Model> fit(Engine engine, Estimator estimator, DataSplit split) {
        return estimator.fit(new FitContext(engine, split, RandomStream.of(2), new Progress() {
            @Override
            public void report(String stage, long done, long total) {
                told.add(stage + " " + done + "/" + total);
            }

            @Override
            public void chose(Tuning tuning) {
                told.add("chose " + tuning.what() + " " + tuning.chosen() + " of " + tuning.fits());
            }
        }));
    }

    private double[] predictions(Engine engine, Estimator estimator, DataSplit split) {
        try (BoundModel bound = fit(engine, estimator, split).orThrow().bind(engine)) {
            return bound.predict("amount", Observations.of(DATA.task("amount")));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theSmallestValidationLossIsKeptOrFittedAgainOnBoth(boolean refit) {
        DataSplit split = DataSplit.random(DATA, 0.3, 0.2, RandomStream.of(3));
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            int best = 0;
            double smallest = Double.POSITIVE_INFINITY;
            for (int c = 0; c < RIDGES.size(); c++) {
                try (BoundModel bound = fit(engine, RIDGES.get(c), split.trainingOnly()).orThrow().bind(engine)) {
                    double loss = HeldOutLoss.validation(bound, split);
                    best = loss < smallest ? c : best;
                    smallest = Math.min(loss, smallest);
                }
            }
            assertThat(best).isPositive();
            told.clear();
            double[] found = predictions(engine, new Tuned("tuned", "ridge", RIDGES, refit), split);
            assertThat(told).contains("choosing ridge 1/3", "choosing ridge 2/3", "choosing ridge 3/3", "chose ridge " + best + " of 3");
            assertThat(found).isEqualTo(predictions(engine, RIDGES.get(best), refit ? split.withoutValidation() : split));
        }
    }

    @Test
    void theFirstIsTakenWhereThereIsNothingToChooseBy() {
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            DataSplit all = DataSplit.all(DATA);
            assertThat(predictions(engine, new Tuned("tuned", "ridge", RIDGES, true), all))
                    .isEqualTo(predictions(engine, RIDGES.get(0), all));
            DataSplit split = DataSplit.random(DATA, 0.3, 0.2, RandomStream.of(3));
            assertThat(predictions(engine, new Tuned("tuned", "ridge", RIDGES.subList(0, 1), true), split))
                    .isEqualTo(predictions(engine, RIDGES.get(0), split.withoutValidation()));
            assertThat(told).noneMatch(text -> text.startsWith("cho"));
        }
        assertThatThrownBy(() -> new Tuned("tuned", "ridge", List.of(), true)).hasMessage("ridge: needs a candidate to choose");
    }

    private record Diverging(String key) implements Estimator {
        @Override
        public String name() {
            return key;
        }

        @Override
        public Outcome<? extends Model> fit(FitContext context) {
            return new Outcome.Diverged<>(1, "here");
        }
    }

    @Test
    void whatDivergesLoses() {
        DataSplit split = DataSplit.random(DATA, 0.3, 0.2, RandomStream.of(3));
        List<Estimator> one = List.of(new Diverging("a"), RIDGES.get(1), new Diverging("b"));
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            assertThat(predictions(engine, new Tuned("tuned", "ridge", one, false), split))
                    .isEqualTo(predictions(engine, RIDGES.get(1), split));
            Tuned none = new Tuned("tuned", "ridge", List.of(new Diverging("a"), new Diverging("b")), false);
            assertThatThrownBy(() -> fit(engine, none, split)).isInstanceOf(DivergedException.class)
                    .hasMessageStartingWith("all 2 candidates of ridge");
        }
    }

    /** Chooses something of its own, and is as good as its ridge is. */
    private record Choosing(Regression regression) implements Estimator {
        @Override
        public String key() {
            return "choosing";
        }

        @Override
        public String name() {
            return "choosing";
        }

        @Override
        public Outcome<? extends Model> fit(FitContext context) {
            context.progress().chose(new Tuning("of ridge " + regression.ridge(), List.of("one"), new double[] {0}, 0, 1, 0));
            return regression.fit(context);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kept", "fitted again", "halved"})
    void ofTheChoicesThatCandidatesMakeThoseOfTheKeptOneAreTold(String how) {
        DataSplit split = DataSplit.random(DATA, 0.3, 0.2, RandomStream.of(3));
        List<Choosing> candidates = RIDGES.stream().map(Choosing::new).toList();
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            fit(engine, new Tuned("tuned", "ridge", candidates, how.equals("fitted again"),
                    how.equals("halved") ? ModelSelection.Search.HALVING : ModelSelection.Search.EXHAUSTIVE), split);
            String own = "chose of ridge 3.0 0 of 1";
            String among = "chose ridge 1 of 3";
            assertThat(told.stream().filter(text -> text.startsWith("chose"))).containsExactlyElementsOf(
                    how.equals("fitted again") ? List.of(among, own) : List.of(own, among));
        }
    }
}
