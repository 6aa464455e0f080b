package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void putsNumbersRightAndWordsLeft() {
        assertThat(new TextTable("task", "n", "auc").line("a", "5", "0.91").line("longer", "1234", "-").line("c", "7")).hasToString("""
                task       n   auc
                a          5  0.91
                longer  1234     -
                c          7
                """);
    }
}
