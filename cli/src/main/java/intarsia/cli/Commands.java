package intarsia.cli;

import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;

/**
 * All commands, of which a command line needs one. Most of the time to start goes into reading what options each of them has; where the
 * first word names a command, or asks for the version, all others are names only.
 */
final class Commands {
    private static final List<Class<?>> ALL = List.of(InitStudy.class, Describe.class, Fit.class, Predict.class, Explain.class,
            Evaluate.class, Impute.class, Link.class, Transfer.class, Export.class, Federate.class, StudyCommand.class, Doctor.class,
            HelpCommand.class);
    private static final Set<String> VERSION = Set.of("-V", "--version");

    private Commands() {}

    /** Adds them to the program that was given these words. */
    static CommandLine addTo(CommandLine program, String... words) {
        String first = words.length == 0 ? "" : words[0];
        boolean one = VERSION.contains(first) || !first.equals("help") && ALL.stream().anyMatch(command -> name(command).equals(first));
        for (Class<?> command : ALL) {
            boolean whole = !one || name(command).equals(first);
            program.addSubcommand(name(command), whole ? command : CommandSpec.create());
        }
        return program;
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }
}
