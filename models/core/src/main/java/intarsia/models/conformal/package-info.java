/** Prediction sets with a stated coverage, for every family of responses and every model, by conformal prediction. */
package intarsia.models.conformal;
