package intarsia.cli;

import intarsia.models.files.FolderWriter;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The folder that a command writes, whole or not at all. */
final class NewFolder {
    @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "The folder to write; it must not exist yet.")
    private Path path;

    @Option(names = "--force", description = "Replace the folder if it exists.")
    private boolean force;

    /** Begins it, before the long work, so that a folder that may not be replaced is noticed first. */
    FolderWriter begin() {
        return FolderWriter.begin(path, force);
    }

    Path path() {
        return path;
    }

    Path resolve(String file) {
        return path.resolve(file);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
