/** Several models as one, weighted by how well each predicts rows that it has not seen. */
package intarsia.models.stacking;
