/**
 * The contract of all models: an {@link intarsia.models.Estimator} fits, a {@link intarsia.models.Model} is what was fitted, an
 * {@link intarsia.models.Outcome} says how the fit ended. Below it: {@code response} (families of responses and their metrics),
 * {@code data} (tasks with blocks, splits, features), {@code net} (networks and their training), {@code selection} (choosing by held-out
 * loss), a package for each family of methods ({@code hmb}, {@code dual}, {@code tenmtl}, {@code mbi}, {@code baseline}),
 * {@code evaluation} (methods compared on the same splits).
 */
package intarsia.models;
