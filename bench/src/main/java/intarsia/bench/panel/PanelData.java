package intarsia.bench.panel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which studies are run: the examples, data sets whose study files lie in {@code bench/studies}, and a user's own. */
final class PanelData {
    private static final double THREE_YEARS = 3 * 365.25;
    private static final int FEWEST_PUPILS = 10;

    /** A data set that is made of files as they are published. */
    private record Recipe(String study, List<String> needs, Preparation preparation) {
        private interface Preparation {
            void write(Path data, Path to) throws IOException;
        }
    }

    private static final List<Recipe> RECIPES = List.of(
            new Recipe("pbc", List.of("pbc/pbc.csv"), PanelData::pbc),
            new Recipe("xenografts", List.of("pdx-brca/response.csv", "pdx-brca/rnaseq.csv", "pdx-brca/cnv.csv"), PanelData::xenografts),
            new Recipe("school-exams", List.of("schools/exam.csv"), (data, to) -> school(data.resolve("schools/exam.csv"), "school", to)),
            new Recipe("school-language", List.of("schools/language.csv"), (data, to) ->
                    school(data.resolve("schools/language.csv"), "schoolNR", to)),
            new Recipe("school-mathematics", List.of("schools/mathachieve.csv"), (data, to) ->
                    school(data.resolve("schools/mathachieve.csv"), "School", to)));

    private PanelData() {}

    /** A table with a head, as text. */
    private record Cells(List<String> head, List<Map<String, String>> rows) {
        static Cells read(Path file) throws IOException {
            List<String> lines = Files.readAllLines(file);
            List<String> head = split(lines.getFirst());
            List<Map<String, String>> rows = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                List<String> cells = split(line);
                if (cells.size() != head.size()) {
                    throw new IOException(file + ": " + cells.size() + " cells for " + head.size() + " columns: " + line);
                }
                Map<String, String> row = new HashMap<>();
                for (int c = 0; c < cells.size(); c++) {
                    row.put(head.get(c), cells.get(c));
                }
                rows.add(row);
            }
            return new Cells(head, rows);
        }

        /** No cell of these files holds a comma. */
        private static List<String> split(String line) {
            return Arrays.stream(line.split(",", -1)).map(cell -> cell.replace("\"", "")).toList();
        }

        Cells where(Predicate<Map<String, String>> kept) {
            return new Cells(head, rows.stream().filter(kept).toList());
        }

        void write(Path file, List<String> names, Function<Map<String, String>, Stream<String>> cells) throws IOException {
            List<String> lines = new ArrayList<>(List.of(String.join(",", names)));
            rows.forEach(row -> lines.add(String.join(",", cells.apply(row).toList())));
            Files.write(file, lines);
        }
    }

    /**
     * The folders of all studies, the examples first.
     *
     * @param home  of the project
     * @param given folders that a user gave: a study, a folder of studies, or data as they are published
     * @param out   where prepared ones are written
     * @param notes told which data sets are not there
     */
    static List<Path> folders(Path home, List<Path> given, Path out, List<String> notes) throws IOException {
        Set<Path> folders = new LinkedHashSet<>(List.of(home.resolve("examples/heart-disease")));
        for (Recipe recipe : RECIPES) {
            Path data = given.stream()
                    .filter(folder -> recipe.needs.stream().allMatch(file -> Files.exists(folder.resolve(file)))).findFirst().orElse(null);
            if (data == null) {
                notes.add(recipe.study + ": not run, since no --data folder holds " + String.join(", ", recipe.needs));
                continue;
            }
            Path to = out.resolve("studies").resolve(recipe.study);
            Files.createDirectories(to);
            Files.copy(home.resolve("bench/studies").resolve(recipe.study).resolve("study.toml"), to.resolve("study.toml"),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            recipe.preparation.write(data, to);
            folders.add(to);
        }
        folders.add(home.resolve("examples/parkinsons"));
        for (Path folder : given) {
            if (Files.exists(folder.resolve("study.toml"))) {
                folders.add(folder.toAbsolutePath().normalize());
                continue;
            }
            try (Stream<Path> inside = Files.list(folder)) {
                inside.filter(study -> Files.exists(study.resolve("study.toml"))).sorted().map(study -> study.toAbsolutePath().normalize())
                        .forEach(folders::add);
            }
        }
        return List.copyOf(folders);
    }

    /** Dead within three years; left out where censored or transplanted before. */
    private static void pbc(Path data, Path to) throws IOException {
        Cells all = Cells.read(data.resolve("pbc/pbc.csv"));
        List<String> names = new ArrayList<>(all.head);
        names.removeAll(List.of("id", "time", "status", "trial"));
        List<String> head = new ArrayList<>(List.of("id", "group", "died"));
        head.addAll(names);
        all.where(row -> died(row) || Double.parseDouble(row.get("time")) > THREE_YEARS).write(to.resolve("pbc.csv"), head, row ->
                Stream.concat(Stream.of(row.get("id"), row.get("trial"), died(row) ? "1" : "0"), names.stream().map(row::get)));
    }

    private static boolean died(Map<String, String> row) {
        return row.get("status").equals("2") && Double.parseDouble(row.get("time")) <= THREE_YEARS;
    }

    /** The natural logarithm of the days until the tumor has doubled, expression and copy numbers of the patient's tumor. */
    private static void xenografts(Path data, Path to) throws IOException {
        Path from = data.resolve("pdx-brca");
        Cells.read(from.resolve("response.csv")).write(to.resolve("response.csv"), List.of("patient", "drug", "log_days"), row -> Stream.of(
                row.get("patient.id"), row.get("drug"), Double.toString(Math.log(Double.parseDouble(row.get("timeToDouble_published"))))));
        for (String block : List.of("rnaseq", "cnv")) {
            Cells cells = Cells.read(from.resolve(block + ".csv"));
            List<String> genes = cells.head.subList(1, cells.head.size());
            String prefix = block.equals("rnaseq") ? "rna_" : "cnv_";
            List<String> head = Stream.concat(Stream.of("patient"), genes.stream().map(gene -> prefix + gene)).toList();
            cells.write(to.resolve(block + ".csv"), head, row ->
                    Stream.concat(Stream.of(row.get(cells.head.getFirst())), genes.stream().map(row::get)));
        }
    }

    /** Schools of at least ten pupils. */
    private static void school(Path file, String school, Path to) throws IOException {
        Cells all = Cells.read(file);
        Map<String, Integer> pupils = new HashMap<>();
        all.rows.forEach(row -> pupils.merge(row.get(school), 1, Integer::sum));
        all.where(row -> pupils.get(row.get(school)) >= FEWEST_PUPILS).write(to.resolve(file.getFileName()), all.head, row ->
                all.head.stream().map(row::get));
    }
}
