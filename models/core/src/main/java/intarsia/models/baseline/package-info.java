/** Models that learn each task by itself, to compare with. */
package intarsia.models.baseline;
