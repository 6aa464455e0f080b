package intarsia.models.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskOverlapTest {
    private static Task task(String name, String... sources) {
        Task.Builder task = Task.continuous(name);
        Arrays.stream(sources).forEach(source -> task.block(Source.of(source, source + "1"), new double[][] {{1}, {2}}));
        return task.response(1, 2);
    }

    @Test
    void aChainIsLinkedAndTwoOfItCanBeJoined() {
        TaskOverlap chain = TaskOverlap.of(List.of(task("a", "p"), task("b", "p", "q"), task("c", "q")));
        assertThat(chain.joinable()).extracting(TaskOverlap.Joined::tasks).containsExactly(List.of("a", "b"), List.of("c"));
        assertThat(chain.linked()).containsExactly(List.of("a", "b", "c"));
        assertThat(chain.advice()).isEqualTo("; could be a study each: a, b by 'p'; c by 'q'; "
                + "all tasks are linked, but only by way of others: `intarsia link` "
                + "completes the study along these links");
    }

    @Test
    void whatNothingLinksIsSaid() {
        TaskOverlap apart = TaskOverlap.of(List.of(task("a", "p"), task("b", "q", "r"), task("c", "r"), task("d", "p")));
        assertThat(apart.joinable()).extracting(joined -> joined.source().name() + joined.tasks()).containsExactly("p[a, d]", "r[b, c]");
        assertThat(apart.linked()).containsExactly(List.of("a", "d"), List.of("b", "c"));
        assertThat(apart.advice()).endsWith("; nothing links a, d with b, c");
    }
}
