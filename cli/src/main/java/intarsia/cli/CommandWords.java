package intarsia.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The words of a command for a process elsewhere: files have their absolute names, also those meant where nothing is said. */
final class CommandWords {
    /** What is the business of this process alone: how it is seen, and who does the items. */
    private static final Set<String> LEFT_OUT = Set.of("--threads", "--time-limit", "--shard", "--on", "--quiet", "--force", "--debug",
            Answer.JSON);

    private CommandWords() {}

    /** Those of a command that is being run. */
    static List<String> of(CommandSpec command) {
        ParseResult parsed = command.commandLine().getParseResult();
        List<String> words = new ArrayList<>(List.of(command.qualifiedName(" ").split(" ")));
        words.removeFirst();
        for (OptionSpec option : command.options()) {
            if (LEFT_OUT.contains(option.longestName()) || !parsed.hasMatchedOption(option) && !isFile(option)) {
                continue;
            }
            if (option.arity().max() == 0) {
                words.add(option.longestName());
            } else {
                values(option).forEach(value -> words.addAll(List.of(option.longestName(), value)));
            }
        }
        command.positionalParameters().forEach(parameter -> words.addAll(values(parameter)));
        return words;
    }

    private static boolean isFile(ArgSpec argument) {
        return argument.type() == Path.class;
    }

    private static List<String> values(ArgSpec argument) {
        return isFile(argument) ? Stream.ofNullable((Path) argument.getValue()).map(path -> path.toAbsolutePath().normalize().toString())
                .toList() : argument.originalStringValues();
    }
}
