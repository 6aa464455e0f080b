package intarsia.models.files;

import intarsia.models.data.DataException;
import intarsia.models.files.table.Query;
import intarsia.models.files.table.TableColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tables that a study file names: files beside it, and queries to databases. Each is read once. */
final class StudyTables {
    private static final String WANTED = "the name of a file, { query = \"select ...\" }, or a list of these";

    private final StudyFiles files;
    private final Section study;
    private final Map<String, TextFile> instead;
    private final Map<String, DataTable> tables = new LinkedHashMap<>();

    /**
     * Reads none yet.
     *
     * @param instead texts of files, by their names, that are read instead of what the files say
     */
    StudyTables(StudyFiles files, Section study, Map<String, TextFile> instead) {
        this.files = files;
        this.study = study;
        this.instead = instead;
    }

    /** Those that were read, by their names. */
    Map<String, DataTable> all() {
        return tables;
    }

    /**
     * Reads those that a key names.
     *
     * @param format how CSV files are written, unless {@code [csv]} says otherwise of one
     * @return their names: files as the study file has them, queries by their place in it
     * @throws FileException if there is none, or one cannot be read
     */
    List<String> read(Section section, String key, CsvFormat format) {
        List<Object> entries = section.textsOrSections(key, WANTED);
        if (entries.isEmpty()) {
            throw section.error(key, "'" + key + "' lists no files");
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            int place = i;
            String name = entries.get(i) instanceof Section query ? "query " + query.position() : (String) entries.get(i);
            if (!tables.containsKey(name)) {
                tables.put(name, entries.get(i) instanceof Section query ? query(name, query, format)
                        : instead.containsKey(name) ? CsvTable.read(instead.get(name), formatOf(name, format))
                        : DataTable.read(files.find(section, key, place, name), formatOf(name, format)));
            }
            names.add(name);
        }
        return names;
    }

    private CsvFormat formatOf(String name, CsvFormat format) {
        Section formats = study.sectionOrEmpty("csv");
        return formats.has(name) ? format.with(formats.section(name)) : format;
    }

    private DataTable query(String name, Section section, CsvFormat format) {
        section.only("query", "values", "jdbc");
        if (!section.has("jdbc") && !study.has("jdbc")) {
            throw section.error("query", "a query needs 'jdbc', the database that is asked: jdbc = \"jdbc:postgresql://host/name\", here "
                    + "or above all tables");
        }
        if (!files.allowOutside()) {
            throw section.error("a database is not in the study's folder; allow it: --allow-outside");
        }
        try {
            List<TableColumn> columns = new Query(section.text("jdbc", study.text("jdbc", null)), section.text("query"),
                    section.values("values")).read(System::getenv);
            return new ColumnTable(name, name, Digests.sha256(columns), format, columns, section::error);
        } catch (FileException e) {
            throw e;
        } catch (DataException e) {
            throw section.error(e.getMessage());
        }
    }

    /** Every key of [csv] is a setting, or a file that was read. */
    void checkFormats() {
        Section section = study.sectionOrEmpty("csv");
        Set<String> known = new LinkedHashSet<>(CsvFormat.KEYS);
        known.addAll(tables.keySet());
        section.only(known);
        section.keys().stream().filter(tables::containsKey).forEach(name -> section.section(name).only(CsvFormat.KEYS));
    }
}
