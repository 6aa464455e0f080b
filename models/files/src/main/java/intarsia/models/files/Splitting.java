package intarsia.models.files;

import intarsia.models.data.DataException;

/**
 * How a study's rows are split, saved with its schema so that rows of a new task are split in the same way.
 *
 * @param by         what the column says
 * @param column     the column that says it; null for single rows
 * @param stratified whether each class of the response keeps its share
 * @param folds      how many folds; 0 for splits with a fifth of the rows held out
 */
public record Splitting(By by, String column, boolean stratified, int folds) {
    /** Single rows, within classes. */
    static final Splitting STANDARD = new Splitting(By.ROW, null, true, 0);

    /** What rows are split by. */
    public enum By {
        /** Each row is drawn on its own. */
        ROW,
        /** Rows of a group stay together. */
        GROUP,
        /** What is judged is later than what is learned from. */
        TIME,
        /** The column says what each row is for. */
        SPLIT
    }

    /** There is a column unless rows are drawn one by one. */
    public Splitting {
        if (by == null || (by == By.ROW) != (column == null) || folds < 0) {
            throw new DataException("rows are split by " + by + ", column " + column + ", folds " + folds);
        }
    }
}
