package intarsia.models.federated;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.data.DataException;
import intarsia.models.tenmtl.FederatedFit;
import intarsia.models.tenmtl.FederatedTenMtl;
import intarsia.models.tenmtl.SharedQuestion;
import intarsia.models.tenmtl.SharedSums;
import intarsia.models.tenmtl.TenMtl;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.net.ssl.SSLParameters;

/**
 * The server that nodes come to. It knows sums over all individuals and what they share; nothing of one. Nodes ask it what is next, so that
 * only it needs an address that can be reached. Everything is below {@code /intarsia/1/}; a message of another version is refused.
 *
 * <pre>
 * GET  fit                          what the fit is known by, its options
 * POST join                         a node's terms, key and signature
 * GET  next?epoch=E&amp;answered=R      the roster, a question or the end; nothing (204) after some seconds
 * GET  question?round=R             a past question
 * POST answer?epoch=E&amp;round=R       a masked answer
 * POST leave                        nothing more is needed
 * </pre>
 */
public final class Coordinator implements AutoCloseable {
    /** Where messages are. */
    static final String PATH = "/intarsia/1/";
    /** The largest message that either side takes. */
    static final int LARGEST = 256 << 20;
    private static final int LARGEST_JOIN = 1 << 20;
    private static final Duration POLL = Duration.ofSeconds(5);
    /** How long nodes have to hear that there is no fit. */
    private static final Duration REFUSED = Duration.ofSeconds(5);

    private final HttpsServer server;
    private final ExecutorService threads;
    private final RoundJournal journal;
    private final FederationRounds rounds;
    private final TenMtl options;

    private Coordinator(HttpsServer server, ExecutorService threads, RoundJournal journal, FederationRounds rounds, TenMtl options) {
        this.server = server;
        this.threads = threads;
        this.journal = journal;
        this.rounds = rounds;
        this.options = options;
    }

    /**
     * Begins to listen.
     *
     * @param at       where; port 0 for any that is free
     * @param nodes    how many nodes there are to be, at least 2
     * @param patience how long it may wait without hearing from any node it needs
     * @param file     the journal by which it resumes
     * @param says     is told in one line who joins and who is waited for
     * @throws FederationException if the address cannot be used, or the journal not
     */
    public static Coordinator open(InetSocketAddress at, NodeIdentity identity, TenMtl options, int nodes, Duration patience, Path file,
            Consumer<String> says) {
        if (nodes < 2) {
            throw new FederationException("a federated fit takes at least 2 nodes: the answer of one alone is nothing but its own");
        }
        RoundJournal journal = RoundJournal.open(file);
        List<String> begun = journal.nodes();
        if (!begun.isEmpty() && begun.size() != nodes) {
            journal.close();
            throw new FederationException(file + ": holds a fit that was begun with " + begun.size() + " nodes, not " + nodes + ": "
                    + String.join(", ", begun) + "; remove the file to begin anew");
        }
        try {
            FederationRounds rounds = new FederationRounds(nodes, patience, journal, says);
            HttpsServer server = HttpsServer.create(at, 0);
            ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
            Coordinator coordinator = new Coordinator(server, threads, journal, rounds, options);
            server.setHttpsConfigurator(new HttpsConfigurator(identity.tls()) {
                @Override
                public void configure(HttpsParameters parameters) {
                    SSLParameters both = identity.tls().getDefaultSSLParameters();
                    both.setNeedClientAuth(true);
                    both.setProtocols(new String[] {"TLSv1.3"});
                    parameters.setSSLParameters(both);
                }
            });
            server.setExecutor(threads);
            server.createContext("/", coordinator::handle);
            server.start();
            return coordinator;
        } catch (IOException e) {
            journal.close();
            throw new FederationException("cannot listen at " + at.getHostString() + ":" + at.getPort() + ": " + e.getMessage(), e);
        }
    }

    /** Its port. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** How many rounds were done before. */
    public int resumed() {
        return journal.rounds();
    }

    /**
     * Fits with the nodes that come; tells them what came of it.
     *
     * @throws DataException       if their rows cannot be fitted so; they hear of it
     * @throws FederationException if it cannot go on now, but may be resumed
     */
    public Outcome<FederatedFit> fit(Progress progress) {
        SharedSums sums = question -> rounds.ask(QuestionFormat.write(question), question.answerLength());
        try {
            Outcome<FederatedFit> outcome = FederatedTenMtl.fit(options, rounds.terms(), sums, progress);
            String stopped = outcome instanceof Outcome.Stopped<FederatedFit>(var _, String why) ? why : "";
            rounds.finish(new CoordinatorMessage.End(rounds.rounds(), QuestionFormat.write(outcome.orThrow(), stopped)));
            return outcome;
        } catch (DataException e) {
            rounds.finish(new CoordinatorMessage.Refusal(e.getMessage()));
            rounds.farewell(REFUSED);
            throw e;
        }
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            try {
                serve(exchange);
            } catch (FederationException e) {
                refuse(exchange, 400, e.getMessage());
            }
        } catch (IOException e) {
            // the node is gone; it will ask again
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(HttpExchange exchange) throws IOException, InterruptedException {
        X509Certificate certificate = (X509Certificate) ((HttpsExchange) exchange).getSSLSession().getPeerCertificates()[0];
        NodeIdentity.checkValid(certificate);
        String name = NodeIdentity.name(certificate);
        String path = exchange.getRequestURI().getPath();
        if (!path.startsWith(PATH)) {
            refuse(exchange, 404, "no such thing as " + path + "; this program speaks " + PATH);
            return;
        }
        switch (exchange.getRequestMethod() + " " + path.substring(PATH.length())) {
            case "GET fit" -> send(exchange, QuestionFormat.options(new WireWriter().block(journal.federation()), options).bytes());
            case "POST join" -> join(exchange, name);
            case "GET next" -> next(exchange, name);
            case "GET question" -> {
                byte[] past = rounds.question(number(exchange, "round"));
                if (past == null) {
                    refuse(exchange, 404, "there was no such round");
                } else {
                    send(exchange, past);
                }
            }
            case "POST answer" -> answer(exchange, name);
            case "POST leave" -> {
                rounds.leave(name);
                send(exchange, new byte[0]);
            }
            default -> refuse(exchange, 404, "no such thing as " + path);
        }
    }

    private void join(HttpExchange exchange, String name) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_JOIN + 1);
        String refusal;
        try {
            refusal = body.length > LARGEST_JOIN ? "a message to join has at most " + LARGEST_JOIN + " bytes"
                    : WireReader.read(body, "message to join", from -> {
                        RosterEntry entry = RosterEntry.read(from);
                        return entry.name().equals(name) ? rounds.join(entry, QuestionFormat.terms(from))
                                : "its certificate is that of '" + name + "', not of '" + entry.name() + "'";
                    });
        } catch (FederationException e) {
            refusal = e.getMessage();
        }
        if (refusal == null) {
            send(exchange, new byte[0]);
        } else {
            refuse(exchange, 409, refusal);
        }
    }

    private void next(HttpExchange exchange, String name) throws IOException, InterruptedException {
        if (!rounds.knows(name)) {
            refuse(exchange, 410, "join first");
            return;
        }
        CoordinatorMessage next = rounds.next(number(exchange, "epoch"), number(exchange, "answered"), POLL);
        if (next == null) {
            exchange.sendResponseHeaders(204, -1);
        } else {
            send(exchange, next.write());
        }
    }

    private void answer(HttpExchange exchange, String name) throws IOException {
        int epoch = number(exchange, "epoch");
        int round = number(exchange, "round");
        long wanted = rounds.size(epoch, round);
        if (wanted < 0) {
            refuse(exchange, 410, "too late: there is a new roster or round");
            return;
        }
        byte[] body = exchange.getRequestBody().readNBytes((int) Math.min(wanted + 1, LARGEST));
        if (body.length != wanted) {
            String length = exchange.getRequestHeaders().getFirst("Content-Length");
            rounds.refused(name, length == null ? body.length : Long.parseLong(length), wanted);
            refuse(exchange, 400, "an answer of round " + round + " has " + wanted + " bytes");
        } else if (rounds.answer(name, epoch, round, body)) {
            send(exchange, new byte[0]);
        } else {
            refuse(exchange, 410, "too late: there is a new roster or round");
        }
    }

    /** A number of the query; -1 if it is none. */
    private static int number(HttpExchange exchange, String key) {
        String query = exchange.getRequestURI().getQuery();
        Map<String, String> all = Arrays.stream((query == null ? "" : query).split("&")).map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2).collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (one, other) -> other));
        try {
            return Integer.parseInt(all.getOrDefault(key, "-1"));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static void send(HttpExchange exchange, byte[] bytes) throws IOException {
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private static void refuse(HttpExchange exchange, int status, String why) throws IOException {
        byte[] text = why.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, text.length);
        exchange.getResponseBody().write(text);
    }

    /**
     * Waits until all nodes have what they need of the fit.
     *
     * @param most how long
     * @return who has not left by then; by the journal, the same fit can be told again
     */
    public List<String> farewell(Duration most) {
        return rounds.farewell(most);
    }

    /** Stops listening. */
    @Override
    public void close() {
        server.stop(1);
        threads.shutdownNow();
        journal.close();
    }
}
