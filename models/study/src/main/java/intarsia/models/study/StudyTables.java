package intarsia.models.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A study's results as tables. */
final class StudyTables {
    private static final String REFERENCE = "mtl-hmb";

    private final StudyPlan plan;
    private final List<ItemResult> results;
    private final List<Reported> reported = Reported.all();

    StudyTables(StudyPlan plan, List<ItemResult> results) {
        this.plan = plan;
        this.results = results;
    }

    /** One method's results in one cell, by replicate. */
    private List<ItemResult> cell(Setting setting, double value, StudyMethod method) {
        return results.stream().filter(r -> r.key().setting().equals(setting.key()) && r.key().value() == value
                && r.key().method().equals(method.key())).toList();
    }

    /** RMSEs of one method in one cell, averaged over tasks. */
    Sample rmse(Setting setting, double value, StudyMethod method) {
        return new Sample(cell(setting, value, method).stream().mapToDouble(ItemResult::meanRmse).toArray());
    }

    /** RMSEs of one task. */
    Sample rmse(Setting setting, double value, StudyMethod method, int task) {
        return new Sample(cell(setting, value, method).stream().mapToDouble(r -> r.rmse().get(task)).toArray());
    }

    List<Table> all() {
        List<Table> tables = new ArrayList<>();
        for (Setting setting : plan.settings()) {
            tables.add(levels(setting));
            if (plan.methods().stream().anyMatch(m -> m.key().equals(REFERENCE)) && plan.methods().size() > 1) {
                tables.add(paired(setting));
            }
            tables.add(tasks(setting));
        }
        tables.add(effort());
        return tables;
    }

    private Table levels(Setting setting) {
        List<List<String>> rows = new ArrayList<>();
        for (double value : setting.values()) {
            for (StudyMethod method : plan.methods()) {
                List<ItemResult> of = cell(setting, value, method);
                Sample rmse = rmse(setting, value, method);
                Sample batch = new Sample(of.stream().mapToDouble(ItemResult::batchRmse).toArray());
                Sample imputation = new Sample(of.stream().mapToDouble(ItemResult::imputation).filter(v -> !Double.isNaN(v)).toArray());
                Reported paper = reported(setting, value, method, Reported.PAPER);
                Reported released = reported(setting, value, method, Reported.RELEASED);
                rows.add(List.of(Setting.text(value), method.name(), Integer.toString(of.size()), rmse.text(),
                        paper == null ? "" : Sample.number(paper.mean()) + " (" + Sample.number(paper.sd()) + ")",
                        paper == null ? "" : Sample.signed(rmse.distance(paper.mean(), paper.sd(), paper.replicates())),
                        batch.text(), released == null ? "" : Sample.number(released.mean()),
                        released == null ? "" : Sample.signed(batch.distance(released.mean(), released.sd(), released.replicates())),
                        imputation.size() == 0 ? "" : imputation.text()));
            }
        }
        return new Table(setting.title(), "Means (standard deviations) over replicates of the RMSE averaged over tasks. 'Batch' is the released code's "
                + "figure, the mean over batches of 16 test rows; the released means are held against it. Differences are ours minus theirs in "
                + "standard errors of the difference. 'Imputed' is the RMSE of imputed cells.",
                List.of(setting.symbol(), "method", "n", "RMSE", "paper", "difference", "batch", "released", "difference", "imputed"), rows);
    }

    private Table paired(Setting setting) {
        List<List<String>> rows = new ArrayList<>();
        StudyMethod reference = plan.methods().stream().filter(m -> m.key().equals(REFERENCE)).findFirst().orElseThrow();
        for (double value : setting.values()) {
            for (StudyMethod method : plan.methods()) {
                if (method == reference) {
                    continue;
                }
                double[][] pairs = pairs(cell(setting, value, reference), cell(setting, value, method));
                PairedTest test = PairedTest.of(pairs[0], pairs[1]);
                long wins = java.util.stream.IntStream.range(0, pairs[0].length).filter(i -> pairs[0][i] < pairs[1][i]).count();
                rows.add(List.of(Setting.text(value), method.name(), Integer.toString(test.pairs()),
                        pairs[0].length == 0 ? "" : String.format(Locale.ROOT, "%+.3f", test.difference()), wins + " of " + pairs[0].length,
                        PairedTest.text(test.tProbability()), PairedTest.text(test.signedRank())));
            }
        }
        return new Table(setting.title() + ": MTL-HMB against the others, paired", "Mean of MTL-HMB's RMSE minus the other's on the same replicates, "
                + "replicates where MTL-HMB is better, two-sided p-values of the paired t-test and of Wilcoxon's signed-rank test; not corrected for the "
                + "number of tests.", List.of(setting.symbol(), "against", "n", "difference", "better", "p (t)", "p (rank)"), rows);
    }

    private static double[][] pairs(List<ItemResult> a, List<ItemResult> b) {
        List<double[]> pairs = new ArrayList<>();
        for (ItemResult left : a) {
            b.stream().filter(r -> r.key().replicate() == left.key().replicate()).findFirst()
                    .ifPresent(right -> pairs.add(new double[] {left.meanRmse(), right.meanRmse()}));
        }
        return new double[][] {pairs.stream().mapToDouble(p -> p[0]).toArray(), pairs.stream().mapToDouble(p -> p[1]).toArray()};
    }

    private Table tasks(Setting setting) {
        List<String> header = new ArrayList<>(List.of(setting.symbol(), "method"));
        int most = setting.values().stream().mapToInt(value -> setting.at().apply(value).rows().size()).max().orElse(0);
        for (int t = 1; t <= most; t++) {
            header.add("task " + t);
        }
        List<List<String>> rows = new ArrayList<>();
        for (double value : setting.values()) {
            for (StudyMethod method : plan.methods()) {
                List<String> row = new ArrayList<>(List.of(Setting.text(value), method.name()));
                for (int t = 0; t < most; t++) {
                    row.add(t < setting.at().apply(value).rows().size() ? rmse(setting, value, method, t).text() : "");
                }
                rows.add(row);
            }
        }
        return new Table(setting.title() + ": task by task", "", header, rows);
    }

    private Table effort() {
        List<List<String>> rows = new ArrayList<>();
        for (StudyMethod method : plan.methods()) {
            List<ItemResult> of = results.stream().filter(r -> r.key().method().equals(method.key())).toList();
            Sample seconds = new Sample(of.stream().mapToDouble(ItemResult::seconds).toArray());
            rows.add(List.of(method.name(), Integer.toString(of.size()), String.format(Locale.ROOT, "%.2f", seconds.mean()),
                    String.format(Locale.ROOT, "%.1f", of.stream().mapToInt(ItemResult::fits).average().orElse(0)),
                    String.format(Locale.ROOT, "%.0f", of.stream().mapToLong(ItemResult::steps).average().orElse(0))));
        }
        return new Table("Effort", "Means over all replicates of all settings; seconds are those of the clock while other items ran beside it.",
                List.of("method", "replicates", "seconds", "fits", "steps"), rows);
    }

    private Reported reported(Setting setting, double value, StudyMethod method, String source) {
        String key = method.key().replace("-" + Reported.RELEASED, "");
        return reported.stream().filter(r -> r.setting().equals(setting.key()) && r.value() == value && r.method().equals(key)
                && r.source().equals(source)).findFirst().orElse(null);
    }
}
