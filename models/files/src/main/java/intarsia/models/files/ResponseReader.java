package intarsia.models.files;

import intarsia.models.response.Binomial;
import intarsia.models.response.Classes;
import intarsia.models.response.Count;
import intarsia.models.response.Gaussian;
import intarsia.models.response.Ordered;
import intarsia.models.response.ResponseFamily;
import intarsia.models.response.Survival;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code [response]}, or one {@code [[response]]} of several: what is learned, and the columns that say it. */
final class ResponseReader {
    private static final Set<String> ONE_COLUMN = Set.of("continuous", "binary", "count", "classes", "ordered");
    /** The kinds that a key belongs to, in the order in which keys are looked at. */
    private static final Map<String, Set<String>> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("column", ONE_COLUMN);
        KINDS.put("above", Set.of("binary"));
        KINDS.put("levels", Set.of("binary", "classes", "ordered", "survival"));
        KINDS.put("positive", Set.of("binary", "survival"));
        KINDS.put("censored", Set.of("continuous", "binary"));
        KINDS.put("exposure", Set.of("count"));
        KINDS.put("offset", Set.of("continuous", "binary"));
        KINDS.put("time", Set.of("survival"));
        KINDS.put("event", Set.of("survival"));
        KINDS.put("entry", Set.of("survival"));
        KINDS.put("times", Set.of("survival"));
        KINDS.put("reading", Set.of("survival"));
    }

    /** What stands for levels and times until the rows are read. */
    private static final List<String> UNTOLD_LEVELS = List.of("0", "1");
    private static final List<Double> UNTOLD_TIMES = List.of(1.0);

    private final Section section;
    private final boolean several;
    private final String instead;
    private final String kind;
    /** The columns, and the key that names each. */
    private final Map<String, String> columns = new LinkedHashMap<>();
    private final Map<String, Schema.Reading> readings = new HashMap<>();
    private final List<FoundLevels.Wanted> wanted = new ArrayList<>();

    /**
     * Checks which keys there are.
     *
     * @param several whether there are others, from which its name tells it
     * @param instead a column instead of the one that the study file names, or null
     */
    ResponseReader(Section section, boolean several, String instead) {
        this.section = section;
        this.several = several;
        this.instead = instead;
        Set<String> known = new HashSet<>(KINDS.keySet());
        known.addAll(List.of("name", "kind", "missing"));
        section.only(known);
        kind = section.text("kind");
        if (!ONE_COLUMN.contains(kind) && !kind.equals("survival")) {
            throw section.error("kind", "a response is \"continuous\", \"binary\", \"count\", \"classes\", \"ordered\" or \"survival\", "
                    + "not \"" + kind + "\"");
        }
        KINDS.forEach((key, kinds) -> {
            if (section.has(key) && !kinds.contains(kind)) {
                if (key.equals("offset") && kind.equals("count")) {
                    throw section.error(key, "the offset of a count is the logarithm of its exposure; name the column of exposures: "
                            + "exposure = \"...\"");
                }
                throw section.error(key, "'" + key + "' belongs to a response of kind " + String.join(" or ", kinds.stream().sorted()
                        .map(of -> "\"" + of + "\"").toList()) + "; take it out, or change the kind");
            }
        });
    }

    /**
     * The response; levels and times that are left to the rows are not its own yet.
     *
     * @throws FileException at the first key that cannot be
     */
    Schema.Response read() {
        if (instead != null && kind.equals("survival")) {
            throw section.error("kind", "a response of kind \"survival\" has a time and an event, so the one column " + Text.quoted(instead)
                    + " cannot be learned instead");
        }
        List<String> keys = switch (kind) {
            case "survival" -> List.of("time", "event", "entry");
            case "count" -> List.of("column", "exposure");
            default -> List.of("column", "offset");
        };
        for (String key : keys) {
            if (section.has(key) || !Set.of("entry", "exposure", "offset").contains(key)) {
                String column = instead != null && key.equals("column") ? instead : section.text(key);
                String earlier = columns.putIfAbsent(Text.normal(column), key);
                if (earlier != null) {
                    throw section.error(key, "column " + Text.quoted(column) + " is the '" + earlier + "' of the response already; '" + key
                            + "' needs a column of its own");
                }
            }
        }
        readings();
        return new Schema.Response(several ? name() : "", several || section.has("name") ? name() : "", List.copyOf(columns.keySet()),
                family(),
                section.has("above") ? section.number("above", 0) : null);
    }

    /** Its name, or else its column's; of survival that of the event's column. */
    private String name() {
        String name = section.has("name") ? SchemaReader.name(section, "name")
                : List.copyOf(columns.keySet()).get(kind.equals("survival") ? 1 : 0);
        String problem = Names.problem(name);
        if (problem != null) {
            throw section.error("name", "response " + problem + (section.has("name") ? "" : "; give it another: name = \"...\""));
        }
        return name;
    }

    /** Where the study file says all this. */
    Section section() {
        return section;
    }

    private ResponseFamily family() {
        return switch (kind) {
            case "binary" -> new Binomial(section.has("offset"));
            case "count" -> new Count(section.has("exposure"));
            case "classes" -> new Classes(levels());
            case "ordered" -> new Ordered(levels());
            case "survival" -> new Survival(section.has("times") ? times() : UNTOLD_TIMES, isDiscrete());
            default -> new Gaussian(section.has("offset"));
        };
    }

    private boolean isDiscrete() {
        String reading = section.has("reading") ? section.text("reading") : "cox";
        if (!Set.of("cox", "discrete").contains(reading)) {
            throw section.error("reading", "survival is read as \"cox\" (proportional hazards in continuous time) or \"discrete\" (in "
                    + "intervals that end at 'times'), not \"" + reading + "\"");
        }
        return reading.equals("discrete");
    }

    private List<String> levels() {
        return section.has("levels") ? SchemaReader.levels(section, "the response") : UNTOLD_LEVELS;
    }

    private List<Double> times() {
        List<Double> times = section.numbers("times");
        for (int i = 0; i < times.size(); i++) {
            if (!(times.get(i) > (i == 0 ? 0 : times.get(i - 1)))) {
                throw section.error("times", i, "'times', at which survival is predicted, are above 0 and increase: times = [365, 730]");
            }
        }
        if (times.isEmpty()) {
            throw section.error("times", "'times' lists none; name some at which survival is predicted, or take it out: they are chosen");
        }
        return times;
    }

    /** How the column that holds 0 and 1, or levels, is read. */
    private void readings() {
        List<String> given = List.of("above", "levels", "positive").stream().filter(section::has).toList();
        if (given.size() > 1 && KINDS.get("positive").contains(kind)) {
            throw section.error(given.get(1), "give either '" + given.get(0) + "' or '" + given.get(1) + "', not both");
        }
        String column = List.copyOf(columns.keySet()).get(kind.equals("survival") ? 1 : 0);
        boolean two = KINDS.get("positive").contains(kind) && section.has("levels");
        Schema.Reading reading = new Schema.Reading(List.of(), two ? SchemaReader.binaryLevels(section, "response") : List.of(),
                SchemaReader.censored(section, column, kind.equals("continuous") || section.has("above")), null, false, null);
        if (!reading.equals(Schema.Reading.PLAIN)) {
            readings.put(column, reading);
        }
        if (section.has("positive")) {
            wanted.add(new FoundLevels.Wanted(section, column, kind.equals("survival") ? FoundLevels.Role.EVENT : FoundLevels.Role.BINARY,
                    SchemaReader.text(section, "positive")));
        } else if (Set.of("classes", "ordered").contains(kind) && !section.has("levels")) {
            wanted.add(new FoundLevels.Wanted(section, column, kind.equals("classes") ? FoundLevels.Role.CLASSES : FoundLevels.Role.ORDERED,
                    null));
        }
    }

    /** The key of each of its columns. */
    Map<String, String> keys() {
        return columns;
    }

    /** How its columns are read, those that have anything of their own. */
    Map<String, Schema.Reading> kept() {
        return readings;
    }

    /** What is left to the rows of levels. */
    List<FoundLevels.Wanted> wanted() {
        return wanted;
    }

    /** Whether the times at which survival is predicted are left to the rows. */
    boolean wantsTimes() {
        return kind.equals("survival") && !section.has("times");
    }
}
