/** Responses of levels as several binary ones, so that a model that knows only those learns them too. */
package intarsia.models.reduction;
