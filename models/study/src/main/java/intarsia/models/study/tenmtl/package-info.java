/** Personal models: their study, and pictures of what they say. */
package intarsia.models.study.tenmtl;
