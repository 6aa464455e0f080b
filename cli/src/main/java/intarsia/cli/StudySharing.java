package intarsia.cli;

import intarsia.linalg.Precision;
import intarsia.models.execution.ItemWork;
import intarsia.models.study.Setting;
import intarsia.models.study.sharing.SharingMethods;
import intarsia.models.study.sharing.SharingSettings;
import intarsia.models.study.sharing.SharingStudy;
import intarsia.models.study.sharing.SharingWork;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The study of who shares with whom. */
@Command(name = "sharing", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Compare tasks fitted all together, alone and in groups that are found: simulations of our own with an outlier, with "
                + "clusters of tasks, and over heterogeneity. If interrupted, the same command resumes.",
        footer = "Methods: gp-alone, gp, gp-groups (these by default), the same with hmb and dual, ridge-alone, ridge, stacked (of the "
                + "three gp), auto.")
final class StudySharing implements HasItems {
    @Mixin
    private StudyOptions options;

    @Option(names = "--setting", paramLabel = "KEY", split = ",", defaultValue = "outlier,alike,own,clusters,posterior,covariates",
            description = "outlier, alike, own, clusters, posterior, covariates, posterior-200, covariates-200; several with commas "
                    + "(default: ${DEFAULT-VALUE}).")
    private List<String> settings;

    @Mixin
    private EngineOptions engine = new EngineOptions(Precision.F64);

    @Override
    public void run() {
        SharingStudy study = study();
        options.run(study.plan(), study::report);
    }

    @Override
    public ItemWork work() {
        return options.work(study().plan());
    }

    private SharingStudy study() {
        return new SharingStudy(options.restricted(
                StudyOptions.picked("setting", settings, SharingSettings.all(), Setting::key)),
                options.methods(SharingMethods.all(), SharingMethods.usual()), options.replicates(),
                new SharingWork(options.seed(), engine.tried()));
    }
}
