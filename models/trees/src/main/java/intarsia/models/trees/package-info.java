/**
 * Gradient boosting and random forests that take missing cells. XGBoost grows the trees; they are kept as plain numbers and predict
 * without it. This module is optional: nothing depends on it, and the program finds it by {@link java.util.ServiceLoader}.
 */
package intarsia.models.trees;
