package intarsia.models.federated;

import intarsia.models.tenmtl.ExactSum;
import intarsia.models.tenmtl.FederationTerms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Who takes part and what is asked: a round is over when all nodes of one roster have answered it. A node that comes back has new keys, so
 * there is a new roster and the round is asked again of all; answers under an old roster are worth nothing.
 */
final class FederationRounds {
    private static final long LAG_MILLIS = 10_000;

    private final int expected;
    private final Duration patience;
    private final RoundJournal journal;
    private final Consumer<String> says;
    private final Map<String, RosterEntry> members = new TreeMap<>();
    private final Map<String, ExactSum> answers = new TreeMap<>();
    private final Set<String> left = new HashSet<>();
    private FederationTerms terms;
    private int epoch;
    private int round;
    private byte[] question;
    private int length;
    private CoordinatorMessage end;
    private int told;
    private long progressed = System.nanoTime();

    FederationRounds(int expected, Duration patience, RoundJournal journal, Consumer<String> says) {
        this.expected = expected;
        this.patience = patience;
        this.journal = journal;
        this.says = says;
        this.terms = journal.terms();
    }

    /** Takes a node in, or says why not. */
    synchronized String join(RosterEntry entry, FederationTerms its) {
        List<String> begun = journal.nodes();
        if (!begun.isEmpty() && !begun.contains(entry.name())) {
            return "the fit was begun with nodes " + String.join(", ", begun) + "; there is no '" + entry.name() + "' among them";
        }
        if (members.size() == expected && !members.containsKey(entry.name())) {
            return "all " + expected + " nodes are there: " + String.join(", ", members.keySet()) + "; there is no place for '"
                    + entry.name() + "'";
        }
        boolean first = begun.isEmpty() && members.keySet().stream().allMatch(entry.name()::equals);
        String difference = first ? null : its.difference(terms);
        if (difference != null) {
            return difference + "; all nodes need the same columns, levels and kind of response";
        }
        terms = its;
        says.accept(members.put(entry.name(), entry) == null ? "node '" + entry.name() + "' joined" : "node '" + entry.name()
                + "' came back");
        if (members.size() == expected) {
            epoch++;
            answers.clear();
            if (begun.isEmpty()) {
                journal.begin(List.copyOf(members.keySet()), terms);
            }
        }
        moved();
        return null;
    }

    /** What a node does next; null where there is nothing yet, after waiting for a while. */
    synchronized CoordinatorMessage next(int knownEpoch, int answered, Duration wait) throws InterruptedException {
        long until = System.nanoTime() + wait.toNanos();
        while (true) {
            if (end != null) {
                return end;
            }
            if (members.size() == expected && epoch > knownEpoch) {
                return new CoordinatorMessage.Roster(epoch, List.copyOf(members.values()));
            }
            if (members.size() == expected && question != null && round != answered) {
                return new CoordinatorMessage.Round(round, question);
            }
            long rest = (until - System.nanoTime()) / 1_000_000;
            if (rest <= 0) {
                return null;
            }
            wait(rest);
        }
    }

    synchronized boolean knows(String name) {
        return members.containsKey(name);
    }

    /** The question of a past round, or null. */
    synchronized byte[] question(int past) {
        return past >= 1 && past <= journal.rounds() ? journal.question(past) : null;
    }

    /** How many bytes an answer has now; -1 where none is wanted by this epoch and round. */
    synchronized long size(int ofEpoch, int ofRound) {
        return question == null || ofEpoch != epoch || ofRound != round ? -1 : MaskedAnswer.size(length);
    }

    /** Takes an answer; false if it is too late or of a wrong size. */
    synchronized boolean answer(String name, int ofEpoch, int ofRound, byte[] bytes) {
        ExactSum sum = size(ofEpoch, ofRound) < 0 ? null : MaskedAnswer.read(bytes, length);
        if (sum == null || !members.containsKey(name)) {
            return false;
        }
        answers.put(name, sum);
        moved();
        return true;
    }

    /** Says that a node's answer was refused. */
    void refused(String name, long bytes, long wanted) {
        says.accept("node '" + name + "': its answer of " + bytes + " bytes was refused; round " + round + " takes " + wanted);
    }

    private void moved() {
        told = 0;
        progressed = System.nanoTime();
        notifyAll();
    }

    /** What all nodes agree on, once they are there. */
    synchronized FederationTerms terms() {
        while (members.size() < expected && journal.nodes().isEmpty()) {
            await("waiting for nodes: " + members.size() + " of " + expected + " joined");
        }
        return terms;
    }

    /** The sum of all answers. */
    synchronized double[] ask(byte[] asked, int numbers) {
        round++;
        if (round <= journal.rounds()) {
            return journal.sum(round, asked);
        }
        question = asked;
        length = numbers;
        answers.clear();
        moved();
        while (answers.size() < expected || members.size() < expected) {
            List<String> missing = new ArrayList<>(journal.nodes());
            missing.removeAll(answers.keySet());
            await("waiting for " + String.join(", ", missing) + " in round " + round);
        }
        question = null;
        ExactSum sum = new ExactSum(numbers);
        answers.values().forEach(sum::add);
        double[] sums = sum.doubles();
        for (double each : sums) {
            if (!(Math.abs(each) < ExactSum.LIMIT)) {
                throw new FederationException("round " + round
                        + ": the sum of all answers is no sum of what nodes may say; a node does not "
                        + "keep to the protocol, or the nodes have different versions of the program");
            }
        }
        journal.add(asked, sums);
        return sums;
    }

    private void await(String what) {
        long idle = (System.nanoTime() - progressed) / 1_000_000;
        if (idle >= patience.toMillis()) {
            throw new FederationException(what + ": nothing came for " + patience.toSeconds()
                    + " s; start the missing node again, then this command, which resumes");
        }
        if (idle >= LAG_MILLIS && told == 0) {
            told = 1;
            says.accept(what);
        }
        try {
            wait(Math.max(1, Math.min(patience.toMillis() - idle, 1000)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FederationException("interrupted; the same command resumes", e);
        }
    }

    /** A node needs no more. */
    synchronized void leave(String name) {
        left.add(name);
        notifyAll();
    }

    /** Waits until all nodes have left; who has not in time. */
    synchronized List<String> farewell(Duration most) {
        long until = System.nanoTime() + most.toNanos();
        try {
            for (long rest = most.toMillis(); !left.containsAll(members.keySet()) && rest > 0;
                    rest = (until - System.nanoTime()) / 1_000_000) {
                wait(rest);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return members.keySet().stream().filter(name -> !left.contains(name)).toList();
    }

    /** How many rounds there were. */
    synchronized int rounds() {
        return round;
    }

    /** Tells all nodes the end. */
    synchronized void finish(CoordinatorMessage message) {
        end = message;
        notifyAll();
    }
}
