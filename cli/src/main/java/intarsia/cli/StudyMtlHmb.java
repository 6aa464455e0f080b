package intarsia.cli;

import intarsia.linalg.Precision;
import intarsia.models.execution.ItemWork;
import intarsia.models.selection.ModelSelection;
import intarsia.models.study.Setting;
import intarsia.models.study.hmb.Grid;
import intarsia.models.study.hmb.HmbSettings;
import intarsia.models.study.hmb.HmbStudy;
import intarsia.models.study.hmb.HmbWork;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The paper's simulation study. */
@Command(name = "mtl-hmb", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Run the simulations of arXiv 2505.24413: MTL-HMB and other methods, with the published and the released numbers. "
                + "If interrupted, the same command resumes.",
        footer = "Methods: stl, htl, mtl-hmb (these three by default), mbi, hps, ablation-1 to -3, htl-released, mtl-hmb-released, "
                + "mtl-hmb-added, gp, gp-imputed, gp-joint, auto; between HTL and MTL-HMB htl-no-orth, htl-no-dr, htl-anchor, htl-imputed, "
                + "mtl-hmb-no-orth, mtl-hmb-no-dr; apart-none, apart-orth-low, apart-orth-high, apart-hsic-low, apart-hsic-high.")
final class StudyMtlHmb implements HasItems {
    @Mixin
    private StudyOptions options;

    @Option(names = "--setting", paramLabel = "KEY", split = ",", defaultValue = "A,B,C,D,E,F",
            description = "A to F, tasks, linear, bent, ablation; several with commas (default: ${DEFAULT-VALUE}).")
    private List<String> settings;

    @Option(names = "--grid", paramLabel = "KEY", description = "What tuning chooses from: small, paper, tiny or fixed (default: "
            + "${DEFAULT-VALUE}).")
    private String grid = "small";

    @Option(names = "--halving", description = "Tune by successive halving: several times faster on large grids, but what learns slowly "
            + "may be dropped early.")
    private boolean halving;

    @Option(names = "--epochs", paramLabel = "N", description = "Train for at most so many epochs: for a quick look.")
    private Integer epochs;

    @Mixin
    private EngineOptions engine = new EngineOptions(Precision.F32);

    @Override
    public void run() {
        HmbStudy study = study();
        options.run(study.plan(), study::report);
    }

    @Override
    public ItemWork work() {
        return options.work(study().plan());
    }

    private HmbStudy study() {
        Grid points = epochs == null ? Grid.of(grid) : Grid.of(grid).epochs(StudyOptions.positive("--epochs", epochs));
        ModelSelection.Search search = halving ? ModelSelection.Search.HALVING : ModelSelection.Search.EXHAUSTIVE;
        return HmbStudy.of(options.restricted(StudyOptions.picked("setting", settings, HmbSettings.all(), Setting::key)),
                keys -> options.methods(keys, List.of("stl", "htl", "mtl-hmb")), points, search, options.replicates(),
                new HmbWork(options.seed(), engine.tried()));
    }
}
