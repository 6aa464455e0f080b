package intarsia.cli;

import intarsia.models.Estimator;
import intarsia.models.execution.ItemWork;
import intarsia.models.files.Study;
import intarsia.models.study.Setting;
import intarsia.models.study.StudyPlan;
import intarsia.models.study.tenmtl.TenMtlSettings;
import intarsia.models.study.tenmtl.TenMtlStudy;
import intarsia.models.study.tenmtl.Trial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** TenMTL's study. */
@Command(name = "tenmtl", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Compare TenMTL with its baselines: three simulated scenarios, ranks, penalties, starts, and splits of Parkinson's "
                + "telemonitoring. If interrupted, the same command resumes.",
        footer = "Methods: tenmtl, local-ridge, local-lasso, global, lr-tucker, lr-tucker-local, svd-aso, mean-regularized, l21, trace "
                + "(all by default).")
final class StudyTenMtl implements HasItems {
    private static final String MOTOR = "motor_UPDRS";

    @Mixin
    private StudyOptions options;

    @Option(names = "--setting", paramLabel = "KEY", split = ",",
            description = "I-beta, I-n, I-recovery, I-choice, the same with II and III, classes, rank, penalty, starts, coupled, "
                    + "coupled-n, total, motor, total-time, motor-time, total-readings, motor-readings, total-rank, total-time-rank, "
                    + "total-starts; several with commas (default: all).")
    private List<String> settings;

    @Option(names = "--starts", paramLabel = "N",
            description = "Random starts in the settings starts and total-starts (default: ${DEFAULT-VALUE}).")
    private int starts = 20;

    @Option(names = "--data", paramLabel = "STUDY", defaultValue = "examples/parkinsons",
            description = "The folder of Parkinson's telemonitoring, for the settings that use it (default: ${DEFAULT-VALUE}).")
    private Path data;

    @Mixin
    private StudyReading reading;

    /** A study, and its items on the data that were read. */
    private record Planned(TenMtlStudy study, StudyPlan<Trial> plan) {}

    @Override
    public void run() {
        Planned planned = planned();
        options.run(planned.plan, measured -> planned.study.report(planned.plan, measured));
    }

    @Override
    public ItemWork work() {
        return options.work(planned().plan);
    }

    private Planned planned() {
        List<Setting<Trial>> simulated = TenMtlSettings.simulated();
        boolean real = settings == null
                || settings.stream().anyMatch(key -> simulated.stream().noneMatch(one -> one.key().equalsIgnoreCase(key.strip())));
        List<Setting<Trial>> all = new ArrayList<>(simulated);
        String digest = "";
        if (real) {
            Study total = reading.read(data);
            Study motor = Study.read(data, reading.options(MOTOR));
            all.addAll(TenMtlSettings.parkinsons(total.tasks(), motor.tasks()));
            digest = ", data " + total.digest().substring(0, 12);
        }
        List<Setting<Trial>> chosen = options.restricted(settings == null ? all
                : StudyOptions.picked("setting", settings, all, Setting::key));
        List<Estimator> methods = options.methods(TenMtlStudy.allMethods(),
                TenMtlStudy.allMethods().stream().map(Estimator::key).toList());
        TenMtlStudy study = new TenMtlStudy(chosen, methods, options.replicates(),
                StudyOptions.positive("--starts", starts), options.seed());
        return new Planned(study, study.plan(digest));
    }
}
