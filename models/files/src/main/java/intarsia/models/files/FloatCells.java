package intarsia.models.files;

import java.util.List;

/**
 * Rounds the cells of one column of one file to floats, for a study whose numbers are held so. A number beyond what floats hold is refused;
 * that whole numbers or small differences lose digits is noted.
 */
final class FloatCells {
    /** Numbers that differ by fewer steps of a float than this are told apart poorly. */
    private static final double STEPS = 1_000;

    private final DataTable table;
    private final String column;
    private double smallest = Double.POSITIVE_INFINITY;
    private double largest = Double.NEGATIVE_INFINITY;
    private int rounded;
    private double first;
    private int firstRow;

    FloatCells(DataTable table, String column) {
        this.table = table;
        this.column = column;
    }

    /** Whether a number's nearest float is neither infinite nor short of digits. */
    private static boolean holds(double number) {
        return Math.abs(number) <= Float.MAX_VALUE && (Math.abs(number) >= Float.MIN_NORMAL || number == 0);
    }

    /**
     * The float that is nearest to what a cell says; NaN stays NaN.
     *
     * @throws FileException at the cell if floats hold no such number
     */
    float round(int row, double number) {
        if (Double.isNaN(number)) {
            return Float.NaN;
        }
        if (!holds(number)) {
            throw table.error(row, column, "column " + Text.quoted(column) + ": " + Text.quoted(table.cell(row, column)) + " is too "
                    + (Math.abs(number) > 1 ? "large" : "small") + " a number for storage = \"f32\", which holds 1.2e-38 to 3.4e38; give "
                    + "the column another unit, or take 'storage' out of the study file");
        }
        float nearest = (float) number;
        if (nearest != number && number == Math.rint(number)) {
            first = rounded == 0 ? number : first;
            firstRow = rounded == 0 ? row : firstRow;
            rounded++;
        }
        smallest = Math.min(smallest, number);
        largest = Math.max(largest, number);
        return nearest;
    }

    /** What a person should know, at most one line. */
    List<String> notes() {
        String advice = "; leave the column out if its numbers name something, else take storage = \"f32\" out of the study file";
        if (rounded > 0) {
            return List.of(table.name() + ": column " + Text.quoted(column) + ": floats hold whole numbers up to 16777216 only; "
                    + Schema.plain(first) + " read as " + Schema.plain((float) first) + ", " + rounded + (rounded == 1 ? " cell ("
                    : " cells (first: ") + table.where(firstRow) + ")" + advice);
        }
        double step = Math.ulp((float) Math.max(Math.abs(smallest), Math.abs(largest)));
        if (smallest < largest && largest - smallest < STEPS * step) {
            return List.of(table.name() + ": column " + Text.quoted(column) + ": numbers from " + Schema.plain(smallest) + " to "
                    + Schema.plain(largest) + " are held in steps of " + Schema.plain(step) + " by storage = \"f32\"; subtract what they "
                    + "have in common, or take 'storage' out of the study file");
        }
        return List.of();
    }
}
