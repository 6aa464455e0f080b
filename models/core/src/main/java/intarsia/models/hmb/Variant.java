package intarsia.models.hmb;

/** Which of two variants of the method is computed: the paper's text, or the code its authors released, where it differs. */
public enum Variant {
    /**
     * The paper's: losses are sums over a batch's rows (eqs. 1 and 5); encoders end in a linear layer; the redundancy term is summed over
     * tasks and covers every layer (eq. 8); the learning rate decays by steps; an epoch is as long as the longest task. Where the paper
     * leaves a choice, it is ours: in the first layer, where both paths read [h|k], the redundancy term takes all its rows.
     */
    PAPER,
    /**
     * The released code's: losses are means over a batch; encoders end in relu; the redundancy term is the norm of the sum over tasks,
     * leaves out the first layer and includes the two heads; step 1 learns from full batches, holds a tenth of the rows out, and may
     * penalize {@code ||F'G||_F}; the learning rate decays by epochs; an epoch ends with the shortest task.
     */
    RELEASED
}
