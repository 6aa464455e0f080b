package intarsia.cli;

import intarsia.cli.json.CommandResult;
import intarsia.models.files.Results;
import intarsia.models.files.Study;
import intarsia.models.files.StudyDraft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Drafts a study file from CSV files. */
@Command(name = "init", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Draft a study.toml from CSV files: guesses column types, groups columns into sources by the tasks that have "
                + "them, and asks in comments what the files do not say.")
final class InitStudy implements Runnable {
    @Parameters(arity = "1..*", paramLabel = "FOLDER|FILES", description = "A folder with CSV files, or CSV files of one folder.")
    private List<Path> given;

    @Option(names = "--response", paramLabel = "COLUMN", description = "The column to learn, or the time to an event.")
    private String response;

    @Option(names = "--event", paramLabel = "COLUMN", description = "The column that says whether the event was seen (with a time as the "
            + "response).")
    private String event;

    @Option(names = "--task", paramLabel = "COLUMN", description = "The column that names each row's task.")
    private String task;

    @Option(names = "--id", paramLabel = "COLUMN", description = "The column that names each row.")
    private String id;

    @Option(names = "--force", description = "Replace a study.toml that is there.")
    private boolean force;

    @Mixin
    private Answer answer;

    @Override
    public void run() {
        boolean whole = given.size() == 1 && Files.isDirectory(given.getFirst());
        Path folder = whole ? given.getFirst() : given.getFirst().toAbsolutePath().normalize().getParent();
        List<Path> files = whole ? files(folder) : given;
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new UserException(file + ": is not a file; give one folder, or CSV files of one folder");
            }
            if (!folder.toAbsolutePath().normalize().equals(file.toAbsolutePath().normalize().getParent())) {
                throw new UserException(file + ": is not in the folder of the first file, " + folder
                        + "; a study's files are in one folder");
            }
        }
        Path written = folder.resolve(Study.FILE_NAME);
        Results.checkWritable(written, force);
        Results.write(written, StudyDraft.of(String.valueOf(folder.toAbsolutePath().normalize().getFileName()), files,
                new StudyDraft.Known(response, event, task, id)), force);
        answer.result(new CommandResult.Drafted(written.toString()));
        answer.text().println(written + " is written; answer its questions" + (response == null ? ", name the response" : "")
                + " and see  intarsia describe " + folder);
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> files = all.filter(file -> file.getFileName().toString().toLowerCase(Locale.ROOT).matches(".*\\.(csv|tsv)"))
                    .sorted().toList();
            if (files.isEmpty()) {
                throw new UserException(folder + ": has no .csv or .tsv file");
            }
            return files;
        } catch (IOException e) {
            throw new UserException(folder + ": cannot be listed: " + e.getMessage());
        }
    }
}
