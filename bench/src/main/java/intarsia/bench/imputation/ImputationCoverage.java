package intarsia.bench.imputation;

import intarsia.linalg.RandomStream;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.report.Table;
import intarsia.models.simulation.BlocksAtRandom;
import intarsia.models.study.imputation.CoverageTrial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Draws data sets with blocks missing at random, and counts how often 95 % intervals cover the coefficients. */
public final class ImputationCoverage {
    private static final int ROWS = 100;
    private static final String MICE = "mice (R)";

    private final int replicates;
    private final int peerReplicates;
    private final int draws;
    private final Path out;

    private ImputationCoverage(int replicates, int peerReplicates, int draws, Path out) {
        this.replicates = replicates;
        this.peerReplicates = peerReplicates;
        this.draws = draws;
        this.out = out;
    }

    /**
     * Runs it.
     *
     * @param args replicates, replicates that mice does too, draws, folder, page
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Locale.setDefault(Locale.ROOT);
        ImputationCoverage coverage = new ImputationCoverage(Integer.parseInt(args[0]), Integer.parseInt(args[1]),
                Integer.parseInt(args[2]), Path.of(args[3]));
        List<Table> tables = new ArrayList<>();
        for (boolean byExam : new boolean[] {false, true}) {
            tables.add(coverage.mechanism(byExam));
            System.out.println(tables.getLast().markdown());
        }
        Files.writeString(Path.of(args[4]), tables.stream().map(Table::markdown).collect(Collectors.joining("\n")));
    }

    private Table mechanism(boolean byExam) throws IOException, InterruptedException {
        CoverageTrial trial = new CoverageTrial(new BlocksAtRandom(ROWS, byExam), draws);
        String key = byExam ? "given-the-anchor" : "completely-at-random";
        Path folder = Files.createDirectories(out.resolve(key));
        RandomStream random = RandomStream.of(1, key);
        for (int r = 0; r < peerReplicates; r++) {
            Files.writeString(folder.resolve("replicate-" + (r + 1) + ".csv"), csv(trial.data(random.child("replicate", r)).data()));
        }
        Process mice = peerReplicates == 0 ? null : new ProcessBuilder("Rscript", "bench/peers/mice.R", folder.toString(),
                Integer.toString(peerReplicates), Integer.toString(draws)).redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT).start();
        List<Map<String, CoverageTrial.Intervals>> found = IntStream.range(0, replicates).parallel()
                .mapToObj(r -> trial.run(random.child("replicate", r))).toList();
        Map<String, List<CoverageTrial.Intervals>> methods = new LinkedHashMap<>();
        found.forEach(of -> of.forEach((method, intervals) -> methods.computeIfAbsent(method, m -> new ArrayList<>()).add(intervals)));
        if (mice != null && mice.waitFor() == 0) {
            methods.put(CoverageTrial.POOLED + ", first " + peerReplicates, methods.get(CoverageTrial.POOLED).subList(0, peerReplicates));
            methods.put(MICE + ", first " + peerReplicates, mice(folder.resolve("mice.csv")));
        }
        List<List<String>> rows = new ArrayList<>();
        methods.forEach((method, intervals) -> rows.add(row(method, intervals)));
        return new Table(byExam ? "Missing given the anchor" : "Missing completely at random", replicates + " replicates, " + draws
                + " draws, " + 3 * ROWS + " rows, 7 coefficients.", List.of("method", "replicates", "coverage, mean",
                "lowest coefficient", "highest", "bias, largest", "half width, mean"), rows);
    }

    private static List<String> row(String method, List<CoverageTrial.Intervals> intervals) {
        int p = BlocksAtRandom.COEFFICIENTS.size();
        double[] covered = new double[p];
        double[] bias = new double[p];
        double width = 0;
        for (CoverageTrial.Intervals of : intervals) {
            for (int k = 0; k < p; k++) {
                covered[k] += of.covers(k) ? 100.0 / intervals.size() : 0;
                bias[k] += (of.estimates()[k] - BlocksAtRandom.COEFFICIENTS.get(k)) / intervals.size();
                width += of.reach()[k] / (p * intervals.size());
            }
        }
        double largest = Arrays.stream(bias).boxed().max((a, b) -> Double.compare(Math.abs(a), Math.abs(b))).orElseThrow();
        return List.of(method, Integer.toString(intervals.size()), String.format("%.1f %%", Arrays.stream(covered).average().orElseThrow()),
                String.format("%.1f %%", Arrays.stream(covered).min().orElseThrow()),
                String.format("%.1f %%", Arrays.stream(covered).max().orElseThrow()), String.format("%+.3f", largest),
                String.format("%.3f", width));
    }

    /** Estimates and half widths, a line a replicate. */
    private static List<CoverageTrial.Intervals> mice(Path file) throws IOException {
        int p = BlocksAtRandom.COEFFICIENTS.size();
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
                    .map(numbers -> new CoverageTrial.Intervals(Arrays.copyOf(numbers, p), Arrays.copyOfRange(numbers, p, 2 * p))).toList();
        }
    }

    private static String csv(TaskSet data) {
        StringBuilder text = new StringBuilder("task");
        List<Source> sources = List.copyOf(data.given().getFirst().blocks().keySet());
        sources.forEach(source -> source.columns().forEach(column -> text.append(',').append(column.name())));
        text.append(",y\n");
        for (Task task : data.given()) {
            for (int i = 0; i < task.size(); i++) {
                text.append(task.name());
                for (Source source : sources) {
                    for (double cell : task.blocks().get(source)[i]) {
                        text.append(',').append(Double.isNaN(cell) ? "" : Double.toString(cell));
                    }
                }
                text.append(',').append(task.response()[i]).append('\n');
            }
        }
        return text.toString();
    }
}
