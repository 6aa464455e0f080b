package intarsia.cli;

import intarsia.linalg.Engine;
import intarsia.linalg.Pool;
import intarsia.linalg.Precision;
import intarsia.models.files.FileException;
import intarsia.models.study.Grid;
import intarsia.models.study.ItemResult;
import intarsia.models.study.Setting;
import intarsia.models.study.Settings;
import intarsia.models.study.StudyMethod;
import intarsia.models.study.StudyMethods;
import intarsia.models.study.StudyPlan;
import intarsia.models.study.StudyReport;
import intarsia.models.study.StudyRunner;
import intarsia.models.study.Tuner;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The paper's simulation study. */
@Command(name = "mtl-hmb", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Run the simulations of arXiv 2505.24413: MTL-HMB beside other methods, tables and figures beside the published and the released "
                + "numbers. Killed or out of time, the same command goes on where it was.")
final class StudyMtlHmb implements Runnable {
    private static final Pattern DURATION = Pattern.compile("(\\d+)(s|m|h)");

    @Spec
    private CommandSpec spec;

    @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "The study's folder; one that a study was begun in is gone on with.")
    private Path out;

    @Option(names = "--setting", paramLabel = "KEY", split = ",", defaultValue = "A,B,C,D,E,F",
            description = "A to F, tasks, linear, bent, ablation; several with commas (default: ${DEFAULT-VALUE}).")
    private List<String> settings;

    @Option(names = "--values", paramLabel = "X", split = ",", description = "Only these values of the settings (default: all).")
    private List<Double> values;

    @Option(names = "--methods", paramLabel = "KEY", split = ",", defaultValue = "stl,htl,mtl-hmb",
            description = "What is compared: stl, htl, mtl-hmb, mbi, hps, ablation-1 to -3, htl-released, mtl-hmb-released (default: ${DEFAULT-VALUE}).")
    private List<String> methods;

    @Option(names = "--replicates", paramLabel = "N", description = "Replicates of every cell (default: ${DEFAULT-VALUE}).")
    private int replicates = 30;

    @Option(names = "--grid", paramLabel = "KEY", description = "What tuning chooses from: small, paper, tiny or fixed (default: ${DEFAULT-VALUE}).")
    private String grid = "small";

    @Option(names = "--halving", description = "Tune by successive halving: several times faster on large grids, but what learns slowly may be dropped early.")
    private boolean halving;

    @Option(names = "--epochs", paramLabel = "N", description = "Train for at most so many epochs: for a quick look.")
    private Integer epochs;

    @Option(names = "--seed", paramLabel = "N", description = "What all random numbers are derived from (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--precision", defaultValue = "F32",
            description = "F32 or F64 (default: ${DEFAULT-VALUE}: twice as fast, and what the authors computed in).")
    private Precision precision;

    @Option(names = "--kernels", paramLabel = "NAME", description = "Force these kernels: scalar, simd (default: the best that run here).")
    private String kernels;

    @Option(names = "--threads", paramLabel = "N", description = "Threads (default: all processors); results do not depend on it.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--time-limit", paramLabel = "TIME", description = "Begin nothing new after this: 90s, 30m, 2h.")
    private String timeLimit;

    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    @Override
    public void run() {
        StudyPlan plan = plan();
        Duration limit = timeLimit == null ? null : duration(timeLimit);
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new FileException(out, "is a file; give the name of a folder");
        }
        List<ItemResult> results;
        try (Pool pool = new Pool(threads); Progress progress = Progress.on(spec.commandLine().getErr(), quiet)) {
            results = new StudyRunner(plan, pool, limit).run(out, (stage, done, total) -> progress.at(total == 0 ? 1 : (double) done / total,
                    done + " of " + total + ", " + stage));
        }
        new StudyReport(plan, results, command()).write(out);
        PrintWriter to = spec.commandLine().getOut();
        int all = plan.items().size();
        to.println(results.size() < all ? results.size() + " of " + all + " items are done; the same command goes on from there"
                : "all " + all + " items are done");
        to.println("tables are in " + out.resolve("tables.md") + ", everything in " + out.resolve("report.html"));
    }

    private StudyPlan plan() {
        if (replicates < 1 || threads < 1 || epochs != null && epochs < 1) {
            throw new UserException("--replicates " + replicates + ", --threads " + threads + (epochs == null ? "" : ", --epochs " + epochs)
                    + ": must be at least 1");
        }
        Engine.Options engine = new Engine.Options(kernels, precision, 1);
        try {
            // Kernels that cannot run are noticed before the long work.
            engine.open().close();
            Grid points = Grid.of(grid);
            List<StudyMethod> compared = methods.stream().map(String::strip).distinct().map(StudyMethods::of).toList();
            List<Setting> chosen = settings.stream().map(String::strip).map(Settings::of).distinct().map(this::restricted).toList();
            return new StudyPlan(chosen, compared, replicates, epochs == null ? points : points.epochs(epochs),
                    halving ? Tuner.Search.HALVING : Tuner.Search.EXHAUSTIVE, seed, engine);
        } catch (intarsia.models.data.DataException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new UserException(e.getMessage());
        }
    }

    private Setting restricted(Setting setting) {
        if (values == null) {
            return setting;
        }
        List<Double> kept = setting.values().stream().filter(values::contains).toList();
        if (kept.isEmpty()) {
            throw new UserException("--values " + values.stream().map(Setting::text).toList() + ": setting " + setting.key() + " has "
                    + setting.values().stream().map(Setting::text).toList());
        }
        return new Setting(setting.key(), setting.title(), setting.parameter(), setting.symbol(), kept, setting.at());
    }

    static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches() || matcher.group(1).length() > 9) {
            throw new UserException("--time-limit " + text + ": must be a number and a unit, such as 90s, 30m or 2h");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    /** The command as it was given, but for what does not change results. */
    private String command() {
        List<String> given = spec.commandLine().getParseResult().originalArgs();
        return "intarsia study mtl-hmb " + String.join(" ", given.stream().filter(arg -> !Arrays.asList("study", "mtl-hmb", "--quiet").contains(arg)).toList());
    }
}
