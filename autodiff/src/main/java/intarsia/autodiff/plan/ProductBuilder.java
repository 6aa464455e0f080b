package intarsia.autodiff.plan;

import intarsia.autodiff.Node;
import intarsia.autodiff.Op;
import intarsia.linalg.Binary;
import intarsia.linalg.Chain;
import java.util.ArrayList;
import java.util.List;

/** Turns products, with what {@link NodeFusion} joined to them, into instructions. */
final class ProductBuilder {
    private final Compiler compiler;

    ProductBuilder(Compiler compiler) {
        this.compiler = compiler;
    }

    void product(Node node, NodeFusion.FusedProduct fused) {
        Value a = compiler.value(fused.product().input(0));
        Value b = compiler.value(fused.product().input(1));
        Value out = compiler.result(node);
        Value bias = fused.bias() == null ? null : compiler.value(fused.bias());
        Value start = fused.addTo() == null ? null : compiler.value(fused.addTo());
        Value within = fused.pad() == null ? out : out.inner(fused.pad(), fused.product().shape());
        List<Value> reads = new ArrayList<>(List.of(a, b));
        if (bias != null) {
            reads.add(bias);
        }
        if (start != null) {
            reads.add(start);
        }
        int inner = ((Op.MatMul) fused.product().op()).transposeA() ? a.rows() : a.columns();
        compiler.add(new Instruction(label(fused), reads, out, start, 2L * within.size() * inner, (k, to) -> {
            if (start != null && !start.samePlace(out)) {
                to.accept(k.copy(start.view(), out.view()));
            }
            to.accept(k.matmul(fused.spec(), a.view(), b.view(), bias == null ? null : bias.view(), within.view()));
        }));
    }

    private static String label(NodeFusion.FusedProduct fused) {
        return fused.product().input(0).toString() + " " + fused.product().op().label() + " " + fused.product().input(1)
                + (fused.bias() != null ? " + bias" : "") + (fused.addTo() != null ? " added" : "")
                + (fused.activation() != null ? ", " + new Op.Map(fused.activation()).label() : "");
    }

    void paddedSum(Node node, NodeFusion.PaddedSum sum) {
        Value start = compiler.value(sum.addTo());
        Value term = compiler.value(sum.part());
        Value out = compiler.result(node);
        Value within = out.inner(sum.pad(), sum.part().shape());
        compiler.add(new Instruction("add " + sum.part() + " to a part", List.of(start, term), out, start, within.size(), (k, to) -> {
            if (!start.samePlace(out)) {
                to.accept(k.copy(start.view(), out.view()));
            }
            to.accept(k.chain(Chain.of(Binary.ADD), List.of(within.view(), term.view()), List.of(within.view())));
        }));
    }

    void dot(Node node, NodeFusion.Dot dot) {
        Value x = compiler.value(dot.x());
        Value y = compiler.value(dot.y());
        Value out = compiler.result(node);
        compiler.add("dot" + dot.x().shape(), List.of(x, y), out, 2L * x.size(), (k, to) ->
                to.accept(k.dot(x.view(), y.view(), out.view(), false)));
    }
}
