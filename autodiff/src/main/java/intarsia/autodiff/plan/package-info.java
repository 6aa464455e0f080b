/**
 * From nodes to commands: {@link intarsia.autodiff.plan.Plan} fuses and schedules the nodes it is asked for, lays their buffers out once,
 * and then runs the same commands thousands of times without allocating. {@link intarsia.autodiff.plan.Parameters} holds what is learned,
 * shared by plans.
 */
package intarsia.autodiff.plan;
