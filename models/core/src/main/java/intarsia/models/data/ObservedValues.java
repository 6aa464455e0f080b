package intarsia.models.data;

import java.util.Arrays;
import java.util.List;

/**
 * A feature's numbers in some rows that have them.
 *
 * @param numbers the numbers
 * @param weights how much the row of each counts
 */
record ObservedValues(double[] numbers, double[] weights) {
    /** Of a column in a task's training rows; none where the task lacks the source. */
    static ObservedValues of(TaskSplit task, Source source, int column, Feature feature) {
        Block block = task.task().blocks().get(source);
        int[] train = block == null ? new int[0] : task.train();
        double[] all = task.task().weights();
        double[] numbers = new double[train.length];
        double[] weights = new double[train.length];
        int count = 0;
        for (int row : train) {
            double cell = block.get(row, column);
            if (!Double.isNaN(cell)) {
                weights[count] = all[row];
                numbers[count++] = feature.value(cell);
            }
        }
        return new ObservedValues(Arrays.copyOf(numbers, count), Arrays.copyOf(weights, count));
    }

    /** Of several, one after another. */
    static ObservedValues of(List<ObservedValues> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        int count = parts.stream().mapToInt(part -> part.numbers.length).sum();
        double[] numbers = new double[count];
        double[] weights = new double[count];
        int from = 0;
        for (ObservedValues part : parts) {
            System.arraycopy(part.numbers, 0, numbers, from, part.numbers.length);
            System.arraycopy(part.weights, 0, weights, from, part.numbers.length);
            from += part.numbers.length;
        }
        return new ObservedValues(numbers, weights);
    }

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
