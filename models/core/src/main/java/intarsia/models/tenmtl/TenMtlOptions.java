package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.optim.solve.Family;
import java.util.Arrays;
import java.util.List;

/**
 * What TenMTL is asked for.
 *
 * @param family          of the responses
 * @param common          whether U_0 has the column that is tied over the individuals (W_0): with it {@code B_i = B_common + B_personal,i}.
 *                        More tied columns would add nothing, as their slices of the core only ever appear as one weighted sum
 * @param individualRank  R_f, columns of F_0, in which individuals differ; 0 makes all alike
 * @param predictorRanks  R_1 .. R_d, each from 1 to the mode's size
 * @param coreLasso       lambda_G, on the core
 * @param factorLasso     lambda_k, on U_1 .. U_d, the same for all
 * @param individualLasso lambda_0, on F_0
 * @param randomStarts    how many starts from random factors beside the one from local estimates
 * @param maxSweeps       limit of sweeps for each start
 * @param tolerance       stop when a sweep moves the linear predictors by no more than this share of their size
 * @param seed            of the random starts
 */
public record TenMtlOptions(Family family, boolean common, int individualRank, int[] predictorRanks, double coreLasso, double factorLasso,
        double individualLasso, int randomStarts, int maxSweeps, double tolerance, long seed) implements PersonalMethod {
    /** Checks what can be checked without data. */
    public TenMtlOptions {
        predictorRanks = predictorRanks.clone();
        if (individualRank < 0 || (individualRank == 0 && !common)) {
            throw new IllegalArgumentException("tenmtl: individual rank " + individualRank
                    + (common ? " may not be negative" : " must be at least 1 where " + "there is no common column"));
        }
        for (double lasso : new double[] {coreLasso, factorLasso, individualLasso}) {
            if (!(lasso >= 0 && lasso <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("tenmtl: lasso weights core " + coreLasso + ", factors " + factorLasso + ", individuals "
                        + individualLasso + ": must be finite and not negative");
            }
        }
        boolean any = coreLasso > 0 || factorLasso > 0 || individualLasso > 0;
        boolean all = coreLasso > 0 && factorLasso > 0 && (individualLasso > 0 || individualRank == 0);
        if (any && !all) {
            throw new IllegalArgumentException("tenmtl: lasso weights core " + coreLasso + ", factors " + factorLasso + ", individuals "
                    + individualLasso + ": one of them 0 beside a positive one lets scale move where it costs nothing "
                    + "and voids them all; give all or none");
        }
        if (randomStarts < 0 || maxSweeps < 1 || !(tolerance > 0)) {
            throw new IllegalArgumentException("tenmtl: randomStarts " + randomStarts + " may not be negative, maxSweeps " + maxSweeps
                    + " must be at least 1, tolerance " + tolerance + " positive");
        }
    }

    /** With a common column, these ranks, no lasso, the local start alone, at most 500 sweeps to 1e-4. */
    public static TenMtlOptions of(Family family, int individualRank, int... predictorRanks) {
        return new TenMtlOptions(family, true, individualRank, predictorRanks, 0, 0, 0, 0, 500, 1e-4, 0);
    }

    /** Without the common column. */
    public TenMtlOptions withoutCommon() {
        return new TenMtlOptions(family, false, individualRank, predictorRanks, coreLasso, factorLasso, individualLasso, randomStarts,
                maxSweeps, tolerance, seed);
    }

    /** With these lasso weights, all positive or all 0. */
    public TenMtlOptions withLasso(double core, double factors, double individuals) {
        return new TenMtlOptions(family, common, individualRank, predictorRanks, core, factors, individuals, randomStarts, maxSweeps,
                tolerance, seed);
    }

    /** With random starts beside the local one. */
    public TenMtlOptions withRandomStarts(int starts, long newSeed) {
        return new TenMtlOptions(family, common, individualRank, predictorRanks, coreLasso, factorLasso, individualLasso, starts,
                maxSweeps, tolerance, newSeed);
    }

    /** With another end. */
    public TenMtlOptions withEnd(int sweeps, double newTolerance) {
        return new TenMtlOptions(family, common, individualRank, predictorRanks, coreLasso, factorLasso, individualLasso, randomStarts,
                sweeps, newTolerance, seed);
    }

    /** Whether there is a lasso. */
    boolean penalized() {
        return coreLasso > 0;
    }

    /** R_1 .. R_d, as a fresh array. */
    @Override
    public int[] predictorRanks() {
        return predictorRanks.clone();
    }

    /** R_0: the common column, if there is one, and the individual ones. */
    public int totalIndividualRank() {
        return individualRank + (common ? 1 : 0);
    }

    @Override
    public PersonalModels fit(List<Individual> individuals) {
        return TenMtl.fit(individuals, this).orThrow().models();
    }

    /** Refuses ranks that this data cannot have. */
    void check(Shape stacked) {
        String words = "tenmtl: ranks individual " + individualRank + ", predictors " + Arrays.toString(predictorRanks)
                + " for coefficients " + stacked + " (individuals first): ";
        if (predictorRanks.length != stacked.rank() - 1) {
            throw new IllegalArgumentException(words + "wants " + (stacked.rank() - 1) + " predictor ranks");
        }
        if (individualRank > stacked.size(0)) {
            throw new IllegalArgumentException(words + "the individual rank is above the " + stacked.size(0) + " individuals");
        }
        for (int k = 0; k < predictorRanks.length; k++) {
            if (predictorRanks[k] < 1 || predictorRanks[k] > stacked.size(k + 1)) {
                throw new IllegalArgumentException(words + "mode " + (k + 1) + " can have rank 1 to " + stacked.size(k + 1));
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TenMtlOptions o && toString().equals(o.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        return "TenMtlOptions[" + family + ", common " + common + ", individual rank " + individualRank + ", predictor ranks "
                + Arrays.toString(predictorRanks) + ", lasso core " + coreLasso + " factors " + factorLasso + " individuals "
                        + individualLasso
                + ", random starts " + randomStarts + " of seed " + seed + ", at most " + maxSweeps + " sweeps to " + tolerance + "]";
    }
}
