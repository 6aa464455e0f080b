package intarsia.cli.json;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The forms of documents, read from the records: as a JSON Schema and as a page. */
public final class DocumentForms {
    private final Map<String, Class<?>> records = new LinkedHashMap<>();

    /** All that a document holds. */
    public DocumentForms() {
        collect(JsonDocument.class);
        for (Class<?> result : CommandResult.class.getPermittedSubclasses()) {
            collect(result);
        }
    }

    private void collect(Class<?> record) {
        if (record.isRecord() && records.put(key(record), record) == null) {
            for (RecordComponent component : record.getRecordComponents()) {
                collect(component.getType());
                if (component.getGenericType() instanceof ParameterizedType list) {
                    collect((Class<?>) list.getActualTypeArguments()[0]);
                }
            }
        }
    }

    private static String key(Class<?> type) {
        return type.getSimpleName().substring(0, 1).toLowerCase(Locale.ROOT) + type.getSimpleName().substring(1);
    }

    private static String meaning(Class<?> type) {
        return type.getAnnotation(Meaning.class).value();
    }

    /** The names of the commands that a result is of, read from its meaning. */
    private static List<String> commands(Class<?> result) {
        List<String> commands = new ArrayList<>();
        String head = meaning(result).substring(0, meaning(result).indexOf(':'));
        for (String name : head.split(", ")) {
            commands.add(name.replace("`", ""));
        }
        return commands;
    }

    /** As JSON Schema, draft 2020-12. */
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "What a command of intarsia writes to standard output with --json");
        schema.putAll(object(JsonDocument.class));
        List<Object> branches = new ArrayList<>();
        for (Class<?> result : CommandResult.class.getPermittedSubclasses()) {
            branches.add(Map.of("properties", ordered("command", Map.of("enum", commands(result)), "result", ref(key(result)), "error",
                    Map.of("type", "null"))));
        }
        branches.add(Map.of("properties", ordered("result", Map.of("type", "null"), "error", ref("failure"))));
        schema.put("oneOf", branches);
        Map<String, Object> definitions = new LinkedHashMap<>();
        records.forEach((name, record) -> {
            if (record != JsonDocument.class) {
                definitions.put(name, object(record));
            }
        });
        definitions.put("resultTable", table());
        schema.put("$defs", definitions);
        return schema;
    }

    private static Map<String, Object> table() {
        Map<String, Object> cell = Map.of("type", List.of("string", "number", "null"));
        return ordered("description", meaning(ResultTable.class), "type", "object", "properties", ordered("columns",
                list(Map.of("type", "string")), "rows", list(list(cell))), "required", List.of("columns", "rows"));
    }

    private Map<String, Object> object(Class<?> record) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : record.getRecordComponents()) {
            Meaning meaning = component.getAnnotation(Meaning.class);
            Map<String, Object> type = new LinkedHashMap<>(Map.of("description", meaning.value()));
            Map<String, Object> of = component.getType() == CommandResult.class ? Map.of() : type(component.getGenericType());
            if (meaning.orNull() && of.containsKey("$ref")) {
                type.put("anyOf", List.of(of, Map.of("type", "null")));
            } else if (meaning.orNull() && !of.isEmpty()) {
                type.put("type", List.of(of.get("type"), "null"));
            } else {
                type.putAll(of);
            }
            properties.put(component.getName(), type);
            required.add(component.getName());
        }
        return ordered("description", meaning(record), "type", "object", "properties", properties, "required", required);
    }

    private Map<String, Object> type(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class ? list(type(generic.getActualTypeArguments()[0]))
                    : ordered("type", "object", "additionalProperties", type(generic.getActualTypeArguments()[1]));
        }
        return switch ((Class<?>) type) {
            case Class<?> c when c == String.class -> Map.of("type", "string");
            case Class<?> c when c == int.class || c == long.class || c == Long.class -> Map.of("type", "integer");
            case Class<?> c when c == boolean.class -> Map.of("type", "boolean");
            case Class<?> c when c == ResultTable.class || records.containsValue(c) -> ref(key(c));
            default -> throw new IllegalArgumentException("a field of type " + type);
        };
    }

    private static Map<String, Object> ref(String name) {
        return Map.of("$ref", "#/$defs/" + name);
    }

    private static Map<String, Object> list(Map<String, Object> items) {
        return ordered("type", "array", "items", items);
    }

    private static Map<String, Object> ordered(Object... entries) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put((String) entries[i], entries[i + 1]);
        }
        return map;
    }

    /** As the page's tables: the document, what each command answers, and what those hold. */
    public String page() {
        StringBuilder page = new StringBuilder("## The document\n\n" + table(JsonDocument.class));
        page.append("\n`error`: ").append(lower(meaning(JsonDocument.Failure.class))).append("\n\n")
                .append(table(JsonDocument.Failure.class));
        page.append("\n## Tables\n\n").append(meaning(ResultTable.class)).append("\n\n## Results\n");
        for (Class<?> result : CommandResult.class.getPermittedSubclasses()) {
            page.append("\n### ").append(String.join(", ", commands(result))).append("\n\n").append(meaning(result)).append("\n\n")
                    .append(table(result));
        }
        page.append("\n## What results hold\n");
        records.forEach((name, record) -> {
            if (record != JsonDocument.class && record != JsonDocument.Failure.class && !CommandResult.class.isAssignableFrom(record)) {
                page.append("\n### ").append(record.getSimpleName()).append("\n\n").append(meaning(record)).append("\n\n")
                        .append(table(record));
            }
        });
        return page.toString();
    }

    private static String lower(String text) {
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }

    private static String table(Class<?> record) {
        StringBuilder table = new StringBuilder("| field | type | meaning |\n|---|---|---|\n");
        for (RecordComponent component : record.getRecordComponents()) {
            Meaning meaning = component.getAnnotation(Meaning.class);
            table.append("| `").append(component.getName()).append("` | ").append(words(component.getGenericType()))
                    .append(meaning.orNull() ? " or null" : "").append(" | ").append(meaning.value()).append(" |\n");
        }
        return table.toString();
    }

    private static String words(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class ? "list of " + words(generic.getActualTypeArguments()[0])
                    : "object of " + words(generic.getActualTypeArguments()[1]);
        }
        return switch ((Class<?>) type) {
            case Class<?> c when c == String.class -> "string";
            case Class<?> c when c == int.class || c == long.class || c == Long.class -> "integer";
            case Class<?> c when c == ResultTable.class -> "table";
            case Class<?> c when c == CommandResult.class -> "object";
            default -> ((Class<?>) type).getSimpleName().equals("Failure") ? "object" : ((Class<?>) type).getSimpleName();
        };
    }
}
