package intarsia.models.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import intarsia.linalg.Precision;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Named tensors in the safetensors format (github.com/huggingface/safetensors), which any language reads with a few lines:
 *
 * <pre>
 * 8 bytes       N, the header's length, little-endian
 * N bytes       JSON: {"name": {"dtype": "F64", "shape": [3, 2], "data_offsets": [begin, end]}, ...}, padded with blanks to 8 bytes
 * the rest      the numbers, row-major, little-endian; offsets count from here and leave no gap
 * </pre>
 *
 * Reading believes nothing: every length, offset, type and number is checked first. Only F64 and F32 are known here, and only finite
 * numbers.
 *
 * @param tensors  the tensors by name, in the order written
 * @param metadata texts that travel with them
 */
public record SafeTensors(Map<String, Tensor> tensors, Map<String, String> metadata) {
    private static final String METADATA = "__metadata__";
    /** Some hundred thousand tensors; a longer header is a foreign or corrupt file. */
    private static final int LONGEST_HEADER = 32 << 20;
    private static final int HIGHEST_RANK = 32;
    /** The header is an object of objects of lists. */
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder().streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(4).maxNumberLength(30).maxNameLength(10_000).build()).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private record Entry(String name, Precision precision, Shape shape, long begin, long end) {}

    /** Keeps the order and refuses what the format cannot hold. */
    public SafeTensors {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        if (tensors.containsKey(METADATA)) {
            throw new IllegalArgumentException("a tensor may not be named " + METADATA);
        }
    }

    /** Tensors without metadata. */
    public static SafeTensors of(Map<String, Tensor> tensors) {
        return new SafeTensors(tensors, Map.of());
    }

    /** The file's bytes. Same tensors, same bytes. */
    public byte[] toBytes() {
        ObjectNode header = MAPPER.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode texts = header.putObject(METADATA);
            metadata.forEach(texts::put);
        }
        long[] end = {0};
        tensors.forEach((name, tensor) -> {
            ObjectNode entry = header.putObject(name).put("dtype", tensor.precision().name());
            var sizes = entry.putArray("shape");
            for (int size : tensor.shape().sizes()) {
                sizes.add(size);
            }
            long begin = end[0];
            end[0] += (long) tensor.size() * tensor.precision().bytes();
            entry.putArray("data_offsets").add(begin).add(end[0]);
        });
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        int padded = (json.length + 7) / 8 * 8;
        if (8L + padded + end[0] > TextFile.LARGEST || padded > LONGEST_HEADER) {
            throw new IllegalArgumentException("the tensors take " + end[0] + " bytes and their names " + padded + "; a file "
                    + "of ours holds at most "
                    + TextFile.LARGEST + " and " + LONGEST_HEADER);
        }
        ByteBuffer out = ByteBuffer.allocate((int) (8 + padded + end[0])).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(padded).put(json).put(" ".repeat(padded - json.length).getBytes(StandardCharsets.US_ASCII));
        tensors.values().forEach(tensor -> put(out, tensor));
        return out.array();
    }

    private static void put(ByteBuffer out, Tensor tensor) {
        if (tensor.precision() == Precision.F64) {
            for (double number : tensor.doubles()) {
                out.putDouble(number);
            }
        } else {
            for (float number : tensor.floats()) {
                out.putFloat(number);
            }
        }
    }

    /**
     * Reads a file.
     *
     * @throws FileException if it is missing or anything in it is not as the format and this class want it
     */
    public static SafeTensors read(Path file) {
        return parse(file, TextFile.bytes(file, TextFile.LARGEST));
    }

    /**
     * Tensors from a file's bytes.
     *
     * @param file where they came from, for messages
     */
    static SafeTensors parse(Path file, byte[] bytes) {
        if (bytes.length < 8) {
            throw new FileException(file, "is no safetensors file: has " + bytes.length + " bytes, the header's length alone takes 8");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long length = in.getLong();
        if (length < 2 || length > LONGEST_HEADER || length > bytes.length - 8) {
            throw new FileException(file, "is no safetensors file, or cut short: says its header has " + Long.toUnsignedString(length)
                    + " bytes, " + (bytes.length - 8) + " follow");
        }
        JsonNode header = header(file, bytes, (int) length);
        long dataLength = bytes.length - 8 - length;
        Map<String, String> metadata = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>();
        header.properties().forEach(field -> {
            if (field.getKey().equals(METADATA)) {
                metadata.putAll(metadata(file, field.getValue()));
            } else {
                entries.add(entry(file, field.getKey(), field.getValue(), dataLength));
            }
        });
        checkLayout(file, entries, dataLength);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Entry entry : entries) {
            tensors.put(entry.name(), tensor(file, entry, in.position((int) (8 + length + entry.begin()))));
        }
        return new SafeTensors(tensors, metadata);
    }

    private static JsonNode header(Path file, byte[] bytes, int length) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 8, length)).toString();
            JsonNode header = text.startsWith("{") ? MAPPER.readTree(text) : null;
            if (header == null || !header.isObject()) {
                throw new FileException(file, "is no safetensors file: its header is no JSON object");
            }
            return header;
        } catch (JsonProcessingException | CharacterCodingException e) {
            throw new FileException(file, "its header is no JSON: " + (e instanceof JsonProcessingException json
                    ? json.getOriginalMessage().lines().findFirst().orElse("unreadable").replaceFirst(", from `.*`", "") : "not in UTF-8"));
        }
    }

    private static Map<String, String> metadata(Path file, JsonNode node) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (!node.isObject()) {
            throw new FileException(file, METADATA + " must be an object");
        }
        node.properties().forEach(field -> {
            if (!field.getValue().isTextual()) {
                throw new FileException(file, METADATA + ": '" + field.getKey() + "' must be a string");
            }
            texts.put(field.getKey(), field.getValue().textValue());
        });
        return texts;
    }

    private static Entry entry(Path file, String name, JsonNode node, long dataLength) {
        String where = "tensor '" + name + "': ";
        List<String> fields = node.properties().stream().map(Map.Entry::getKey).sorted().toList();
        if (!fields.equals(List.of("data_offsets", "dtype", "shape"))) {
            throw new FileException(file, where + "must have dtype, shape and data_offsets, has " + fields);
        }
        Precision precision = precision(file, where, node.get("dtype"));
        Shape shape = shape(file, where, node.get("shape"));
        JsonNode offsets = node.get("data_offsets");
        if (!offsets.isArray() || offsets.size() != 2 || !offsets.get(0).isIntegralNumber() || !offsets.get(1).isIntegralNumber()
                || !offsets.get(0).canConvertToLong() || !offsets.get(1).canConvertToLong()) {
            throw new FileException(file, where + "data_offsets must be two whole numbers, is " + offsets);
        }
        long begin = offsets.get(0).longValue();
        long end = offsets.get(1).longValue();
        if (begin < 0 || end < begin || end > dataLength) {
            throw new FileException(file, where + "data_offsets " + offsets + " lie outside the data, which has " + dataLength
                    + " bytes (is the file cut short?)");
        }
        long wanted = (long) shape.size() * precision.bytes();
        if (end - begin != wanted) {
            throw new FileException(file, where + precision + " " + shape + " takes " + wanted + " bytes, data_offsets " + offsets
                    + " give " + (end - begin));
        }
        return new Entry(name, precision, shape, begin, end);
    }

    private static Precision precision(Path file, String where, JsonNode dtype) {
        return switch (dtype.textValue()) {
            case "F64" -> Precision.F64;
            case "F32" -> Precision.F32;
            case null, default -> throw new FileException(file, where + "dtype " + dtype + " is not known here; F64 and F32 are");
        };
    }

    private static Shape shape(Path file, String where, JsonNode node) {
        if (!node.isArray()) {
            throw new FileException(file, where + "shape must be a list, is " + node);
        }
        if (node.size() > HIGHEST_RANK) {
            throw new FileException(file, where + "shape has " + node.size() + " sizes; at most " + HIGHEST_RANK + " are read here");
        }
        int[] sizes = new int[node.size()];
        for (int i = 0; i < sizes.length; i++) {
            if (!node.get(i).isIntegralNumber() || !node.get(i).canConvertToInt() || node.get(i).intValue() < 0) {
                throw new FileException(file, where + "shape " + node + " must list whole numbers from 0");
            }
            sizes[i] = node.get(i).intValue();
        }
        try {
            return Shape.of(sizes);
        } catch (IllegalArgumentException e) {
            throw new FileException(file, where + e.getMessage());
        }
    }

    /** The tensors must cover the data from end to end, without gap or overlap: nothing may hide in between. */
    private static void checkLayout(Path file, List<Entry> entries, long dataLength) {
        long covered = 0;
        for (Entry entry : entries.stream().sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end)).toList()) {
            if (entry.begin() != covered) {
                throw new FileException(file, "tensor '" + entry.name() + "' begins at byte " + entry.begin()
                        + " of the data, the one before ends at "
                        + covered + ": " + (entry.begin() < covered ? "they overlap" : "there is a gap"));
            }
            covered = entry.end();
        }
        if (covered != dataLength) {
            throw new FileException(file, "has " + (dataLength - covered) + " bytes after its last tensor that belong to none");
        }
    }

    private static Tensor tensor(Path file, Entry entry, ByteBuffer in) {
        int size = entry.shape().size();
        Tensor tensor = Tensor.zeros(entry.precision(), entry.shape());
        for (int i = 0; i < size; i++) {
            double number;
            if (entry.precision() == Precision.F64) {
                number = tensor.doubles()[i] = in.getDouble();
            } else {
                number = tensor.floats()[i] = in.getFloat();
            }
            if (!Double.isFinite(number)) {
                throw new FileException(file, "tensor '" + entry.name() + "': number " + i + " of " + size + " is " + number
                        + "; weights must be finite");
            }
        }
        return tensor;
    }
}
