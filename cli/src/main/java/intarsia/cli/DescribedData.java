package intarsia.cli;

import intarsia.cli.json.CommandResult;
import intarsia.cli.json.ResultTable;
import intarsia.models.data.Column;
import intarsia.models.data.MissingnessPattern;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.files.Schema;
import intarsia.models.files.Study;
import intarsia.models.files.model.RunFolder;
import java.util.List;
import java.util.Locale;

/** Studies and models for programs. */
final class DescribedData {
    private DescribedData() {}

    /** What is in a study, and what was asked of it besides; null where it was not. */
    static CommandResult.Described study(Study study, CommandResult.HeterogeneityOf heterogeneity, ResultTable anchors) {
        ResultTable tasks = new ResultTable("task", "response", "rows");
        study.tasks().tasks().forEach(task -> tasks.row(List.of(task.cohort(), task.about(), task.size())));
        MissingnessPattern pattern = study.tasks().missingness();
        ResultTable sources = new ResultTable("task", "source", "status", "rows", "missing");
        ResultTable missing = new ResultTable("task", "column", "missing");
        for (int t = 0; t < pattern.tasks().size(); t++) {
            for (int s = 0; s < pattern.sources().size(); s++) {
                MissingnessPattern.Cell cell = pattern.cells().get(t).get(s);
                sources.row(List.of(pattern.tasks().get(t), pattern.sources().get(s).name(), name(cell.status()), cell.rows(),
                        cell.missing()));
            }
        }
        for (Task task : study.tasks().cohorts()) {
            study.schema().sources().stream().flatMap(source -> source.columns().stream()).forEach(column ->
                    missing.row(List.of(task.cohort(), column.name(), study.missing(task.cohort(), column.name()))));
        }
        return new CommandResult.Described(new CommandResult.StudyOf(study.name(), responses(study.schema()), columns(study.schema()),
                tasks, sources, missing, study.tasks().resampling().describe(), heterogeneity, anchors), null);
    }

    /** What is in a run folder. */
    static CommandResult.Described model(RunFolder run) {
        RunFolder.Provenance from = run.provenance();
        Schema schema = run.schema();
        return new CommandResult.Described(null, new CommandResult.ModelOf(run.model().state().kind(), run.model().tasks(),
                schema == null ? List.of() : responses(schema), schema == null ? List.of() : columns(schema),
                run.model().requiredSources().stream().map(Source::name).toList(), from == null ? null : from.study(),
                from == null ? null : from.seed(), from == null ? null : from.program().version(),
                from == null ? null : from.program().bits()));
    }

    private static List<CommandResult.ResponseOf> responses(Schema schema) {
        return schema.responses().stream().map(response -> new CommandResult.ResponseOf(response.name(), response.family().key(),
                response.columns(), response.family().levels(), Predictions.headings(List.of(response)))).toList();
    }

    private static List<CommandResult.ColumnOf> columns(Schema schema) {
        return schema.sources().stream().flatMap(source -> source.columns().stream().map(column -> column(source, column))).toList();
    }

    private static CommandResult.ColumnOf column(Source source, Column column) {
        return new CommandResult.ColumnOf(column.name(), source.name(), name(column.kind()), column.levels());
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
