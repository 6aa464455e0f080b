/**
 * The programs of the tutorials and the examples of the API's pages, run by tests. {@code docs/tutorials} and javadoc quote their regions.
 */
package intarsia.tutorial;
