package intarsia.models.net;

import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.DeviceException;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.Trained;
import intarsia.optim.EarlyStopping;
import intarsia.optim.Optimizer;
import intarsia.optim.OptimizerRun;
import intarsia.optim.WeightAverage;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/**
 * The training loop: steps on mini-batches, a look at the averaged weights' validation loss after every epoch, the best of them put back at
 * the end.
 */
public final class Trainer {
    /** A validation loss so many times that of the untrained network has diverged, though it is a number; of counts it may be below 0. */
    private static final double GROWN = 1000;

    private Trainer() {}

    /**
     * Trains parameters in place.
     *
     * @param parameters    what is learned
     * @param step          a training plan on these parameters
     * @param batches       what each step is fed
     * @param stepsPerEpoch steps between looks at the validation loss
     * @param validation    the loss to stop by, for parameters that it is given once, before training
     * @param training      how
     * @param stage         what to call it in progress and outcomes
     * @param progress      told after every epoch
     * @return how it ended; the model is the averaged parameters in their best state; it has diverged where the loss is no number or a
     *         thousand times what it was before training
     */
    public static Outcome<Trained<Parameters>> train(Parameters parameters, Plan step, List<Batches> batches, int stepsPerEpoch,
            Function<Parameters, DoubleSupplier> validation, Training training, String stage, Progress progress) {
        return train(parameters, step, batches, stepsPerEpoch, validation, training, training.optimizer(), stage, progress);
    }

    /** The same with another optimizer than the one of the training. */
    static Outcome<Trained<Parameters>> train(Parameters parameters, Plan step, List<Batches> batches, int stepsPerEpoch,
            Function<Parameters, DoubleSupplier> validation, Training training, Optimizer rule, String stage, Progress progress) {
        Batches[] feeds = batches.toArray(Batches[]::new);
        OptimizerRun optimizer = rule.bind(parameters.engine().kernels(), parameters.values(), parameters.gradients());
        WeightAverage average = new WeightAverage(parameters.engine().kernels(), parameters.values(), training.averaging());
        Parameters averaged = parameters.withValues(average.values());
        DoubleSupplier loss = validation.apply(averaged);
        EarlyStopping stopping = new EarlyStopping(parameters.engine().kernels(), average.values(), training.patience());
        long done = 0;
        double begun = loss.getAsDouble();
        for (int epoch = 1; epoch <= training.epochs(); epoch++) {
            EarlyStopping.Verdict verdict;
            try {
                for (int i = 0; i < stepsPerEpoch; i++) {
                    for (Batches of : feeds) {
                        of.next(step);
                    }
                    step.run();
                    optimizer.step();
                    average.update();
                    done++;
                }
                double now = loss.getAsDouble();
                verdict = now > GROWN * Math.abs(begun) ? EarlyStopping.Verdict.DIVERGED : stopping.look(now);
            } catch (DeviceException e) {
                throw e.during(stage + ", epoch " + epoch + ", after " + done + " steps");
            }
            progress.report(stage, epoch, training.epochs());
            switch (verdict) {
                case IMPROVED, WAITING -> { }
                case EXHAUSTED -> {
                    return new Outcome.Converged<>(best(averaged, stopping, (long) epoch * stepsPerEpoch), stopping.bestLook());
                }
                case DIVERGED -> {
                    return new Outcome.Diverged<>(epoch, stage);
                }
            }
            if (Thread.currentThread().isInterrupted()) {
                return new Outcome.Stopped<>(best(averaged, stopping, (long) epoch * stepsPerEpoch), stage + " was interrupted in epoch "
                        + epoch);
            }
        }
        return new Outcome.Stopped<>(best(averaged, stopping, (long) training.epochs() * stepsPerEpoch), stage + " reached its limit of "
                + training.epochs() + " epochs");
    }

    private static Trained<Parameters> best(Parameters parameters, EarlyStopping stopping, long steps) {
        stopping.restoreBest();
        return new Trained<>(parameters, stopping.best(), steps);
    }

    /** Steps that show every table's full batches at least once. */
    public static int stepsOfLongest(List<Batches> batches) {
        return batches.stream().mapToInt(Batches::perRound).max().orElse(1);
    }

    /** Steps until the first table has no full batch left. */
    public static int stepsOfShortest(List<Batches> batches) {
        return batches.stream().mapToInt(Batches::perRound).min().orElse(1);
    }
}
