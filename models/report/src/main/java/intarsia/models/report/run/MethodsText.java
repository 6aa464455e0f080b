package intarsia.models.report.run;

import intarsia.models.Estimator;
import intarsia.models.data.Resampling;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.evaluation.Comparison;
import intarsia.models.evaluation.Importance;
import intarsia.models.files.Study;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The methods section of a paper about a fit, ready to paste, with what it cites.
 *
 * @param study      the study
 * @param methods    what was compared, the model first
 * @param comparison what came out
 * @param resampling how rows were split
 * @param origin     how it was made
 */
record MethodsText(Study study, List<Estimator> methods, Comparison.Result comparison, Resampling resampling, Origin origin) {
    private static final List<String> ALWAYS = List.of("Nadeau, Bengio: Inference for the generalization error. Machine Learning 52 "
            + "(2003).");

    private List<ResponseFamily> families() {
        return study.tasks().byResponse().stream().map(of -> of.tasks().getFirst().family()).toList();
    }

    private String each(Function<ResponseFamily, String> said) {
        return families().stream().map(said).distinct().collect(Collectors.joining(" and "));
    }

    /** Whether held-out rows were changed and predicted again. */
    private boolean explained() {
        return comparison.evaluations().stream().flatMap(of -> of.heldOut().stream()).anyMatch(of -> !of.changed().isEmpty());
    }

    List<String> paragraphs() {
        List<Task> tasks = study.tasks().cohorts();
        BlocksMap blocks = new BlocksMap(study.tasks().missingness());
        String data = String.format(Locale.ROOT, "We predicted %s (%s) in %d %s with %d rows in all, from %d %s of columns (%s).",
                study.schema().describe(), each(ResponseFamily::key), tasks.size(), tasks.size() == 1 ? "task" : "tasks",
                tasks.stream().mapToInt(Task::size).sum(), blocks.pattern().sources().size(), blocks.pattern().sources().size() == 1
                ? "source"
                        : "sources", Words.some(blocks.pattern().sources().stream().map(Source::name).toList()))
                + (blocks.missing() == 0 ? "" : " " + blocks.missing() + " of " + blocks.all() + " blocks (task x source) were missing.");
        String model = " The model was " + methods.getFirst().name() + ", fitted with Intarsia" + (origin.provenance() == null ? ""
                : " " + origin.provenance().program().version() + " (seed " + origin.provenance().seed() + ")") + (methods.size() == 1 ? "."
                        : "; it was compared with " + Words.some(methods.stream().skip(1).map(Estimator::name).toList()) + ".");
        int done = comparison.splits();
        String judged = "All methods were fitted and judged on the same splits (" + (done < resampling.splits() ? done + " of " : "")
                + resampling.describe() + (resampling.folds() == 0
                ? "; where splits are drawn, 60 % of the rows of a task were learned from, 20 % used "
                        + "for tuning and stopping, 20 % held out" : "") + "). We report means over splits" + (done == 1 ? "" : " with "
                                + MethodsSection.QUANTILES) + " of "
                                + Words.some(families().stream().flatMap(family -> family.metrics().stream()).map(metric -> metric.label())
                                .distinct().toList())
                + " on held-out rows. Methods were compared by the mean over tasks of " + each(family -> family.chosenBy().label())
                + " with the corrected resampled t test." + families().stream().map(TaskFigures::method).distinct()
                .collect(Collectors.joining()) + (explained() ? DriversSection.method(each(Importance::axis)) : "")
                        + CoverageSection.METHOD;
        return List.of(data + model, judged);
    }

    List<String> references() {
        List<String> references = new ArrayList<>();
        methods.stream().map(Estimator::reference).filter(text -> !text.isEmpty()).distinct().forEach(references::add);
        references.addAll(ALWAYS);
        families().forEach(family -> references.addAll(TaskFigures.references(family)));
        if (explained()) {
            references.addAll(DriversSection.REFERENCES);
        }
        references.addAll(CoverageSection.REFERENCES);
        return references.stream().distinct().sorted().toList();
    }
}
