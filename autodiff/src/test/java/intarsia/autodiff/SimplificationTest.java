package intarsia.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is the same is one node. */
class SimplificationTest {
    private final Graph graph = new Graph();
    private final Node x = graph.input("x", 2, 3);
    private final Node y = graph.input("y", 3, 3);

    @Test
    void numbersAreMultipliedAndAddedAtOnce() {
        assertThat(x.plus(0)).isSameAs(x);
        assertThat(x.times(1)).isSameAs(x);
        assertThat(x.times(2).times(3).plus(4)).isSameAs(x.affine(6, 4));
        assertThat(x.times(2).affine(3, 4)).isSameAs(x.affine(6, 4));
        assertThat(x.affine(2, 1).times(3).op()).isEqualTo(new Op.Affine(3, 0));
        assertThat(graph.constant(2).affine(3, 4)).isSameAs(graph.constant(10));
        assertThat(x.plus(x)).isSameAs(x.times(2));
    }

    @Test
    void aConstantNumberIsPartOfTheOp() {
        Node two = graph.constant(2);
        assertThat(x.plus(two)).isSameAs(x.plus(2));
        assertThat(two.plus(x)).isSameAs(x.plus(2));
        assertThat(x.minus(two)).isSameAs(x.plus(-2));
        assertThat(x.times(two)).isSameAs(x.times(2));
        assertThat(two.times(x)).isSameAs(x.times(2));
        assertThat(two.minus(x).op()).isInstanceOf(Op.Zip.class);
        assertThat(x.dividedBy(two).op()).isInstanceOf(Op.Zip.class);
        // a number of a larger shape makes the result larger
        assertThat(graph.input("z").plus(two.reshape(1, 1)).shape()).isEqualTo(Shape.of(1, 1));
    }

    @Test
    void nothingIsRepeatedThatTheOpRepeats() {
        Node row = graph.input("row", 3);
        assertThat(x.plus(row.broadcastTo(x.shape()))).isSameAs(x.plus(row));
        assertThat(row.broadcastTo(x.shape()).minus(x)).isSameAs(row.minus(x));
        assertThat(row.broadcastTo(row.shape())).isSameAs(row);
    }

    @Test
    void productsReadTransposedOperandsAsTheyLie() {
        assertThat(x.transpose().matmul(x).op()).isEqualTo(new Op.MatMul(true, false));
        assertThat(x.matmul(y.transpose()).op()).isEqualTo(new Op.MatMul(false, true));
        assertThat(x.matmul(y.transpose()).inputs()).containsExactly(x, y);
        Node symmetric = x.transpose().matmul(x).square().times(2);
        assertThat(symmetric.transpose().matmul(y)).isSameAs(symmetric.matmul(y));
        assertThat(y.matmul(symmetric.transpose())).isSameAs(y.matmul(symmetric));
        Node sum = y.matmul(y.transpose()).plus(symmetric);
        assertThat(sum.transpose().matmul(y)).isSameAs(sum.matmul(y));
        assertThat(y.transpose().matmul(y.plus(1))).isNotSameAs(y.matmul(y.plus(1)));
        assertThatThrownBy(() -> x.transpose().matmul(y)).isInstanceOf(ShapeException.class)
                .hasMessage("matmul(x[2x3]', y[3x3]): inner sizes 2 and 3 differ");
    }

    @Test
    void movementsThatMoveNothing() {
        assertThat(x.reshape(2, 3)).isSameAs(x);
        assertThat(x.reshape(6).reshape(3, 2)).isSameAs(x.reshape(3, 2));
        assertThat(x.reshape(6).reshape(2, 3)).isSameAs(x);
        assertThat(graph.constant(Tensor.vector(1, 2)).reshape(2, 1)).isSameAs(graph.constant(Tensor.matrix(new double[][] {{1}, {2}})));
        assertThat(x.permute(0, 1)).isSameAs(x);
        assertThat(x.slice(1, 0, 3)).isSameAs(x);
        assertThat(x.pad(0, 0, 0)).isSameAs(x);
        assertThat(graph.concat(0, List.of(x))).isSameAs(x);
        assertThat(x.sumTo(x.shape())).isSameAs(x);
    }

    @Test
    void whatIsPutTogetherIsNotTakenApart() {
        Node both = graph.concat(0, List.of(x, y));
        assertThat(both.slice(0, 0, 2)).isSameAs(x);
        assertThat(both.slice(0, 2, 5)).isSameAs(y);
        assertThat(both.slice(0, 1, 2).op()).isInstanceOf(Op.Slice.class);
        assertThat(both.slice(1, 0, 2).op()).isInstanceOf(Op.Slice.class);
    }

    @Test
    void partsSideBySideAreConcatenated() {
        Node both = graph.concat(0, List.of(x, y));
        assertThat(x.pad(0, 0, 3).plus(y.pad(0, 2, 0))).isSameAs(both);
        assertThat(y.pad(0, 2, 0).plus(x.pad(0, 0, 3))).isSameAs(both);
        assertThat(x.pad(0, 1, 4).plus(y.pad(0, 3, 1))).isSameAs(both.pad(0, 1, 1));
        assertThat(both.pad(0, 2, 0).plus(x.pad(0, 0, 5))).isSameAs(graph.concat(0, List.of(x, x, y)));
        assertThat(x.pad(0, 0, 4).plus(y.pad(0, 3, 0)).op()).as("a gap").isInstanceOf(Op.Zip.class);
        assertThat(x.pad(0, 0, 2).plus(y.pad(0, 1, 0)).op()).as("an overlap").isInstanceOf(Op.Zip.class);
        assertThat(y.pad(0, 1, 0).plus(y.slice(1, 0, 2).pad(1, 0, 1).pad(0, 0, 1)).op()).as("another axis").isInstanceOf(Op.Zip.class);
        assertThat(x.pad(0, 0, 3).minus(y.pad(0, 2, 0)).op()).isInstanceOf(Op.Zip.class);
    }
}
