package intarsia.autodiff.plan;

import intarsia.autodiff.Node;
import intarsia.autodiff.Op;
import intarsia.linalg.Chain;
import intarsia.linalg.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns an elementwise node and what was absorbed into it into one {@link Chain}. */
final class ChainBuilder {
    private final Compiler compiler;

    ChainBuilder(Compiler compiler) {
        this.compiler = compiler;
    }

    void emit(Node root) {
        List<Node> operands = new ArrayList<>();
        List<Node> members = new ArrayList<>();
        collect(root, root, operands, members);
        Map<Node, Integer> registers = new LinkedHashMap<>();
        operands.forEach(operand -> registers.put(operand, registers.size()));
        List<Chain.Step> steps = new ArrayList<>();
        for (Node member : members) {
            steps.add(step(member, registers));
            registers.put(member, registers.size());
        }
        Chain chain = new Chain(operands.size(), steps, List.of(registers.get(root)));
        emit(root, operands, chain);
    }

    private void emit(Node root, List<Node> operands, Chain chain) {
        int split = split(root, operands);
        Value out = compiler.result(root);
        List<Value> values = new ArrayList<>();
        for (Node operand : operands) {
            values.add(root.shape().rank() <= 2 ? compiler.value(operand) : matrix(operand, root, split));
        }
        Value target = root.shape().rank() <= 2 ? out
                : out.reshape(Compiler.product(root.shape().sizes(), 0, split),
                        Compiler.product(root.shape().sizes(), split, root.shape().rank()));
        Value reuse = values.stream().filter(v -> v.size() == out.size() && !v.storage().given()).findFirst().orElse(null);
        String label = chain.steps().stream().map(ChainBuilder::name).reduce((a, b) -> a + " " + b).orElseThrow();
        compiler.add(new Instruction(label, values, out, reuse, (long) chain.steps().size() * out.size(), (k, to) -> {
            List<View> views = values.stream().map(Value::view).toList();
            to.accept(k.chain(chain, views, List.of(target.view())));
        }));
    }

    private void collect(Node node, Node root, List<Node> operands, List<Node> members) {
        for (Node input : node.inputs()) {
            boolean within = compiler.fusion().absorbed(input) && NodeFusion.elementwise(input) && input.shape().equals(root.shape());
            if (within && !members.contains(input)) {
                collect(input, root, operands, members);
            } else if (!within && !operands.contains(input)) {
                operands.add(input);
            }
        }
        members.add(node);
    }

    private static Chain.Step step(Node node, Map<Node, Integer> registers) {
        int x = registers.get(node.input(0));
        return switch (node.op()) {
            case Op.Map map -> new Chain.Map(map.f(), x);
            case Op.Zip zip -> new Chain.Zip(zip.f(), x, registers.get(node.input(1)));
            case Op.Affine affine -> new Chain.Affine(affine.scale(), affine.shift(), x);
            case Op.GradientTimes _ -> new Chain.Affine(1, 0, x);
            default -> throw new AssertionError(node + " is not elementwise");
        };
    }

    private static String name(Chain.Step step) {
        return switch (step) {
            case Chain.Map map -> new Op.Map(map.f()).label();
            case Chain.Zip zip -> new Op.Zip(zip.f()).label();
            case Chain.Affine affine -> "affine";
        };
    }

    /** Where the axes are cut into rows and columns so that every operand is whole or repeated in each part. */
    private static int split(Node root, List<Node> operands) {
        int rank = root.shape().rank();
        for (int split = rank; split >= 0; split--) {
            int at = split;
            if (operands.stream().allMatch(o -> fits(o, root, 0, at) && fits(o, root, at, rank))) {
                return split;
            }
        }
        return rank - 1;
    }

    private static boolean fits(Node operand, Node root, int from, int to) {
        return LayoutBuilder.fits(LayoutBuilder.padded(operand.shape(), root.shape().rank()), root.shape().sizes(), from, to);
    }

    /** An operand of a tensor of higher rank as a matrix; where no cut fits it, it is repeated in full first. */
    private Value matrix(Node operand, Node root, int split) {
        int rank = root.shape().rank();
        int[] source = LayoutBuilder.padded(operand.shape(), rank);
        if (fits(operand, root, 0, split) && fits(operand, root, split, rank)) {
            return compiler.contiguous(operand).reshape(Compiler.product(source, 0, split), Compiler.product(source, split, rank));
        }
        return compiler.repeated(operand, root.shape()).reshape(Compiler.product(root.shape().sizes(), 0, split),
                Compiler.product(root.shape().sizes(), split, rank));
    }
}
