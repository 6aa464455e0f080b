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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * What a study has done so far: a file that only grows, one line an item, each forced to the disk before the next item begins. A line
 * begins with a checksum of the rest; a torn last line, left by a kill, is cut off and its item done again. The first line says what the
 * items depend on besides their path. One process at a time: the file is locked.
 */
final class Journal implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final List<String> columns;
    private final Map<Item.Key, Measurements.Row> done = new LinkedHashMap<>();

    /**
     * Opens or begins a journal.
     *
     * @param terms   what all items depend on, one line
     * @param columns names of the cells of every item
     * @throws FileException if it was begun on other terms, is damaged before its last line, or another process is writing it
     */
    Journal(Path file, String terms, List<String> columns) {
        this.file = file;
        this.columns = columns;
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
            if (!(checksum(terms) + " " + terms).startsWith(text)) {
                throw new FileException(file, "is not a journal of this study; give another --out");
            }
            channel.truncate(0);
            channel.position(0);
            write(terms);
            return;
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
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
                Measurements.Row row = row(Arrays.asList(body.split("\t", -1)));
                done.put(row.key(), row);
            }
        }
        channel.truncate(text.substring(0, whole).getBytes(StandardCharsets.UTF_8).length);
        channel.position(channel.size());
    }

    /** What was done before and since. */
    synchronized Map<Item.Key, Measurements.Row> done() {
        return new LinkedHashMap<>(done);
    }

    /** One more item is done: on the disk when this returns. */
    synchronized void add(Measurements.Row row) {
        if (!row.cells().names().equals(columns)) {
            throw new IllegalStateException("an item measured " + row.cells().names() + " where the plan says " + columns);
        }
        try {
            write(String.join("\t", cells(row)));
        } catch (IOException e) {
            throw FileException.notWritten(file, e);
        }
        done.put(row.key(), row);
    }

    private static List<String> cells(Measurements.Row row) {
        List<String> cells = new ArrayList<>(row.key().cells());
        cells.addAll(row.cells().values());
        cells.addAll(row.seconds().cells());
        return cells;
    }

    private Measurements.Row row(List<String> cells) {
        int from = Item.Key.COLUMNS.size();
        int to = from + columns.size();
        return new Measurements.Row(Item.Key.of(cells.subList(0, from)), Cells.of(columns, cells.subList(from, to)),
                Timing.of(cells.subList(to, cells.size())));
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
