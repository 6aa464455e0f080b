package intarsia.models.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * What long work has done so far, so that it can be resumed: a file that only grows, one line a piece of work, each forced to the disk when
 * it is added. A line begins with a checksum of the rest; a torn last line, left by a kill, is cut off. The first line says what all pieces
 * depend on. One process at a time: the file is locked.
 */
public final class Journal implements AutoCloseable {
    private final Path file;
    private final String work;
    private final FileChannel channel;
    private final List<String> lines = new ArrayList<>();

    /**
     * Opens or begins a journal.
     *
     * @param terms what all pieces depend on, one line
     * @param work  what is being done, for messages: "study"
     * @throws FileException if it was begun on other terms, is damaged before its last line, or another process is writing it
     */
    public Journal(Path file, String terms, String work) {
        this.file = file;
        this.work = work;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                lock();
                read(terms);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw FileException.notWritten(file, e);
        }
    }

    private void lock() throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new FileException(file, "another process is at work on this " + work + "; wait for it, or give another --out");
        }
    }

    /** Whether another process is writing this file. */
    static boolean inUse(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE); FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    private void read(String terms) throws IOException {
        String text = text(channel);
        int end = text.lastIndexOf('\n') + 1;
        if (end == 0) {
            if (!(checksum(terms) + " " + terms).startsWith(text)) {
                throw new FileException(file, "is not a journal of this " + work + "; give another --out");
            }
            channel.truncate(0);
            channel.position(0);
            write(terms);
            return;
        }
        lines.addAll(checked(file, text, terms));
        channel.truncate(text.substring(0, end).getBytes(StandardCharsets.UTF_8).length);
        channel.position(channel.size());
    }

    /**
     * The lines that another process has added so far; nothing is locked or changed.
     *
     * @throws FileException if it was begun on other terms or is damaged before its last line
     */
    public static List<String> read(Path file, String terms) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return checked(file, text(channel), terms);
        } catch (IOException e) {
            throw new FileException(file, "cannot be read: " + FileException.reason(e));
        }
    }

    private static String text(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // reads on
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }

    /** The whole lines after the first, without their checksums. */
    private static List<String> checked(Path file, String text, String terms) {
        List<String> whole = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < whole.size(); i++) {
            String line = whole.get(i);
            String body = line.length() > 9 ? line.substring(9) : "";
            if (!line.startsWith(checksum(body) + " ")) {
                throw new FileException(file, i + 1, "is damaged: its checksum does not fit; delete this line and those after it to do "
                        + "their items again");
            }
            if (i == 0 && !body.equals(terms)) {
                throw new FileException(file, "was begun on other terms (" + body + ") than asked for now (" + terms
                        + "); give the same options, or another --out");
            }
            if (i > 0) {
                bodies.add(body);
            }
        }
        return bodies;
    }

    /** What was added before and since. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** Another piece is done: on the disk when this returns. */
    public synchronized void add(String line) {
        if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("a journal's lines have no line breaks: " + Text.quoted(line));
        }
        try {
            write(line);
        } catch (IOException e) {
            throw FileException.notWritten(file, e);
        }
        lines.add(line);
    }

    private void write(String body) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((checksum(body) + " " + body + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            channel.write(line);
        }
        channel.force(false);
    }

    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new FileException(file, "cannot be closed: " + e);
        }
    }
}
