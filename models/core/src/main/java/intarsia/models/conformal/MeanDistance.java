package intarsia.models.conformal;

/** Of a quantity: {@code |y - mean| / spread} (Lei et al. 2018). */
record MeanDistance() implements Nonconformity {
    @Override
    public RowScore score(double[] y, int at, double[] predicted, int from, double spread) {
        return RowScore.of(Math.abs(y[at] / spread - predicted[from] / spread));
    }

    @Override
    public PredictionSet set(double[] predicted, int from, double spread, ScoreRange range) {
        return new PredictionSet.Interval(predicted[from] - range.high() * spread, predicted[from] + range.high() * spread);
    }

    @Override
    public boolean spread() {
        return true;
    }
}
