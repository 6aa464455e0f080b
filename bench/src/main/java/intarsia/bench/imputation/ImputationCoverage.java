package intarsia.bench.imputation;

import intarsia.linalg.RandomStream;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.report.Table;
import intarsia.models.simulation.BlocksAtRandom;
import intarsia.models.study.imputation.CoverageTrial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
        coverage.measure(false);
        coverage.measure(true);
        if (coverage.peerReplicates > 0) {
            coverage.peer(false);
            coverage.peer(true);
        }
        List<Table> tables = List.of(coverage.table(false), coverage.table(true));
        tables.forEach(table -> System.out.println(table.markdown()));
        Files.writeString(Path.of(args[4]), tables.stream().map(Table::markdown).collect(Collectors.joining("\n")));
    }

    private static String key(boolean byExam) {
        return byExam ? "given-the-anchor" : "completely-at-random";
    }

    private CoverageTrial trial(boolean byExam) {
        return new CoverageTrial(new BlocksAtRandom(ROWS, byExam), draws);
    }

    /** Replicates that are not in the journal yet, into it. */
    private void measure(boolean byExam) throws IOException {
        Path journal = Files.createDirectories(out.resolve(key(byExam))).resolve("journal-" + draws + ".csv");
        Set<Integer> done = new HashSet<>();
        if (Files.exists(journal)) {
            Files.readAllLines(journal).forEach(line -> done.add(Integer.parseInt(line.split(",")[0])));
        }
        IntStream.range(0, replicates).filter(r -> !done.contains(r)).parallel().forEach(r -> {
            StringBuilder lines = new StringBuilder();
            trial(byExam).run(RandomStream.of(1, key(byExam)).child("replicate", r)).forEach((method, of) -> lines.append(r).append(',')
                    .append(method).append(',').append(joined(of.estimates())).append(',').append(joined(of.reach())).append('\n'));
            append(journal, lines.toString());
        });
    }

    private static synchronized void append(Path journal, String lines) {
        try {
            Files.writeString(journal, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String joined(double[] numbers) {
        return Arrays.stream(numbers).mapToObj(Double::toString).collect(Collectors.joining(","));
    }

    /** R's mice on the first data sets. */
    private void peer(boolean byExam) throws IOException, InterruptedException {
        Path folder = out.resolve(key(byExam));
        for (int r = 0; r < peerReplicates; r++) {
            Files.writeString(folder.resolve("replicate-" + (r + 1) + ".csv"), csv(trial(byExam).data(RandomStream.of(1, key(byExam))
                    .child("replicate", r)).data()));
        }
        new ProcessBuilder("Rscript", "bench/peers/mice.R", folder.toString(), Integer.toString(peerReplicates), Integer.toString(draws))
                .inheritIO().start().waitFor();
    }

    private Table table(boolean byExam) throws IOException {
        Path folder = out.resolve(key(byExam));
        Map<String, List<CoverageTrial.Intervals>> methods = new LinkedHashMap<>();
        Map<Integer, CoverageTrial.Intervals> pooled = new TreeMap<>();
        for (String line : Files.readAllLines(folder.resolve("journal-" + draws + ".csv"))) {
            String[] cells = line.split(",");
            CoverageTrial.Intervals intervals = intervals(Arrays.copyOfRange(cells, 2, cells.length));
            methods.computeIfAbsent(cells[1], m -> new ArrayList<>()).add(intervals);
            if (cells[1].equals(CoverageTrial.POOLED)) {
                pooled.put(Integer.parseInt(cells[0]), intervals);
            }
        }
        Path mice = folder.resolve("mice.csv");
        if (Files.exists(mice)) {
            List<CoverageTrial.Intervals> theirs = Files.readAllLines(mice).stream().map(line -> intervals(line.split(","))).toList();
            methods.put(CoverageTrial.POOLED + ", the same as mice", IntStream.range(0, theirs.size()).mapToObj(pooled::get).toList());
            methods.put(MICE, theirs);
        }
        List<List<String>> rows = new ArrayList<>();
        methods.forEach((method, intervals) -> rows.add(row(method, intervals)));
        return new Table(byExam ? "Missing given the anchor" : "Missing completely at random", draws + " draws, " + 3 * ROWS
                + " rows, 7 coefficients.", List.of("method", "data sets", "coverage, mean", "lowest coefficient", "highest",
                "bias, largest", "half width, mean"), rows);
    }

    private static CoverageTrial.Intervals intervals(String[] cells) {
        double[] numbers = Arrays.stream(cells).mapToDouble(Double::parseDouble).toArray();
        int p = BlocksAtRandom.COEFFICIENTS.size();
        return new CoverageTrial.Intervals(Arrays.copyOf(numbers, p), Arrays.copyOfRange(numbers, p, 2 * p));
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

    private static String csv(TaskSet data) {
        StringBuilder text = new StringBuilder("task");
        List<Source> sources = List.copyOf(data.given().getFirst().blocks().keySet());
        sources.forEach(source -> source.columns().forEach(column -> text.append(',').append(column.name())));
        text.append(",y\n");
        for (Task task : data.given()) {
            for (int i = 0; i < task.size(); i++) {
                text.append(task.name());
                for (Source source : sources) {
                    for (double cell : task.blocks().get(source).row(i)) {
                        text.append(',').append(Double.isNaN(cell) ? "" : Double.toString(cell));
                    }
                }
                text.append(',').append(task.response()[i]).append('\n');
            }
        }
        return text.toString();
    }
}
