/** Runs on the class path and on the module path. */
module consumer {
    requires intarsia.models.files;
}
