package intarsia.bench;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Numbers that every peer makes for itself, to the bit, in any language: a linear congruential sequence seeded by the CRC-32 of a name. */
public final class Numbers {
    private Numbers() {}

    /** {@code count} numbers in [-bound, bound). */
    public static double[] of(String name, int count, double bound) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        long state = crc.getValue();
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            state = (state * 1664525 + 1013904223) & 0xffffffffL;
            numbers[i] = (state * 0x1p-31 - 1) * bound;
        }
        return numbers;
    }
}
