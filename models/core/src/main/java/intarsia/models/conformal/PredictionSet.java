package intarsia.models.conformal;

import java.util.List;

/** Responses that a row may have, by what is known of it. Never empty. */
public sealed interface PredictionSet {
    /** How large it is: the width of an interval, infinity without an end; the number of levels. */
    double size();

    /**
     * All from a lowest to a highest: quantities, times, or counts, whose ends are whole numbers.
     *
     * @param low  the lowest; minus infinity where there is none
     * @param high the highest; infinity where there is none
     */
    record Interval(double low, double high) implements PredictionSet {
        @Override
        public double size() {
            return high - low;
        }
    }

    /**
     * Some levels.
     *
     * @param codes of the levels, increasing
     */
    record LevelSet(List<Integer> codes) implements PredictionSet {
        /** Copies the list. */
        public LevelSet {
            codes = List.copyOf(codes);
        }

        @Override
        public double size() {
            return codes.size();
        }
    }

    /**
     * Neighboring levels of an order.
     *
     * @param low  the code of the lowest
     * @param high the code of the highest
     */
    record LevelRange(int low, int high) implements PredictionSet {
        @Override
        public double size() {
            return high - low + 1;
        }
    }
}
