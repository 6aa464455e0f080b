package intarsia.models;

/**
 * A model as it is saved: settings for a JSON file, numbers for a tensor file.
 *
 * @param kind     names what reads it back
 * @param settings all that is not a learned number: a record of plain values and records
 * @param weights  the learned numbers
 */
public record ModelState(String kind, Record settings, Weights weights) {}
