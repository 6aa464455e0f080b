package intarsia.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Changes a JSON text by its structure: a value is removed, repeated, moved or replaced.
 *
 * @param text what changes texts that are no JSON, and some that are
 */
record JsonMutator(Mutator text) implements Mutator {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final List<String> VALUES = List.of("null", "true", "0", "-1", "1", "2", "0.5", "-0.0", "1e308", "5e-324", "2147483647",
            "2147483648", "9223372036854775808", "1e400", "\"\"", "\"a\"", "\"x1\"", "\"\\u0000\\n\"", "[]", "{}", "[null]", "[[]]");

    @Override
    public String mutate(String input, RandomGenerator random) {
        JsonNode root;
        try {
            root = JSON.readTree(input);
        } catch (JsonProcessingException | NumberFormatException e) {
            return text.mutate(input, random);
        }
        List<JsonNode> holders = new ArrayList<>();
        collect(root, holders);
        if (holders.isEmpty() || random.nextInt(5) == 0) {
            return text.mutate(input, random);
        }
        JsonNode holder = holders.get(random.nextInt(holders.size()));
        JsonNode other = random.nextBoolean() ? value(random) : random(holders.get(random.nextInt(holders.size())), random).deepCopy();
        if (holder instanceof ObjectNode object) {
            change(object, other, random);
        } else if (holder instanceof ArrayNode array) {
            change(array, other, random);
        }
        return root.toString();
    }

    /** All lists and objects that are not empty. */
    private static void collect(JsonNode node, List<JsonNode> holders) {
        if (!node.isEmpty()) {
            holders.add(node);
            node.forEach(child -> collect(child, holders));
        }
    }

    private static void change(ObjectNode object, JsonNode other, RandomGenerator random) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        String name = names.get(random.nextInt(names.size()));
        switch (random.nextInt(6)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(name + "x", object.remove(name));
            default -> object.set(name, other);
        }
    }

    private static void change(ArrayNode array, JsonNode other, RandomGenerator random) {
        int at = random.nextInt(array.size());
        switch (random.nextInt(5)) {
            case 0 -> array.remove(at);
            case 1 -> array.insert(at, array.get(at).deepCopy());
            case 2 -> array.insert(random.nextInt(array.size()), array.remove(at));
            case 3 -> array.insert(at, other);
            default -> array.set(at, other);
        }
    }

    private static JsonNode random(JsonNode holder, RandomGenerator random) {
        List<JsonNode> children = new ArrayList<>();
        holder.forEach(children::add);
        return children.get(random.nextInt(children.size()));
    }

    private static JsonNode value(RandomGenerator random) {
        try {
            if (random.nextInt(40) == 0) {
                int depth = 2 + random.nextInt(900);
                return JSON.readTree("[".repeat(depth) + "]".repeat(depth));
            }
            return JSON.readTree(VALUES.get(random.nextInt(VALUES.size())));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
