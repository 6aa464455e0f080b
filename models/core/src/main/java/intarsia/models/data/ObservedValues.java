package intarsia.models.data;

/**
 * A feature's numbers in some rows that have them.
 *
 * @param numbers the numbers
 * @param weights how much the row of each counts
 */
record ObservedValues(double[] numbers, double[] weights) {
    /** Their moments. */
    Moments moments() {
        return Moments.of(numbers, weights);
    }

    /** The mean of the encoded numbers. */
    double mean(Feature feature, double otherwise) {
        double sum = 0;
        double all = 0;
        for (int i = 0; i < numbers.length; i++) {
            sum += weights[i] * feature.moments().encode(numbers[i]);
            all += weights[i];
        }
        return all == 0 ? otherwise : sum / all;
    }
}
