package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TomlLimitsTest {
    private static Section parse(String text) {
        return Section.parse(new TextFile(Path.of("study.toml"), text, "", false));
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 800, 100_000})
    void refusesWhatNestsTooDeep(int depth) {
        for (String text : new String[] {"x = " + "[".repeat(depth), "x = " + "{ a = ".repeat(depth) + "1" + " }".repeat(depth),
            "a" + ".a".repeat(depth) + " = 1", "[a" + ".a".repeat(depth) + "]", "x = " + "[{ a = ".repeat(depth)}) {
            assertThatThrownBy(() -> parse("ok = 1\n" + text + "\n")).isInstanceOf(FileException.class)
                    .hasMessageStartingWith("study.toml:2:").hasMessageEndingWith("nests more than 64 deep");
        }
    }

    @Test
    void refusesAnEndlessWord() {
        assertThatThrownBy(() -> parse("x = " + "1".repeat(1_000_000))).hasMessage("study.toml:1:1005: a word of more than "
                + "1000 characters outside quotes");
    }

    @Test
    void countsNoBracketsInStringsAndComments() {
        String brackets = "[".repeat(100) + "{".repeat(100) + ".".repeat(100);
        Section section = parse("# " + brackets + "\na = \"\\\"" + brackets + "\\\\\" # " + brackets + "\nb = '" + brackets
                + "'\nc = \"\"\"\n\"" + brackets + "\n\"\"\"\n"
                + "d = '''\n''" + brackets + "\n'''\n" + "e = [" + "1.5, ".repeat(1000) + "]\n");
        assertThat(section.text("a")).isEqualTo("\"" + brackets + "\\");
        assertThat(section.text("b")).isEqualTo(brackets);
        assertThat(section.text("c")).isEqualTo("\"" + brackets + "\n");
        assertThat(section.text("d")).isEqualTo("''" + brackets + "\n");
        assertThat(section.numbers("e")).hasSize(1000);
    }

    @Test
    void takesWhatNestsAsDeepAsAllowed() {
        assertThat(parse("x = " + "[".repeat(64) + "]".repeat(64) + "\n").has("x")).isTrue();
    }

    /** A string that is never closed is for the parser to complain about, not to run past the end of. */
    @ParameterizedTest
    @ValueSource(strings = {"x = \"abc", "x = '''abc", "x = \"abc\\", "x = \"\"\"\\", "'", "#"})
    void leavesOpenStringsToTheParser(String text) {
        if (text.equals("#")) {
            assertThat(parse(text).keys()).isEmpty();
        } else {
            assertThatThrownBy(() -> parse(text)).isInstanceOf(FileException.class).hasMessageStartingWith("study.toml:1:");
        }
    }
}
