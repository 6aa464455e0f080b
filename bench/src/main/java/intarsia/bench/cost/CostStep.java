package intarsia.bench.cost;

/** What is measured, in the order in which it is done. */
enum CostStep {
    /** Reads a study's files. */
    READ("reading a study"),
    /** Fits regressions. */
    REGRESSION("fitting regressions"),
    /** Fits MTL-HMB for three epochs of mini-batches. */
    MTL_HMB("fitting MTL-HMB, 3 epochs"),
    /** Reads new rows and predicts by MTL-HMB. */
    PREDICT("predicting new rows");

    private final String label;

    CostStep(String label) {
        this.label = label;
    }

    /** For people. */
    String label() {
        return label;
    }
}
