package intarsia.models.federated;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads what {@link WireWriter} wrote. No length is believed before the bytes are there; what is left over is refused. */
final class WireReader {
    private static final int MOST_MODES = 16;

    private final ByteBuffer from;

    private WireReader(byte[] bytes) {
        this.from = ByteBuffer.wrap(bytes);
    }

    /**
     * Reads a whole message.
     *
     * @param what for messages of errors
     * @throws FederationException if it is of another version, too short, too long, or holds what may not be
     */
    static <T> T read(byte[] bytes, String what, Function<WireReader, T> reading) {
        WireReader reader = new WireReader(bytes);
        T read;
        try {
            int version = reader.number();
            if (version != WireWriter.VERSION) {
                throw new FederationException(what + ": is of format " + version + ", this program's is " + WireWriter.VERSION
                        + "; all nodes and the coordinator need the same version of the program");
            }
            read = reading.apply(reader);
        } catch (BufferUnderflowException e) {
            throw new FederationException(what + ": ends early, after " + bytes.length + " bytes", e);
        } catch (IllegalArgumentException e) {
            throw new FederationException(what + ": is no message of this program: " + e.getMessage(), e);
        }
        if (reader.from.hasRemaining()) {
            throw new FederationException(what + ": has " + reader.from.remaining() + " bytes too many of " + bytes.length);
        }
        return read;
    }

    int number() {
        return from.getInt();
    }

    double real() {
        return from.getDouble();
    }

    boolean flag() {
        return from.get() != 0;
    }

    private int length(int size) {
        int length = from.getInt();
        if (length < 0 || (long) length * size > from.remaining()) {
            throw new IllegalArgumentException("says " + length + " numbers of " + size + " bytes where " + from.remaining()
                    + " bytes are left");
        }
        return length;
    }

    String text() {
        return new String(block(), StandardCharsets.UTF_8);
    }

    byte[] block() {
        byte[] block = new byte[length(1)];
        from.get(block);
        return block;
    }

    double[] reals() {
        double[] numbers = new double[length(Double.BYTES)];
        from.asDoubleBuffer().get(numbers);
        from.position(from.position() + numbers.length * Double.BYTES);
        return numbers;
    }

    int[] numbers() {
        int[] numbers = new int[length(Integer.BYTES)];
        from.asIntBuffer().get(numbers);
        from.position(from.position() + numbers.length * Integer.BYTES);
        return numbers;
    }

    Shape shape() {
        int[] sizes = numbers();
        long all = 1;
        for (int size : sizes) {
            all = size < 0 || size > Integer.MAX_VALUE / Math.max(1, all) ? Long.MAX_VALUE : all * size;
        }
        if (sizes.length > MOST_MODES || all > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a shape with sizes " + Arrays.toString(sizes));
        }
        return Shape.of(sizes);
    }

    Tensor tensor() {
        Shape shape = shape();
        double[] numbers = reals();
        if (numbers.length != shape.size()) {
            throw new IllegalArgumentException(numbers.length + " numbers for a tensor " + shape);
        }
        return Tensor.of(shape, numbers);
    }

    <T> List<T> list(Supplier<T> each) {
        int length = length(1);
        List<T> list = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            list.add(each.get());
        }
        return list;
    }
}
