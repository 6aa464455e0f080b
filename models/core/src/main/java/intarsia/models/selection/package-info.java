/** Choosing by held-out loss: one way for every model, fit and study. */
package intarsia.models.selection;
