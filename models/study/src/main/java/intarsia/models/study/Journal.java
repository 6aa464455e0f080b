package intarsia.models.study;

import intarsia.models.files.FileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * What a study has done so far: a file that only grows, one line an item, each forced to the disk before the next item begins. A line begins with a checksum
 * of the rest; a torn last line, left by a kill, is cut off and its item done again. The first line says what the items depend on besides their path.
 * One process at a time: the file is locked.
 */
final class Journal implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final Map<WorkItem.Key, ItemResult> done = new LinkedHashMap<>();

    /**
     * Opens or begins a journal.
     *
     * @param terms what all items depend on, one line
     * @throws FileException if it was begun on other terms, is damaged before its last line, or another process is writing it
     */
    Journal(Path file, String terms) {
        this.file = file;
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
            throw new FileException(file, "cannot be written: " + e);
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
            throw new FileException(file, "another process is at work on this study; wait for it, or give another --out");
        }
    }

    private void read(String terms) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // reads on
        }
        String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        int whole = text.lastIndexOf('\n') + 1;
        List<String> lines = text.substring(0, whole).lines().toList();
        if (lines.isEmpty()) {
            channel.truncate(0);
            channel.position(0);
            write(terms);
            return;
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String body = line.length() > 9 ? line.substring(9) : "";
            if (!line.startsWith(checksum(body) + " ")) {
                throw new FileException(file, i + 1, "is damaged: its checksum does not fit; delete this line and those after it to do their items again");
            }
            if (i == 0 && !body.equals(terms)) {
                throw new FileException(file, "was begun on other terms (" + body + ") than asked for now (" + terms
                        + "); give the same options, or another --out");
            }
            if (i > 0) {
                List<String> cells = Arrays.asList(body.split("\t", -1));
                ItemResult result = ItemResult.of(cells, Double.parseDouble(cells.getLast()));
                done.put(result.key(), result);
            }
        }
        channel.truncate(text.substring(0, whole).getBytes(StandardCharsets.UTF_8).length);
        channel.position(channel.size());
    }

    /** What was done before and since. */
    synchronized Map<WorkItem.Key, ItemResult> done() {
        return new LinkedHashMap<>(done);
    }

    /** One more item is done: on the disk when this returns. */
    synchronized void add(ItemResult result) {
        try {
            write(String.join("\t", result.cells()) + "\t" + result.seconds());
        } catch (IOException e) {
            throw new FileException(file, "cannot be written: " + e);
        }
        done.put(result.key(), result);
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
