package intarsia.models.federated;

import intarsia.models.data.DataException;
import intarsia.models.tenmtl.ExactSum;
import intarsia.models.tenmtl.FederatedFit;
import intarsia.models.tenmtl.SharedQuestion;
import intarsia.models.tenmtl.StudyParticipant;
import intarsia.models.tenmtl.TenMtl;
import intarsia.models.tenmtl.TenMtlModel;
import java.net.URI;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One who holds rows and answers a {@link Coordinator}. It sends no row and no individual's coordinates: only its individuals' sums, and
 * these masked. All it needs to come back is its rows: it hears the questions again that it missed, and its state is what they make it.
 *
 * <p>It guards its rows itself: it answers only under a roster of enough nodes whose keys are signed by certificates that it trusts, and
 * always the same nodes, the coordinator not among them; masks cancel only where all were asked the same; it takes no message that is too
 * large.
 */
public final class FederatedNode {
    private final NodeIdentity identity;
    private final Function<TenMtl, StudyParticipant> participants;
    private final int least;
    private final Consumer<String> says;
    private final CoordinatorClient client;
    private byte[] federation;
    private Transcript transcript;
    private TenMtl options;
    private StudyParticipant participant;
    /** The last round that was answered or heard, its question and the answer if there was one. */
    private int done;
    private byte[] asked;
    private ExactSum last;
    private Set<String> company;
    private KeyPair keys;
    private int epoch;
    private int answered;
    private PairwiseMasks masks;

    private FederatedNode(NodeIdentity identity, Function<TenMtl, StudyParticipant> participants, int least, Consumer<String> says,
            CoordinatorClient client) {
        this.identity = identity;
        this.participants = participants;
        this.least = least;
        this.says = says;
        this.client = client;
    }

    /**
     * What came of the fit here.
     *
     * @param model    of this node's tasks
     * @param fit      what all share
     * @param stopped  why it ended before it converged, or empty
     * @param rounds   how many questions there were
     * @param sent     bytes of messages from here
     * @param received bytes of messages to here
     */
    public record Result(TenMtlModel model, FederatedFit fit, String stopped, int rounds, long sent, long received) {}

    /**
     * Takes part until the fit ends.
     *
     * @param coordinator  its address, https
     * @param participants gives the rows, once what is to be fitted is known
     * @param least        how many nodes a roster must have, this one included, for it to answer
     * @param patience     how long it tries to reach a coordinator that does not answer
     * @param says         is told in one line what happens
     * @throws FederationException if it cannot go on
     */
    public static Result join(URI coordinator, NodeIdentity identity, Function<TenMtl, StudyParticipant> participants, int least,
            Duration patience, Consumer<String> says) {
        if (!"https".equals(coordinator.getScheme()) || coordinator.getHost() == null) {
            throw new FederationException("coordinator " + coordinator + ": give an address such as https://host:8443");
        }
        try (CoordinatorClient client = new CoordinatorClient(coordinator, identity, patience, says)) {
            return new FederatedNode(identity, participants, least, says, client).run();
        }
    }

    private Result run() {
        enter();
        while (true) {
            CoordinatorClient.Reply reply = client.get("next?epoch=" + epoch + "&answered=" + answered);
            if (reply.status() == 410) {
                enter();
            } else if (reply.status() != 204) {
                switch (CoordinatorMessage.read(accepted(reply))) {
                    case CoordinatorMessage.Roster(int number, List<RosterEntry> entries) -> take(number, entries);
                    case CoordinatorMessage.Round(int round, byte[] bytes) -> answer(round, bytes);
                    case CoordinatorMessage.Refusal(String why) -> {
                        client.post("leave", new byte[0]);
                        throw new FederationException("the coordinator ended the fit: " + why);
                    }
                    case CoordinatorMessage.End(int rounds, byte[] bytes) -> {
                        hear(rounds);
                        client.post("leave", new byte[0]);
                        return WireReader.read(bytes, "the end of the fit", from -> {
                            FederatedFit fit = QuestionFormat.fit(from);
                            return new Result(participant.model(fit), fit, from.text(), done, client.sent(), client.received());
                        });
                    }
                }
            }
        }
    }

    private static byte[] accepted(CoordinatorClient.Reply reply) {
        if (reply.status() != 200) {
            throw new FederationException("the coordinator refused: " + reply.text());
        }
        return reply.body();
    }

    /** Joins with new keys: those of before are known to others that may be gone. */
    private void enter() {
        byte[] fit = accepted(client.get("fit"));
        WireReader.read(fit, "the coordinator's options", from -> {
            byte[] of = from.block();
            TenMtl its = QuestionFormat.options(from);
            if (federation == null) {
                federation = of;
                options = its;
                transcript = new Transcript(fit);
            } else if (!Arrays.equals(federation, of) || !options.equals(its)) {
                throw new FederationException("the coordinator has begun another fit; start this command again to take part");
            }
            return null;
        });
        if (participant == null) {
            participant = participants.apply(options);
        }
        keys = PairwiseMasks.keyPair();
        epoch = 0;
        answered = 0;
        masks = null;
        byte[] key = keys.getPublic().getEncoded();
        WireWriter to = new WireWriter();
        new RosterEntry(identity.name(), identity.certificates(), key, identity.sign(PairwiseMasks.signed(federation, key))).write(to);
        accepted(client.post("join", QuestionFormat.terms(to, participant.terms()).bytes()));
    }

    private void take(int number, List<RosterEntry> entries) {
        Map<String, byte[]> others = new HashMap<>();
        Set<PublicKey> certified = new HashSet<>(Set.of(identity.publicKey()));
        boolean own = false;
        for (RosterEntry entry : entries) {
            if (entry.name().equals(identity.name())) {
                own = Arrays.equals(entry.key(), keys.getPublic().getEncoded());
            } else {
                PublicKey key = identity.verify(entry.name(), entry.certificates(), PairwiseMasks.signed(federation, entry.key()),
                        entry.signature());
                if (client.isCoordinator(entry.name(), key) || !certified.add(key)) {
                    // masks hide nothing from who knows them
                    throw new FederationException("roster " + number + " of the coordinator: node '" + entry.name() + "' has the "
                            + "certificate of " + (certified.contains(key) ? "another node" : "the coordinator")
                            + "; each side needs its own");
                }
                others.put(entry.name(), entry.key());
            }
        }
        if (!own) {
            throw new FederationException("another process has joined as '" + identity.name() + "' after this one; a certificate is one "
                    + "node's");
        }
        if (others.size() + 1 != entries.size() || others.size() + 1 < least || number <= epoch) {
            throw new FederationException("roster " + number + " of the coordinator has " + entries.size() + " nodes, "
                    + (others.size() + 1) + " of them different; this node answers where it is one of at least " + least
                    + " (--least-nodes) and each has its own certificate");
        }
        Set<String> all = new TreeSet<>(others.keySet());
        all.add(identity.name());
        if (company != null && !company.equals(all)) {
            // the difference of a sum with a node and one without it is that node's answer
            throw new FederationException("roster " + number + " of the coordinator has other nodes than the first one: "
                    + String.join(", ", all) + ", not " + String.join(", ", company));
        }
        company = all;
        says.accept("roster " + number + ": " + String.join(", ", entries.stream().map(RosterEntry::name).toList()));
        masks = new PairwiseMasks(identity.name(), keys, federation, number, others);
        epoch = number;
        answered = 0;
    }

    private void answer(int round, byte[] bytes) {
        if (masks == null || round <= answered) {
            throw new FederationException("the coordinator asks round " + round + " out of order");
        }
        if (round < done || round == done && (last == null || !Arrays.equals(asked, bytes))) {
            // a coordinator that lost the end of its journal: back to the beginning
            participant = participants.apply(options);
            transcript.restart();
            done = 0;
        }
        hear(round - 1);
        if (done < round) {
            SharedQuestion question = QuestionFormat.read(bytes);
            about(round, () -> {
                ExactSum sum = new ExactSum(checked(question));
                participant.answer(question, sum::add);
                done(bytes, sum);
            });
        }
        ExactSum masked = last.copy();
        masks.mask(masked, transcript.digest());
        answered = round;
        CoordinatorClient.Reply reply = client.post("answer?epoch=" + epoch + "&round=" + round, MaskedAnswer.write(masked));
        if (reply.status() != 410) {
            accepted(reply);
        }
    }

    /** The rounds that were missed, up to one. */
    private void hear(int to) {
        while (done < to) {
            byte[] bytes = accepted(client.get("question?round=" + (done + 1)));
            SharedQuestion question = QuestionFormat.read(bytes);
            about(done + 1, () -> participant.hear(question));
            done(bytes, null);
        }
    }

    private void done(byte[] question, ExactSum answer) {
        transcript.add(question);
        asked = question;
        last = answer;
        done++;
    }

    /** A question that does not suit these rows, or comes too early, ends the fit here. */
    private static void about(int round, Runnable answering) {
        try {
            answering.run();
        } catch (FederationException | DataException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new FederationException("round " + round + ": cannot be answered: " + e.getMessage(), e);
        }
    }

    private static int checked(SharedQuestion question) {
        int length = question.answerLength();
        if (length < 0 || MaskedAnswer.size(length) > Coordinator.LARGEST) {
            throw new FederationException("the coordinator asks for " + length + " numbers; an answer has at most "
                    + Coordinator.LARGEST / 16);
        }
        return length;
    }
}
