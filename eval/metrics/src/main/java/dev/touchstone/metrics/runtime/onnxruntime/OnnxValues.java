package dev.touchstone.metrics.runtime.onnxruntime;

import static dev.touchstone.metrics.runtime.onnxruntime.OnnxNodes.attribute;

import dev.touchstone.metrics.runtime.Network;
import dev.touchstone.metrics.runtime.Operation.Extent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The values of a graph and their shapes. A value exists whole, as rows [all but the last axis, last axis], or both: Gemm,
 * which adds its bias on the way, takes and gives rows, and the other form is made when something asks for it.
 */
final class OnnxValues {

    private final OnnxNodes nodes;
    private final Map<String, List<Extent>> shapes = new HashMap<>();
    private final Set<String> whole = new HashSet<>();
    private final Map<String, String> rows = new HashMap<>();
    private final Set<String> written = new HashSet<>();

    OnnxValues(OnnxNodes nodes) {
        this.nodes = nodes;
    }

    void input(Network.Input input) {
        List<Extent> shape = new ArrayList<>();
        for (int axis = 0; axis < input.axes().size(); axis++) {
            boolean open = input.axes().get(axis).isEmpty();
            shape.add(
                    open
                            ? new Extent.Axis(input.name(), axis)
                            : new Extent.Fixed(input.axes().get(axis).getAsInt()));
        }
        add(input.name(), shape);
    }

    void parameter(String name, List<Integer> shape) {
        add(name, shape.stream().<Extent>map(Extent.Fixed::new).toList());
    }

    List<Extent> shape(String name) {
        return shapes.get(name);
    }

    /** Declares a whole value; the name of its tensor is its own. */
    String add(String name, List<Extent> shape) {
        shapes.put(name, List.copyOf(shape));
        whole.add(name);
        return name;
    }

    String addLike(String name, String like) {
        return add(name, shapes.get(like));
    }

    String addBroadcast(String name, String left, String right) {
        List<Extent> longer =
                shapes.get(left).size() >= shapes.get(right).size() ? shapes.get(left) : shapes.get(right);
        List<Extent> shorter = longer == shapes.get(left) ? shapes.get(right) : shapes.get(left);
        List<Extent> shape = new ArrayList<>(longer);
        for (int i = 0; i < shorter.size(); i++) {
            int at = longer.size() - shorter.size() + i;
            if (shape.get(at).equals(new Extent.Fixed(1))) {
                shape.set(at, shorter.get(i));
            }
        }
        return add(name, shape);
    }

    /** Declares a value that exists as rows, with the leading axes of another. */
    String addRows(String name, String like, int width) {
        List<Extent> shape = new ArrayList<>(shapes.get(like));
        shape.set(shape.size() - 1, new Extent.Fixed(width));
        if (shape.size() == 2) {
            return add(name, shape);
        }
        shapes.put(name, List.copyOf(shape));
        rows.put(name, name + "/rows");
        return name + "/rows";
    }

    /** Declares a value in the form that {@link #anyForm} gives of another. */
    String addSameForm(String name, String like) {
        List<Extent> shape = shapes.get(like);
        if (whole.contains(like)) {
            return add(name, shape);
        }
        return addRows(name, like, ((Extent.Fixed) shape.get(shape.size() - 1)).size());
    }

    String anyForm(String name) {
        return whole.contains(name) ? name : rows.get(name);
    }

    String whole(String name) {
        if (whole.add(name)) {
            nodes.node("Reshape", List.of(rows.get(name), shapeTensor(shapes.get(name))), name);
        }
        return name;
    }

    String rows(String name) {
        List<Extent> shape = shapes.get(name);
        if (shape.size() == 2) {
            return name;
        }
        return rows.computeIfAbsent(name, value -> {
            Extent width = shape.get(shape.size() - 1);
            String flat = value + "/rows";
            nodes.node("Reshape", List.of(value, shapeTensor(List.of(new Extent.Rest(), width))), flat);
            return flat;
        });
    }

    /** A one-axis integer tensor that holds the shape; the same shape is written once. */
    String shapeTensor(List<Extent> extents) {
        String name = "_shape" + extents.stream().map(OnnxValues::label).collect(Collectors.joining());
        if (extents.stream().noneMatch(Extent.Axis.class::isInstance)) {
            return nodes.longs(
                    name, extents.stream().mapToLong(OnnxValues::known).toArray());
        }
        List<String> parts = new ArrayList<>();
        for (Extent extent : extents) {
            boolean open = extent instanceof Extent.Axis;
            parts.add(open ? size((Extent.Axis) extent) : nodes.longs("_size" + known(extent), known(extent)));
        }
        if (written.add(name)) {
            nodes.node("Concat", parts, name, attribute("axis", 0));
        }
        return name;
    }

    /** ONNX's own mark for "whatever is left" is -1. */
    private static long known(Extent extent) {
        return extent instanceof Extent.Fixed fixed ? fixed.size() : -1;
    }

    private static String label(Extent extent) {
        return "_" + (extent instanceof Extent.Axis axis ? axis.input() + "." + axis.axis() : known(extent));
    }

    private String size(Extent.Axis axis) {
        String name = "_size_" + axis.input() + "_" + axis.axis();
        if (written.add(name)) {
            nodes.node(
                    "Shape",
                    List.of(axis.input()),
                    name,
                    attribute("start", axis.axis()),
                    attribute("end", axis.axis() + 1));
        }
        return name;
    }
}
