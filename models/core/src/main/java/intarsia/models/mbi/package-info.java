/** MBI: one linear model for all tasks from incomplete blocks, by estimating functions of several imputations. */
package intarsia.models.mbi;
