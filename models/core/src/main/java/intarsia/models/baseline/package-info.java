/** Simpler models, to compare with. */
package intarsia.models.baseline;
