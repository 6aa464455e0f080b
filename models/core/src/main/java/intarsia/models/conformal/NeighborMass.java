package intarsia.models.conformal;

/**
 * Of ordered levels: from the likeliest on, a set grows by the likelier of its two neighbors; a level's score is the probability of those
 * that are in before it. Of equally likely ones the lower comes first.
 *
 * @param levels how many
 */
record NeighborMass(int levels) implements Nonconformity {
    /** The levels in the order in which they come in, and the mass before each. */
    private record Order(int[] level, double[] mass) {}

    private Order order(double[] predicted, int from) {
        int likeliest = 0;
        for (int k = 1; k < levels; k++) {
            likeliest = predicted[from + k] > predicted[from + likeliest] ? k : likeliest;
        }
        int low = likeliest;
        int high = likeliest;
        Order order = new Order(new int[levels], new double[levels]);
        order.level[0] = likeliest;
        for (int i = 1; i < levels; i++) {
            order.mass[i] = order.mass[i - 1] + predicted[from + order.level[i - 1]];
            boolean down = high == levels - 1 || low > 0 && predicted[from + low - 1] >= predicted[from + high + 1];
            order.level[i] = down ? --low : ++high;
        }
        return order;
    }

    @Override
    public RowScore score(double[] y, int at, double[] predicted, int from, double spread) {
        Order order = order(predicted, from);
        int place = 0;
        while (order.level[place] != y[at]) {
            place++;
        }
        return RowScore.of(order.mass[place]);
    }

    @Override
    public PredictionSet set(double[] predicted, int from, double spread, ScoreRange range) {
        Order order = order(predicted, from);
        int low = order.level[0];
        int high = low;
        for (int i = 1; i < levels && order.mass[i] <= range.high(); i++) {
            low = Math.min(low, order.level[i]);
            high = Math.max(high, order.level[i]);
        }
        return new PredictionSet.LevelRange(low, high);
    }
}
