package intarsia.cli;

import intarsia.linalg.Precision;
import intarsia.models.Estimator;
import intarsia.models.execution.ItemWork;
import intarsia.models.study.Setting;
import intarsia.models.study.anchors.AnchorMethods;
import intarsia.models.study.anchors.AnchorSettings;
import intarsia.models.study.anchors.AnchorStudy;
import intarsia.models.study.anchors.AnchorWork;
import intarsia.models.study.anchors.FactorTasks;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The study of anchors. */
@Command(name = "anchors", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Compare what tasks without a common source can be completed by, and what each of several common sources is worth as "
                + "the anchor: simulations of our own. If interrupted, the same command resumes.",
        footer = "Methods: ridge or gp with -alone, -means, -normal, -factors, -known (chain); gp or hmb with -a, -all (candidates and "
                + "exchanged), -b, -c (candidates), -own, -next (exchanged); gp-chosen (candidates). All of them by default.")
final class StudyAnchors implements HasItems {
    @Mixin
    private StudyOptions options;

    @Option(names = "--setting", paramLabel = "KEY", split = ",", defaultValue = "chain,candidates,exchanged",
            description = "chain, candidates, exchanged; several with commas (default: ${DEFAULT-VALUE}).")
    private List<String> settings;

    @Mixin
    private EngineOptions engine = new EngineOptions(Precision.F64);

    @Override
    public void run() {
        AnchorStudy study = study();
        options.run(study.plan(), study::report);
    }

    @Override
    public ItemWork work() {
        return options.work(study().plan());
    }

    private AnchorStudy study() {
        List<Setting<FactorTasks>> asked = options.restricted(
                StudyOptions.picked("setting", settings, AnchorSettings.all(), Setting::key));
        List<Estimator> methods = options.methods(AnchorMethods.all(), AnchorMethods.all().stream().map(Estimator::key).toList());
        if (asked.stream().allMatch(setting -> Collections.disjoint(AnchorMethods.of(setting), methods))) {
            throw new UserException("--methods: none of them is for setting " + asked.getFirst().key() + ", which has "
                    + String.join(", ", AnchorMethods.of(asked.getFirst()).stream().map(Estimator::key).toList()));
        }
        return new AnchorStudy(asked, methods, options.replicates(), new AnchorWork(options.seed(), engine.tried()));
    }
}
