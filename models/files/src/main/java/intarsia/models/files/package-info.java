/** Study folders and model folders on disk: TOML, CSV, JSON, safetensors. Whatever is wrong is one line that says where and what to do. */
package intarsia.models.files;
