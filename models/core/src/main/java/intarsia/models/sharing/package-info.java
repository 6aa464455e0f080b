/** Methods that join the packages of two models: what tasks share, for networks of another kind. */
package intarsia.models.sharing;
