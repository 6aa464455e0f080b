package intarsia.estimators;

import intarsia.models.Estimator;
import intarsia.models.baseline.HardSharing;
import intarsia.models.baseline.MeanPredictor;
import intarsia.models.baseline.Regression;
import intarsia.models.baseline.SingleTask;
import intarsia.models.data.FeatureEncoding.Scaling;
import intarsia.models.dual.DualEncoder;
import intarsia.models.gp.MultitaskGp;
import intarsia.models.gp.MultitaskGp.MissingBlocks;
import intarsia.models.hmb.HeterogeneousTransfer;
import intarsia.models.hmb.MtlHmb;
import intarsia.models.hmb.Separation;
import intarsia.models.hmb.Steps;
import intarsia.models.hmb.Variant;
import intarsia.models.mbi.MultipleBlockImputation;
import intarsia.models.net.Training;
import intarsia.models.reduction.BinaryReduction;
import intarsia.models.response.ResponseFamily;
import intarsia.models.stacking.Stacking;
import intarsia.models.tenmtl.PersonalBaselines;
import intarsia.models.tenmtl.TenMtl;
import intarsia.models.tenmtl.TensorForm;
import intarsia.models.tenmtl.TuckerRanks;
import intarsia.models.trees.Boosting;
import intarsia.models.trees.RandomForest;
import intarsia.models.trees.TreesModule;
import intarsia.tutorial.ShrunkenMeans;
import java.util.ArrayList;
import java.util.List;

/** A row an estimator: each is driven through every promise that all models make. */
final class EstimatorCases {
    private static final Training SHORT = Training.DEFAULT.epochs(8).learningRate(0.01);
    private static final MtlHmb HMB = MtlHmb.options().width(6).depth(1).training(SHORT)
            .imputer(new MtlHmb.Imputer(4, 1, 0, SHORT));
    private static final MultitaskGp GP = MultitaskGp.options().search(new MultitaskGp.Search(1, 30, 400, 1_000));

    private static final Boosting BOOSTING = new Boosting(List.of(2, 3), 40, 10, 0.1, 0.8);
    private static final RandomForest FOREST = new RandomForest(List.of(3, 1), List.of(0.5, 1.0), 20);

    private EstimatorCases() {}

    static List<EstimatorCase> all() {
        DualEncoder fixed = dual(new DualEncoder.PenaltyWeight.Fixed(0.1));
        Estimator tenmtl = TenMtl.tuned(TensorForm.AS_GIVEN, List.of(TuckerRanks.upTo(1), TuckerRanks.upTo(2)), List.of(0.0, 0.01), 0);
        List<EstimatorCase> all = new ArrayList<>(List.of(
                EstimatorCase.of(new MeanPredictor(), EstimatorCase.ALL),
                EstimatorCase.of(Regression.DEFAULT, EstimatorCase.ALL),
                EstimatorCase.of(Regression.POOLED, EstimatorCase.ALL),
                EstimatorCase.of(new SingleTask(6, 1, SHORT, Scaling.STANDARDIZED), EstimatorCase.ALL),
                EstimatorCase.of(new HardSharing(6, 1, SHORT, Scaling.STANDARDIZED), EstimatorCase.ALL),
                EstimatorCase.of(new HeterogeneousTransfer(HMB), EstimatorCase.ALL),
                EstimatorCase.of(MultipleBlockImputation.DEFAULT, List.of(ResponseFamily.CONTINUOUS)),
                EstimatorCase.of(HMB, EstimatorCase.ALL),
                EstimatorCase.of(HMB.additions(HMB.additions().steps(Steps.ONE_DRAWS).separation(Separation.ADVERSARIAL))
                        .named("mtl-hmb-one", "MTL-HMB, one step"), EstimatorCase.ALL),
                EstimatorCase.of(HMB.variant(Variant.RELEASED).named("mtl-hmb-released", "MTL-HMB, released"), EstimatorCase.ALL),
                EstimatorCase.of(fixed.named("dual-fixed", "dual encoder, fixed weight"), EstimatorCase.SINGLE),
                EstimatorCase.of(dual(new DualEncoder.PenaltyWeight.Path(3, 0.1)), EstimatorCase.SINGLE),
                EstimatorCase.reduced(fixed, EstimatorCase.CLASSES),
                EstimatorCase.of(GP, EstimatorCase.SINGLE),
                EstimatorCase.of(GP.missing(MissingBlocks.IMPUTED).rank(1).named("gp-imputed", "Gaussian process, imputed, rank 1"),
                        EstimatorCase.SINGLE),
                EstimatorCase.of(GP.missing(MissingBlocks.JOINT).named("gp-joint", "Gaussian process, joint blocks"),
                        EstimatorCase.SINGLE),
                EstimatorCase.of(GP.sharing(MultitaskGp.Sharing.GROUPS).named("gp-groups", "Gaussian process, groups"),
                        EstimatorCase.SINGLE),
                EstimatorCase.of(GP.inducing(new MultitaskGp.Inducing(20, 0)).named("gp-inducing", "Gaussian process, inducing rows"),
                        EstimatorCase.SINGLE),
                EstimatorCase.reduced(GP, EstimatorCase.CLASSES),
                EstimatorCase.of(auto(), EstimatorCase.ALL),
                EstimatorCase.of(tenmtl, EstimatorCase.TENSORS),
                EstimatorCase.of(TenMtl.tuned(TensorForm.coupled("labs", "exam"), List.of(TuckerRanks.upTo(1), TuckerRanks.upTo(2)),
                        List.of(0.0, 0.01), 0).named("tenmtl-coupled", "TenMTL, coupled"), EstimatorCase.NUMBERS),
                EstimatorCase.of(PersonalBaselines.of("local-ridge", TensorForm.coupled("exam", "labs")).named("local-coupled",
                        "local ridge, coupled sources"), EstimatorCase.NUMBERS),
                EstimatorCase.of(new ShrunkenMeans(), EstimatorCase.NUMBERS),
                EstimatorCase.reduced(tenmtl, EstimatorCase.ORDERED)));
        PersonalBaselines.keys().forEach(key -> all.add(EstimatorCase.of(PersonalBaselines.of(key, TensorForm.AS_GIVEN),
                key.equals("lr-tucker") ? EstimatorCase.TENSORS : EstimatorCase.NUMBERS)));
        if (TreesModule.canGrow()) {
            all.add(EstimatorCase.of(BOOSTING, List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY, EstimatorCase.BEYOND,
                    EstimatorCase.ODDS,
                    EstimatorCase.COUNT, EstimatorCase.CLASSES, EstimatorCase.SURVIVAL)));
            all.add(EstimatorCase.reduced(BOOSTING, EstimatorCase.ORDERED));
            all.add(EstimatorCase.of(FOREST, List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY, EstimatorCase.BEYOND,
                    EstimatorCase.COUNT,
                    EstimatorCase.SURVIVAL)));
            all.add(EstimatorCase.reduced(FOREST, EstimatorCase.CLASSES, EstimatorCase.ORDERED));
        }
        return all;
    }

    private static Stacking auto() {
        List<Estimator> candidates = new ArrayList<>(List.of(new MeanPredictor(), Regression.DEFAULT, Regression.POOLED, HMB,
                new BinaryReduction(GP)));
        if (TreesModule.canGrow()) {
            candidates.addAll(List.of(new BinaryReduction(BOOSTING), new BinaryReduction(FOREST)));
        }
        return new Stacking(candidates, 3);
    }

    private static DualEncoder dual(DualEncoder.PenaltyWeight weight) {
        return new DualEncoder(DualEncoder.options().similarity(), weight, new DualEncoder.Encoders(6, 1, 3, 2),
                DualEncoder.options().penalties(),
                SHORT, new DualEncoder.Alternation(3, 4, 1e-3, 2, 1), Scaling.STANDARDIZED);
    }
}
