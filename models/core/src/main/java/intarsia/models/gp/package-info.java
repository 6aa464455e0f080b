/** A multi-task Gaussian process: shared and task-specific functions of every source, with an exact solution. The formulation is ours. */
package intarsia.models.gp;
