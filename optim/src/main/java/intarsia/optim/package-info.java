/**
 * Optimizers and early stopping. An {@link intarsia.optim.Optimizer} is a value (gradient transforms, then an update rule with a schedule,
 * then at most one proximal step) that is bound to flat vectors of values and gradients; {@link intarsia.optim.EarlyStopping} says when to
 * stop. The package works on views of buffers, not on graphs.
 */
package intarsia.optim;
