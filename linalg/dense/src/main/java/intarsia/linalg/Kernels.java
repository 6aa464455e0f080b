package intarsia.linalg;

import java.util.List;

/**
 * The contract between the engine and its compute back end: memory, and about a dozen kernels over {@link View}s of it. One instance works
 * in one {@link Precision}. Each kernel method checks its operands, binds them and returns a {@link Command} that can run any number of
 * times without allocating; everything else is composed of these.
 *
 * <h2>Bits</h2>
 * For the same inputs every CPU provider gives the same bits, at any vector width and any number of threads: elementwise functions are
 * those of {@link Elementary} or correctly rounded; {@link MatMul} fixes the order of products; a sum over contiguous numbers runs in
 * {@link #LANES} logical lanes, element i in lane i mod LANES, and the lanes are folded in halves; a sum over rows takes the rows in order.
 * A GPU agrees to a stated tolerance instead.
 *
 * <p>Operands of one command may share memory only where a method says so. Not safe for use by several threads at once.
 */
public interface Kernels extends AutoCloseable {
    /** Logical lanes of a sum over contiguous numbers. */
    int LANES = 32;

    /** The provider and what it chose, such as {@code simd-256}. */
    String name();

    /** Whether buffers lie in this process's memory, and its threads compute. */
    default boolean onHost() {
        return true;
    }

    /** The precision of every buffer and result. */
    Precision precision();

    /** A buffer of zeros. */
    Buffer allocate(int size);

    /** Room for row numbers, all 0. */
    Indices allocateIndices(int size);

    /** Frees the memory now; using the buffer afterwards is an error. */
    void free(Buffer buffer);

    /**
     * Kernels that share everything with these. Closing them frees what was allocated and bound by them. On the heap these are the same
     * kernels.
     */
    default Kernels scope() {
        return this;
    }

    /** Frees everything these kernels hold outside the heap; nothing allocated or bound by them may be used afterwards. */
    @Override
    default void close() {}

    /** Copies numbers into a view, row by row, rounding to this precision. */
    void upload(double[] from, int offset, View to);

    /** Copies row numbers in, from {@code offset} on, as many as the indices hold. */
    void upload(int[] from, int offset, Indices to);

    /** Copies a view's numbers out, row by row; waits for every command before it. */
    void download(View from, double[] to, int offset);

    /** The number at element (0, 0) of a view; waits for every command before it. */
    double read(View from);

    /** Sets every element. */
    Command fill(View out, double value);

    /** Copies; an operand with one row or one column is repeated over the rows or columns of the output. */
    Command copy(View in, View out);

    /**
     * Reorders axes: {@code in} holds, contiguously, a tensor of this shape; {@code out} receives it with axis k being the old axis
     * {@code axes[k]}, contiguously.
     */
    Command permute(View in, Shape shape, int[] axes, View out);

    /**
     * Elementwise operations in one pass. All outputs have the same sizes; an operand has those sizes, or one row or one column, which is
     * then repeated. An output may be exactly the view of an operand.
     */
    Command chain(Chain chain, List<View> inputs, List<View> outputs);

    /**
     * Matrix product; {@code bias} is a row vector if the start is BIAS and null otherwise. The output shares memory with no operand.
     */
    Command matmul(MatMul product, View a, View b, View bias, View c);

    /**
     * Sums: over everything if {@code out} is 1x1, over rows if it is one row, over columns if it is one column (in this order of
     * preference). If {@code accumulate}, adds to what is there.
     */
    Command sum(View in, View out, boolean accumulate);

    /** The sum of products of two equal-sized views, into a 1x1 view: the squared Frobenius norm if both are the same. */
    Command dot(View x, View y, View out, boolean accumulate);

    /** log(sum_j exp(x_ij)) of each row, into one column, without overflow. */
    Command logSumExp(View in, View out);

    /** exp(x_ij) / sum_k exp(x_ik) in each row, without overflow; a row of nothing but minus infinity gives zeros. */
    Command softmax(View in, View out);

    /** Copies row {@code rows[i]} of a table to row i of the output. */
    Command gather(View table, Indices rows, View out);

    /** Adds row i of the input to row {@code rows[i]} of a table, in order of i. */
    Command scatterAdd(View in, Indices rows, View table);

    /** One Adam step on equal-sized contiguous views, in one pass; reads the step's scalars when it runs. */
    Command adam(AdamStep step, View parameters, View gradients, View firstMoment, View secondMoment);
}
