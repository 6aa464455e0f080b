package intarsia.models.study.hmb;

import intarsia.models.Estimator;
import intarsia.models.report.Table;
import intarsia.models.simulation.BlockMissing;
import intarsia.models.study.Measurements;
import intarsia.models.study.Sample;
import intarsia.models.study.Setting;
import java.util.ArrayList;
import java.util.List;

/** The tables that this study alone has. */
final class HmbTables {
    private final List<Estimator> methods;
    private final Measurements measured;

    HmbTables(List<Estimator> methods, Measurements measured) {
        this.methods = methods;
        this.measured = measured;
    }

    /** Means next to those that others reported. */
    Table levels(Setting<?> setting) {
        List<List<String>> rows = new ArrayList<>();
        for (double value : setting.values()) {
            for (Estimator method : methods) {
                Measurements of = measured.of(setting, value, method);
                Sample rmse = of.sample(HmbWork.RMSE);
                Sample batch = of.sample(HmbWork.BATCH);
                Reported paper = Reported.find(setting, value, method, Reported.PAPER).orElse(null);
                Reported released = Reported.find(setting, value, method, Reported.RELEASED).orElse(null);
                rows.add(List.of(Setting.text(value), method.name(), Integer.toString(of.size()), rmse.text(),
                        paper == null ? "" : Sample.number(paper.mean()) + " (" + Sample.number(paper.sd()) + ")",
                        paper == null ? "" : Sample.signed(rmse.distance(paper.mean(), paper.sd(), paper.replicates())),
                        batch.text(), released == null ? "" : Sample.number(released.mean()),
                        released == null ? "" : Sample.signed(batch.distance(released.mean(), released.sd(), released.replicates())),
                        of.sample(HmbWork.IMPUTATION).text()));
            }
        }
        return new Table(setting.title(), "Means (standard deviations) over replicates of the RMSE averaged over tasks. 'Batch' is the "
                + "released code's figure, the mean over batches of 16 test rows; the released means are held against it. Differences are "
                + "ours minus theirs in standard errors of the difference. 'Imputed' is the RMSE of imputed cells.",
                List.of(setting.symbol(), "method", "n", "RMSE", "paper", "difference", "batch", "released", "difference", "imputed"),
                        rows);
    }

    /** Every task by itself. */
    Table tasks(Setting<BlockMissing> setting) {
        List<String> header = new ArrayList<>(List.of(setting.symbol(), "method"));
        int most = setting.values().stream().mapToInt(value -> tasks(setting, value)).max().orElse(0);
        for (int t = 1; t <= most; t++) {
            header.add("task " + t);
        }
        List<List<String>> rows = new ArrayList<>();
        for (double value : setting.values()) {
            for (Estimator method : methods) {
                List<String> row = new ArrayList<>(List.of(Setting.text(value), method.name()));
                for (int t = 0; t < most; t++) {
                    int task = t;
                    row.add(t < tasks(setting, value)
                            ? measured.of(setting, value, method).sample(of -> of.cells().numbers(HmbWork.BY_TASK)[task]).text() : "");
                }
                rows.add(row);
            }
        }
        return new Table(setting.title() + ": task by task", "", header, rows);
    }

    private static int tasks(Setting<BlockMissing> setting, double value) {
        return setting.at().apply(value).rows().size();
    }
}
