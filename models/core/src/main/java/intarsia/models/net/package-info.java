/** Networks recorded into a graph, their losses, and the loop that trains them. */
package intarsia.models.net;
