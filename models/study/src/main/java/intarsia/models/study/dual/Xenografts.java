package intarsia.models.study.dual;

import intarsia.linalg.Elementary;
import intarsia.linalg.RandomStream;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.files.CsvTable;
import intarsia.models.files.FileException;
import intarsia.models.study.Item;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Patient-derived xenografts of breast cancer (Gao et al. 2015, as the Xeva package gives them): a task is a drug, a row a patient's tumor
 * treated with it, the response the logarithm of the days until its volume has doubled; sources are expression and copy number of genes. A
 * patient that lacks one of the two has its cells missing; one that lacks both is left out.
 *
 * @param data     the tasks
 * @param patients of all tasks, sorted
 * @param left     patients left out, who have neither block
 * @param digests  beginnings of the files' SHA-256, one after another: what was read, for a study's terms
 */
public record Xenografts(TaskSet data, List<String> patients, List<String> left, String digests) implements DualData {
    /** Folds that patients are dealt into; an item's replicate says which is judged on, and after all of them they are dealt anew. */
    static final int FOLDS = 5;

    private static final int DIGITS = 12;

    private static final String PATIENT = "dim_1";
    private static final String TIME = "timeToDouble_published";

    /**
     * Reads {@code response.csv}, {@code rnaseq.csv} and {@code cnv.csv} of a folder.
     *
     * @throws FileException if one is missing or holds something else
     */
    public static Xenografts read(Path folder) {
        CsvTable response = table(folder, "response.csv", "patient.id", "drug", TIME);
        CsvTable expression = table(folder, "rnaseq.csv", PATIENT);
        CsvTable copies = table(folder, "cnv.csv", PATIENT);
        Source expressed = source("expression", "rna ", expression);
        Source copied = source("copy number", "cnv ", copies);
        Map<String, double[]> rna = rows(expression);
        Map<String, double[]> cnv = rows(copies);
        Map<String, Map<String, Double>> drugs = new TreeMap<>();
        TreeSet<String> patients = new TreeSet<>();
        TreeSet<String> left = new TreeSet<>();
        for (int row = 0; row < response.size(); row++) {
            String patient = response.name(row, "patient.id");
            if (!rna.containsKey(patient) && !cnv.containsKey(patient)) {
                left.add(patient);
                continue;
            }
            double days = number(response, row, TIME);
            if (!(days > 0)) {
                throw new FileException(response.path(), response.line(row), "column '" + TIME + "': " + days + " days; must be positive");
            }
            patients.add(patient);
            drugs.computeIfAbsent(response.name(row, "drug"), drug -> new TreeMap<>()).put(patient, Elementary.log(days));
        }
        TaskSet.Builder all = TaskSet.builder();
        drugs.forEach((drug, times) -> all.task(Task.continuous(drug.replace('/', '-')).rows(List.copyOf(times.keySet()))
                .block(expressed, block(times, rna, expressed)).block(copied, block(times, cnv, copied))
                .response(times.values().stream().mapToDouble(Double::doubleValue).toArray())));
        return new Xenografts(all.build(), List.copyOf(patients), List.copyOf(left), Stream.of(response, expression, copies)
                .map(table -> table.sha256().substring(0, DIGITS)).collect(Collectors.joining(" ")));
    }

    private static CsvTable table(Path folder, String name, String... columns) {
        if (!Files.exists(folder.resolve(name))) {
            throw new FileException(folder.resolve(name), "there is no such file; --xenografts is a folder with response.csv, rnaseq.csv "
                    + "and cnv.csv");
        }
        CsvTable table = CsvTable.read(folder.resolve(name));
        for (String column : columns) {
            if (!table.has(column)) {
                throw new FileException(table.path(), table.headerLine(), "lacks the column '" + column + "'");
            }
        }
        return table;
    }

    private static Source source(String name, String prefix, CsvTable table) {
        return Source.of(name, genes(table).stream().map(gene -> prefix + gene).toArray(String[]::new));
    }

    private static List<String> genes(CsvTable table) {
        return table.header().stream().filter(column -> !column.equals(PATIENT)).toList();
    }

    private static Map<String, double[]> rows(CsvTable table) {
        Map<String, double[]> rows = new LinkedHashMap<>();
        for (int row = 0; row < table.size(); row++) {
            int at = row;
            rows.put(table.name(row, PATIENT), genes(table).stream().mapToDouble(gene -> number(table, at, gene)).toArray());
        }
        return rows;
    }

    private static double number(CsvTable table, int row, String column) {
        try {
            return Double.parseDouble(table.cell(row, column));
        } catch (NumberFormatException e) {
            throw new FileException(table.path(), table.line(row), "column '" + column + "': '" + table.cell(row, column)
                    + "' is not a number");
        }
    }

    private static double[][] block(Map<String, Double> times, Map<String, double[]> of, Source source) {
        double[] missing = new double[source.columns().size()];
        Arrays.fill(missing, Double.NaN);
        return times.keySet().stream().map(patient -> of.getOrDefault(patient, missing)).toArray(double[][]::new);
    }

    @Override
    public DrawnTasks draw(Item<DualData> item, long seed) {
        int fold = (item.replicate() - 1) % FOLDS;
        int[] order = RandomStream.of(seed, "xenografts").child("deal", (item.replicate() - 1) / FOLDS).permutation(patients.size());
        Map<String, Integer> place = new LinkedHashMap<>();
        for (int i = 0; i < order.length; i++) {
            place.put(patients.get(order[i]), i);
        }
        DataSplit split = DataSplit.of(data, task -> {
            List<List<Integer>> parts = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (int row = 0; row < task.size(); row++) {
                int at = place.get(task.rows().get(row));
                // Of the patients of the other folds, the next fold's every other one is chosen by: about an eighth.
                boolean chosenBy = at % FOLDS == (fold + 1) % FOLDS && at / FOLDS % 2 == 0;
                parts.get(at % FOLDS == fold ? 2 : chosenBy ? 1 : 0).add(row);
            }
            return new TaskSplit(task, numbers(parts.get(0)), numbers(parts.get(1)), numbers(parts.get(2)));
        });
        return new DrawnTasks(split, Map.of());
    }

    private static int[] numbers(List<Integer> rows) {
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }
}
