package intarsia.cli;

import intarsia.cli.json.JsonDocument;
import intarsia.linalg.DeviceException;
import intarsia.models.DivergedException;
import intarsia.models.data.DataException;
import intarsia.models.execution.ClusterException;
import intarsia.models.federated.FederationException;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The program. Whatever a person can put right, be it an option, a file or a number in it, ends with one line on standard error and exit
 * status 2; {@code --debug} adds the stack trace. Status 1 is left for defects of the program itself. With {@code --json} standard output
 * is one {@link JsonDocument}, of an error too.
 */
@Command(name = "intarsia", mixinStandardHelpOptions = true, versionProvider = Version.class, synopsisSubcommandLabel = "COMMAND",
        description = "Multi-task models for data with missing blocks.")
public final class Main implements Runnable {
    @CommandLine.Spec
    private CommandSpec spec;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack trace of an error.")
    private boolean debug;

    private final PrintWriter err;
    private CommandSpec command;
    private String complaint;

    private Main(PrintWriter err) {
        this.err = err;
    }

    /** Runs a command and ends the process with its status. */
    public static void main(String[] args) {
        speakOneLanguage();
        VisibleWriter out = new VisibleWriter(utf8(new FileOutputStream(FileDescriptor.out)), false);
        VisibleWriter err = new VisibleWriter(utf8(MessageStream.open()), true);
        int status = run(new PrintWriter(out, true), new PrintWriter(err, true), args);
        if (out.failure() != null) {
            new PrintWriter(err, true).println("intarsia: standard output cannot be written: " + out.failure());
            status = ExitCode.USAGE;
        }
        System.exit(status);
    }

    /** One language for numbers and messages, whatever the machine's: 0.5, not 0,5. */
    static void speakOneLanguage() {
        Locale.setDefault(Locale.ROOT);
    }

    private static Writer utf8(FileOutputStream stream) {
        return new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
    }

    /** Runs a command with these streams and gives its exit status: 0 done, 2 a person's mistake, 1 a defect of ours. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        Main main = new Main(err);
        CommandLine program = program(main, args).setOut(out).setErr(err);
        program.setParameterExceptionHandler((e, given) -> {
            main.command = e.getCommandLine().getCommandSpec();
            return main.complain(List.of(given).contains("--debug"), e, isBeforeCommand(program, given)
                    ? "option '" + given[0] + "': options come after the command, as in  intarsia COMMAND " + given[0]
                            + " ...; see intarsia --help" : message(e));
        });
        program.setExecutionExceptionHandler((e, command, parsed) -> isUsersOwn(e)
                ? main.complain(main.debug, e, message(e))
                : main.defect(e));
        int status = main.status(program, args);
        main.document(program, status, args).ifPresent(document -> out.println(document.line()));
        out.flush();
        err.flush();
        return status;
    }

    /** The commands and how their lines are read. */
    static CommandLine program(String... args) {
        return program(new Main(null), args);
    }

    private static CommandLine program(Main main, String... args) {
        return Commands.addTo(new CommandLine(main), args).setCaseInsensitiveEnumValuesAllowed(true)
                // An argument is what it says: @ begins the name of a folder as any letter does. Colors would be escape sequences.
                .setExpandAtFiles(false).setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .registerConverter(Path.class, Main::path);
    }

    /** Whether the command line begins with an option of a command instead of the command. */
    private static boolean isBeforeCommand(CommandLine program, String... given) {
        return given.length > 0 && given[0].startsWith("-") && program.getCommandSpec().findOption(given[0]) == null
                && program.getSubcommands().values().stream().anyMatch(command -> command.getCommandSpec().findOption(given[0]) != null);
    }

    /** What a program reads that gave {@code --json}; help and version are texts all the same. */
    private Optional<JsonDocument> document(CommandLine program, int status, String... args) {
        ParseResult parsed = program.getParseResult();
        while (command == null && parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        CommandSpec asked = command == null ? parsed.commandSpec() : command;
        Optional<Answer> answer = Answer.of(asked);
        boolean json = answer.map(Answer::isJson).orElse(false) || complaint != null && List.of(args).contains(Answer.JSON);
        if (!json || complaint == null && answer.map(Answer::result).isEmpty()) {
            return Optional.empty();
        }
        String name = path(asked.commandLine()).strip();
        return Optional.of(new JsonDocument(JsonDocument.FORMAT, Version.number(), name.isEmpty() ? null : name, status,
                answer.map(Answer::notes).orElse(List.of()), complaint == null ? answer.get().result() : null,
                complaint == null ? null : new JsonDocument.Failure(complaint)));
    }

    private int status(CommandLine program, String... args) {
        try {
            return program.execute(args);
        } catch (OutOfMemoryError e) {
            return complain(debug, e, "out of memory (heap up to "
                    + (Runtime.getRuntime().maxMemory() >> 20) + " MiB): fewer rows or columns, "
                    + "smaller networks or batches need less, and INTARSIA_JAVA_OPTS=-Xmx8g, say, gives more");
        } catch (StackOverflowError e) {
            return complain(debug, e, "out of stack: something in the input nests too deep; "
                    + "INTARSIA_JAVA_OPTS=-Xss16m, say, gives more");
        }
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static boolean isUsersOwn(Exception e) {
        return e instanceof DataException || e instanceof UserException || e instanceof DivergedException || e instanceof DeviceException
                || e instanceof FederationException || e instanceof ClusterException || e instanceof InvalidPathException;
    }

    private static Path path(String argument) {
        try {
            return Path.of(argument);
        } catch (InvalidPathException e) {
            throw new CommandLine.TypeConversionException(unnameable(e));
        }
    }

    private static String message(Exception e) {
        return e instanceof InvalidPathException path ? unnameable(path) : e.getMessage();
    }

    /** A name that this system's locale cannot write; the launcher sees to it that there is none. */
    private static String unnameable(InvalidPathException e) {
        return "no file can be named '" + e.getInput() + "' here: " + e.getReason() + " (encoding " + System.getProperty("sun.jnu.encoding")
                + "); set LC_ALL=C.UTF-8";
    }

    private int complain(boolean traced, Throwable e, String message) {
        complaint = oneLine(message);
        err.println("intarsia: " + complaint);
        if (traced) {
            e.printStackTrace(err);
        }
        return ExitCode.USAGE;
    }

    private int defect(Exception e) {
        complaint = "a defect, please report it: " + oneLine(e.toString()) + (debug ? "" : " (--debug shows where)");
        err.println("intarsia: " + complaint);
        if (debug) {
            e.printStackTrace(err);
        }
        return ExitCode.SOFTWARE;
    }

    private static String message(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            String given = unmatched.getUnmatched().getFirst();
            List<String> near = unmatched.getSuggestions();
            String what = unmatched.isUnknownOption() ? "unknown option '" : "unexpected argument '";
            boolean command = e.getCommandLine().getParent() == null && !unmatched.isUnknownOption();
            return (command ? "unknown command '" : what) + given + "'"
                    + (near.isEmpty() ? "; see intarsia " + path(e.getCommandLine()) + "--help"
                            : "; did you mean " + near.getFirst() + "?");
        }
        return e.getMessage() + "; see intarsia " + path(e.getCommandLine()) + "--help";
    }

    private static String path(CommandLine command) {
        return command.getParent() == null ? "" : path(command.getParent()) + command.getCommandName() + " ";
    }

    private static String oneLine(String message) {
        return message == null ? "unknown error" : message.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
