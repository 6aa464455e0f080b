package intarsia.cli;

import intarsia.models.files.Study;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How a command reads a study. */
final class StudyReading {
    @Option(names = "--allow-outside", description = "Also read files outside the study's folder that the study file names or a "
            + "link leads to. Without it they are refused, so that a study from elsewhere cannot read your other files.")
    private boolean allowOutside;

    /** The options that were given; null for the response that the study file names. */
    Study.Options options(String response) {
        return new Study.Options(response, allowOutside);
    }

    /** The same for a study that may lack a common source. */
    Study.Options linked() {
        return new Study.Options(null, allowOutside, true);
    }

    Study read(Path folder) {
        return Study.read(folder, options(null));
    }
}
