package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void cutsWhatCannotBeSeenAroundAText() {
        assertThat(Text.strip("\uFEFF\u00A0\t a\u00A0b \u200B\u202F\u3000\u200E\r\n")).isEqualTo("a\u00A0b");
        assertThat(Text.strip(" \u00A0 ")).isEmpty();
        assertThat(Text.strip("\u001Ba")).isEqualTo("\u001Ba");
    }

    @Test
    void showsEveryCharacter() {
        assertThat(Text.shown("gr\u00FC\u00DFe, \u4F60\u597D")).isEqualTo("gr\u00FC\u00DFe, \u4F60\u597D");
        assertThat(Text.shown("a\u001B[31m\u0007\u009B\u202Eb\u00A0c\u200Dd\uD800\uFE0F\n\r\t")).isEqualTo(
                "a<U+001B>[31m<U+0007><U+009B><U+202E>b<U+00A0>c<U+200D>d<U+D800><U+FE0F>\\n\\r\\t");
        assertThat(Text.exact("crp\u0430\u2212")).isEqualTo("crp<U+0430><U+2212>");
        assertThat(Text.quoted("\u22125")).isEqualTo("'<U+2212>5'");
        assertThat(Text.quoted("\uFF15")).isEqualTo("'<U+FF15>'");
        assertThat(Text.quoted("5 \u00B5g")).isEqualTo("'5 \u00B5g'");
        assertThat(Text.quoted("\uD83D\uDE00".repeat(30))).isEqualTo("'" + "\uD83D\uDE00".repeat(20) + "...'");
    }

    @Test
    void foldsWhatIsOverlooked() {
        assertThat(Text.folded("C R\u00A0P")).isEqualTo(Text.folded("crp\u200B"));
        assertThat(Text.folded("Blu\u0308t")).isEqualTo(Text.folded("BL\u00DCT"));
        assertThat(Text.difference("CRP", "crp")).isEqualTo("in capital letters");
        assertThat(Text.difference("c rp", "crp")).isEqualTo("in blanks or invisible characters");
        assertThat(Text.difference("C rp", "crp")).isEqualTo("in how it is written (capital letters, blanks, letters that look alike)");
        assertThat(Text.folded("\u0441r\u0440")).isEqualTo("crp");
        assertThat(Text.folded("CK\u2013MB")).isEqualTo("ck-mb");
        assertThat(Text.folded("\u00B5g")).isNotEqualTo(Text.folded("mg")).isNotEqualTo(Text.folded("ug"));
        assertThat(Text.folded("\u03B1")).isNotEqualTo("a");
    }

    @Test
    void showsLookAlikesOfAName() {
        assertThat(Nearest.hint("\u0430ge", List.of("age", "bp"))).isEqualTo("; did you mean 'age' instead of '<U+0430>ge'?");
        assertThat(Nearest.hint("agee", List.of("age", "bp"))).isEqualTo("; did you mean 'age'?");
        assertThat(Nearest.hint("aeg", List.of("bp", "age"))).as("letters swapped").isEqualTo("; did you mean 'age'?");
        assertThat(Nearest.hint("widht", List.of("depth", "width"))).isEqualTo("; did you mean 'width'?");
        assertThat(Nearest.hint("zzzzzz", IntStream.range(0, 20_000).mapToObj(i -> "c" + i).toList())).endsWith("c10, c11 and 19988 more");
    }

    @Test
    void aMessageIsOneLineOfBoundedLength() {
        FileException e = new FileException(java.nio.file.Path.of("a\u001Bb.csv"), 1, 2, "x\ny".repeat(5_000));
        assertThat(e.getMessage()).startsWith("a<U+001B>b.csv:1:2: x\\nyx").doesNotContain("\n").hasSizeLessThan(3_000);
    }
}
