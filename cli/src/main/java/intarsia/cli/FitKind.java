package intarsia.cli;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.Outcome;
import intarsia.models.evaluation.Method;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.StoredModel;
import intarsia.models.files.Study;
import java.util.List;
import java.util.function.Consumer;

/** A kind of model that fit learns: what it is held against, how it is fitted on all rows, and what more there is to say of it. */
interface FitKind {
    /** The kinds there are. */
    List<String> NAMES = List.of("mtl-hmb", "dual-encoder", "tenmtl");

    /**
     * The kind of this name, with the options that the study file gives.
     *
     * @param asked null for the one that the study names: {@code [fit] model = ...}, or else mtl-hmb
     */
    static FitKind of(String asked, Study study, long seed) {
        String name = asked == null ? study.fit().text("model", "mtl-hmb") : asked;
        return switch (name) {
            case "mtl-hmb" -> new FitMtlHmb(study, FitSettings.of(study.fit(), seed));
            case "dual-encoder" -> FitDualEncoder.of(study, seed);
            case "tenmtl" -> FitTenMtl.of(study, seed);
            default -> throw asked == null ? study.fit().error("model", "no model '" + name + "'; there are " + String.join(", ", NAMES))
                    : new UserException("--model " + name + ": there are " + String.join(", ", NAMES));
        };
    }

    /** What is compared, the model first. */
    List<Method> methods();

    /** How many splits they are compared on, unless asked for others. */
    default int repeats() {
        return 10;
    }

    /** The model, on all rows. */
    StoredModel fit(Engine engine, RandomStream random, Consumer<String> note);

    /** What more there is to say of the model, for people; empty if nothing. */
    default String text(StoredModel model) {
        return "";
    }

    /** The same as files of the run. */
    default void write(StoredModel model, FolderWriter run) {}

    /** What can be done with the run. */
    String use(String run);

    /** The model, however its fit ended; a limit is noted. */
    static <M> M model(Outcome<M> outcome, Study study, String section, Consumer<String> note) {
        return switch (outcome) {
            case Outcome.Converged<M>(M model, int epochs) -> model;
            case Outcome.Stopped<M>(M model, String why) -> {
                note.accept(why);
                yield model;
            }
            case Outcome.Diverged<M>(int epoch, String where) ->
                    throw new UserException(where + " diverged in epoch " + epoch + "; try a smaller learning_rate in [" + section + "] of " + study.file());
        };
    }
}
