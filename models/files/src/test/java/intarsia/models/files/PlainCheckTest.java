package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Eight bytes at a time, in any parts, as line by line. */
final class PlainCheckTest {
    private static boolean lineByLine(String text) {
        return text.indexOf('"') < 0 && text.indexOf('\r') < 0 && Arrays.stream((text.endsWith("\n") ? text + "." : text).split("\n", -1))
                .noneMatch(line -> line.startsWith("#"))
                && Arrays.stream(text.split("\n", -1)).limit(text.chars().filter(c -> c == '\n').count())
                .noneMatch(line -> line.replaceAll("[, \t]", "").isEmpty());
    }

    @Test
    void anyText() {
        SplittableRandom random = new SplittableRandom(3);
        int plain = 0;
        for (int n = 0; n < 200_000; n++) {
            StringBuilder made = new StringBuilder();
            String letters = random.nextInt(4) == 0 ? "0,\n\"\r# \t" : "01234567,.,-\n\u00e4";
            for (int i = random.nextInt(60); i >= 0; i--) {
                made.append(letters.charAt(random.nextInt(letters.length())));
            }
            String text = made.toString();
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            PlainCheck check = new PlainCheck();
            boolean found = true;
            for (int at = 0; at < bytes.length && found;) {
                byte[] part = new byte[1 + random.nextInt(30)];
                int length = Math.min(part.length, bytes.length - at);
                System.arraycopy(bytes, at, part, 0, length);
                found = check.look(part, length);
                at += length;
            }
            assertThat(found).as(text).isEqualTo(lineByLine(text));
            plain += found ? 1 : 0;
        }
        assertThat(plain).isBetween(20_000, 180_000);
    }
}
