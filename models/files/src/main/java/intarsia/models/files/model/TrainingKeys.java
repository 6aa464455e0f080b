package intarsia.models.files.model;

import intarsia.models.files.Section;
import intarsia.models.net.Training;
import java.util.List;

/** The keys that say how networks are trained, with one model's defaults. */
final class TrainingKeys {
    private final Training standard;
    private final Key<Integer> batch;
    private final Key<Double> learningRate;
    private final Key<Integer> patience;
    private final Key<Integer> epochs;
    private final Key<Double> averaging;

    TrainingKeys(Training standard) {
        this.standard = standard;
        batch = Key.whole("batch", standard.batch(), 1, 1_000_000, "Rows of a mini-batch, for each task.");
        learningRate = Key.between("learning_rate", standard.learningRate(), 0, Double.POSITIVE_INFINITY,
                "Adam's learning rate at the start.");
        patience = Key.whole("patience", standard.patience(), 1, 1_000_000,
                "Epochs without a better validation loss after which training ends.");
        epochs = Key.whole("epochs", standard.epochs(), 1, 1_000_000, "Epochs after which training ends in any case.");
        averaging = new Key<>("averaging", "number from 0 to below 1", Double.toString(standard.averaging()),
                "Share of the running average of weights that a step keeps; 0 for no averaging.", (section, key) -> {
                    double value = section.number(key, standard.averaging());
                    if (!(value >= 0 && value < 1)) {
                        throw section.error(key, "'" + key + "' must be at least 0 and below 1, not " + value);
                    }
                    return value;
                });
    }

    List<Key<?>> keys() {
        return List.of(batch, learningRate, patience, epochs, averaging);
    }

    Training read(Section section) {
        return standard.batch(batch.of(section)).learningRate(learningRate.of(section)).patience(patience.of(section))
                .epochs(epochs.of(section)).averaging(averaging.of(section));
    }
}
