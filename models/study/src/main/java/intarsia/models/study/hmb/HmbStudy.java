package intarsia.models.study.hmb;

import intarsia.models.Estimator;
import intarsia.models.report.Figure;
import intarsia.models.report.Table;
import intarsia.models.selection.ModelSelection;
import intarsia.models.simulation.BlockMissing;
import intarsia.models.study.BoxPlots;
import intarsia.models.study.Comparisons;
import intarsia.models.study.Item;
import intarsia.models.study.Measurements;
import intarsia.models.study.Sample;
import intarsia.models.study.Setting;
import intarsia.models.study.StudyPlan;
import intarsia.models.study.StudyReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * The simulations of the paper.
 *
 * @param settings   settings, each with the values wanted
 * @param methods    what is compared
 * @param tuning     what they choose from and how, in words: a study with another cannot be continued
 * @param replicates how many of each cell
 * @param work       how an item is done
 */
public record HmbStudy(List<Setting<BlockMissing>> settings, List<Estimator> methods, String tuning, int replicates, HmbWork work) {
    /** The study with some of all methods, tuned on a grid. */
    public static HmbStudy of(List<Setting<BlockMissing>> settings, UnaryOperator<List<Estimator>> wanted, Grid grid,
            ModelSelection.Search search,
            int replicates, HmbWork work) {
        return new HmbStudy(settings, wanted.apply(new HmbMethods(grid, new ModelSelection(search)).all()),
                "grid " + grid.key() + ", " + search.name().toLowerCase(Locale.ROOT), replicates, work);
    }

    /** The items, and what they depend on. */
    public StudyPlan<BlockMissing> plan() {
        return new StudyPlan<>("mtl-hmb study 3, seed " + work.seed() + ", " + tuning + ", " + StudyPlan.arithmetic(work.engine()),
                HmbWork.COLUMNS,
                Item.crossed(settings, methods, replicates), work);
    }

    /** What came out. */
    public StudyReport report(Measurements measured) {
        HmbClaims claims = new HmbClaims(this, measured);
        return new StudyReport("MTL-HMB and other methods", claims.summary(), figures(measured), tables(claims, measured));
    }

    private List<Table> tables(HmbClaims claims, Measurements measured) {
        Comparisons compare = new Comparisons(plan(), measured);
        HmbTables own = new HmbTables(methods, measured);
        List<Table> tables = new ArrayList<>(claims.tables());
        for (Setting<BlockMissing> setting : settings) {
            tables.add(own.levels(setting));
            claims.reference().filter(method -> methods.size() > 1).ifPresent(method ->
                    tables.add(compare.paired(setting, method, HmbWork.RMSE)));
            tables.add(own.tasks(setting));
        }
        tables.add(compare.effort(HmbWork.FITS, HmbWork.STEPS));
        return tables;
    }

    private List<Figure> figures(Measurements measured) {
        List<Figure> figures = new ArrayList<>();
        for (Setting<BlockMissing> setting : settings) {
            add(figures, setting, "", setting.title(), "RMSE averaged over tasks.",
                    (value, method) -> measured.of(setting, value, method).sample(HmbWork.RMSE));
            if (setting.parameter().equals("T")) {
                add(figures, setting, "-first", "The first task", "RMSE of the first task, the easiest.", (value, method) ->
                        measured.of(setting, value, method).sample(row -> row.cells().numbers(HmbWork.BY_TASK)[0]));
                add(figures, setting, "-last", "The last task", "RMSE of the last task, the hardest.", (value, method) ->
                        measured.of(setting, value, method).sample(row -> row.cells().numbers(HmbWork.BY_TASK)[(int) (double) value - 1]));
            }
        }
        // Figure 7 needs a fit again, so it is drawn only once there is one to show.
        settings.stream().filter(setting -> setting.key().equals("B")
                && measured.of(setting).where(key -> key.method().equals(HmbClaims.REFERENCE)).size() > 0).findFirst()
                .ifPresent(setting -> methods.stream().filter(method -> method.key().equals(HmbClaims.REFERENCE)).findFirst()
                        .ifPresent(method -> figures.add(Representations.figure(work, method, setting))));
        return figures;
    }

    private void add(List<Figure> figures, Setting<?> setting, String suffix, String title, String caption,
            BiFunction<Double, Estimator, Sample> sample) {
        // MBI, several times above all others, would leave no room for them.
        List<Estimator> drawn = methods.stream().filter(method -> !method.key().equals("mbi")).toList();
        BoxPlots.figure(setting.key() + suffix, title, caption + " " + BoxPlots.CAPTION
                + (drawn.size() < methods.size() ? " MBI, far above, is not drawn." : ""),
                "RMSE", setting, drawn, sample).ifPresent(figures::add);
    }
}
