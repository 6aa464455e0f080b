package intarsia.models.files;

import intarsia.models.data.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads {@code [response]}, or several {@code [[response]]}. */
final class ResponsesReader {
    private final Section study;
    private final String instead;
    private final List<ResponseReader> readers = new ArrayList<>();
    /** What each of their columns is taken for. */
    private final Map<String, String> taken = new LinkedHashMap<>();

    /**
     * Of a study file.
     *
     * @param instead of one response: a column instead of the one that the study file names; of several: the name of the one that is
     *                learned alone; or null
     */
    ResponsesReader(Section study, String instead) {
        this.study = study;
        this.instead = instead;
    }

    /**
     * The responses.
     *
     * @throws FileException at the first thing that cannot be: a column that two of them read, names too much alike
     */
    List<Schema.Response> read() {
        List<Section> sections = study.sections("response");
        boolean several = sections.size() > 1;
        List<Schema.Response> read = new ArrayList<>();
        for (Section section : sections) {
            ResponseReader reader = new ResponseReader(section, several, several ? null : instead);
            Schema.Response response = reader.read();
            String of = several ? "the response " + Text.quoted(response.name()) : "the response";
            reader.keys().forEach((column, key) -> {
                String owner = taken.putIfAbsent(column, key.equals("column") ? of : "the '" + key + "' of " + of);
                if (owner != null) {
                    throw section.error(key, "column " + Text.quoted(column) + " is " + owner + " already; a response has columns of its "
                            + "own");
                }
            });
            read.stream().filter(other -> clash(other.name(), response.name())).findFirst().ifPresent(other -> {
                throw section.error("name", "response " + Text.quoted(response.name()) + (other.name().equals(response.name())
                        ? " is there twice" : " and response " + Text.quoted(other.name()) + " have names too much alike")
                        + "; name one of them otherwise: name = \"...\"");
            });
            read.add(response);
            readers.add(reader);
        }
        return several && instead != null ? List.of(only(read)) : read;
    }

    /** Names must tell responses apart, and the tasks that are called by them. */
    private static boolean clash(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        return Text.folded(one).equals(Text.folded(other)) || a.startsWith(Task.nameOf("", b)) || b.startsWith(Task.nameOf("", a));
    }

    /** The one of several responses that is to be learned alone; the columns of the others stay what they are. */
    private Schema.Response only(List<Schema.Response> read) {
        List<String> names = read.stream().map(Schema.Response::name).toList();
        int chosen = names.indexOf(Text.normal(instead));
        if (chosen < 0) {
            throw study.error("response", "no response " + Text.quoted(instead) + " to learn alone; there are " + Nearest.some(names)
                    + Nearest.hint(instead, names));
        }
        ResponseReader kept = readers.get(chosen);
        readers.removeIf(reader -> reader != kept);
        Schema.Response of = read.get(chosen);
        return new Schema.Response("", of.title(), of.columns(), of.family(), of.above());
    }

    /** What each column of a response is taken for. */
    Map<String, String> taken() {
        return taken;
    }

    /** How their columns are read, those that have anything of their own. */
    Map<String, Schema.Reading> kept() {
        Map<String, Schema.Reading> kept = new HashMap<>();
        readers.forEach(reader -> kept.putAll(reader.kept()));
        return kept;
    }

    /** What is left to the rows of levels. */
    List<FoundLevels.Wanted> wanted() {
        return readers.stream().flatMap(reader -> reader.wanted().stream()).toList();
    }

    /** What the study file says of each, in the order of the schema's responses. */
    List<Section> sections() {
        return readers.stream().map(ResponseReader::section).toList();
    }

    /**
     * Makes sure that a task's first file has the response; one of several may be in other files only.
     *
     * @throws FileException at the key of a column that it lacks
     */
    void require(DataTable table) {
        for (String column : readers.size() > 1 ? List.<String>of() : readers.getFirst().keys().keySet()) {
            if (!table.has(column)) {
                throw absent(0, column, table.place() + Nearest.hint(column, table.header()));
            }
        }
    }

    /** The error of a response's column that is not in the files. */
    FileException absent(int response, String column, String problem) {
        return readers.get(response).section().error(readers.get(response).keys().get(column), "response column " + Text.quoted(column)
                + " is not in " + problem);
    }

    /** Whether the times at which survival is predicted are left to the rows. */
    boolean wantsTimes(int response) {
        return readers.get(response).wantsTimes();
    }
}
