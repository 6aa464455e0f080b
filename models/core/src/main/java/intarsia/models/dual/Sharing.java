package intarsia.models.dual;

import java.util.List;

/**
 * What tasks share in a fitted dual encoder, for people.
 *
 * @param tasks      their names
 * @param similarity cosine of the angle between beta_r and beta_s [R x R]
 * @param distance   {@code ||beta_r - beta_s||_2} [R x R]: 0 for tasks that have joined
 * @param norm       {@code ||beta_r||_2}
 * @param deviation  {@code ||beta_r - center||_2}; from the mean of all betas where there is no center. 0: the task has joined
 * @param share      how much of the prediction comes from what is shared: the variance of beta_r'C over rows as a share of it and that of alpha_r'S_r;
 *                   NaN if neither varies
 */
public record Sharing(List<String> tasks, double[][] similarity, double[][] distance, double[] norm, double[] deviation, double[] share) {
    /** Of coefficients; the shares as they are given. */
    public static Sharing of(List<String> tasks, Coefficients at, double[] share) {
        int count = tasks.size();
        double[][] distance = new double[count][count];
        double[] norm = new double[count];
        double[] deviation = new double[count];
        for (int r = 0; r < count; r++) {
            norm[r] = Coefficients.norm(at.shared()[r]);
            deviation[r] = at.deviation(r);
            for (int s = 0; s < count; s++) {
                distance[r][s] = Coefficients.distance(at.shared()[r], at.shared()[s]);
            }
        }
        return new Sharing(List.copyOf(tasks), at.similarity(), distance, norm, deviation, share);
    }

    /** The tree of tasks by the distance of their betas. */
    public Dendrogram dendrogram() {
        return Dendrogram.of(distance);
    }
}
