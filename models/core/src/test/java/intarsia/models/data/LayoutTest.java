package intarsia.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.models.response.ResponseFamily;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayoutTest {
    private static final Source EXAM = Source.of("exam", Column.continuous("age"), Column.categorical("group", "A", "B"));
    private static final Source LAB = Source.of("lab", "sugar");
    private static final TaskSet DATA = TaskSet.builder()
            .task(Task.continuous("south").block(EXAM, new double[][] {{1, 0}, {2, 1}}).response(1, 2))
            .task(Task.binary("north").block(EXAM, new double[][] {{3, 0}, {4, 1}}).block(LAB, new double[][] {{5}, {6}}).response(0, 1))
            .build();
    private static final FeatureEncoding ENCODING = FeatureEncoding.of(DataSplit.all(DATA), FeatureEncoding.Scaling.RAW);
    private static final Layout LAYOUT = Layout.of(DATA, ENCODING);

    private static void refused(List<Integer> widths, List<Layout.TaskInfo> tasks, String message) {
        assertThatThrownBy(() -> new Layout(List.of(EXAM), List.of(LAB), widths, tasks)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void featuresStandSourceAfterSourceAndTasksByName() {
        assertThat(LAYOUT.sources()).containsExactly(EXAM, LAB);
        assertThat(List.of(LAYOUT.width(EXAM), LAYOUT.width(LAB), LAYOUT.anchorWidth(), LAYOUT.width())).containsExactly(3, 1, 3, 4);
        assertThat(List.of(LAYOUT.from(EXAM), LAYOUT.from(LAB))).containsExactly(0, 3);
        assertThat(LAYOUT.task("north")).isZero();
        assertThat(LAYOUT.task("south")).isEqualTo(1);
        assertThat(LAYOUT.observes(0, LAB)).isTrue();
        assertThat(LAYOUT.observes(1, LAB)).isFalse();
        assertThat(LAYOUT.responses()).isEqualTo(Map.of("north", ResponseFamily.BINARY, "south", ResponseFamily.CONTINUOUS));
        assertThatThrownBy(() -> LAYOUT.task("west")).isInstanceOf(DataException.class)
                .hasMessage("no task 'west'; the model has north, south");
    }

    @Test
    void whatWasReadIsChecked() {
        LAYOUT.check(ENCODING);
        FeatureEncoding others = new FeatureEncoding(ENCODING.scaling(), ENCODING.features(), Map.of());
        assertThatThrownBy(() -> LAYOUT.check(others)).hasMessageStartingWith("the encoding lacks the scale of task");
        List<Layout.TaskInfo> tasks = LAYOUT.tasks();
        assertThatThrownBy(() -> new Layout(List.of(EXAM), List.of(LAB), List.of(3, 2), tasks).check(ENCODING))
                .hasMessage("layout: widths [3, 2], but the encoding gives [3, 1]");
        refused(List.of(3), tasks, "layout: widths [3] for 2 sources; each needs one, at least 1");
        refused(List.of(3, 0), tasks, "layout: widths [3, 0] for 2 sources; each needs one, at least 1");
        refused(List.of(3, 1), List.of(tasks.getFirst(), tasks.getFirst()), "layout: task 'north' is there twice");
        refused(List.of(3, 1), List.of(new Layout.TaskInfo("north", "", ResponseFamily.BINARY, List.of("scan"))),
                "layout: task 'north' observes 'scan', which is not among the sources [lab]");
    }
}
