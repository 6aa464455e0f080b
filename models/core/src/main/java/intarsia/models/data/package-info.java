/** Data with blocks: sources, tasks, which block is there in which task, splits, and the way from raw numbers to dense features. */
package intarsia.models.data;
