/**
 * How parameters change: an {@link intarsia.optim.Optimizer} is a value (gradient transforms, then an update rule with a schedule, then at most one
 * proximal step) that is bound to flat vectors of values and gradients; {@link intarsia.optim.EarlyStopping} says when it is enough. Knows views of
 * buffers, not graphs.
 */
package intarsia.optim;
