package intarsia.cli.bits;

import intarsia.linalg.Tensor;
import intarsia.models.Weights;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over the bits of numbers, in their order. All NaNs are alike; 0 and -0 are not. */
final class Digest {
    private final MessageDigest sha256;

    Digest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    Digest add(double... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * numbers.length);
        for (double number : numbers) {
            bytes.putLong(Double.doubleToLongBits(number));
        }
        sha256.update(bytes.array());
        return this;
    }

    Digest add(Tensor... tensors) {
        for (Tensor tensor : tensors) {
            add(tensor.toDoubles());
        }
        return this;
    }

    Digest add(Weights weights) {
        weights.tensors().forEach((name, tensor) -> add(name).add(tensor));
        return this;
    }

    Digest add(String text) {
        sha256.update(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** In hexadecimal digits. */
    String text() {
        return HexFormat.of().formatHex(sha256.digest());
    }
}
