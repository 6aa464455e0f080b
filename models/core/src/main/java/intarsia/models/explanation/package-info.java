/**
 * Why a model says what it says: parts of a prediction by {@linkplain intarsia.models.explanation.Shapley Shapley values}, rows
 * {@linkplain intarsia.models.explanation.RowChange changed} and predicted again, partial dependence. All of it works through
 * {@link intarsia.models.Predictor} and so for every model. What changed rows say of held-out ones is in {@code evaluation}.
 */
package intarsia.models.explanation;
