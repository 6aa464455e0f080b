package intarsia.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a system keeps of a program's help: a page of the manual for each command, and the completion of its options in bash and zsh. A
 * program of its own, for {@code ./build app}.
 */
final class HelpFiles {
    private static final String NAME = "intarsia";

    private HelpFiles() {}

    /** Writes them below a folder, where Debian has them below {@code /usr/share}. */
    public static void main(String[] arguments) throws IOException {
        Path share = Path.of(arguments[0]);
        CommandLine program = Main.program();
        Path completion = share.resolve("bash-completion/completions").resolve(NAME);
        Files.createDirectories(completion.getParent());
        Files.writeString(completion, AutoComplete.bash(NAME, program));
        Path manual = Files.createDirectories(share.resolve("man/man1"));
        writeManual(manual, program);
    }

    private static void writeManual(Path folder, CommandLine command) throws IOException {
        CommandSpec spec = command.getCommandSpec();
        Files.writeString(folder.resolve(page(spec) + ".1"), manual(spec));
        for (CommandLine below : new LinkedHashSet<>(command.getSubcommands().values())) {
            writeManual(folder, below);
        }
    }

    /** {@code intarsia-study-mtl-hmb} */
    private static String page(CommandSpec spec) {
        return spec.qualifiedName("-");
    }

    /** A page, in the language of troff. */
    static String manual(CommandSpec spec) {
        StringBuilder page = new StringBuilder();
        page.append(".TH ").append(page(spec).toUpperCase(Locale.ROOT)).append(" 1\n");
        page.append(".SH NAME\n").append(escaped(page(spec))).append(" \\- ").append(text(spec.usageMessage().description())).append('\n');
        page.append(".SH SYNOPSIS\n").append(escaped(synopsis(spec))).append('\n');
        list(page, "ARGUMENTS", spec.positionalParameters().stream().map(argument -> item(argument, argument.paramLabel())));
        list(page, "OPTIONS", spec.options().stream().map(option -> item(option, String.join(", ", option.names())
                + (option.arity().max() == 0 ? "" : " " + option.paramLabel()))));
        list(page, "COMMANDS", new LinkedHashSet<>(spec.subcommands().values()).stream().map(CommandLine::getCommandSpec)
                .map(below -> item(below.name(), below.usageMessage().description())));
        return page.toString();
    }

    private static String synopsis(CommandSpec spec) {
        return spec.commandLine().getHelp().synopsis(0).strip().lines().map(String::strip).collect(Collectors.joining(" "));
    }

    private static void list(StringBuilder page, String title, Stream<String> items) {
        String all = items.collect(Collectors.joining());
        if (!all.isEmpty()) {
            page.append(".SH ").append(title).append('\n').append(all);
        }
    }

    private static String item(ArgSpec argument, String name) {
        return argument.hidden() ? "" : item(name, argument.description());
    }

    private static String item(String name, String... description) {
        return ".TP\n.B " + escaped(name) + "\n" + text(description) + "\n";
    }

    private static String text(String... description) {
        return Arrays.stream(description).map(line -> escaped(String.format(line))).collect(Collectors.joining("\n"));
    }

    /** No letter of a text is a command of troff's, and a hyphen stays one that can be copied. */
    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-").lines().map(line -> line.startsWith(".") || line.startsWith("'")
                ? "\\&" + line : line).collect(Collectors.joining("\n"));
    }
}
