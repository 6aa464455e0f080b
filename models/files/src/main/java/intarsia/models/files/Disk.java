package intarsia.models.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What writing needs of a disk: bytes that are on it, files replaced whole, hidden names beside a file, folders deleted. */
final class Disk {
    static final String WRITING = ".writing-";

    private Disk() {}

    /** A new file with these bytes, on the disk when this returns. */
    static void writeThrough(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        force(file);
    }

    /** Forces what was written to a file, or the names in a folder, to the disk. */
    static void force(Path path) throws IOException {
        boolean folder = Files.isDirectory(path);
        try (FileChannel channel = FileChannel.open(path, folder ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
            channel.force(true);
        } catch (IOException e) {
            // Some systems open no folder for this; their rename is as durable as it gets.
            if (!folder) {
                throw e;
            }
        }
    }

    /** Forces a folder and those in it to the disk. */
    static void forceFolders(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path folder : all.filter(Files::isDirectory).toList()) {
                force(folder);
            }
        }
    }

    /**
     * Writes one file so that a crash leaves the old contents or the new ones: a temporary file beside it, then a rename. A program that is
     * stopped takes the temporary file away; what was left by one that could not is taken away a day later.
     */
    static void replace(Path file, byte[] bytes) throws IOException {
        Path beside = hidden(file, WRITING + unique());
        Cleanup cleanup = Cleanup.of(() -> Files.deleteIfExists(beside));
        try {
            writeThrough(beside, bytes);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            cleanup.close();
        }
        force(parent(file));
        String prefix = hidden(file, WRITING).getFileName().toString();
        long old = Files.getLastModifiedTime(file).toMillis() - TimeUnit.DAYS.toMillis(1);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(parent(file), path ->
                path.getFileName().toString().startsWith(prefix))) {
            for (Path path : left) {
                if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && Files.getLastModifiedTime(path).toMillis() < old) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    /** Moves a folder into a free place; false where another is there, or comes to be there in this moment. */
    static boolean place(Path from, Path to) throws IOException {
        if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            if (!Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
            return false;
        }
    }

    /** Moves a folder out of its place, unless another process does so in this moment. */
    static void takeAside(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            // Its writer puts another there.
        }
    }

    /** Deletes a folder and all in it, or a link; the list of a run's files goes first, so that half a run is never taken for one. */
    static void delete(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(root.resolve(Manifest.FILE_NAME));
        }
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** Makes a folder and those above it, and gives the uppermost that was not there, or null. */
    static Path createFolders(Path folder) throws IOException {
        Path first = null;
        for (Path above = folder; above != null && !Files.exists(above); above = above.getParent()) {
            first = above;
        }
        Files.createDirectories(folder);
        return first;
    }

    /** The folder a path is in. */
    static Path parent(Path path) {
        Path parent = path.toAbsolutePath().normalize().getParent();
        if (parent == null) {
            throw new FileException(path, "is the root of the file system; give a folder in it");
        }
        return parent;
    }

    /** A hidden name beside a path. */
    static Path hidden(Path path, String suffix) {
        return parent(path).resolve("." + path.toAbsolutePath().normalize().getFileName() + suffix);
    }

    /** A word that no other process makes. */
    static String unique() {
        return UUID.randomUUID().toString().substring(0, 18).replace("-", "");
    }
}
