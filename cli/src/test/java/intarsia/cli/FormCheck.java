package intarsia.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether JSON has the form that a schema says: of JSON Schema what ours uses. A field that the schema does not name is a problem here,
 * which in general it is not.
 *
 * @param schema the whole schema
 */
record FormCheck(JsonNode schema) {
    private static final Set<String> KNOWN = Set.of("$schema", "$defs", "$ref", "title", "description", "type", "enum", "properties",
            "required",
            "items", "additionalProperties", "anyOf", "oneOf");

    List<String> problems(JsonNode value) {
        List<String> problems = new ArrayList<>();
        check(schema, value, "", problems);
        return problems;
    }

    private void check(JsonNode form, JsonNode value, String at, List<String> problems) {
        Set<String> unknown = new TreeSet<>();
        form.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(KNOWN);
        if (!unknown.isEmpty()) {
            problems.add("this check does not know " + unknown);
        }
        if (form.has("$ref")) {
            check(schema.at(form.get("$ref").asText().substring(1)), value, at, problems);
        }
        if (form.has("type") && !types(form.get("type")).contains(type(value))
                && !(type(value).equals("integer") && types(form.get("type")).contains("number"))) {
            problems.add(at + ": " + type(value) + ", not " + form.get("type"));
        }
        if (form.has("enum")) {
            List<JsonNode> allowed = new ArrayList<>();
            form.get("enum").forEach(allowed::add);
            if (!allowed.contains(value)) {
                problems.add(at + ": " + value + ", not one of " + allowed);
            }
        }
        form.path("required").forEach(name -> {
            if (!value.has(name.asText())) {
                problems.add(at + ": no " + name.asText());
            }
        });
        value.properties().forEach(field -> {
            JsonNode of = form.path("properties").path(field.getKey());
            if (of.isMissingNode() && form.has("additionalProperties")) {
                of = form.get("additionalProperties");
            }
            if (!of.isMissingNode()) {
                check(of, field.getValue(), at + "." + field.getKey(), problems);
            } else if (form.has("required")) {
                problems.add(at + ": " + field.getKey() + " is not in the schema");
            }
        });
        for (int i = 0; value.isArray() && form.has("items") && i < value.size(); i++) {
            check(form.get("items"), value.get(i), at + "[" + i + "]", problems);
        }
        alternatives(form, value, at, problems);
    }

    private void alternatives(JsonNode form, JsonNode value, String at, List<String> problems) {
        for (String kind : List.of("anyOf", "oneOf")) {
            List<List<String>> tried = new ArrayList<>();
            form.path(kind).forEach(one -> {
                List<String> own = new ArrayList<>();
                check(one, value, at, own);
                tried.add(own);
            });
            long fit = tried.stream().filter(List::isEmpty).count();
            if (form.has(kind) && (fit == 0 || kind.equals("oneOf") && fit != 1)) {
                problems.add(at + ": " + fit + " alternatives fit: " + tried);
            }
        }
    }

    private static List<String> types(JsonNode types) {
        List<String> names = new ArrayList<>();
        if (types.isArray()) {
            types.forEach(type -> names.add(type.asText()));
        } else {
            names.add(types.asText());
        }
        return names;
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            default -> "null";
        };
    }
}
