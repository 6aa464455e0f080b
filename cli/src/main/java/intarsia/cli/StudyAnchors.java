package intarsia.cli;

import intarsia.linalg.Precision;
import intarsia.models.Estimator;
import intarsia.models.execution.ItemWork;
import intarsia.models.study.Setting;
import intarsia.models.study.anchors.AnchorMethods;
import intarsia.models.study.anchors.AnchorSettings;
import intarsia.models.study.anchors.AnchorStudy;
import intarsia.models.study.anchors.AnchorWork;
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
        return study().plan().asLines();
    }

    private AnchorStudy study() {
        return new AnchorStudy(options.restricted(
                StudyOptions.picked("setting", settings, AnchorSettings.all(), Setting::key)),
                options.methods(AnchorMethods.all(), AnchorMethods.all().stream().map(Estimator::key).toList()), options.replicates(),
                new AnchorWork(options.seed(), engine.tried()));
    }
}
