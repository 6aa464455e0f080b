package intarsia.models.tenmtl;

/** Those who hold the individuals, wherever they are: they answer a question by one sum over all individuals. */
@FunctionalInterface
public interface SharedSums {
    /** The sum, {@link SharedQuestion#answerLength} numbers. Questions depend on earlier ones: they come in one order. */
    double[] of(SharedQuestion question);
}
