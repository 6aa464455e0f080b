package intarsia.models.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Says that a writer is alive: a lock file that it holds locked, and into which it writes twice a minute. The lock is the system's, so it
 * ends with the process, whatever ends it, and is seen from other containers and process-id namespaces on the same machine. On a disk that
 * several machines share a lock may not be seen; there a writer counts as dead only when its file was not written for a day, by that disk's
 * own clock.
 */
final class WriterLock implements AutoCloseable {
    private static final long BEAT = TimeUnit.SECONDS.toMillis(30);
    private static final long STALE = TimeUnit.DAYS.toMillis(1);
    /** Disks of one machine: who else writes there runs on its system and shares its locks. */
    private static final Set<String> LOCAL = Set.of("ext2", "ext3", "ext4", "ext2/ext3", "xfs", "btrfs", "zfs", "tmpfs", "overlay", "f2fs",
            "bcachefs",
            "apfs", "hfs", "ufs", "ntfs");
    /** The files that this process holds: opening one again and closing it would end the lock. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;
    private final Thread heart;

    private WriterLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
        this.heart = Thread.ofPlatform().daemon().name("heartbeat").start(this::beat);
    }

    /**
     * Makes a lock file and locks it. Where the disk knows no locks the beats alone tell.
     *
     * @param file a new file
     * @return null if another writer took the new file for a dead one's in the moment before it was locked
     */
    static WriterLock take(Path file) throws IOException {
        HELD.add(file);
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            channel.write(ByteBuffer.wrap(new byte[] {'.'}), 0);
            if (lock(channel) && Files.exists(file)) {
                return new WriterLock(file, channel);
            }
            give(file, channel);
            return null;
        } catch (IOException e) {
            give(file, channel);
            throw e;
        }
    }

    private static void give(Path file, FileChannel channel) throws IOException {
        if (channel != null) {
            Files.deleteIfExists(file);
            channel.close();
        }
        HELD.remove(file);
    }

    private static boolean lock(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (IOException e) {
            return true;
        }
    }

    private void beat() {
        while (channel.isOpen()) {
            try {
                Thread.sleep(BEAT);
                channel.write(ByteBuffer.wrap(new byte[] {'.'}), 0);
                channel.force(true);
            } catch (InterruptedException e) {
                return;
            } catch (IOException e) {
                // The disk does not answer: once more in half a minute.
            }
        }
    }

    /**
     * Does something about a dead writer, holding its lock meanwhile, and takes its lock file away. Nothing happens if it may be alive.
     *
     * @param file its lock file
     * @param now  what the disk's clock says
     */
    static void ifDead(Path file, long now, Cleanup.Action action) throws IOException {
        ifDead(file, now, isLocal(file), action);
    }

    /** Whether a disk belongs to one machine. */
    static boolean isLocal(Path file) {
        try {
            return LOCAL.contains(Files.getFileStore(file).type().toLowerCase(Locale.ROOT));
        } catch (IOException e) {
            return false;
        }
    }

    static void ifDead(Path file, long now, boolean local, Cleanup.Action action) throws IOException {
        if (HELD.contains(file)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            boolean shows = local;
            try {
                if (channel.tryLock() == null) {
                    return;
                }
            } catch (IOException e) {
                // A disk without locks.
                shows = false;
            }
            if (shows || now - Files.getLastModifiedTime(file).toMillis() > STALE) {
                action.run();
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException | OverlappingFileLockException e) {
            // Gone meanwhile, or this process's own.
        }
    }

    /** When the lock was last told to be alive, by the disk's clock. */
    long time() throws IOException {
        return Files.getLastModifiedTime(file).toMillis();
    }

    /** Gives the lock back and takes the file away. */
    @Override
    public void close() throws IOException {
        heart.interrupt();
        give(file, channel);
    }
}
