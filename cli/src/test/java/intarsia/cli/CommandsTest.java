package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Only the command that is asked for is read; all have their names, and the one that is asked for has all of its options. */
class CommandsTest {
    @Test
    void aCommandIsReadAloneAndWhole() {
        Map<String, List<String>> all = options(Main.program());
        for (String command : all.keySet()) {
            Map<String, List<String>> read = options(Main.program(command, "--debug"));
            assertThat(read).containsOnlyKeys(all.keySet());
            assertThat(read.get(command)).isEqualTo(all.get(command)).contains("--debug");
            if (!command.equals("help")) {
                assertThat(read.entrySet()).filteredOn(other -> !other.getKey().equals(command))
                        .allMatch(other -> other.getValue().equals(List.of("--debug")));
            }
        }
    }

    @Test
    void anythingElseNeedsAll() {
        Map<String, List<String>> all = options(Main.program());
        for (String word : List.of("--help", "fitt", "--out", "")) {
            assertThat(options(Main.program(word))).isEqualTo(all);
        }
    }

    private static Map<String, List<String>> options(CommandLine program) {
        return program.getSubcommands().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
                command -> command.getValue().getCommandSpec().options().stream().map(option -> option.longestName()).sorted().toList(),
                (one, other) -> one, TreeMap::new));
    }
}
