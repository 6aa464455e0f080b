package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Eight bytes at a time, in any parts, as line by line. */
final class PlainCheckTest {
    private static boolean lineByLine(String text, int commas) {
        return text.chars().noneMatch(c -> c == '"' || c == '\r' || c == 0) && text.lines().allMatch(line -> !line.startsWith("#")
                && line.chars().anyMatch(c -> c > ' ' && c <= '~' && c != ',') && line.chars().filter(c -> c == ',').count() == commas);
    }

    /** Where lines begin at which a piece ends, and where the text ends. */
    private static long[] places(byte[] bytes, int from, int size) {
        LongStream.Builder places = LongStream.builder().add(from);
        long last = from;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n' && from + i + 1 - last >= size && i + 1 < bytes.length) {
                last = from + i + 1;
                places.add(last);
            }
        }
        return places.add(from + bytes.length).build().toArray();
    }

    @Test
    void anyText() {
        SplittableRandom random = new SplittableRandom(3);
        int plain = 0;
        for (int n = 0; n < 200_000; n++) {
            int commas = random.nextInt(3);
            StringBuilder made = new StringBuilder();
            String letters = random.nextInt(8) == 0 ? "0,\n\"\r# \t\0" : "01234567.-\u00e4 a";
            for (int line = random.nextInt(8); line >= 0; line--) {
                for (int cell = random.nextInt(20) == 0 ? 1 : 0; cell <= commas; cell++) {
                    for (int i = random.nextInt(12); i > 0; i--) {
                        made.append(letters.charAt(random.nextInt(letters.length())));
                    }
                    made.append(cell < commas ? "," : line > 0 || random.nextBoolean() ? "1\n" : "1");
                }
            }
            String text = made.toString();
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            int from = random.nextInt(10);
            int size = random.nextInt(1, 80);
            PlainCheck check = new PlainCheck(from, commas, size);
            boolean found = true;
            for (int at = 0; at < bytes.length && found;) {
                byte[] part = new byte[1 + random.nextInt(30)];
                int length = Math.min(part.length, bytes.length - at);
                System.arraycopy(bytes, at, part, 0, length);
                found = check.look(part, length);
                at += length;
            }
            found = found && check.end();
            assertThat(found).as(text).isEqualTo(lineByLine(text, commas));
            if (found) {
                plain++;
                long[] places = places(bytes, from, size);
                assertThat(check.places()).as(text).isEqualTo(places);
                assertThat(check.lines()).as(text).isEqualTo(LongStream.of(places).mapToInt(place ->
                        (int) new String(bytes, 0, (int) place - from, StandardCharsets.UTF_8).lines().count()).toArray());
                assertThat(check.isAscii()).as(text).isEqualTo(bytes.length == text.length());
            }
        }
        assertThat(plain).isBetween(20_000, 180_000);
    }
}
