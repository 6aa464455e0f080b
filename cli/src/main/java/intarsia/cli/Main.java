package intarsia.cli;

import intarsia.linalg.DeviceException;
import intarsia.models.DivergedException;
import intarsia.models.data.DataException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The program. Whatever a person can put right, be it an option, a file or a number in it, ends with one line on standard error and exit
 * status 2; {@code --debug} adds the stack trace. Status 1 is left for defects of the program itself.
 */
@Command(name = "intarsia", mixinStandardHelpOptions = true, versionProvider = Version.class, synopsisSubcommandLabel = "COMMAND",
        description = "Multi-task models for data whose blocks are really missing.",
        subcommands = {Describe.class, Fit.class, Predict.class, Impute.class, Transfer.class, StudyCommand.class, Doctor.class,
            CommandLine.HelpCommand.class})
public final class Main implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack trace of an error.")
    private boolean debug;

    private Main() {}

    /** Runs a command and ends the process with its status. */
    public static void main(String[] args) {
        // One language for numbers and messages, whatever the machine's: 0.5, not 0,5.
        Locale.setDefault(Locale.ROOT);
        System.exit(run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), args));
    }

    /** Runs a command with these streams and gives its exit status: 0 done, 2 a person's mistake, 1 a defect of ours. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        Main main = new Main();
        CommandLine program = new CommandLine(main).setOut(out).setErr(err).setCaseInsensitiveEnumValuesAllowed(true);
        program.setParameterExceptionHandler((e, given) -> complain(err, List.of(given).contains("--debug"), e, message(e)));
        program.setExecutionExceptionHandler((e, command, parsed) -> isUsersOwn(e)
                ? complain(err, main.debug, e, e.getMessage())
                : defect(err, main.debug, e));
        int status = status(program, err, args);
        out.flush();
        err.flush();
        return status;
    }

    private static int status(CommandLine program, PrintWriter err, String... args) {
        try {
            return program.execute(args);
        } catch (OutOfMemoryError e) {
            err.println("intarsia: out of memory: smaller networks or batches need less, and INTARSIA_JAVA_OPTS=-Xmx8g, say, gives more");
            return ExitCode.USAGE;
        }
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static boolean isUsersOwn(Exception e) {
        return e instanceof DataException || e instanceof UserException || e instanceof DivergedException || e instanceof DeviceException;
    }

    private static int complain(PrintWriter err, boolean debug, Exception e, String message) {
        err.println("intarsia: " + oneLine(message));
        if (debug) {
            e.printStackTrace(err);
        }
        return ExitCode.USAGE;
    }

    private static int defect(PrintWriter err, boolean debug, Exception e) {
        err.println("intarsia: a defect, please report it: " + oneLine(e.toString()) + (debug ? "" : " (--debug shows where)"));
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
                            : "; did you mean " + String.join(" or ", near) + "?");
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
