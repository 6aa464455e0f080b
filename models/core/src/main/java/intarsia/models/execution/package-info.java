/** Who does independent items of work: threads of this process, or processes elsewhere. */
package intarsia.models.execution;
