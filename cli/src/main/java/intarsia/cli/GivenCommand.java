package intarsia.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/** A command as it was given, but for what its results do not depend on: where they go, what is shown, how many threads. */
final class GivenCommand {
    private static final Set<String> WITHOUT_VALUE = Set.of("--force", "--quiet", Answer.JSON);
    private static final Set<String> WITH_VALUE = Set.of("--out", "--threads", "--on");

    private GivenCommand() {}

    /** {@code ./intarsia fit STUDY --seed 3 --out RUN}. */
    static String of(CommandSpec spec, String out) {
        List<String> words = new ArrayList<>(List.of("./intarsia"));
        List<String> given = spec.root().commandLine().getParseResult().originalArgs();
        for (int i = 0; i < given.size(); i++) {
            String word = given.get(i);
            if (WITH_VALUE.contains(word)) {
                i++;
            } else if (!WITHOUT_VALUE.contains(word) && WITH_VALUE.stream().noneMatch(option -> word.startsWith(option + "="))) {
                words.add(word.matches("[A-Za-z0-9_./:=+-]+") ? word : "'" + word.replace("'", "'\\''") + "'");
            }
        }
        return String.join(" ", words) + " --out " + out;
    }
}
