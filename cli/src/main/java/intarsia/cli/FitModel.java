package intarsia.cli;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.evaluation.Method;
import intarsia.models.files.FolderWriter;
import intarsia.models.files.RunModel;
import intarsia.models.files.Section;
import intarsia.models.files.Study;
import java.util.List;
import java.util.function.Consumer;

/** A kind of model that fit learns, with the options that {@code [fit]} gives it. */
sealed interface FitModel permits HmbFitting, TenMtlFitting {
    /** The model as a method, first, and the simpler ones that it is held beside. */
    List<Method> methods();

    /** On how many splits, unless asked for others. */
    int repeats();

    /** The model itself, from all rows. */
    RunModel fit(Engine engine, Study study, RandomStream random, Consumer<String> note);

    /** Writes down what the model says beside its predictions, and returns it for people; empty if it says nothing. */
    String interpret(RunModel model, FolderWriter run);

    /**
     * The kind that a study names in {@code [fit]}, or the one asked for; a study's options are for the kind that it names only.
     *
     * @param asked null if the study is to say
     */
    static FitModel of(Study study, String asked, long seed) {
        Section fit = study.fit();
        String named = fit.text("model", RunModel.Hmb.KIND);
        String kind = asked == null ? named : asked;
        Section options = kind.equals(named) ? fit : fit.emptied();
        return switch (kind) {
            case RunModel.Hmb.KIND -> HmbFitting.of(options, seed);
            case RunModel.TenMtl.KIND -> TenMtlFitting.of(options, study, seed);
            default -> {
                String known = "; there are " + RunModel.Hmb.KIND + " and " + RunModel.TenMtl.KIND;
                if (asked != null) {
                    throw new UserException("--model " + asked + ": no such model" + known);
                }
                throw fit.error("model", "no model '" + named + "'" + known);
            }
        };
    }
}
