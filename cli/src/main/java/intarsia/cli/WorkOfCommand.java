package intarsia.cli;

import intarsia.models.data.DataException;
import intarsia.models.execution.ClusterException;
import intarsia.models.execution.CommandWork;
import intarsia.models.execution.ItemWork;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Makes the work of a command from its words, in a process that was not given the command by a person. */
public final class WorkOfCommand implements CommandWork {
    @Override
    public ItemWork of(List<String> command) {
        Main.speakOneLanguage();
        String[] words = command.toArray(String[]::new);
        CommandLine program = Main.program(words).setErr(new PrintWriter(Writer.nullWriter()));
        try {
            ParseResult parsed = program.parseArgs(words);
            while (parsed.hasSubcommand()) {
                parsed = parsed.subcommand();
            }
            return ((HasItems) parsed.commandSpec().userObject()).work();
        } catch (ParameterException | DataException | UserException e) {
            throw new ClusterException(e.getMessage());
        }
    }
}
