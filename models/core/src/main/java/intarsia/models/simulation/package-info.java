/** Data made up with the truth known. */
package intarsia.models.simulation;
