/** Runs on the class path and on the module path. */
module consumer {
    requires intarsia.linalg;
    requires intarsia.models;
    requires intarsia.models.files;
}
