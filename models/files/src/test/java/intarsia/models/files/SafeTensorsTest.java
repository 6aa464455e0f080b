package intarsia.models.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.Precision;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTensorsTest {
    private static final Path FILE = Path.of("model.safetensors");

    private static SafeTensors example() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("w", Tensor.of(Shape.of(2, 3), 1.5, -0.0, Double.MIN_VALUE, Math.PI, -Double.MAX_VALUE, 1e-300));
        tensors.put("layer \"1\"/bias é", Tensor.of(Shape.of(3), 1.5f, Float.MIN_VALUE, -Float.MAX_VALUE));
        tensors.put("empty", Tensor.zeros(Precision.F64, Shape.of(0, 4)));
        tensors.put("scalar", Tensor.of(Shape.scalar(), 7.25));
        return new SafeTensors(tensors, Map.of("model", "mtl-hmb"));
    }

    /** A file as anybody might have written it: this header, this many zero bytes. */
    private static byte[] file(String header, int data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + data).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json).array();
    }

    @Test
    void comesBackAsItWas(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("m.safetensors");
        Files.write(file, example().toBytes());
        SafeTensors read = SafeTensors.read(file);
        assertThat(read).isEqualTo(example());
        assertThat(read.tensors().keySet()).containsExactlyElementsOf(example().tensors().keySet());
        assertThat(read.toBytes()).isEqualTo(example().toBytes());
    }

    @Test
    void isLaidOutAsTheFormatSays() {
        byte[] bytes = SafeTensors.of(Map.of("a", Tensor.of(Shape.of(1, 2), 1.0f, -2.0f))).toBytes();
        String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}";
        assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong()).isEqualTo(56);
        assertThat(new String(bytes, 8, 56, StandardCharsets.UTF_8)).isEqualTo(header + " ".repeat(56 - header.length()));
        assertThat(Arrays.copyOfRange(bytes, 64, 72)).containsExactly(0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0);
        assertThat(bytes).hasSize(72);
    }

    @Test
    void readsEntriesInAnyOrder() {
        SafeTensors read = SafeTensors.parse(FILE, file("{\"b\":{\"data_offsets\":[8,16],\"shape\":[1],\"dtype\":\"F64\"},"
                + "\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}", 16));
        assertThat(read.tensors()).containsOnlyKeys("b", "a");
    }

    /** Quotes are left out; the header's keys and types get theirs back. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "[] | 0 | is no safetensors file: its header is no JSON object",
        "{a:1} | 0 | tensor 'a': must have dtype, shape and data_offsets, has []",
        "{a:{dtype:F64,shape:[1]}} | 8 | tensor 'a': must have dtype, shape and data_offsets, has [dtype, shape]",
        "{a:{dtype:BF16,shape:[1],data_offsets:[0,2]}} | 2 | tensor 'a': dtype \"BF16\" is not known here; F64 and F32 are",
        "{a:{dtype:64,shape:[1],data_offsets:[0,8]}} | 8 | tensor 'a': dtype 64 is not known here; F64 and F32 are",
        "{a:{dtype:F64,shape:[-1],data_offsets:[0,8]}} | 8 | tensor 'a': shape [-1] must list whole numbers from 0",
        "{a:{dtype:F64,shape:1,data_offsets:[0,8]}} | 8 | tensor 'a': shape must be a list, is 1",
        "{a:{dtype:F64,shape:[65536,65536],data_offsets:[0,8]}} | 8 | tensor 'a': shape [65536x65536]: more than 2^31-1 elements",
        "{a:{dtype:F64,shape:[2],data_offsets:[0,8]}} | 8 | tensor 'a': F64 [2] takes 16 bytes, data_offsets [0,8] give 8",
        "{a:{dtype:F64,shape:[1],data_offsets:[0,8.0]}} | 8 | tensor 'a': data_offsets must be two whole numbers, is [0,8.0]",
        "{a:{dtype:F64,shape:[1],data_offsets:[8,0]}} | 8 | tensor 'a': data_offsets [8,0] lie outside the data, which has 8 bytes "
                + "(is the file cut short?)",
        "{a:{dtype:F64,shape:[2],data_offsets:[0,16]}} | 15 | tensor 'a': data_offsets [0,16] lie outside the data, which has 15 bytes "
                + "(is the file cut short?)",
        "{a:{dtype:F64,shape:[1],data_offsets:[8,16]}} | 16 | tensor 'a' begins at byte 8 of the data, the one before ends at 0: "
                + "there is a gap",
        "{a:{dtype:F64,shape:[1],data_offsets:[0,8]},b:{dtype:F32,shape:[1],data_offsets:[4,8]}} | 8 | tensor 'b' begins at byte 4 "
                + "of the data, the one before ends at 8: they overlap",
        "{a:{dtype:F64,shape:[1],data_offsets:[0,8]}} | 9 | has 1 bytes after its last tensor that belong to none",
        "{__metadata__:{a:1}} | 0 | __metadata__: 'a' must be a string",
        "{__metadata__:[]} | 0 | __metadata__ must be an object"})
    void refusesAForeignHeader(String header, int data, String message) {
        byte[] bytes = file(header.replaceAll("[A-Z_a-z][A-Za-z0-9_]*", "\"$0\""), data);
        assertThatThrownBy(() -> SafeTensors.parse(FILE, bytes)).isInstanceOf(FileException.class)
                .hasMessage("model.safetensors: " + message);
    }

    @Test
    void refusesATensorGivenTwice() {
        String entry = "\"a\":{\"dtype\":\"F64\",\"shape\":[0],\"data_offsets\":[0,0]}";
        assertThatThrownBy(() -> SafeTensors.parse(FILE, file("{" + entry + "," + entry + "}", 0))).isInstanceOf(FileException.class)
                .hasMessageStartingWith("model.safetensors: its header is no JSON: Duplicate");
    }

    /** Nesting, endless numbers and endless lists end in a line, and take no time or memory to speak of. */
    @Test
    void refusesWhatNoHeaderHolds() {
        String entry = "{\"a\":{\"dtype\":\"F64\",\"data_offsets\":[0,8],\"shape\":";
        for (String[] bad : new String[][] {
            {"{\"a\":" + "[".repeat(100_000), "its header is no JSON: Document nesting depth (5) exceeds the maximum allowed (4)"},
            {entry + "[" + "9".repeat(100_000) + "]}}", "its header is no JSON: Number value length (100000) exceeds the "
                    + "maximum allowed (30)"},
            {entry + "[" + "1,".repeat(99_999) + "1]}}", "tensor 'a': shape has 100000 sizes; at most 32 are read here"},
            {"{\"" + "a".repeat(20_000) + "\":{}}", "its header is no JSON: Name length (20000) exceeds the maximum allowed (10000)"},
            {entry + "[1,\"" + "b".repeat(100_000) + "\"]}}", "tensor 'a': shape [1,\"bbb"}}) {
            assertThatThrownBy(() -> SafeTensors.parse(FILE, file(bad[0], 8))).isInstanceOf(FileException.class)
                    .hasMessageStartingWith("model.safetensors: " + bad[1]).satisfies(e ->
                    assertThat(e.getMessage()).hasSizeLessThan(2_100));
        }
    }

    @Test
    void refusesATensorWhoseNamesDifferInSpellingOnly() {
        String entry = ":{\"dtype\":\"F64\",\"shape\":[0],\"data_offsets\":[0,0]}";
        assertThatThrownBy(() -> SafeTensors.parse(FILE, file("{\"a\"" + entry + ",\"\\u0061\"" + entry + "}", 0)))
                .hasMessageStartingWith("model.safetensors: its header is no JSON: Duplicate");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1, 1000, Long.MAX_VALUE, Long.MIN_VALUE})
    void refusesABadLength(long length) {
        byte[] bytes = example().toBytes();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
        assertThatThrownBy(() -> SafeTensors.parse(FILE, bytes)).isInstanceOf(FileException.class)
                .hasMessage("model.safetensors: is no safetensors file, or cut short: says its header has " + Long.toUnsignedString(length)
                        + " bytes, " + (bytes.length - 8) + " follow");
    }

    @Test
    void refusesNumbersThatAreNotFinite() {
        byte[] bytes = SafeTensors.of(Map.of("w", Tensor.of(Shape.of(2), 1.0, Double.NaN))).toBytes();
        assertThatThrownBy(() -> SafeTensors.parse(FILE, bytes)).isInstanceOf(FileException.class)
                .hasMessage("model.safetensors: tensor 'w': number 1 of 2 is NaN; weights must be finite");
    }

    @Test
    void refusesEveryTruncation() {
        byte[] bytes = example().toBytes();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThat(readsOrComplains(cut, "first " + length + " bytes")).as("first %d of %d bytes", length, bytes.length).isFalse();
        }
    }

    /** One bit wrong anywhere: an error in one line, or a file as good as ours (a weight or a name differs, which only a digest tells). */
    @Test
    void survivesEveryFlippedBit() {
        byte[] bytes = example().toBytes();
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            readsOrComplains(bytes, "bit " + bit);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @Test
    void survivesRandomBytes() {
        Random random = new Random(7);
        for (int n = 0; n < 1000; n++) {
            byte[] bytes = example().toBytes();
            for (int k = random.nextInt(1, 12); k > 0; k--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(32, 127);
            }
            readsOrComplains(bytes, "round " + n);
        }
    }

    /** True if the bytes are tensors that come back when written, false if they are refused in one line; anything else fails. */
    private static boolean readsOrComplains(byte[] bytes, String where) {
        try {
            SafeTensors read = SafeTensors.parse(FILE, bytes);
            if (!SafeTensors.parse(FILE, read.toBytes()).equals(read)) {
                throw new AssertionError(where + ": reads, but does not come back");
            }
            return true;
        } catch (FileException e) {
            if (e.getMessage().lines().count() != 1) {
                throw new AssertionError(where + ": not one line: " + e.getMessage(), e);
            }
            return false;
        } catch (RuntimeException e) {
            throw new AssertionError(where + " ended in " + e, e);
        }
    }
}
