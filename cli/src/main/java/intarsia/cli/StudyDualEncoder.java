package intarsia.cli;

import intarsia.linalg.Precision;
import intarsia.models.execution.ItemWork;
import intarsia.models.study.Setting;
import intarsia.models.study.dual.DualData;
import intarsia.models.study.dual.DualMethods;
import intarsia.models.study.dual.DualSettings;
import intarsia.models.study.dual.DualStudy;
import intarsia.models.study.dual.DualWork;
import intarsia.models.study.dual.Xenografts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The study of the dual encoder. */
@Command(name = "dual-encoder", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Compare the dual encoder with single tasks, one pooled network, hard sharing, HTL and linear ARMUL: simulations of "
                + "our own over heterogeneity, outliers, rows and tasks, and xenografts where a folder with them is given. If interrupted, "
                + "the same command resumes.",
        footer = "Methods: median, ridge, stl, pooled, hps, htl, armul, group (the dual encoder), lasso, ridged, fusion, clusters, "
                + "lowrank, hmb, hmb-all, hmb-part.")
final class StudyDualEncoder implements HasItems {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StudyOptions options;

    @Option(names = "--setting", paramLabel = "KEY", split = ",", defaultValue = "delta,plain,similarity,outliers,rows,tasks,partial",
            description = "delta, plain, similarity, outliers, rows, tasks, partial; several with commas (default: ${DEFAULT-VALUE}).")
    private List<String> settings;

    @Option(names = "--xenografts", paramLabel = "FOLDER", description = "A folder with response.csv, rnaseq.csv and cnv.csv of "
            + "patient-derived xenografts; not given: they are skipped.")
    private Path folder;

    @Mixin
    private EngineOptions engine = new EngineOptions(Precision.F32);

    @Override
    public void run() {
        DualStudy study = study();
        options.run(study.plan(), study::report);
    }

    @Override
    public ItemWork work() {
        return options.work(study().plan());
    }

    private DualStudy study() {
        List<DualSettings> picked = StudyOptions.picked("setting", settings, DualSettings.simulated(), DualSettings::key);
        List<Setting<DualData>> at = options.restricted(picked.stream().map(DualSettings::setting).toList());
        List<DualSettings> lines = IntStream.range(0, at.size()).mapToObj(i -> picked.get(i).at(at.get(i)))
                .collect(Collectors.toCollection(ArrayList::new));
        Xenografts xenografts = folder == null ? null : Xenografts.read(folder);
        if (xenografts == null) {
            Answer.of(spec).orElseThrow().note("the xenografts are skipped; --xenografts names a folder with them");
        } else {
            // What is real comes before what is simulated, but for the first line.
            lines.add(Math.min(1, lines.size()), DualSettings.of(xenografts));
        }
        return new DualStudy(lines, options.methodKeys(DualMethods.all()), options.replicates(), xenografts,
                new DualWork(options.seed(), engine.tried()));
    }
}
