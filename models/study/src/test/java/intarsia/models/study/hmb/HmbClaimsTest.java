package intarsia.models.study.hmb;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.models.Estimator;
import intarsia.models.report.Table;
import intarsia.models.selection.ModelSelection;
import intarsia.models.study.Choices;
import intarsia.models.study.Item;
import intarsia.models.study.ItemCells;
import intarsia.models.study.Measurements;
import intarsia.models.study.Timing;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class HmbClaimsTest {
    private static HmbClaims claims(List<String> settings, List<String> methods, ToDoubleFunction<Item.Key> rmse) {
        HmbStudy study = HmbStudy.of(settings.stream().map(HmbSettings::of).toList(),
                all -> methods.stream().map(key -> Choices.find("method", key, all, Estimator::key)).toList(), Grid.FIXED,
                ModelSelection.Search.EXHAUSTIVE, 10, new HmbWork(1, new Engine.Options("scalar", Precision.F32, 1)));
        return new HmbClaims(study, new Measurements(study.plan().items().stream().map(Item::key).map(key -> {
            double value = rmse.applyAsDouble(key) + 0.001 * key.replicate();
            return new Measurements.Row(key, new ItemCells().number(HmbWork.RMSE, value).number(HmbWork.BATCH, value - 0.01),
                    new Timing(1, 1));
        }).toList()));
    }

    @Test
    void levelsAreHeldAgainstThePaperAndTheReleasedNotebooks() {
        // Published at rho2 = 0.5, 0.7, 0.9: 0.410, 0.375, 0.314; released 0.543, 0.496, 0.408.
        List<String> said = claims(List.of("B"), List.of("stl", "mtl-hmb"), key -> key.method().equals("stl") ? 0.6
                : 0.51 - 0.1 * key.value()).summary();
        assertThat(said).element(0)
                .isEqualTo("MTL-HMB's mean RMSE is below that of STL in 5 of 5 cells, significantly in 5, after correction in 5.");
        assertThat(said).element(2).asString().contains("released notebooks", "in 2 of 3 cells", "Above it", ": B 0.9 (");
        assertThat(said).element(3).asString().contains("that of the paper in 0 of 5 cells", "B 0.9 (+0.11");
        assertThat(said).element(4).isEqualTo("MTL-HMB's RMSE along \u03c12 (B): falls (p 0.002, as published).");
    }

    @Test
    void theAblationsOrderIsFoundWhateverItIs() {
        List<String> published = List.of("mtl-hmb", "ablation-3", "ablation-2", "ablation-1", "stl", "htl");
        List<Table> asPublished = claims(List.of("ablation"), published, key -> 0.5012 + 0.05 * published.indexOf(key.method())).tables();
        assertThat(table(asPublished, "Order of the ablations").rows()).hasSize(4).first().asString()
                .contains("MTL-HMB 0.507 < Ablation 3 0.557 < Ablation 2 0.607 < Ablation 1 0.657 < STL 0.707 < HTL 0.757");
        assertThat(table(asPublished, "pair by pair").rows())
                .hasSize(9 * 4).allSatisfy(row -> assertThat(row.getLast()).isEqualTo("as published"));
        List<Table> reversed = claims(List.of("ablation"), published, key -> 0.9 - 0.05 * published.indexOf(key.method())).tables();
        assertThat(table(reversed, "pair by pair").rows()).allSatisfy(row -> assertThat(row.getLast()).isEqualTo("the other way"));
        List<Table> equal = claims(List.of("ablation"), published, key -> 0.5).tables();
        assertThat(table(equal, "pair by pair").rows()).allSatisfy(row -> assertThat(row.getLast()).isEqualTo("not told apart"));
    }

    private static Table table(List<Table> tables, String title) {
        return tables.stream().filter(table -> table.title().contains(title)).findFirst().orElseThrow();
    }
}
