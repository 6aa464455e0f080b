package intarsia.models.data;

import intarsia.linalg.RandomStream;

/**
 * The splits that estimators are judged on: random ones, or folds, again and again.
 *
 * @param scheme  how a split is drawn
 * @param folds   0 for splits with a fifth of the rows to be judged on; else each row is judged on once in so many splits
 * @param repeats how often; 1 where another draw gives the same
 */
public record Resampling(Scheme scheme, int folds, int repeats) {
    /** The share of rows to be judged on where there are no folds. */
    public static final double TEST_SHARE = 0.2;
    /** The share of rows to choose and stop by. */
    public static final double VALIDATION_SHARE = 0.2;
    /** Random rows, within classes: ten splits. */
    public static final Resampling STANDARD = new Resampling(new RandomRows(true), 0, 10);

    private static final int MOST_REPEATS = 10;
    private static final int FEWEST_REPEATS = 3;
    /** Rows of all splits together, a fifth of which are judged on: enough for two digits of a loss. */
    private static final int ROWS_ENOUGH = 10_000;

    /** Checks the counts; whether a scheme takes folds is checked with the data. */
    public Resampling {
        if (folds < 0 || repeats < 1) {
            throw new DataException("folds " + folds + ", repeats " + repeats + ": no folds are 0, and repeats at least 1");
        }
        if (repeats > 1 && !scheme.repeatable()) {
            throw new DataException("repeats " + repeats + ": splits " + scheme.words() + " are always the same; take it out");
        }
    }

    /** How often so many rows are split unless said otherwise: ten times up to 1,000 rows, then less often, at least three times. */
    public static int repeats(int rows) {
        return Math.clamp(ROWS_ENOUGH / Math.max(1, rows), FEWEST_REPEATS, MOST_REPEATS);
    }

    /** The same, so often. */
    public Resampling repeated(int times) {
        return new Resampling(scheme, folds, times);
    }

    /** Whether any row may be on another side than any other. */
    public boolean isByRow() {
        return scheme instanceof RandomRows;
    }

    /** How many splits there are. */
    public int splits() {
        return Math.max(1, folds) * repeats;
    }

    /**
     * One of the splits: rows to learn from, to choose and stop by, to be judged on.
     *
     * @param index  from 0
     * @param random what all of them are drawn from
     */
    public DataSplit split(TaskSet data, int index, RandomStream random) {
        DataSplit all = DataSplit.all(data);
        if (folds == 0) {
            return scheme.draw(all, VALIDATION_SHARE, TEST_SHARE, random.child("repeat", index));
        }
        return scheme.folds(all, folds, folds, random.child("repeat", index / folds).child("folds")).get(index % folds);
    }

    /** Rows judged on for each row learned from, which the correction of the paired test needs. */
    public double testToLearned() {
        return folds == 0 ? TEST_SHARE / (1 - TEST_SHARE) : scheme.testToLearned(folds);
    }

    /** {@code 10 random splits}, {@code 2 times 5 folds of groups (patient)}. */
    public String describe() {
        String what = folds == 0 ? !scheme.repeatable() ? "1 split" : repeats == 1 ? "1 random split" : repeats + " random splits"
                : (repeats == 1 ? "" : repeats + " times ") + folds + (folds == 1 ? " fold" : " folds");
        return what + (scheme.words().isEmpty() ? "" : " " + scheme.words());
    }
}
