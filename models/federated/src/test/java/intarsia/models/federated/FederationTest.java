package intarsia.models.federated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.FitContext;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.data.Task;
import intarsia.models.response.ResponseFamily;
import intarsia.models.tenmtl.FederatedFit;
import intarsia.models.tenmtl.StudyParticipant;
import intarsia.models.tenmtl.TenMtl;
import intarsia.models.tenmtl.TenMtlModel;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes over TLS on this machine fit what all their rows together do, whoever dies, lags, lies or comes back meanwhile. */
class FederationTest {
    private static final TenMtl OPTIONS = TenMtl.options().ranks(2, 2);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private static Path stores;
    private static Certificates certificates;

    @TempDir
    private Path folder;
    private final List<String> said = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void certificates() {
        certificates = new Certificates(stores, "coordinator", "a", "b", "c");
    }

    private Coordinator coordinator(int nodes, Duration patience) {
        return Coordinator.open(new InetSocketAddress("localhost", 0), certificates.of("coordinator"), OPTIONS, nodes, patience,
                folder.resolve("rounds"), said::add);
    }

    private static URI at(Coordinator coordinator) {
        return URI.create("https://localhost:" + coordinator.port());
    }

    private static Function<TenMtl, StudyParticipant> rows(List<Task> tasks) {
        return options -> new StudyParticipant(FederatedTasks.split(tasks), options);
    }

    private CompletableFuture<FederatedNode.Result> node(String name, URI at, Function<TenMtl, StudyParticipant> rows) {
        CompletableFuture<FederatedNode.Result> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(FederatedNode.join(at, certificates.of(name), rows, 2, PATIENCE, said::add));
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private static List<Task> part(List<Task> tasks, int from, int to) {
        return tasks.subList(from, to);
    }

    private static TenMtlModel central(List<Task> tasks) {
        try (Engine engine = Engine.open()) {
            return (TenMtlModel) OPTIONS.fit(new FitContext(engine, FederatedTasks.split(tasks), RandomStream.of(1), Progress.NONE))
                    .orThrow();
        }
    }

    /** The largest difference of predictions, relative to their size, over all rows of all tasks. */
    private static double apart(TenMtlModel central, List<Task> tasks, List<TenMtlModel> nodes) {
        double largest = 0;
        double size = 0;
        for (Task task : tasks) {
            TenMtlModel own = nodes.stream().filter(node -> node.tasks().contains(task.name())).findFirst().orElseThrow();
            double[] expected = central.predict(task.name(), task.observations());
            double[] found = own.predict(task.name(), task.observations());
            for (int n = 0; n < found.length; n++) {
                largest = Math.max(largest, Math.abs(found[n] - expected[n]));
                size = Math.max(size, Math.abs(expected[n]));
            }
        }
        return largest / size;
    }

    private double fitted(ResponseFamily family) {
        List<Task> tasks = FederatedTasks.drawn(family, 9);
        try (Coordinator coordinator = coordinator(3, PATIENCE)) {
            List<CompletableFuture<FederatedNode.Result>> nodes = List.of(node("a", at(coordinator), rows(part(tasks, 0, 2))),
                    node("b", at(coordinator), rows(part(tasks, 2, 6))), node("c", at(coordinator), rows(part(tasks, 6, 9))));
            Outcome<FederatedFit> outcome = coordinator.fit(Progress.NONE);
            List<TenMtlModel> models = nodes.stream().map(CompletableFuture::join).map(FederatedNode.Result::model).toList();
            TenMtlModel central = central(tasks);
            assertThat(outcome.orThrow().sweeps()).isEqualTo(central.starts().sweeps());
            System.out.println(family.key() + " rounds " + nodes.getFirst().join().rounds() + " sweeps " + central.starts().sweeps() + " apart "
                    + apart(central, tasks, models));
            return apart(central, tasks, models);
        }
    }

    @Test
    void gaussianTasksAreFittedAsAllTogether() {
        assertThat(fitted(ResponseFamily.CONTINUOUS)).isLessThan(1e-10);
    }

    @Test
    void binaryTasksAreFittedAsAllTogether() {
        assertThat(fitted(ResponseFamily.BINARY)).isLessThan(1e-6);
    }
}
