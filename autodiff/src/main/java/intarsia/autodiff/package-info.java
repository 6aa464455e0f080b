/**
 * Ops with their derivatives, the graph they are recorded in, and the check that the derivatives are right.
 *
 * <p>A {@link intarsia.autodiff.Graph} is symbolic: it holds shapes and {@link intarsia.autodiff.Op}s, no numbers.
 * {@link intarsia.autodiff.Gradients} extends it by reverse mode; since every rule is written in nodes of the same graph, a derivative can
 * be differentiated again. {@code intarsia.autodiff.plan} turns nodes into commands over buffers.
 *
 * <h2>Kinks</h2>
 * Where a function has no derivative, the rules take the one that leaves the point alone: relu and abs have derivative 0 at 0, and at a tie
 * of max or min the first operand gets all of it. The gradient of logSumExp is 0 where every operand is minus infinity.
 */
package intarsia.autodiff;
