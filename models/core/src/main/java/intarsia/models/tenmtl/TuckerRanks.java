package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.models.data.DataException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Ranks of a Tucker tensor of coefficients {@code [individuals x p_1 x ... x p_d]}, or of several that share the individuals' factor:
 * either as given, or as far as the data allow.
 *
 * @param individual R_f, in how many directions individuals differ; 0 makes all the same
 * @param predictors R_1 .. R_d, of one modality after another; where capped the last one goes on for further modes
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
     * common column, which says what all have in common), and no rank above the product of the others of its modality, beyond which it adds
     * nothing; the individuals' not above the sum of these products.
     *
     * @param stacked shapes of the modalities' coefficients, individuals first
     * @param common  whether there is a common column besides the individual ones
     * @throws DataException if ranks as given are not possible
     */
    TuckerRanks resolve(List<Shape> stacked, boolean common) {
        return capped ? cap(stacked, common) : check(stacked);
    }

    private TuckerRanks cap(List<Shape> stacked, boolean common) {
        List<int[]> ranks = new ArrayList<>();
        int mode = 0;
        for (Shape shape : stacked) {
            int[] own = new int[shape.rank() - 1];
            for (int k = 0; k < own.length; k++, mode++) {
                own[k] = Math.min(predictors.get(Math.min(mode, predictors.size() - 1)), shape.size(k + 1));
            }
            ranks.add(own);
        }
        int tied = common ? 1 : 0;
        int free = Math.min(Math.max(individual, 1 - tied), stacked.getFirst().size(0) - tied);
        for (boolean lowered = true; lowered;) {
            lowered = false;
            for (int[] own : ranks) {
                for (int k = 0; k < own.length; k++) {
                    int most = capped(product(own, k) * (free + tied));
                    lowered |= most < own[k];
                    own[k] = Math.min(own[k], most);
                }
            }
            int most = capped(ranks.stream().mapToLong(own -> product(own, -1)).sum());
            lowered |= most < free;
            free = Math.min(free, most);
        }
        return new TuckerRanks(free, ranks.stream().flatMapToInt(IntStream::of).boxed().toList(), false);
    }

    private static int capped(long most) {
        return (int) Math.min(Integer.MAX_VALUE, most);
    }

    private static long product(int[] ranks, int but) {
        long product = 1;
        for (int k = 0; k < ranks.length; k++) {
            product = k == but ? product : Math.min(Integer.MAX_VALUE, product * ranks[k]);
        }
        return product;
    }

    private TuckerRanks check(List<Shape> stacked) {
        int modes = stacked.stream().mapToInt(shape -> shape.rank() - 1).sum();
        String words = "tenmtl: ranks individual " + individual + ", predictors " + predictors + " for coefficients "
                + stacked.stream().map(Shape::toString).collect(Collectors.joining(" and ")) + " (individuals first): ";
        if (predictors.size() != modes) {
            throw new DataException(words + "needs " + modes + " predictor ranks");
        }
        if (individual > stacked.getFirst().size(0)) {
            throw new DataException(words + "the individual rank is above the " + stacked.getFirst().size(0) + " individuals");
        }
        int mode = 0;
        for (Shape shape : stacked) {
            for (int k = 1; k < shape.rank(); k++, mode++) {
                if (predictors.get(mode) > shape.size(k)) {
                    throw new DataException(words + "mode " + (mode + 1) + " can have rank 1 to " + shape.size(k));
                }
            }
        }
        return this;
    }

    /** Whether rows of this shape can have the ranks from a mode on. */
    boolean within(Shape row, int from) {
        return IntStream.range(0, row.rank()).allMatch(k -> predictors.get(from + k) <= row.size(k));
    }

    /** The ranks of a modality: its modes are so many, after so many of others. */
    int[] predictorRanks(int from, int count) {
        return predictors.subList(from, from + count).stream().mapToInt(Integer::intValue).toArray();
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
