/**
 * Solvers. For convex problems: generalized linear models with an elastic net by coordinate descent and proximal Newton, models of
 * classes, ordered levels and times to an event with ridge by Newton's method and with an elastic net, and any smooth function plus a
 * {@link intarsia.optim.prox.Penalty} by accelerated proximal gradient. For smooth functions of any kind: L-BFGS. Every result says how it
 * ended, and for convex problems how far from the optimum it can be.
 */
package intarsia.optim.solve;
