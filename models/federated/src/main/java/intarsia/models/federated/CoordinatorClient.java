package intarsia.models.federated;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/** A node's way to the coordinator: asks again, less and less often, where nothing answers. */
final class CoordinatorClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration REQUEST = Duration.ofSeconds(60);
    private static final long FIRST_PAUSE = 100;
    private static final long LONGEST_PAUSE = 5_000;

    private final URI coordinator;
    private final HttpClient client;
    private final Duration patience;
    private final Consumer<String> says;
    private X509Certificate certificate;
    private long sent;
    private long received;

    CoordinatorClient(URI coordinator, NodeIdentity identity, Duration patience, Consumer<String> says) {
        this.coordinator = coordinator;
        this.patience = patience;
        this.says = says;
        this.client = HttpClient.newBuilder().sslContext(identity.tls()).connectTimeout(CONNECT).version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /**
     * What came back.
     *
     * @param status of HTTP
     * @param body   at most what a message may have
     */
    record Reply(int status, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8).lines().findFirst().orElse("");
        }
    }

    Reply get(String what) {
        return send(what, HttpRequest.newBuilder().GET());
    }

    /** How many bytes of messages went out, without what HTTP and TLS add. */
    long sent() {
        return sent;
    }

    /** How many came in. */
    long received() {
        return received;
    }

    /** Whether a name or a certificate's key is that of the coordinator that answered last. */
    boolean isCoordinator(String name, PublicKey key) {
        return NodeIdentity.name(certificate).equals(name) || certificate.getPublicKey().equals(key);
    }

    Reply post(String what, byte[] body) {
        sent += body.length;
        return send(what, HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private Reply send(String what, HttpRequest.Builder request) {
        HttpRequest whole = request.uri(coordinator.resolve(Coordinator.PATH + what)).timeout(REQUEST).build();
        long begun = System.nanoTime();
        long pause = FIRST_PAUSE;
        while (true) {
            try {
                HttpResponse<InputStream> response = client.send(whole, HttpResponse.BodyHandlers.ofInputStream());
                try (InputStream body = response.body()) {
                    byte[] bytes = body.readNBytes(Coordinator.LARGEST + 1);
                    if (bytes.length > Coordinator.LARGEST) {
                        throw new FederationException("the coordinator's message is longer than " + Coordinator.LARGEST + " bytes");
                    }
                    received += bytes.length;
                    certificate = (X509Certificate) response.sslSession().orElseThrow().getPeerCertificates()[0];
                    NodeIdentity.checkValid(certificate);
                    return new Reply(response.statusCode(), bytes);
                }
            } catch (SSLException e) {
                if (e.getCause() instanceof EOFException || e.getCause() instanceof SocketException) {
                    // it was stopped in the midst of a handshake
                    pause = again(begun, pause, e);
                    continue;
                }
                throw new FederationException("no trust between this node and the coordinator at " + coordinator + ": " + e.getMessage()
                        + "; each needs the other's certificate in its trust store", e);
            } catch (IOException e) {
                pause = again(begun, pause, e);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private long again(long begun, long millis, IOException failed) {
        if (System.nanoTime() - begun > patience.toNanos()) {
            throw new FederationException("the coordinator at " + coordinator + " has not answered for " + patience.toSeconds()
                    + " s; start it again, then this command, which resumes", failed);
        }
        if (millis == FIRST_PAUSE) {
            says.accept("no answer from the coordinator at " + coordinator + "; trying again");
        }
        try {
            Thread.sleep(millis);
            return Math.min(LONGEST_PAUSE, 2 * millis);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static FederationException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new FederationException("interrupted; the same command resumes", e);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
