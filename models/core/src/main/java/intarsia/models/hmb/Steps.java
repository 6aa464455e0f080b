package intarsia.models.hmb;

/** Whether imputation and responses are learned one after the other or together, for which {@link JointLearning} has the formulas. */
public enum Steps {
    /** First imputation, then responses, each with networks, an objective and a stopping of its own: the paper's. */
    TWO,
    /** Together, with one objective: imputed blocks are their expectations. */
    ONE,
    /** Together, imputed blocks being drawn anew in every step. */
    ONE_DRAWS
}
