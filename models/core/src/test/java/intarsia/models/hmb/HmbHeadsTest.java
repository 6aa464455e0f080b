package intarsia.models.hmb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.models.FitContext;
import intarsia.models.Progress;
import intarsia.models.data.Observations;
import intarsia.models.data.TaskSplit;
import intarsia.models.net.TaskTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the heads read, and heads replaced, against predictions by hand. */
class HmbHeadsTest {
    private static final MtlHmb OPTIONS = MtlHmbTest.OPTIONS.epochs(3);

    private final MtlHmbModel model = MtlHmbTest.fit(OPTIONS.additions(OPTIONS.additions().linear(Additions.Linear.NONE)), Precision.F64);
    private final Engine engine = Engine.options().kernels("scalar").open();
    private final List<TaskTable> tables = model.imputation().tables(engine, MtlHmbTest.SPLIT);

    @AfterEach
    void close() {
        engine.close();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private double[] weight(MtlHmbModel of, String name) {
        return of.weights().get("network/" + name).toDoubles();
    }

    @Test
    void aPredictionIsLinearInWhatTheHeadsRead() {
        TaskSplit south = MtlHmbTest.SPLIT.task("south");
        HmbHeads.Inputs inputs = HmbHeads.inputs(engine, model, 1, tables.get(1).x().numbers());
        double[] head = weight(model, "task/south/head/weight");
        double[] predicted = model.predict("south", south.observations(south.train()));
        for (int i = 0; i < predicted.length; i++) {
            double z = dot(weight(model, "shared/head/weight"), inputs.shared()[i]) + dot(Arrays.copyOf(head, 8), inputs.shared()[i])
                    + dot(Arrays.copyOfRange(head, 8, 16), inputs.taskSpecific()[i])
                    + weight(model, "shared/head/bias")[0] + weight(model, "task/south/head/bias")[0];
            assertThat(predicted[i]).isCloseTo(model.encoding().response().get("south").moments().decode(z), within(1e-12));
        }
    }

    @Test
    void headsAreReplacedAndNothingElse() {
        double[] shared = {1, 2, 3, 4, 5, 6, 7, 8};
        List<HmbHeads.Head> heads = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            double[] deviation = new double[8];
            double[] specific = new double[8];
            Arrays.fill(deviation, 0.1 * t);
            Arrays.fill(specific, -t);
            heads.add(new HmbHeads.Head(deviation, specific, 10 * t));
        }
        MtlHmbModel replaced = HmbHeads.replace(model, shared, heads);
        assertThat(replaced.weights().below("network/shared/encoder")).isEqualTo(model.weights().below("network/shared/encoder"));
        assertThat(replaced.weights().below("imputer")).isEqualTo(model.weights().below("imputer"));
        HmbHeads.Inputs inputs = HmbHeads.inputs(engine, replaced, 1, tables.get(1).x().numbers());
        assertThat(inputs.shared()).isDeepEqualTo(HmbHeads.inputs(engine, model, 1, tables.get(1).x().numbers()).shared());
        TaskSplit south = MtlHmbTest.SPLIT.task("south");
        double[] predicted = replaced.predict("south", south.observations(south.train()));
        for (int i = 0; i < predicted.length; i++) {
            double z = dot(shared, inputs.shared()[i]) + 0.1 * Arrays.stream(inputs.shared()[i]).sum()
                    - Arrays.stream(inputs.taskSpecific()[i]).sum() + 10;
            assertThat(predicted[i]).isCloseTo(model.encoding().response().get("south").moments().decode(z), within(1e-9));
        }
        assertThatThrownBy(() -> HmbHeads.replace(model, shared, heads.subList(0, 2))).hasMessage("2 heads for 3 tasks");
        assertThatThrownBy(() -> HmbHeads.replace(model, new double[7], heads)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weights 'network/shared/head/weight' should be [8x1] and are [7x1]");
    }

    @Test
    void aModelWithALinearPathIsRefused() {
        MtlHmbModel linear = MtlHmbTest.fit(OPTIONS, Precision.F64);
        double[] x = tables.get(1).x().numbers();
        assertThatThrownBy(() -> HmbHeads.inputs(engine, linear, 1, x)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("linear path");
        assertThatThrownBy(() -> HmbHeads.replace(linear, new double[8], List.of())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("linear path");
    }

    @Test
    void aLargeTauShrinksHeadsToTheSharedOne() {
        MtlHmbModel plain = shrunk(0);
        MtlHmbModel drawn = shrunk(10);
        assertThat(drawn.weights().below("imputer")).isEqualTo(model.weights().below("imputer"));
        for (String task : model.tasks()) {
            double[] before = Arrays.copyOf(weight(plain, "task/" + task + "/head/weight"), 8);
            double[] after = Arrays.copyOf(weight(drawn, "task/" + task + "/head/weight"), 8);
            assertThat(dot(after, after)).as(task).isLessThan(0.3 * dot(before, before));
        }
        assertThat(drawn.predict("south", Observations.of(MtlHmbTest.DATA.task("south")))).doesNotContain(Double.NaN);
    }

    private MtlHmbModel shrunk(double tau) {
        MtlHmbModel longer = new MtlHmbModel(MtlHmbTest.OPTIONS.additions(model.options().additions()), model.layout(), model.encoding(),
                model.weights());
        return HmbHeads.shrink(new FitContext(engine, MtlHmbTest.SPLIT, RandomStream.of(4), Progress.NONE), longer, tables, tau).orThrow();
    }
}
