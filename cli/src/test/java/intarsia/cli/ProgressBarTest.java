package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressBarTest {
    private static final long SECOND = 1_000_000_000L;

    private final StringWriter said = new StringWriter();
    private long now;

    private ProgressBar progress(ProgressBar.Style style) {
        return new ProgressBar(new PrintWriter(said), style, () -> now);
    }

    @Test
    void drawsOneLineAndTakesItAway() {
        try (ProgressBar progress = progress(ProgressBar.Style.BAR)) {
            progress.at(0, "repeat 1");
            now = SECOND / 20;
            progress.at(0.1, "too soon to be drawn");
            now = 10 * SECOND;
            progress.at(0.25, "repeat 2");
            now = 40 * SECOND;
            progress.at(1, "end");
        }
        String empty = "[" + " ".repeat(24) + "]   0 %  repeat 1";
        String quarter = "[" + "#".repeat(6) + " ".repeat(18) + "]  25 %, 30 s left  repeat 2";
        String full = "[" + "#".repeat(24) + "] 100 %  end";
        assertThat(said).hasToString("\r" + empty + "\r" + quarter + "\r" + full + " ".repeat(quarter.length() - full.length())
                + "\r" + " ".repeat(full.length()) + "\r");
    }

    @Test
    void saysALineATenthElsewhere() {
        try (ProgressBar progress = progress(ProgressBar.Style.LINES)) {
            for (int k = 0; k <= 100; k++) {
                now = k * 2 * SECOND;
                progress.at(k / 100.0, "work");
            }
        }
        assertThat(said.toString().lines()).hasSize(11).first().isEqualTo("  0 %  work");
        assertThat(said.toString().lines()).element(5).isEqualTo(" 50 %, 1 min 40 s left  work");
        assertThat(said.toString()).doesNotContain("\r").endsWith("100 %  work" + System.lineSeparator());
    }

    @Test
    void saysNothingWhenQuiet() {
        try (ProgressBar progress = progress(ProgressBar.Style.QUIET)) {
            progress.at(0.5, "work");
        }
        assertThat(said.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.4, 0 s", "59.4, 59 s", "59.6, 1 min 0 s", "200, 3 min 20 s", "3599.6, 1 h 0 min", "7500, 2 h 5 min"})
    void saysDurationsInTwoUnits(double seconds, String text) {
        assertThat(ProgressBar.duration(seconds)).isEqualTo(text);
    }
}
