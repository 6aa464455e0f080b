package intarsia.models.data;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How the numbers of an individual's rows divide: into one tensor, or into several, each modality's in a shape of its own, one after
 * another.
 *
 * @param shapes   of a row's modalities, at least one
 * @param observed whether the individual has them; what stands in the place of those that it lacks is the same in all of its rows
 */
public record Modalities(List<Shape> shapes, List<Boolean> observed) {
    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException unless there is a shape, and as many answers
     */
    public Modalities {
        shapes = List.copyOf(shapes);
        observed = List.copyOf(observed);
        if (shapes.isEmpty() || observed.size() != shapes.size()) {
            throw new IllegalArgumentException("modalities: shapes " + shapes + " and " + observed.size()
                    + " answers whether they are there; needs at least one, and as many");
        }
    }

    /** Rows that are one tensor. */
    public static Modalities one(Shape row) {
        return new Modalities(List.of(row), List.of(true));
    }

    /** The shape of a row: that of its only modality, else the number of all numbers. */
    public Shape row() {
        return shapes.size() == 1 ? shapes.getFirst() : Shape.of(numbers(shapes));
    }

    /** The tensors of a modality [n x p_1 x ... x p_d], of rows [n x P] that have these. */
    public static Tensor part(List<Shape> shapes, Tensor rows, int modality) {
        if (shapes.size() == 1) {
            return rows;
        }
        Shape shape = shapes.get(modality);
        int n = rows.shape().size(0);
        int width = numbers(shapes);
        int from = numbers(shapes.subList(0, modality));
        double[] part = new double[n * shape.size()];
        for (int i = 0; i < n; i++) {
            System.arraycopy(rows.doubles(), i * width + from, part, i * shape.size(), shape.size());
        }
        return Tensor.of(Shape.of(IntStream.concat(IntStream.of(n), IntStream.of(shape.sizes())).toArray()), part);
    }

    private static int numbers(List<Shape> shapes) {
        return shapes.stream().mapToInt(Shape::size).sum();
    }

    /** For people: {@code 20 + 8 x 6}. */
    @Override
    public String toString() {
        return shapes.stream().map(Shape::toString).collect(Collectors.joining(" + "));
    }
}
