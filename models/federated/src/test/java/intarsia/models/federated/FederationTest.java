package intarsia.models.federated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.FitContext;
import intarsia.models.Progress;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Observations;
import intarsia.models.data.Task;
import intarsia.models.response.ResponseFamily;
import intarsia.models.tenmtl.ExactSum;
import intarsia.models.tenmtl.FederatedFit;
import intarsia.models.tenmtl.FederatedTenMtl;
import intarsia.models.tenmtl.FederationTerms;
import intarsia.models.tenmtl.SharedQuestion;
import intarsia.models.tenmtl.StudyParticipant;
import intarsia.models.tenmtl.TenMtl;
import intarsia.models.tenmtl.TenMtlModel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
        return options -> new StudyParticipant(FederatedTasks.split(tasks), options, Map.of());
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

    private static TenMtlModel central(List<Task> tasks) {
        try (Engine engine = Engine.open()) {
            return (TenMtlModel) OPTIONS.fit(new FitContext(engine, FederatedTasks.split(tasks), RandomStream.of(1), Progress.NONE))
                    .orThrow();
        }
    }

    private static int[] all(Task task) {
        return IntStream.range(0, task.size()).toArray();
    }

    /** The largest difference of predictions, relative to their size, over all rows of all tasks. */
    private static double apart(TenMtlModel central, List<Task> tasks, List<TenMtlModel> nodes) {
        double largest = 0;
        double size = 0;
        for (Task task : tasks) {
            TenMtlModel own = nodes.stream().filter(node -> node.tasks().contains(task.name())).findFirst().orElseThrow();
            double[] expected = central.predict(task.name(), Observations.of(task, all(task)));
            double[] found = own.predict(task.name(), Observations.of(task, all(task)));
            for (int n = 0; n < found.length; n++) {
                largest = Math.max(largest, Math.abs(found[n] - expected[n]));
                size = Math.max(size, Math.abs(expected[n]));
            }
        }
        return largest / size;
    }

    private List<CompletableFuture<FederatedNode.Result>> threeNodes(URI at, List<Task> tasks) {
        return List.of(node("a", at, rows(tasks.subList(0, 2))), node("b", at, rows(tasks.subList(2, 6))),
                node("c", at, rows(tasks.subList(6, 9))));
    }

    private static List<TenMtlModel> models(List<CompletableFuture<FederatedNode.Result>> nodes) {
        return nodes.stream().map(CompletableFuture::join).map(FederatedNode.Result::model).toList();
    }

    private double fitted(ResponseFamily family) {
        List<Task> tasks = FederatedTasks.drawn(family, 9);
        try (Coordinator coordinator = coordinator(3, PATIENCE)) {
            List<CompletableFuture<FederatedNode.Result>> nodes = threeNodes(at(coordinator), tasks);
            FederatedFit fit = coordinator.fit(Progress.NONE).orThrow();
            TenMtlModel central = central(tasks);
            assertThat(fit.sweeps()).isEqualTo(central.starts().sweeps());
            return apart(central, tasks, models(nodes));
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

    /** What core and factors are without network and masks, all tasks with one participant. */
    private static FederatedFit inOneProcess(List<Task> tasks) {
        StudyParticipant all = new StudyParticipant(FederatedTasks.split(tasks), OPTIONS, Map.of());
        return FederatedTenMtl.fit(OPTIONS, all.terms(), question -> {
            ExactSum sum = new ExactSum(question.answerLength());
            all.answer(question, sum::add);
            return sum.doubles();
        }, Progress.NONE).orThrow();
    }

    private static void same(FederatedFit fit, List<Task> tasks) {
        FederatedFit expected = inOneProcess(tasks);
        assertThat(fit.objective()).isEqualTo(expected.objective());
        assertThat(fit.shared().core().toDoubles()).containsExactly(expected.shared().core().toDoubles());
        assertThat(fit.shared().factors().getFirst().toDoubles()).containsExactly(expected.shared().factors().getFirst().toDoubles());
    }

    @Test
    void aNodeThatDiesAndComesBackChangesNoBit() {
        List<Task> tasks = FederatedTasks.drawn(ResponseFamily.CONTINUOUS, 9);
        try (Coordinator coordinator = coordinator(3, PATIENCE)) {
            List<CompletableFuture<FederatedNode.Result>> nodes = new ArrayList<>(List.of(node("a", at(coordinator),
                    rows(tasks.subList(0, 2))), node("b", at(coordinator), rows(tasks.subList(2, 6)))));
            Thread dying = Thread.ofVirtual().start(() -> {
                try {
                    FederatedNode.join(at(coordinator), certificates.of("c"), rows(tasks.subList(6, 9)), 2, PATIENCE, said::add);
                } catch (FederationException e) {
                    said.add("c: " + e.getMessage());
                }
            });
            FederatedFit fit = coordinator.fit((what, sweep, all) -> {
                if (sweep == 2) {
                    dying.interrupt();
                    ended(dying);
                    nodes.add(node("c", at(coordinator), rows(tasks.subList(6, 9))));
                }
            }).orThrow();
            same(fit, tasks);
            assertThat(apart(central(tasks), tasks, models(nodes))).isLessThan(1e-10);
        }
        assertThat(said).contains("node 'c' came back", "c: interrupted; the same command resumes", "roster 2: a, b, c");
    }

    private static void ended(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aCoordinatorThatDiesAndComesBackChangesNoBit() {
        List<Task> tasks = FederatedTasks.drawn(ResponseFamily.BINARY, 9);
        List<CompletableFuture<FederatedNode.Result>> nodes;
        int port;
        try (Coordinator coordinator = coordinator(3, PATIENCE)) {
            port = coordinator.port();
            nodes = threeNodes(at(coordinator), tasks);
            assertThatThrownBy(() -> coordinator.fit((what, sweep, all) -> {
                if (sweep == 2) {
                    throw new IllegalStateException("power cut");
                }
            })).hasMessage("power cut");
        }
        try (Coordinator again = Coordinator.open(new InetSocketAddress("localhost", port), certificates.of("coordinator"), OPTIONS, 3,
                PATIENCE, folder.resolve("rounds"), said::add)) {
            assertThat(again.resumed()).isPositive();
            same(again.fit(Progress.NONE).orThrow(), tasks);
            assertThat(apart(central(tasks), tasks, models(nodes))).isLessThan(1e-6);
        }
        assertThatThrownBy(() -> coordinator(2, PATIENCE)).isInstanceOf(FederationException.class)
                .hasMessageContaining("holds a fit that was begun with 3 nodes, not 2: a, b, c");
        Coordinator other = Coordinator.open(new InetSocketAddress("localhost", port), certificates.of("coordinator"),
                OPTIONS.lasso(0.1), 3, PATIENCE, folder.resolve("rounds"), said::add);
        try (other) {
            assertThatThrownBy(() -> other.fit(Progress.NONE)).isInstanceOf(FederationException.class)
                    .hasMessageContaining("holds another fit, which differs from round");
        }
    }

    @Test
    void aNodeThatLagsIsNamed() {
        List<Task> tasks = FederatedTasks.drawn(ResponseFamily.CONTINUOUS, 9);
        try (Coordinator coordinator = coordinator(3, Duration.ofSeconds(2))) {
            node("a", at(coordinator), rows(tasks.subList(0, 2)));
            node("b", at(coordinator), rows(tasks.subList(2, 6)));
            Thread dying = Thread.ofVirtual().start(() -> {
                try {
                    FederatedNode.join(at(coordinator), certificates.of("c"), rows(tasks.subList(6, 9)), 2, PATIENCE, said::add);
                } catch (FederationException e) {
                    said.add(e.getMessage());
                }
            });
            assertThatThrownBy(() -> coordinator.fit((what, sweep, all) -> dying.interrupt())).isInstanceOf(FederationException.class)
                    .hasMessageMatching("waiting for c in round \\d+: nothing came for 2 s; start the missing node again, then this "
                            + "command, which resumes");
        }
    }

    @Test
    void aFitWithoutItsNodesSaysHowManyAreThere() {
        try (Coordinator coordinator = coordinator(2, Duration.ofMillis(300))) {
            assertThatThrownBy(() -> coordinator.fit(Progress.NONE)).isInstanceOf(FederationException.class)
                    .hasMessageStartingWith("waiting for nodes: 0 of 2 joined: nothing came for 0 s");
        }
    }

    /** A node that joins as it should and then sends whatever it likes. */
    @Test
    void answersOfAnotherSizeAreRefused() {
        List<Task> tasks = FederatedTasks.drawn(ResponseFamily.CONTINUOUS, 6);
        try (Coordinator coordinator = coordinator(2, PATIENCE)) {
            CompletableFuture<FederatedFit> fit = CompletableFuture.supplyAsync(() -> coordinator.fit(Progress.NONE).orThrow(),
                    task -> Thread.ofVirtual().start(task));
            List<CompletableFuture<FederatedNode.Result>> nodes = new ArrayList<>(List.of(node("a", at(coordinator),
                    rows(tasks.subList(0, 3)))));
            try (CoordinatorClient liar = new CoordinatorClient(at(coordinator), certificates.of("b"), PATIENCE, said::add)) {
                byte[] federation = WireReader.read(liar.get("fit").body(), "fit", from -> {
                    byte[] of = from.block();
                    QuestionFormat.options(from);
                    return of;
                });
                byte[] key = PairwiseMasks.keyPair().getPublic().getEncoded();
                NodeIdentity b = certificates.of("b");
                WireWriter join = new WireWriter();
                new RosterEntry("b", b.certificates(), key, b.sign(PairwiseMasks.signed(federation, key))).write(join);
                StudyParticipant rows = rows(tasks.subList(3, 6)).apply(OPTIONS);
                assertThat(liar.post("join", new byte[(1 << 20) + 100]).status()).isEqualTo(409);
                assertThat(liar.post("join", QuestionFormat.terms(join, rows.terms()).bytes()).status()).isEqualTo(200);
                while (liar.get("next?epoch=1&answered=0").status() != 200) {
                    Thread.onSpinWait();
                }
                CoordinatorClient.Reply small = liar.post("answer?epoch=1&round=1", new byte[12]);
                assertThat(small.status()).isEqualTo(400);
                assertThat(small.text()).matches("an answer of round 1 has \\d+ bytes");
                assertThat(liar.post("answer?epoch=1&round=1", new byte[100_000]).status()).isEqualTo(400);
                assertThat(liar.post("answer?epoch=1&round=7", new byte[12]).status()).isEqualTo(410);
                assertThat(liar.post("answer?epoch=x&round=", new byte[12]).status()).isEqualTo(410);
                assertThat(liar.get("question?round=99").status()).isEqualTo(404);
                assertThat(liar.get("elsewhere").status()).isEqualTo(404);
            }
            nodes.add(node("b", at(coordinator), rows(tasks.subList(3, 6))));
            same(fit.join(), tasks);
            models(nodes);
        }
        assertThat(said).anyMatch(line -> line.matches("node 'b': its answer of 12 bytes was refused; round 1 takes \\d+"));
    }

    @Test
    void whoHasOtherColumnsIsRefused() {
        List<Task> tasks = FederatedTasks.drawn(ResponseFamily.CONTINUOUS, 2);
        List<Task> labels = FederatedTasks.drawn(ResponseFamily.BINARY, 2);
        try (Coordinator coordinator = coordinator(3, PATIENCE)) {
            node("a", at(coordinator), rows(tasks));
            while (!said.contains("node 'a' joined")) {
                Thread.onSpinWait();
            }
            assertThatThrownBy(() -> node("b", at(coordinator), rows(labels)).join()).hasMessageContaining("the coordinator refused: "
                    + "responses are binary, those of others continuous; all nodes need the same columns, levels and kind of response");
        }
    }

    @Test
    void whoReadsColumnsOtherwiseIsRefused() {
        List<Task> tasks = FederatedTasks.drawn(ResponseFamily.CONTINUOUS, 2);
        DataSplit rows = FederatedTasks.split(tasks);
        FederationTerms one = new StudyParticipant(rows, OPTIONS, Map.of("", "score", "treated", "no is 0, yes is 1")).terms();
        assertThat(one.difference(one)).isNull();
        assertThat(new StudyParticipant(rows, OPTIONS, Map.of("", "score", "treated", "yes is 0, no is 1")).terms().difference(one))
                .isEqualTo("feature 4 is 'x: treated (yes is 0, no is 1)', that of others 'x: treated (no is 0, yes is 1)'");
        assertThat(new StudyParticipant(rows, OPTIONS, Map.of("", "score")).terms().difference(one))
                .isEqualTo("feature 4 is 'x: treated (0 or 1)', that of others 'x: treated (no is 0, yes is 1)'");
        assertThat(new StudyParticipant(rows, OPTIONS, Map.of("", "age > 3")).terms().difference(one))
                .isEqualTo("the response is age > 3, that of others score");
    }

    /** Sums that no rows have end the fit in one line, at the first question that shows it. */
    @Test
    void sumsOfNoRowsAreRefused() {
        List<Task> tasks = FederatedTasks.drawn(ResponseFamily.CONTINUOUS, 4);
        lies(tasks, SharedQuestion.Magnitudes.class, 0, -1, "counts of individuals");
        lies(tasks, SharedQuestion.Magnitudes.class, 0, 0.5, "counts of individuals");
        lies(tasks, SharedQuestion.Totals.class, 2, -1e9, "weights of rows");
        lies(tasks, SharedQuestion.Deviations.class, 1, -1e9, "squares");
        lies(tasks, SharedQuestion.Extent.class, 0, -40, "numbers of individuals");
        lies(tasks, SharedQuestion.Extent.class, 0, 1e13, "numbers of individuals");
        lies(tasks, SharedQuestion.Extent.class, 1, -40, "numbers of rows and squares");
        lies(tasks, SharedQuestion.Extent.class, 3, -1e9, "numbers of rows and squares");
    }

    private static void lies(List<Task> tasks, Class<? extends SharedQuestion> at, int place, double more, String what) {
        StudyParticipant all = rows(tasks).apply(OPTIONS);
        assertThatThrownBy(() -> FederatedTenMtl.fit(OPTIONS, all.terms(), question -> {
            ExactSum sum = new ExactSum(question.answerLength());
            all.answer(question, sum::add);
            double[] sums = sum.doubles();
            if (at.isInstance(question)) {
                sums[place] += more;
            }
            return sums;
        }, Progress.NONE)).isInstanceOf(DataException.class).hasMessageContaining("those of no rows, by their " + what);
    }

    @Test
    void nodesGuardThemselves() {
        List<Task> tasks = FederatedTasks.drawn(ResponseFamily.CONTINUOUS, 4);
        certificates.trust("few.p12", "coordinator");
        try (Coordinator coordinator = coordinator(2, PATIENCE)) {
            Thread fit = Thread.ofVirtual().start(() -> {
                try {
                    coordinator.fit(Progress.NONE);
                } catch (FederationException e) {
                    said.add(e.getMessage());
                }
            });
            node("a", at(coordinator), rows(tasks.subList(0, 2)));
            assertThatThrownBy(() -> FederatedNode.join(at(coordinator), certificates.of("b"), rows(tasks.subList(2, 4)), 3, PATIENCE,
                    said::add)).isInstanceOf(FederationException.class).hasMessageContaining("has 2 nodes")
                            .hasMessageContaining("at least 3");
            assertThatThrownBy(() -> FederatedNode.join(at(coordinator), certificates.of("b", "few.p12"), rows(tasks.subList(2, 4)), 2,
                    PATIENCE, said::add)).isInstanceOf(FederationException.class).hasMessageContaining("node 'a': its certificate is not "
                    + "trusted here");
            certificates.trust("none.p12", "a");
            assertThatThrownBy(() -> FederatedNode.join(at(coordinator), certificates.of("b", "none.p12"), rows(tasks.subList(2, 4)), 2,
                    PATIENCE, said::add)).isInstanceOf(FederationException.class).hasMessageContaining("no trust between this node and");
            fit.interrupt();
        }
        assertThatThrownBy(() -> FederatedNode.join(URI.create("http://localhost:1"), certificates.of("a"), rows(tasks), 2, PATIENCE,
                said::add)).hasMessage("coordinator http://localhost:1: give an address such as https://host:8443");
        assertThatThrownBy(() -> FederatedNode.join(URI.create("https://localhost:1"), certificates.of("a"), rows(tasks), 2,
                Duration.ofMillis(300), said::add)).hasMessageContaining("has not answered for 0 s");
    }

    private static RosterEntry entry(String name) {
        byte[] key = PairwiseMasks.keyPair().getPublic().getEncoded();
        NodeIdentity identity = certificates.of(name);
        return new RosterEntry(name, identity.certificates(), key, identity.sign(PairwiseMasks.signed(new byte[16], key)));
    }

    /** What a node says to a coordinator that sends these rosters after the node's own entry. */
    private void refused(List<List<RosterEntry>> others, String why) throws IOException {
        List<CoordinatorMessage> rosters = new ArrayList<>();
        HttpsServer server = HttpsServer.create(new InetSocketAddress("localhost", 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificates.of("coordinator").tls()));
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = exchange.getRequestBody().readAllBytes();
                String asked = exchange.getRequestURI().getPath().substring(Coordinator.PATH.length());
                if (asked.equals("join")) {
                    RosterEntry own = WireReader.read(body, "join", from -> {
                        RosterEntry entry = RosterEntry.read(from);
                        QuestionFormat.terms(from);
                        return entry;
                    });
                    others.forEach(roster -> rosters.add(new CoordinatorMessage.Roster(rosters.size() + 1,
                            Stream.concat(Stream.of(own), roster.stream()).toList())));
                }
                byte[] reply = switch (asked) {
                    case "fit" -> QuestionFormat.options(new WireWriter().block(new byte[16]), OPTIONS).bytes();
                    case "next" -> rosters.removeFirst().write();
                    default -> new byte[0];
                };
                exchange.sendResponseHeaders(200, reply.length == 0 ? -1 : reply.length);
                exchange.getResponseBody().write(reply);
            }
        });
        server.start();
        try {
            List<Task> tasks = FederatedTasks.drawn(ResponseFamily.CONTINUOUS, 2);
            URI at = URI.create("https://localhost:" + server.getAddress().getPort());
            assertThatThrownBy(() -> FederatedNode.join(at, certificates.of("a"), rows(tasks), 2, PATIENCE, said::add))
                    .isInstanceOf(FederationException.class).hasMessage(why);
        } finally {
            server.stop(0);
        }
    }

    /** A coordinator that wants the sum with a node and the one without it. */
    @Test
    void aRosterOfOtherNodesIsRefused() throws IOException {
        refused(List.of(List.of(entry("b"), entry("c")), List.of(entry("b"))),
                "roster 2 of the coordinator has other nodes than the first one: a, b, not a, b, c");
    }

    /** A coordinator that joins itself, so that it knows the masks. */
    @Test
    void aCoordinatorAmongTheNodesIsRefused() throws IOException {
        refused(List.of(List.of(entry("coordinator"))), "roster 1 of the coordinator: node 'coordinator' has the certificate of the "
                + "coordinator; each side needs its own");
    }

    /** A journal that is damaged in its midst, or another file, is refused and stays as it is; a half-written end is dropped. */
    @Test
    void aDamagedJournalIsLeftAsItIs() throws IOException {
        Path file = folder.resolve("journal");
        long[] ends = new long[3];
        try (RoundJournal journal = RoundJournal.open(file)) {
            List<Task> tasks = FederatedTasks.drawn(ResponseFamily.CONTINUOUS, 2);
            journal.begin(List.of("a", "b"), rows(tasks).apply(OPTIONS).terms());
            for (int round = 0; round < 3; round++) {
                journal.add(new byte[] {(byte) round}, new double[] {round});
                ends[round] = Files.size(file);
            }
        }
        byte[] whole = Files.readAllBytes(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(Files.getPosixFilePermissions(file)).containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE);
        }
        for (long at : List.of(0L, ends[0] - 1, ends[0], ends[0] + 20)) {
            byte[] damaged = whole.clone();
            damaged[(int) at] ^= 1;
            Files.write(file, damaged);
            assertThatThrownBy(() -> RoundJournal.open(file)).isInstanceOf(FederationException.class)
                    .hasMessageStartingWith(file + (at == 0 ? ": is no journal" : ": is damaged "))
                    .hasMessageEndingWith("; bring it back from a copy, or remove the file to begin anew");
            assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
        }
        Files.writeString(file, "hello");
        assertThatThrownBy(() -> RoundJournal.open(file)).hasMessageContaining(": is no journal of a federated fit");
        assertThat(file).hasContent("hello");
        for (long end : List.of(ends[1] + 1, ends[1] + 7, ends[2] - 1)) {
            Files.write(file, Arrays.copyOf(whole, (int) end));
            try (RoundJournal journal = RoundJournal.open(file)) {
                assertThat(journal.rounds()).isEqualTo(2);
            }
            assertThat(Files.size(file)).isEqualTo(ends[1]);
        }
    }
}
