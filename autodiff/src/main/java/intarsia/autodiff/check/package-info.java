/** The proof that derivatives are right. */
package intarsia.autodiff.check;
