/** The study of anchors: none in common but a chain of overlaps, the wrong one of several, another task's in place of a task's own. */
package intarsia.models.study.anchors;
