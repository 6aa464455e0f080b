/** The study of who shares with whom: outliers, clusters of tasks, heterogeneity of responses and of features. */
package intarsia.models.study.sharing;
