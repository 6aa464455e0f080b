package intarsia.bench.cost;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.BoundModel;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Progress;
import intarsia.models.baseline.Regression;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Observations;
import intarsia.models.data.TaskSet;
import intarsia.models.files.NewRowPieces;
import intarsia.models.files.NewRows;
import intarsia.models.files.Study;
import intarsia.models.hmb.MtlHmb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures what a study costs as tasks, rows and columns grow, each alone, and writes a page with a chart. Times are those of the one
 * thread that computes, not of the clock: other load on the machine counts less, and neither the compiler's nor the collector's threads
 * count.
 */
public final class Cost {
    private static final DataSize BASE = new DataSize(2, 400, 10);
    private static final int EPOCHS = 3;
    private static final int ROUNDS = 2;

    private final Path work;

    private Cost(Path work) {
        this.work = work;
    }

    /**
     * Runs it.
     *
     * @param args how often sizes are doubled, the folder to work in, the page to write; or {@code --write}, a folder and the size of the
     *             study that is written there
     */
    public static void main(String[] args) throws IOException {
        Locale.setDefault(Locale.ROOT);
        if (args[0].equals("--write")) {
            DataSize.of(List.of(args).subList(2, args.length)).write(Path.of(args[1]));
            return;
        }
        CostGrid grid = measure(BASE, Integer.parseInt(args[0]), Path.of(args[1]));
        Path page = Path.of(args[2]);
        CostPage made = new CostPage(grid);
        Files.writeString(page, made.markdown());
        Files.writeString(page.resolveSibling("cost.svg"), made.svg());
        System.out.print(made.markdown());
    }

    /** All steps at sizes that double from the base along each axis: of two rounds, the first of which warms up, the smaller times. */
    static CostGrid measure(DataSize base, int doublings, Path work) throws IOException {
        Cost cost = new Cost(work);
        CostGrid grid = null;
        for (int round = 0; round < ROUNDS; round++) {
            CostGrid next = new CostGrid(base);
            for (DataSize.Axis axis : DataSize.Axis.values()) {
                for (int k = 0; k <= doublings; k++) {
                    DataSize size = base.with(axis, base.along(axis) << k);
                    Map<CostStep, Double> seconds = cost.steps(size);
                    if (grid != null) {
                        grid.along(axis).get(k).seconds().forEach((step, before) -> seconds.merge(step, before, Math::min));
                    }
                    next.add(axis, size, seconds);
                }
            }
            grid = next;
        }
        return grid;
    }

    /** Processor seconds of each step. */
    private Map<CostStep, Double> steps(DataSize size) throws IOException {
        Path folder = work.resolve(size.tasks() + "x" + size.rows() + "x" + size.columns());
        size.write(folder);
        Map<CostStep, Double> seconds = new EnumMap<>(CostStep.class);
        try (Engine engine = Engine.options().threads(1).open()) {
            long start = now();
            Study study = Study.read(folder);
            start = put(seconds, CostStep.READ, start);
            fit(new Regression(1), study.tasks(), engine);
            start = put(seconds, CostStep.REGRESSION, start);
            Model model = fit(MtlHmb.options().epochs(EPOCHS), study.tasks(), engine);
            start = put(seconds, CostStep.MTL_HMB, start);
            predict(model, study, folder.resolve("new.csv"), engine);
            put(seconds, CostStep.PREDICT, start);
        }
        delete(folder);
        return seconds;
    }

    private static Model fit(Estimator estimator, TaskSet tasks, Engine engine) {
        RandomStream random = RandomStream.of(1, "fit");
        return estimator.fit(new FitContext(engine, DataSplit.random(tasks, 0.2, 0, random), random, Progress.NONE)).orThrow();
    }

    private static void predict(Model model, Study study, Path csv, Engine engine) {
        String task = model.tasks().getFirst();
        NewRowPieces pieces = NewRowPieces.of(csv, study.schema(), List.of(task), List.of(), task);
        try (BoundModel bound = model.bind(engine)) {
            while (pieces.hasNext()) {
                NewRows rows = pieces.next();
                bound.predict(task, new Observations(rows.ids(), rows.blocks()));
            }
        }
    }

    private static long put(Map<CostStep, Double> seconds, CostStep step, long start) {
        long end = now();
        seconds.put(step, Math.max(1, end - start) * 1e-9);
        return end;
    }

    private static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
