package intarsia.models.federated;

import intarsia.linalg.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Writes a message: big-endian numbers, arrays led by their lengths, after the version of the format. */
final class WireWriter {
    /** Changes whenever a message does: both sides must be of one. */
    static final int VERSION = 1;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream to = new DataOutputStream(bytes);

    private interface Writing {
        void write() throws IOException;
    }

    WireWriter() {
        number(VERSION);
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    private WireWriter write(Writing writing) {
        try {
            writing.write();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    WireWriter number(int number) {
        return write(() -> to.writeInt(number));
    }

    WireWriter number(double number) {
        return write(() -> to.writeDouble(number));
    }

    WireWriter flag(boolean flag) {
        return write(() -> to.writeBoolean(flag));
    }

    WireWriter text(String text) {
        return block(text.getBytes(StandardCharsets.UTF_8));
    }

    WireWriter block(byte[] block) {
        return write(() -> {
            to.writeInt(block.length);
            to.write(block);
        });
    }

    WireWriter numbers(double[] numbers) {
        return write(() -> {
            to.writeInt(numbers.length);
            for (double number : numbers) {
                to.writeDouble(number);
            }
        });
    }

    WireWriter numbers(int[] numbers) {
        return write(() -> {
            to.writeInt(numbers.length);
            for (int number : numbers) {
                to.writeInt(number);
            }
        });
    }

    WireWriter tensor(Tensor tensor) {
        return numbers(tensor.shape().sizes()).numbers(tensor.toDoubles());
    }

    <T> WireWriter list(List<T> list, Consumer<T> each) {
        number(list.size());
        list.forEach(each);
        return this;
    }
}
