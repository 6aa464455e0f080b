package intarsia.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * Changes the bytes of a safetensors file: the length of the header, the header, single bytes, or where the file ends.
 *
 * @param header changes the header, a JSON text
 */
record TensorsMutator(Mutator header) implements Mutator {
    @Override
    public String mutate(String input, RandomGenerator random) {
        if (input.length() <= 8) {
            return input + (char) random.nextInt(256);
        }
        int at = random.nextInt(input.length());
        return switch (random.nextInt(8)) {
            case 0 -> input.substring(0, at);
            case 1 -> input + "\0".repeat(1 + random.nextInt(16));
            case 2 -> number(random.nextBoolean() ? random.nextLong() : random.nextInt(-2, 2 * input.length())) + input.substring(8);
            case 3, 4 -> input.substring(0, at) + (char) random.nextInt(256) + input.substring(at + 1);
            default -> withHeader(input, random);
        };
    }

    /** The header changed, its length put right: what is wrong is what it says. */
    private String withHeader(String input, RandomGenerator random) {
        long length = ByteBuffer.wrap(bytes(input)).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 0 || length > input.length() - 8) {
            return input;
        }
        int end = 8 + (int) length;
        String json = new String(bytes(input.substring(8, end)), StandardCharsets.UTF_8);
        byte[] changed = header.mutate(json, random).getBytes(StandardCharsets.UTF_8);
        return number(changed.length) + new String(changed, StandardCharsets.ISO_8859_1) + input.substring(end);
    }

    private static String number(long number) {
        byte[] bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array();
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String input) {
        return input.getBytes(StandardCharsets.ISO_8859_1);
    }
}
