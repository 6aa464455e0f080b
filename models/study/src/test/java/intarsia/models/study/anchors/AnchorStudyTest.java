package intarsia.models.study.anchors;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.Engine;
import intarsia.linalg.Pool;
import intarsia.linalg.Precision;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Progress;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSplit;
import intarsia.models.execution.LocalExecutor;
import intarsia.models.study.Choices;
import intarsia.models.study.Item;
import intarsia.models.study.ItemCells;
import intarsia.models.study.Measurements;
import intarsia.models.study.Setting;
import intarsia.models.study.StudyRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnchorStudyTest {
    private static final AnchorWork WORK = new AnchorWork(1, new Engine.Options("scalar", Precision.F64, 1));

    @TempDir
    private Path folder;

    private static Item<FactorTasks> item(Setting<FactorTasks> setting, double value, String method) {
        return new Item<>(setting, value, 1, Choices.find("method", method, AnchorMethods.all(), Estimator::key));
    }

    private static DataSplit tables(Item<FactorTasks> item) {
        FactorTasks.Drawn drawn = item.source().draw(item, 1);
        try (Engine engine = WORK.engine().open()) {
            return ((AnchorMethod) item.method()).change().apply(drawn, new FitContext(engine, drawn.split(), item.own(1), Progress.NONE));
        }
    }

    /** The whole way in small: with all cells known the response is predicted best, and factors say more of them than means do. */
    @Test
    void completedByFactorsAChainSaysMoreThanByMeans() throws IOException {
        List<Estimator> methods = Stream.of("ridge-alone", "ridge-means", "ridge-factors", "ridge-known", "hmb-a")
                .map(key -> Choices.find("method", key, AnchorMethods.all(), Estimator::key)).toList();
        AnchorStudy study = new AnchorStudy(List.of(AnchorSettings.CHAIN.at(List.of(100.0))), methods, 2, WORK);
        Measurements measured;
        try (Pool pool = new Pool(1)) {
            measured = new StudyRunner<>(study.plan(), new LocalExecutor(pool), null).run(folder, Progress.NONE);
        }
        assertThat(measured.size()).as("of MTL-HMB none on a chain").isEqualTo(8);
        Measurements means = measured.where(key -> key.method().equals("ridge-means"));
        Measurements factors = measured.where(key -> key.method().equals("ridge-factors"));
        Measurements known = measured.where(key -> key.method().equals("ridge-known"));
        for (String links : List.of(AnchorWork.ONE, AnchorWork.TWO)) {
            assertThat(means.sample(links).mean()).isBetween(0.9, 1.1);
            assertThat(factors.sample(links).mean()).isBetween(0.2, 0.7);
            assertThat(known.sample(links).mean()).isZero();
        }
        assertThat(known.sample(AnchorWork.RMSE).mean()).isLessThan(0.95 * factors.sample(AnchorWork.RMSE).mean());
        assertThat(measured.where(key -> key.method().equals("ridge-alone")).sample(AnchorWork.ONE).size()).isZero();
        study.report(measured).write(folder, study.plan(), measured, "intarsia study anchors");
        assertThat(Files.readString(folder.resolve("tables.md"))).contains("A chain of overlaps", "| a b c d |");
    }

    @Test
    void completingKeepsWhatWasMeasuredAndLooksAtNoResponse() {
        Item<FactorTasks> item = item(AnchorSettings.CHAIN, 30, "gp-factors");
        FactorTasks.Drawn drawn = item.source().draw(item, 1);
        DataSplit completed = tables(item);
        for (Task task : completed.taskList()) {
            assertThat(task.blocks()).hasSize(4);
            drawn.split().data().task(task.name()).cells().forEach((source, block) ->
                    assertThat(task.cells().get(source)).isDeepEqualTo(block));
            assertThat(task.response()).isEqualTo(drawn.split().data().task(task.name()).response());
        }
        DataSplit changed = FactorTasks.with(drawn.split(), Task::cells);
        changed.taskList().forEach(task -> Arrays.fill(task.response(), 0));
        try (Engine engine = WORK.engine().open()) {
            DataSplit again = ((AnchorMethod) item.method()).change().apply(new FactorTasks.Drawn(changed, drawn.whole()),
                    new FitContext(engine, changed, item.own(1), Progress.NONE));
            again.taskList().forEach(task -> task.cells().forEach((source, block) ->
                    assertThat(block).isDeepEqualTo(completed.data().task(task.name()).cells().get(source))));
        }
    }

    @Test
    void aTaskHasAnothersAnchorInItsPlace() {
        FactorTasks.Drawn drawn = AnchorSettings.EXCHANGED.at().apply(0.5).draw(item(AnchorSettings.EXCHANGED, 0.5, "gp-own"), 1);
        Source slot = FactorTasks.source("anchor");
        for (int t = 0; t < 3; t++) {
            Map<Source, double[][]> all = drawn.whole().get("task" + t);
            for (var method : Map.of("gp-own", t, "hmb-next", (t + 1) % 3).entrySet()) {
                Task task = tables(item(AnchorSettings.EXCHANGED, 0.5, method.getKey())).data().task("task" + t);
                assertThat(task.blocks().keySet()).containsExactlyInAnyOrder(slot, FactorTasks.source("own" + t));
                assertThat(task.cells().get(slot)).isDeepEqualTo(all.get(FactorTasks.source("abc".substring(method.getValue(),
                        method.getValue() + 1))));
            }
        }
        DataSplit one = tables(item(AnchorSettings.CANDIDATES, 30, "hmb-b"));
        assertThat(one.data().anchors()).extracting(Source::name).containsExactly("b");
        assertThat(one.data().others()).extracting(Source::name).containsExactly("own0", "own1", "own2");
    }

    @Test
    void linksAreCounted() {
        FactorTasks.Drawn drawn = AnchorSettings.CHAIN.at().apply(30).draw(item(AnchorSettings.CHAIN, 30, "gp-alone"), 1);
        Task first = drawn.split().data().task("task0");
        assertThat(drawn.links(first, FactorTasks.source("c"))).isEqualTo(1);
        assertThat(drawn.links(first, FactorTasks.source("d"))).isEqualTo(2);
        assertThat(drawn.links(drawn.split().data().task("task1"), FactorTasks.source("d"))).isEqualTo(1);
    }

    @Test
    void rowsToJudgeOnDoNotDependOnHowManyAreLearnedFrom() {
        for (Setting<FactorTasks> setting : List.of(AnchorSettings.CHAIN, AnchorSettings.CANDIDATES)) {
            List<FactorTasks.Drawn> drawn = Stream.of(30.0, 100.0).map(n -> setting.at().apply(n)
                    .draw(new Item<>(setting, n, 1, AnchorMethods.all().getFirst()), 1)).toList();
            for (int t = 0; t < 3; t++) {
                TaskSplit few = drawn.get(0).split().tasks().get(t);
                TaskSplit many = drawn.get(1).split().tasks().get(t);
                assertThat(few.test()).hasSize(200).containsExactlyInAnyOrder(many.test());
                for (int row : few.test()) {
                    assertThat(few.task().response()[row]).isEqualTo(many.task().response()[row]);
                    few.task().cells().forEach((source, block) ->
                            assertThat(block[row]).isEqualTo(many.task().cells().get(source)[row]));
                }
            }
        }
    }

    /** The wrong anchor costs, an anchor that measures something else in each task imputes worse than the mean. */
    @Test
    void anAnchorHasToMeanTheSameInAllTasks() {
        ItemCells right = WORK.measure(item(AnchorSettings.CANDIDATES, 100, "hmb-a"), 1);
        ItemCells wrong = WORK.measure(item(AnchorSettings.CANDIDATES, 100, "hmb-c"), 1);
        assertThat(right.number(AnchorWork.ONE)).isLessThan(0.6 * wrong.number(AnchorWork.ONE));
        assertThat(right.number(AnchorWork.RMSE)).isLessThan(0.9 * wrong.number(AnchorWork.RMSE));
        double alike = WORK.measure(item(AnchorSettings.EXCHANGED, 1, "gp-own"), 1).number(AnchorWork.ONE);
        double different = WORK.measure(item(AnchorSettings.EXCHANGED, 0, "gp-own"), 1).number(AnchorWork.ONE);
        assertThat(alike).isLessThan(0.6);
        assertThat(different).isGreaterThan(1);
        ItemCells again = WORK.measure(item(AnchorSettings.CANDIDATES, 100, "hmb-a"), 1);
        assertThat(AnchorWork.COLUMNS).allSatisfy(column -> assertThat(again.text(column)).isEqualTo(right.text(column)));
    }
}
