package intarsia.cli;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Makes the commands that a command line needs. Most of the time to start goes into reading what options each of them has; where the first
 * word names a command, or asks for the version, all others are names only.
 */
final class NeededCommands implements IFactory {
    private static final Set<String> VERSION = Set.of("-V", "--version");

    private final IFactory all = CommandLine.defaultFactory();
    private final Set<Class<?>> namesOnly;

    /** For the commands of a program and what was given to it. */
    NeededCommands(Class<?> program, String... words) {
        List<Class<?>> commands = List.of(program.getAnnotation(Command.class).subcommands());
        String first = words.length == 0 ? "" : words[0];
        boolean known = VERSION.contains(first) || commands.stream().anyMatch(command -> name(command).equals(first));
        namesOnly = commands.stream().filter(command -> known && !name(command).equals(first) && !first.equals("help"))
                .collect(Collectors.toSet());
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        if (namesOnly.contains(type)) {
            // picocli takes a command line where it asks for a command's object
            @SuppressWarnings("unchecked")
            K line = (K) new CommandLine(CommandSpec.create().name(name(type)));
            return line;
        }
        return all.create(type);
    }
}
