/**
 * Penalties, added to a smooth loss; each has a value and a proximal operator {@code prox(v, t) = argmin_x f(x) + ||x - v||^2 / (2 t)}
 * (Parikh &amp; Boyd 2014, "Proximal Algorithms"). A constraint is a penalty that is 0 where it holds and infinite elsewhere; its proximal
 * operator is the projection, whatever the step.
 */
package intarsia.optim.prox;
