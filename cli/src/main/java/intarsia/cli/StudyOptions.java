package intarsia.cli;

import intarsia.cli.bits.BitsTable;
import intarsia.cli.json.CommandResult;
import intarsia.linalg.Pool;
import intarsia.models.Estimator;
import intarsia.models.execution.ItemExecutor;
import intarsia.models.execution.ItemWork;
import intarsia.models.study.Choices;
import intarsia.models.study.Measurements;
import intarsia.models.study.Setting;
import intarsia.models.study.Shard;
import intarsia.models.study.StudyPlan;
import intarsia.models.study.StudyReport;
import intarsia.models.study.StudyRunner;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every study, and how one is run with them. */
final class StudyOptions {
    /** Options with a value that change no result. */
    private static final List<String> PASSED_OVER = List.of("--out", "--threads", "--time-limit", "--shard", "--on");

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(s|m|h)");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--out", required = true, paramLabel = "FOLDER",
            description = "The study's folder; an unfinished study there is resumed.")
    private Path out;

    @Option(names = "--methods", paramLabel = "KEY", split = ",", description = "What is compared; several with commas.")
    private List<String> methods;

    @Option(names = "--values", paramLabel = "X", split = ",", description = "Only these values of the settings (default: all).")
    private List<Double> values;

    @Option(names = "--replicates", paramLabel = "N", description = "Replicates of every cell (default: ${DEFAULT-VALUE}).")
    private int replicates = 30;

    @Option(names = "--seed", paramLabel = "N", description = "What all random numbers are derived from (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Mixin
    private Answer answer;

    @Mixin
    private Threads threads;

    @Mixin
    private ExecutorOption executors;

    @Option(names = "--time-limit", paramLabel = "TIME", description = "Start nothing new after this: 90s, 30m, 2h.")
    private String timeLimit;

    @Option(names = "--shard", paramLabel = "K/N", description = "Do one of N shares of the items, for N processes on a cluster that share "
            + "the folder; the command without --shard then writes tables and report.")
    private String shard;

    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    long seed() {
        return seed;
    }

    /** At least 1, or an error. */
    int replicates() {
        return positive("--replicates", replicates);
    }

    static int positive(String option, int number) {
        if (number < 1) {
            throw new UserException(option + " " + number + ": must be at least 1");
        }
        return number;
    }

    /** The methods asked for with --methods, each once, or else these; each must be one of those there are. */
    List<Estimator> methods(List<Estimator> all, List<String> otherwise) {
        return picked("method", methods == null ? otherwise : methods, all, Estimator::key);
    }

    /** The keys asked for with --methods, or null for all. */
    List<String> methodKeys(List<Estimator> all) {
        return methods == null ? null : picked("method", methods, all, Estimator::key).stream().map(Estimator::key).toList();
    }

    /** Those of these names, each once. */
    static <T> List<T> picked(String kind, List<String> names, List<T> all, Function<? super T, String> name) {
        return names.stream().map(wanted -> Choices.find(kind, wanted, all, name)).distinct().toList();
    }

    /** Settings at those of their values that are wanted; each must have one, and each value must be one's. */
    <S> List<Setting<S>> restricted(List<Setting<S>> settings) {
        if (values == null) {
            return settings;
        }
        for (double value : values) {
            if (settings.stream().noneMatch(setting -> setting.values().contains(value))) {
                throw new UserException("--values " + Setting.text(value) + ": "
                        + settings.stream().map(StudyOptions::values).collect(Collectors.joining(", ")));
            }
        }
        return settings.stream().map(setting -> {
            List<Double> kept = setting.values().stream().filter(values::contains).toList();
            if (kept.isEmpty()) {
                throw new UserException("--values " + values.stream().map(Setting::text).collect(Collectors.joining(",")) + ": "
                        + values(setting));
            }
            return setting.at(kept);
        }).toList();
    }

    private static String values(Setting<?> setting) {
        return "setting " + setting.key() + " has " + setting.values().stream().map(Setting::text).toList();
    }

    /** Runs a study, writes what came out, and says where. */
    void run(StudyPlan<?> asked, Function<Measurements, StudyReport> report) {
        StudyPlan<?> plan = signed(asked);
        Duration limit = timeLimit == null ? null : duration(timeLimit);
        Shard share = shard == null ? Shard.WHOLE : shard(shard);
        int count = threads.count();
        StudyRunner.check(out);
        Measurements measured;
        try (Pool pool = new Pool(count); ItemExecutor executor = executors.open(pool);
                ProgressBar progress = ProgressBar.on(spec.commandLine().getErr(), quiet)) {
            measured = new StudyRunner<>(plan, executor, limit, share).run(out, (stage, done, total) ->
                    progress.at(total == 0 ? 1 : (double) done / total,
                    done + " of " + total + ", " + stage));
        }
        PrintWriter to = answer.text();
        int all = plan.items().size();
        boolean whole = share.equals(Shard.WHOLE);
        answer.result(new CommandResult.Studied(out.toString(), all, measured.size(), whole ? out.resolve("report.html").toString()
                : null));
        if (!whole) {
            to.println(measured.size() + " of " + all + " items are done, this shard's and those found of others; "
                    + "the same command without --shard writes tables and report");
            return;
        }
        report.apply(measured).write(out, plan, measured, command());
        to.println(measured.size() < all ? measured.size() + " of " + all + " items are done; the same command resumes"
                : "all " + all + " items are done");
        to.println("tables are in " + out.resolve("tables.md") + ", everything in " + out.resolve("report.html"));
    }

    /** What is done with a plan's items. */
    ItemWork work(StudyPlan<?> asked) {
        return signed(asked).asLines();
    }

    /** The plan with the engine's bits among its terms: items of engines that compute other bits do not go together. */
    private static <S> StudyPlan<S> signed(StudyPlan<S> plan) {
        return new StudyPlan<>(plan.terms() + ", bits " + BitsTable.read().brief(), plan.columns(), plan.items(), plan.work());
    }

    private static Shard shard(String text) {
        try {
            String[] parts = text.split("/", -1);
            if (parts.length == 2) {
                return new Shard(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
            }
        } catch (NumberFormatException e) {
            // said below
        } catch (IllegalArgumentException e) {
            throw new UserException("--" + e.getMessage());
        }
        throw new UserException("--shard " + text + ": must be two numbers, such as 3/20");
    }

    static Duration duration(String text) {
        return duration("--time-limit", text);
    }

    static Duration duration(String option, String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new UserException(option + " " + text + ": must be a number and a unit, such as 90s, 30m or 2h");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    /** The command as it was given, but for what does not change results and for where its folder lay. */
    private String command() {
        List<String> given = spec.commandLine().getParseResult().originalArgs();
        return command(spec.name(), given.subList(given.indexOf(spec.name()) + 1, given.size()), out);
    }

    static String command(String study, List<String> options, Path out) {
        List<String> kept = new ArrayList<>(List.of("intarsia", "study", study));
        for (int i = 0; i < options.size(); i++) {
            String option = options.get(i);
            String name = option.replaceFirst("=.*", "");
            if (PASSED_OVER.contains(name)) {
                i += option.equals(name) ? 1 : 0;
            } else if (!option.equals("--quiet") && !option.equals(Answer.JSON)) {
                kept.add(option);
            }
        }
        return String.join(" ", kept) + " --out " + out.toAbsolutePath().normalize().getFileName();
    }
}
