package intarsia.models.hmb;

/** Whether imputation and responses are learned one after the other or together; {@link JointLearning} has the formulas of the latter. */
public enum Steps {
    /** First imputation, then responses, each with networks, an objective and a stopping of its own: the paper's. */
    TWO,
    /** Together, with one objective: imputed blocks are drawn anew in every step. */
    ONE,
    /** Together, imputed blocks being their expectations. */
    ONE_MEANS
}
