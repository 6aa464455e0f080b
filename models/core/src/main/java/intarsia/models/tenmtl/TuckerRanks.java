package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.models.data.DataException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Ranks of a Tucker tensor of coefficients {@code [individuals x p_1 x ... x p_d]}: either as given, or as far as the data allow.
 *
 * @param individual R_f, in how many directions individuals differ; 0 makes all the same
 * @param predictors R_1 .. R_d; where capped the last one goes on for further modes
 * @param capped     whether ranks above what the data allow are lowered to it; else they are refused
 */
public record TuckerRanks(int individual, List<Integer> predictors, boolean capped) {
    /** Checks what can be checked without data. */
    public TuckerRanks {
        predictors = List.copyOf(predictors);
        if (individual < 0 || predictors.isEmpty() || predictors.stream().anyMatch(rank -> rank < 1)) {
            throw new IllegalArgumentException("ranks: individual " + individual + " must not be negative, and predictors " + predictors
                    + " must be at least 1, one for each mode");
        }
    }

    /** These ranks: R_f, then R_1 .. R_d. */
    public static TuckerRanks of(int individual, int... predictors) {
        return new TuckerRanks(individual, IntStream.of(predictors).boxed().toList(), false);
    }

    /** This rank in every mode, or what the data allow. */
    public static TuckerRanks upTo(int rank) {
        return new TuckerRanks(rank, List.of(rank), true);
    }

    /** All individuals the same, and this rank in every mode of the predictors, or what the data allow: a pooled Tucker regression. */
    public static TuckerRanks pooled(int rank) {
        return new TuckerRanks(0, List.of(rank), true);
    }

    /**
     * The ranks for these data, as given or capped: no mode above its size, individuals not above their number (less one where there is a
     * common column, which says what all have in common), and no rank above the product of the others, beyond which it adds nothing.
     *
     * @param stacked shape of the coefficients, individuals first
     * @param common  whether there is a common column besides the individual ones
     * @throws DataException if ranks as given are not possible
     */
    TuckerRanks resolve(Shape stacked, boolean common) {
        return capped ? cap(stacked, common) : check(stacked);
    }

    private TuckerRanks cap(Shape stacked, boolean common) {
        int modes = stacked.rank() - 1;
        int[] ranks = new int[modes];
        for (int k = 0; k < modes; k++) {
            ranks[k] = Math.min(predictors.get(Math.min(k, predictors.size() - 1)), stacked.size(k + 1));
        }
        int tied = common ? 1 : 0;
        int free = Math.min(Math.max(individual, 1 - tied), stacked.size(0) - tied);
        for (boolean lowered = true; lowered;) {
            lowered = false;
            for (int k = 0; k < modes; k++) {
                int most = capped(product(ranks, k), free + tied);
                lowered |= most < ranks[k];
                ranks[k] = Math.min(ranks[k], most);
            }
            int most = capped(product(ranks, -1), 1);
            lowered |= most < free;
            free = Math.min(free, most);
        }
        return new TuckerRanks(free, IntStream.of(ranks).boxed().toList(), false);
    }

    private static int capped(long product, int factor) {
        return (int) Math.min(Integer.MAX_VALUE, product * factor);
    }

    private static long product(int[] ranks, int but) {
        long product = 1;
        for (int k = 0; k < ranks.length; k++) {
            product = k == but ? product : Math.min(Integer.MAX_VALUE, product * ranks[k]);
        }
        return product;
    }

    private TuckerRanks check(Shape stacked) {
        String words = "tenmtl: ranks individual " + individual + ", predictors " + predictors + " for coefficients " + stacked
                + " (individuals first): ";
        if (predictors.size() != stacked.rank() - 1) {
            throw new DataException(words + "needs " + (stacked.rank() - 1) + " predictor ranks");
        }
        if (individual > stacked.size(0)) {
            throw new DataException(words + "the individual rank is above the " + stacked.size(0) + " individuals");
        }
        for (int k = 0; k < predictors.size(); k++) {
            if (predictors.get(k) > stacked.size(k + 1)) {
                throw new DataException(words + "mode " + (k + 1) + " can have rank 1 to " + stacked.size(k + 1));
            }
        }
        return this;
    }

    /** Whether rows of this shape can have these ranks. */
    boolean within(Shape row) {
        return IntStream.range(0, row.rank()).allMatch(k -> predictors.get(k) <= row.size(k));
    }

    /** R_1 .. R_d as an array. */
    int[] predictorRanks() {
        return predictors.stream().mapToInt(Integer::intValue).toArray();
    }

    /** For people: {@code 2, 3, 2} or {@code up to 2}. */
    @Override
    public String toString() {
        String ranks = individual + ", " + predictors.stream().map(String::valueOf).collect(Collectors.joining(", "));
        boolean equal = Collections.frequency(predictors, individual) == predictors.size();
        return !capped ? ranks : "up to " + (equal ? String.valueOf(individual) : ranks);
    }
}
