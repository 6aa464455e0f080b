package intarsia.models.files;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import intarsia.models.dual.Similarity;
import intarsia.models.response.Binomial;
import intarsia.models.response.Classes;
import intarsia.models.response.Count;
import intarsia.models.response.Gaussian;
import intarsia.models.response.Ordered;
import intarsia.models.response.ResponseFamily;
import intarsia.models.response.Survival;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * Records in and out of JSON. Writing is the same text for the same record, ends with a line feed, and refuses numbers that are not finite.
 * Reading is strict: a field that is unknown, missing, given twice or of another type is an error that names the file and the line.
 */
public final class Json {
    /** No model's description comes near. */
    private static final long LARGEST = 256L << 20;
    /** Records of ours nest a dozen deep. */
    private static final int DEEPEST = 64;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder().streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxNumberLength(1_000).maxNameLength(10_000).build()).build())
            .addModule(FiniteNumbers.module())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .addMixIn(Similarity.class, SimilarityText.class)
            .addMixIn(ResponseFamily.class, ResponseKind.class)
            .build();
    private static final ObjectWriter WRITER;

    /** A response family is written as its name and what it holds. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({@JsonSubTypes.Type(value = Gaussian.class, name = "continuous"),
            @JsonSubTypes.Type(value = Binomial.class, name = "binary"),
            @JsonSubTypes.Type(value = Count.class, name = "count"),
            @JsonSubTypes.Type(value = Classes.class, name = "classes"),
            @JsonSubTypes.Type(value = Ordered.class, name = "ordered"),
            @JsonSubTypes.Type(value = Survival.class, name = "survival")})
    private interface ResponseKind {}

    /** A similarity is written as its name. */
    private interface SimilarityText {
        @JsonValue
        String key();

        @JsonCreator
        static Similarity of(String key) {
            return Similarity.of(key);
        }
    }

    static {
        // "\n" on every system: the same record is the same bytes.
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        WRITER = MAPPER.writer(new DefaultPrettyPrinter().withObjectIndenter(lines)
                .withArrayIndenter(DefaultPrettyPrinter.FixedSpaceIndenter.instance));
    }

    private Json() {}

    /**
     * A record as JSON text, indented.
     *
     * @throws IllegalArgumentException if it holds what JSON cannot say, such as NaN
     */
    public static String write(Object value) {
        try {
            checkFinite(MAPPER.valueToTree(value), "");
            return WRITER.writeValueAsString(value) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** The same in one line, without a line feed. */
    public static String line(Object value) {
        try {
            checkFinite(MAPPER.valueToTree(value), "");
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static void checkFinite(JsonNode node, String path) {
        if (node.isNumber() && !Double.isFinite(node.doubleValue())) {
            throw new IllegalArgumentException("JSON has no word for " + node.doubleValue() + " (" + path + "); give null instead");
        }
        node.properties().forEach(field -> checkFinite(field.getValue(), path + "." + field.getKey()));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            checkFinite(node.get(i), path + "[" + i + "]");
        }
    }

    /**
     * Reads a record from a file.
     *
     * @throws FileException if the file is missing, no JSON, or does not say exactly what the record holds
     */
    public static <T> T read(Path file, Class<T> type) {
        return parse(file, TextFile.read(file, LARGEST).text(), type);
    }

    /** The fields of a record from bytes that hold more than those. */
    public static <T> T head(Path file, byte[] bytes, Class<T> type) {
        try {
            T value = MAPPER.readerFor(type).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).readValue(TextFile.decode(file,
                    bytes));
            return checked(file, value, type.getSimpleName());
        } catch (JsonProcessingException e) {
            throw unreadable(file, e);
        }
    }

    /** A record from bytes that came from a file. */
    static <T> T read(Path file, byte[] bytes, Class<T> type) {
        return parse(file, TextFile.decode(file, bytes), type);
    }

    /** A record with one type parameter from bytes that came from a file. */
    public static <T> T read(Path file, byte[] bytes, Class<T> type, Class<?> parameter) {
        return parse(file, TextFile.decode(file, bytes), MAPPER.getTypeFactory().constructParametricType(type, parameter));
    }

    private static <T> T parse(Path file, String text, Class<T> type) {
        return parse(file, text, MAPPER.constructType(type));
    }

    private static <T> T parse(Path file, String text, JavaType type) {
        try {
            return checked(file, MAPPER.<T>readValue(text, type), type.getRawClass().getSimpleName());
        } catch (JsonProcessingException e) {
            throw unreadable(file, e);
        }
    }

    private static <T> T checked(Path file, T value, String type) {
        if (value == null) {
            throw new FileException(file, "holds null instead of " + type);
        }
        return value;
    }

    private static FileException unreadable(Path file, JsonProcessingException why) {
        return switch (why) {
            case StreamConstraintsException e -> at(file, e.getLocation(), "is no JSON of this program's: "
                    + firstLine(e.getOriginalMessage()).replaceFirst(", from `.*`", ""));
            case UnrecognizedPropertyException e -> at(file, e.getLocation(), "unknown field '" + e.getPropertyName() + "'"
                    + Nearest.hint(e.getPropertyName(), e.getKnownPropertyIds().stream().map(Object::toString).sorted().toList()));
            case JsonMappingException e -> {
                // A record's own check speaks best.
                String said = e.getCause() instanceof IllegalArgumentException own ? own.getMessage() : e.getOriginalMessage();
                String field = e.getPath().stream().map(Json::step).collect(Collectors.joining());
                String missing = said != null && said.startsWith("Missing creator property") ? "is missing" : firstLine(said);
                yield at(file, e.getLocation(), (field.isEmpty() ? "" : field.replaceFirst("^\\.", "") + ": ") + missing);
            }
            default -> at(file, why.getLocation(), "is no JSON: " + firstLine(why.getOriginalMessage()));
        };
    }

    private static String step(JsonMappingException.Reference step) {
        return step.getFieldName() != null ? "." + step.getFieldName() : "[" + step.getIndex() + "]";
    }

    private static FileException at(Path file, JsonLocation where, String message) {
        return where == null ? new FileException(file, message)
                : new FileException(file, Math.max(0, where.getLineNr()), Math.max(0, where.getColumnNr()), message);
    }

    private static String firstLine(String message) {
        return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
    }
}
