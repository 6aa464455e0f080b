package intarsia.models.study;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What came out of a {@link WorkItem}. Everything but the seconds is the same whenever it is done again.
 *
 * @param key            which item
 * @param rmse           RMSE on test rows, one a task
 * @param batchRmse      the released code's figure: means of batch RMSEs, averaged over tasks
 * @param imputation     RMSE of imputed cells where the truth is known; NaN if the method does not impute
 * @param validationLoss of what tuning chose; NaN without tuning
 * @param fits           fits that tuning took
 * @param steps          optimizer steps
 * @param chosen         what tuning chose
 * @param seconds        time for tuning and fitting
 */
public record ItemResult(WorkItem.Key key, List<Double> rmse, double batchRmse, double imputation, double validationLoss, int fits, long steps,
        String chosen, double seconds) {
    /** The columns of {@link #cells()}. */
    static final List<String> COLUMNS = List.of("setting", "value", "replicate", "method", "rmse", "rmse_by_task", "batch_rmse", "imputation_rmse",
            "validation_loss", "fits", "steps", "chosen");

    /** Copies the list. */
    public ItemResult {
        rmse = List.copyOf(rmse);
    }

    /** The paper's figure: RMSE averaged over tasks. */
    public double meanRmse() {
        return rmse.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    /** As a row of results, the time left out; NaN is empty. */
    List<String> cells() {
        return List.of(key.setting(), Setting.text(key.value()), Integer.toString(key.replicate()), key.method(), text(meanRmse()),
                rmse.stream().map(ItemResult::text).collect(Collectors.joining(" ")), text(batchRmse), text(imputation), text(validationLoss),
                Integer.toString(fits), Long.toString(steps), chosen);
    }

    /** From such a row and its time. */
    static ItemResult of(List<String> cells, double seconds) {
        List<Double> rmse = new ArrayList<>();
        for (String task : cells.get(5).split(" ")) {
            rmse.add(number(task));
        }
        return new ItemResult(new WorkItem.Key(cells.get(0), Double.parseDouble(cells.get(1)), Integer.parseInt(cells.get(2)), cells.get(3)), rmse,
                number(cells.get(6)), number(cells.get(7)), number(cells.get(8)), Integer.parseInt(cells.get(9)), Long.parseLong(cells.get(10)),
                cells.get(11), seconds);
    }

    private static String text(double number) {
        return Double.isNaN(number) ? "" : Double.toString(number);
    }

    private static double number(String text) {
        return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    }
}
