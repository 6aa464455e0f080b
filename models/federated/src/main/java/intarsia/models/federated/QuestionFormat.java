package intarsia.models.federated;

import intarsia.models.tenmtl.FederatedFit;
import intarsia.models.tenmtl.FederationTerms;
import intarsia.models.tenmtl.SharedQuestion;
import intarsia.models.tenmtl.TenMtl;
import intarsia.models.tenmtl.TensorForm;
import intarsia.models.tenmtl.TuckerRanks;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Questions, options and results as bytes. */
final class QuestionFormat {
    private QuestionFormat() {}

    static byte[] write(SharedQuestion question) {
        WireWriter to = new WireWriter();
        switch (question) {
            case SharedQuestion.Magnitudes(int features) -> to.number(1).number(features);
            case SharedQuestion.Totals(int[] exponents) -> to.number(2).numbers(exponents);
            case SharedQuestion.Deviations(int[] exponents, double[] means) -> to.number(3).numbers(exponents).numbers(means);
            case SharedQuestion.Scales(double[] means, double[] deviations, double scale) -> to.number(4).numbers(means).numbers(deviations)
                    .number(scale);
            case SharedQuestion.Extent() -> to.number(5);
            case SharedQuestion.Noise(double norm, double[] ratios) -> to.number(6).number(norm).numbers(ratios);
            case SharedQuestion.LocalMean(double ridge, int size) -> to.number(7).number(ridge).number(size);
            case SharedQuestion.LocalSpread(double ridge, double[] mean) -> to.number(8).number(ridge).numbers(mean);
            case SharedQuestion.Start start -> shared(to.number(9).number(start.precision()).number(start.ridge()).numbers(start.mean())
                    .tensor(start.directions()), start.shared());
            case SharedQuestion.Step step -> settling(to.number(10), step);
            case SharedQuestion.Curvature asked -> settling(to.number(11), asked).number(asked.block()).number(asked.from())
                    .number(asked.count());
            case SharedQuestion.Trial asked -> settling(to.number(12), asked).number(asked.block()).number(asked.from())
                    .numbers(asked.to()).numbers(asked.lengths());
            case SharedQuestion.Movement movement -> settling(to.number(13), movement);
            case SharedQuestion.Conditions asked -> settling(to.number(14), asked).number(asked.block());
        }
        return to.bytes();
    }

    private static WireWriter settling(WireWriter to, SharedQuestion.Settling question) {
        to.flag(question.settlement().adopt()).numbers(question.settlement().scales());
        return shared(to, question.shared());
    }

    private static WireWriter shared(WireWriter to, SharedQuestion.Shared shared) {
        return to.tensor(shared.core()).list(shared.factors(), to::tensor);
    }

    static SharedQuestion read(byte[] bytes) {
        return WireReader.read(bytes, "question", QuestionFormat::question);
    }

    private static SharedQuestion question(WireReader from) {
        int kind = from.number();
        return switch (kind) {
            case 1 -> new SharedQuestion.Magnitudes(from.number());
            case 2 -> new SharedQuestion.Totals(from.numbers());
            case 3 -> new SharedQuestion.Deviations(from.numbers(), from.reals());
            case 4 -> new SharedQuestion.Scales(from.reals(), from.reals(), from.real());
            case 5 -> new SharedQuestion.Extent();
            case 6 -> new SharedQuestion.Noise(from.real(), from.reals());
            case 7 -> new SharedQuestion.LocalMean(from.real(), from.number());
            case 8 -> new SharedQuestion.LocalSpread(from.real(), from.reals());
            case 9 -> new SharedQuestion.Start(from.real(), from.real(), from.reals(), from.tensor(), shared(from));
            case 10 -> new SharedQuestion.Step(settlement(from), shared(from));
            case 11 -> new SharedQuestion.Curvature(settlement(from), shared(from), from.number(), from.number(), from.number());
            case 12 -> new SharedQuestion.Trial(settlement(from), shared(from), from.number(), from.number(), from.reals(), from.reals());
            case 13 -> new SharedQuestion.Movement(settlement(from), shared(from));
            case 14 -> new SharedQuestion.Conditions(settlement(from), shared(from), from.number());
            default -> throw new IllegalArgumentException("question of kind " + kind);
        };
    }

    private static SharedQuestion.Settlement settlement(WireReader from) {
        return new SharedQuestion.Settlement(from.flag(), from.reals());
    }

    private static SharedQuestion.Shared shared(WireReader from) {
        return new SharedQuestion.Shared(from.tensor(), from.list(from::tensor));
    }

    static WireWriter options(WireWriter to, TenMtl options) {
        to.list(options.form().modes(), mode -> to.list(mode, to::text));
        to.list(List.copyOf(options.form().knots().entrySet()), entry -> to.text(entry.getKey())
                .numbers(entry.getValue().stream().mapToDouble(Double::doubleValue).toArray()));
        TuckerRanks ranks = options.ranks();
        to.flag(options.common()).number(ranks.individual()).numbers(ranks.predictors().stream().mapToInt(Integer::intValue).toArray())
                .flag(ranks.capped());
        TenMtl.Lasso lasso = options.lasso();
        return to.number(lasso.core()).number(lasso.factors()).number(lasso.individuals()).flag(options.prior())
                .number(options.search().maxSweeps()).number(options.search().tolerance());
    }

    static TenMtl options(WireReader from) {
        List<List<String>> modes = from.list(() -> from.list(from::text));
        Map<String, List<Double>> knots = new TreeMap<>();
        from.list(() -> knots.put(from.text(), Arrays.stream(from.reals()).boxed().toList()));
        boolean common = from.flag();
        TuckerRanks ranks = new TuckerRanks(from.number(), Arrays.stream(from.numbers()).boxed().toList(), from.flag());
        TenMtl.Lasso lasso = new TenMtl.Lasso(from.real(), from.real(), from.real());
        boolean prior = from.flag();
        return new TenMtl(new TensorForm(modes, knots), common, ranks, lasso, prior, new TenMtl.Search(0, from.number(), from.real()));
    }

    static WireWriter terms(WireWriter to, FederationTerms terms) {
        return to.text(terms.family()).text(terms.response()).numbers(terms.row().sizes()).list(terms.features(), to::text);
    }

    static FederationTerms terms(WireReader from) {
        return new FederationTerms(from.text(), from.text(), from.shape(), from.list(from::text));
    }

    static byte[] write(FederatedFit fit, String stopped) {
        WireWriter to = options(new WireWriter(), fit.options());
        return shared(to, fit.shared()).number(fit.individuals()).numbers(fit.objective().stream().mapToDouble(Double::doubleValue)
                .toArray()).number(fit.dispersion()).number(fit.violation()).number(fit.residual()).text(stopped).bytes();
    }

    static FederatedFit fit(WireReader from) {
        return new FederatedFit(options(from), shared(from), from.number(), Arrays.stream(from.reals()).boxed().toList(),
                from.real(), from.real(), from.real());
    }
}
