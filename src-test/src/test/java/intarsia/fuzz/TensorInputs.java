package intarsia.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import intarsia.linalg.Precision;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.files.SafeTensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bytes of a safetensors file with both precisions, a scalar and an empty tensor. */
final class TensorInputs {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TensorInputs() {}

    static Target bytes(Path folder) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("w", Tensor.of(Shape.of(2, 2), 1.5, -2, 3e100, 5e-324));
        tensors.put("scalar", Tensor.of(Shape.of(), -0.0));
        tensors.put("empty", Tensor.zeros(Precision.F64, Shape.of(0, 3)));
        tensors.put("float", Tensor.zeros(Precision.F32, Shape.of(3)));
        byte[] right = new SafeTensors(tensors, Map.of("kind", "test")).toBytes();
        return new Target("safetensors", new TensorsMutator(ModelInputs.JSON), List.of(new Target.Start(
                new String(right, StandardCharsets.ISO_8859_1), input -> {
                    byte[] bytes = input.getBytes(StandardCharsets.ISO_8859_1);
                    check(SafeTensors.read(Files.write(folder.resolve("changed.safetensors"), bytes)), bytes);
                })));
    }

    /** Every number is the one at its offset. */
    private static void check(SafeTensors read, byte[] bytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int data = 8 + Math.toIntExact(in.getLong(0));
        JsonNode header = JSON.readTree(new String(bytes, 8, data - 8, StandardCharsets.UTF_8));
        assertThat(header.size()).isEqualTo(read.tensors().size() + (header.has("__metadata__") ? 1 : 0));
        read.tensors().forEach((name, tensor) -> {
            boolean f64 = header.get(name).get("dtype").asText().equals("F64");
            int at = data + header.get(name).get("data_offsets").get(0).intValue();
            for (int i = 0; i < tensor.size(); i++) {
                double number = f64 ? in.getDouble(at + 8 * i) : in.getFloat(at + 4 * i);
                assertThat(f64 ? tensor.doubles()[i] : tensor.floats()[i]).as("number %d of %s", i, name).isEqualTo(number);
            }
        });
    }
}
