package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import org.junit.jupiter.api.Test;

class VisibleWriterTest {
    private static String written(String text, boolean returns) {
        StringWriter to = new StringWriter();
        try (PrintWriter out = new PrintWriter(new VisibleWriter(to, returns))) {
            out.print(text);
        }
        return to.toString();
    }

    @Test
    void showsWhatATerminalWouldObey() {
        assertThat(written("a\u001B[31mred\u0007\u009B2J\u007Fb\u0000",
                false)).isEqualTo("a<U+001B>[31mred<U+0007><U+009B>2J<U+007F>b<U+0000>");
        assertThat(written("x\u202Egpj\u2066y\u2028", false)).isEqualTo("x<U+202E>gpj<U+2066>y<U+2028>");
        assertThat(written("a\rb", false)).isEqualTo("a<U+000D>b");
        assertThat(written("\r[##  ]", true)).isEqualTo("\r[##  ]");
    }

    @Test
    void leavesTextAlone() {
        String text = "Z\u00FCrich,\u4F60\u597D\t\uD83D\uDE00\u00A0\n0.5\n";
        assertThat(written(text, false)).isEqualTo(text);
    }

    @Test
    void keepsWhyTextGotLost() {
        assertThat(failing("No space left on device").failure()).isEqualTo("No space left on device");
        assertThat(failing("Broken pipe").failure()).isNull();
        assertThat(new VisibleWriter(new StringWriter(), false).failure()).isNull();
    }

    private static VisibleWriter failing(String why) {
        VisibleWriter writer = new VisibleWriter(new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException(why);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        }, false);
        assertThatThrownBy(() -> writer.write("x")).hasMessage(why);
        return writer;
    }
}
