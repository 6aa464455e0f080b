package intarsia.models.study;

import intarsia.linalg.Pool;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.baseline.MeanPredictor;
import intarsia.models.execution.LocalExecutor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** The smallest study there is: mean and median of Gaussian numbers. */
final class Means {
    /** A method of this study does no fit: the item's work looks at its key. */
    record Statistic(String key, String name) implements Estimator {
        double of(double[] sorted) {
            return key.equals("mean") ? new Sample(sorted).mean() : sorted[sorted.length / 2];
        }

        @Override
        public Outcome<? extends Model> fit(FitContext context) {
            return new MeanPredictor().fit(context);
        }
    }

    static final Setting<Integer> SETTING = new Setting<>("n", "Numbers of a sample", "n", "n", List.of(10.0, 40.0), n -> (int) n);
    static final List<Estimator> METHODS = List.of(new Statistic("mean", "Mean"), new Statistic("median", "Median"));

    private Means() {}

    /** Each item takes its time, of the clock only. */
    static StudyPlan<Integer> plan(long seed, int replicates, long milliseconds) {
        return new StudyPlan<>("means study, seed " + seed, List.of("error", "note"), Item.crossed(List.of(SETTING), METHODS, replicates),
                (item, threads) -> {
            LockSupport.parkNanos(milliseconds * 1_000_000);
            var random = item.replicate(seed).child("data");
            double[] numbers = IntStream.range(0, item.source()).mapToDouble(i -> random.nextGaussian()).toArray();
            Arrays.sort(numbers);
            return new ItemCells().number("error", Math.abs(((Statistic) item.method()).of(numbers))).text("note", "of " + numbers.length);
        });
    }

    /** The study as a process of its own, which may be killed: folder, replicates, milliseconds an item takes. */
    public static void main(String[] args) {
        try (Pool pool = new Pool(2)) {
            new StudyRunner<>(plan(1, Integer.parseInt(args[1]), Long.parseLong(args[2])), new LocalExecutor(pool), null)
                    .run(Path.of(args[0]), Progress.NONE);
        }
    }

    static StudyReport report(StudyPlan<?> plan, Measurements measured) {
        Comparisons compare = new Comparisons(plan, measured);
        return new StudyReport("Means", List.of(), List.of(), List.of(compare.means(SETTING, "error", ""),
                compare.paired(SETTING, METHODS.getFirst(), "error"), compare.effort()));
    }
}
