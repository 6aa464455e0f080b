package intarsia.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.RandomStream;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.simulation.SharedCoefficients;
import org.junit.jupiter.api.Test;

/** The examples of the API's pages run, and do what they say. */
class SnippetsTest {
    private static final TaskSet DATA = SharedCoefficients.identical().tasks(3).rows(30).draw(RandomStream.of(1));

    @Test
    void engine() {
        assertThat(Snippets.tensor()).isEqualTo(77);
        assertThat(Snippets.engine()).contains("F32", "threads    2");
    }

    @Test
    void models() {
        assertThat(Snippets.mtlHmb(DATA).tasks()).containsExactly("task 1", "task 2", "task 3");
        assertThat(Snippets.dualEncoder(DATA).findings(DATA)).isNotEmpty();
        assertThat(Snippets.tenMtl(DATA).hyperparameters()).isNotEmpty();
    }

    @Test
    void aModelTakesATask() {
        Source features = DATA.anchors().getFirst();
        Task more = Task.continuous("task 4").block(features, new double[8][features.columns().size()])
                .response(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(Snippets.transfer(Snippets.gp(DATA), more).tasks()).contains("task 4");
    }
}
