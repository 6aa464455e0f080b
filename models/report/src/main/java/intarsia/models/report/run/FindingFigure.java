package intarsia.models.report.run;

import intarsia.models.Finding;
import intarsia.models.report.Figure;
import intarsia.models.report.HeatMap;

/** A matrix that a model says of its tasks or columns, as a picture. */
public final class FindingFigure {
    private FindingFigure() {}

    /** Around 0: as far down as up. */
    public static Figure of(Finding.Matrix matrix) {
        double largest = 0;
        boolean negative = false;
        for (double[] row : matrix.values()) {
            for (double value : row) {
                largest = Math.max(largest, Math.abs(value));
                negative |= value < 0;
            }
        }
        double limit = largest == 0 ? 1 : largest;
        return new HeatMap(matrix.rows(), matrix.columns(), matrix.values(), negative ? -limit : 0, limit)
                .figure(matrix.name(), matrix.title(),
                negative ? "Blue above 0, red below, white at 0." : "The darker, the larger; white is 0.");
    }
}
