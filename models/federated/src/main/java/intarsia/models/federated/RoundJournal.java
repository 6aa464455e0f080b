package intarsia.models.federated;

import intarsia.models.tenmtl.FederationTerms;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * All questions and sums of a fit in a file: a coordinator that was stopped finds its way by them, asking nothing twice, and a node that
 * comes back hears the questions again. Begun with the fit's number, the names of its nodes and their terms; what a killed writer left
 * half-written at the end is dropped. A file that is damaged elsewhere, or is something else, is left as it is and refused.
 */
final class RoundJournal implements AutoCloseable {
    private static final int MAGIC = 0x49464a31;

    private final Path file;
    private final FileChannel channel;
    private final List<byte[]> questions = new ArrayList<>();
    private final List<double[]> sums = new ArrayList<>();
    private byte[] federation = new byte[16];
    private List<String> nodes = List.of();
    private FederationTerms terms;

    private RoundJournal(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
        new SecureRandom().nextBytes(federation);
    }

    /**
     * Opens a journal, or begins one.
     *
     * @throws FederationException if another process writes it, it cannot be read or written, or is damaged before its last record
     */
    static RoundJournal open(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ,
                    StandardOpenOption.WRITE), owners(file));
            RoundJournal journal = new RoundJournal(file, channel);
            try {
                FileLock lock = channel.tryLock();
                if (lock == null) {
                    throw new OverlappingFileLockException();
                }
                journal.load();
                return journal;
            } catch (OverlappingFileLockException e) {
                channel.close();
                throw new FederationException(file + ": another coordinator is writing it; give another --out", e);
            } catch (FederationException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new FederationException(file + ": cannot be written: " + e.getMessage(), e);
        }
    }

    /** Sums are for nobody but the coordinator. */
    private static FileAttribute<?>[] owners(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
    }

    private void load() throws IOException {
        ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file));
        int whole = 0;
        for (byte[] record = record(all); record != null; record = record(all)) {
            byte[] bytes = record;
            if (whole == 0) {
                WireReader.read(bytes, file.toString(), from -> {
                    federation = from.block();
                    nodes = from.list(from::text);
                    terms = QuestionFormat.terms(from);
                    return null;
                });
            } else {
                WireReader.read(bytes, file.toString(), from -> questions.add(from.block()) && sums.add(from.reals()));
            }
            whole = all.position();
        }
        channel.truncate(whole);
        channel.position(whole);
    }

    /** The next whole record; null at the end, or where the last one is half-written. */
    private byte[] record(ByteBuffer all) {
        int at = all.position();
        if (all.remaining() < Integer.BYTES) {
            return null;
        }
        boolean ours = all.getInt() == MAGIC;
        boolean half = all.remaining() < 2 * Integer.BYTES;
        int length = half ? 0 : all.getInt();
        int check = half ? 0 : all.getInt();
        if (!ours || length < 0) {
            throw new FederationException(file + (at == 0 ? ": is no journal of a federated fit" : ": is damaged at byte " + at)
                    + "; bring it back from a copy, or remove the file to begin anew");
        }
        if (half || length > all.remaining()) {
            return null;
        }
        byte[] bytes = new byte[length];
        all.get(bytes);
        if (check(bytes) != check && all.hasRemaining()) {
            throw new FederationException(file + ": is damaged in the " + length + " bytes after byte " + at
                    + "; bring it back from a copy, or remove the file to begin anew");
        }
        return check(bytes) == check ? bytes : null;
    }

    private static int check(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private void append(byte[] bytes) {
        ByteBuffer record = ByteBuffer.allocate(3 * Integer.BYTES + bytes.length).putInt(MAGIC).putInt(bytes.length).putInt(check(bytes))
                .put(bytes).flip();
        try {
            while (record.hasRemaining()) {
                channel.write(record);
            }
        } catch (IOException e) {
            throw new FederationException(file + ": cannot be written: " + e.getMessage(), e);
        }
    }

    /** What the fit is known by. */
    byte[] federation() {
        return federation.clone();
    }

    /** The names of the nodes; empty where the fit has not begun. */
    List<String> nodes() {
        return nodes;
    }

    /** Their terms, or null. */
    FederationTerms terms() {
        return terms;
    }

    /** Begins with these nodes. */
    void begin(List<String> names, FederationTerms of) {
        nodes = List.copyOf(names);
        terms = of;
        WireWriter to = new WireWriter().block(federation);
        append(QuestionFormat.terms(to.list(nodes, to::text), of).bytes());
    }

    /** How many rounds it has. */
    int rounds() {
        return sums.size();
    }

    /** The question of a round, from 1. */
    byte[] question(int round) {
        return questions.get(round - 1);
    }

    /**
     * The sum of a round.
     *
     * @throws FederationException if the question was another one
     */
    double[] sum(int round, byte[] question) {
        if (!Arrays.equals(questions.get(round - 1), question)) {
            throw new FederationException(file + ": holds another fit, which differs from round " + round + " on; give the options it was "
                    + "begun with, or remove the file to begin anew");
        }
        return sums.get(round - 1).clone();
    }

    /** Adds a round. */
    void add(byte[] question, double[] sum) {
        append(new WireWriter().block(question).numbers(sum).bytes());
        questions.add(question);
        sums.add(sum.clone());
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new FederationException(file + ": cannot be closed: " + e.getMessage(), e);
        }
    }
}
