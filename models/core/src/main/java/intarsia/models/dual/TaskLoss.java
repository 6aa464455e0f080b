package intarsia.models.dual;

/** The mean loss of a task's rows, or a model of it, as a convex function of the task's coefficients. */
interface TaskLoss {
    /** Adds the slopes by alpha, intercept (one number) and beta; gives the value. */
    double slopes(double[] alpha, double intercept, double[] beta, double[] byAlpha, double[] byIntercept, double[] byBeta);
}
