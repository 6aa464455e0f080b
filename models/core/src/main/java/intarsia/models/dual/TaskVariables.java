package intarsia.models.dual;

import intarsia.optim.prox.Blocks;
import intarsia.optim.prox.Penalty;
import java.util.ArrayList;
import java.util.List;

/**
 * Variables that are the coefficients themselves, task by task alpha, intercept and {@code beta - offset}.
 *
 * @param tasks    how many
 * @param specific d_S
 * @param offset   what is taken off each beta [d]
 */
record TaskVariables(int tasks, int specific, double[] offset) implements LossMinimizer.Variables {
    /** Where a task's variables begin. */
    int from(int task) {
        return task * (specific + 1 + offset.length);
    }

    /** Where a task's beta begins. */
    int beta(int task) {
        return from(task) + specific + 1;
    }

    double[] pack(Coefficients at) {
        double[] x = new double[from(tasks)];
        for (int r = 0; r < tasks; r++) {
            System.arraycopy(at.taskSpecific()[r], 0, x, from(r), specific);
            x[from(r) + specific] = at.intercepts()[r];
            System.arraycopy(Vectors.minus(at.shared()[r], offset), 0, x, beta(r), offset.length);
        }
        return x;
    }

    /** {@code ridge ||alpha_r||^2} for each task, and something for {@code beta_r - offset}. */
    Blocks penalty(double ridge, Penalty onBeta) {
        List<Blocks.Block> blocks = new ArrayList<>();
        for (int r = 0; r < tasks; r++) {
            blocks.add(new Blocks.Block(Penalty.ridge(2 * ridge), specific));
            blocks.add(new Blocks.Block(Penalty.none(), 1));
            blocks.add(new Blocks.Block(onBeta, offset.length));
        }
        return new Blocks(blocks);
    }

    @Override
    public Coefficients coefficients(double[] x) {
        Coefficients at = Coefficients.zeros(tasks, specific, offset.length).withoutCenters();
        for (int r = 0; r < tasks; r++) {
            System.arraycopy(x, from(r), at.taskSpecific()[r], 0, specific);
            at.intercepts()[r] = x[from(r) + specific];
            at.shared()[r] = offset.clone();
            for (int j = 0; j < offset.length; j++) {
                at.shared()[r][j] += x[beta(r) + j];
            }
        }
        return at;
    }

    @Override
    public void pullBack(int task, double[] byAlpha, double byIntercept, double[] byBeta, double[] gradient) {
        for (int k = 0; k < specific; k++) {
            gradient[from(task) + k] += byAlpha[k];
        }
        gradient[from(task) + specific] += byIntercept;
        for (int j = 0; j < offset.length; j++) {
            gradient[beta(task) + j] += byBeta[j];
        }
    }
}
