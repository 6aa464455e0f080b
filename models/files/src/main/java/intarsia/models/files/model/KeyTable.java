package intarsia.models.files.model;

import intarsia.models.files.Section;
import java.util.List;

/**
 * Keys that belong together: a section of {@code [fit]}, or some of the keys of {@code [fit]} itself.
 *
 * @param section the section's name below {@code [fit]}; empty for {@code [fit]} itself
 * @param models  the models that read it, for people
 * @param words   what a person should know besides the keys, in Markdown; may be empty
 * @param keys    the keys, in the order of the reference
 */
record KeyTable(String section, String models, String words, List<Key<?>> keys) {
    KeyTable {
        keys = List.copyOf(keys);
    }

    /** The names of the keys. */
    List<String> names() {
        return keys.stream().map(Key::name).toList();
    }

    /** The section of a study file's {@code [fit]} that holds them; empty if it is not there. */
    Section in(Section fit) {
        return section.isEmpty() ? fit : fit.sectionOrEmpty(section);
    }
}
