package intarsia.models.dual;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What it costs tasks to differ: a penalty on the coefficients beta_r of the shared encoder, with {@code lambda_r = c sqrt(d / n_r)} and c
 * the penalty weight. A new similarity is one more implementation, which says all there is to say about it, and its line in {@link #forms}.
 */
public interface Similarity {
    /** Its name in files and at the command line: {@code group} or {@code clusters(3)}. */
    String key();

    /** How many centers so many tasks are shrunk towards at most; 0 if there are none. */
    int centers(int tasks);

    /** What it costs the tasks to differ as they do. */
    double penalty(CoefficientProblem problem, Coefficients at);

    /** The solution of the whole problem, from a start that it is no worse than. */
    CoefficientSolution solve(CoefficientProblem problem, Coefficients start);

    /** The penalty weight from which on tasks share; infinite where there is none. */
    double largestWeight(CoefficientProblem problem);

    /** Where a path of weights begins: at the largest, where there is one; 0 if the weight does not matter. */
    default double pathStart(CoefficientProblem problem) {
        return largestWeight(problem);
    }

    /** What it costs one more task to differ from those learned before. */
    double penalty(TransferProblem problem, Coefficients at);

    /** The solution for one more task, what was learned before staying as it is; from a start that it is no worse than. */
    CoefficientSolution solve(TransferProblem problem, Coefficients start);

    /**
     * How a similarity is written: its name, and a whole number in parentheses if it has one.
     *
     * @param name    letters
     * @param counted whether a number follows
     * @param made    the similarity with this number; without a number, whatever is given
     */
    record Form(String name, boolean counted, IntFunction<Similarity> made) {
        /** A name alone. */
        static Form of(String name, Supplier<Similarity> made) {
            return new Form(name, false, number -> made.get());
        }

        /** A name and a number. */
        static Form counted(String name, IntFunction<Similarity> made) {
            return new Form(name, true, made);
        }

        /** Refuses numbers below 1. */
        int checked(int number) {
            if (number < 1) {
                throw new IllegalArgumentException(name + "(" + number + "): the number must be at least 1");
            }
            return number;
        }

        /** As people are told of it: {@code group} or {@code clusters(K)}. */
        @Override
        public String toString() {
            return counted ? name + "(K)" : name;
        }
    }

    /** All there are. */
    static List<Form> forms() {
        return List.of(Group.FORM, Lasso.FORM, Ridge.FORM, Fusion.FORM, Clusters.FORM, LowRank.FORM);
    }

    /** One of each, those with a number with 2. */
    static List<Similarity> all() {
        return forms().stream().map(form -> form.made().apply(2)).toList();
    }

    /**
     * The similarity of this name.
     *
     * @throws IllegalArgumentException naming those there are
     */
    static Similarity of(String key) {
        Matcher parts = Pattern.compile("([a-z]+)(?:\\((\\d{1,6})\\))?").matcher(key);
        for (Form form : forms()) {
            if (parts.matches() && form.name.equals(parts.group(1)) && form.counted == (parts.group(2) != null)) {
                return form.made.apply(form.counted ? Integer.parseInt(parts.group(2)) : 0);
            }
        }
        throw new IllegalArgumentException("no similarity '" + key + "'; there are "
                + String.join(", ", forms().stream().map(Form::toString).toList()));
    }
}
