package dev.touchstone.metrics.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A network that any runtime can build: inputs, parameters, and operations in the order in which they are computed.
 *
 * @param name for messages and profiles
 * @param inputs what a run must be given
 * @param parameters trained values by name, in insertion order
 * @param operations each uses inputs, parameters and results of earlier operations
 * @param outputs names of results that a run hands back
 */
public record Network(
        String name,
        List<Input> inputs,
        Map<String, Parameter> parameters,
        List<Operation> operations,
        List<String> outputs) {

    public Network {
        inputs = List.copyOf(inputs);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        operations = List.copyOf(operations);
        outputs = List.copyOf(outputs);
    }

    /**
     * An input.
     *
     * @param name of the value
     * @param type of its numbers
     * @param axes sizes, empty where they are known only when the network runs
     */
    public record Input(String name, Type type, List<OptionalInt> axes) {
        public Input {
            axes = List.copyOf(axes);
        }
    }

    /** Numbers of an input. */
    public enum Type {
        FLOAT,
        INT
    }

    /**
     * Trained values.
     *
     * @param shape sizes of the axes
     * @param values row-major; not copied, never written to
     */
    public record Parameter(List<Integer> shape, float[] values) {
        public Parameter {
            shape = List.copyOf(shape);
            if (shape.stream().reduce(1, Math::multiplyExact) != values.length) {
                throw new IllegalArgumentException(
                        "parameter: expected as many values as " + shape + " holds, found " + values.length);
            }
        }
    }

    /** Assembles a network; each method returns the name of the value it adds. */
    public static final class Builder {
        private final String name;
        private final List<Input> inputs = new ArrayList<>();
        private final Map<String, Parameter> parameters = new LinkedHashMap<>();
        private final List<Operation> operations = new ArrayList<>();
        private final List<String> outputs = new ArrayList<>();
        private int values;

        public Builder(String name) {
            this.name = name;
        }

        /** Adds an input; an axis of -1 is open. */
        public String input(String input, Type type, int... axes) {
            List<OptionalInt> sizes = new ArrayList<>();
            for (int axis : axes) {
                sizes.add(axis < 0 ? OptionalInt.empty() : OptionalInt.of(axis));
            }
            inputs.add(new Input(input, type, sizes));
            return input;
        }

        /** Adds a parameter; adding the same name twice keeps the first. */
        public String parameter(String parameter, Parameter value) {
            parameters.putIfAbsent(parameter, value);
            return parameter;
        }

        /** A name for a value that no other value has. */
        public String fresh(String kind) {
            return kind + "." + values++;
        }

        /** Adds an operation with one result. */
        public String add(Operation.Single operation) {
            operations.add(operation);
            return operation.output();
        }

        /** Adds an operation with several results. */
        public List<String> add(Operation.Split operation) {
            operations.add(operation);
            return operation.outputs();
        }

        /** Marks a value as a result of the network. */
        public void output(String value) {
            outputs.add(value);
        }

        public Network build() {
            return new Network(name, inputs, parameters, operations, outputs);
        }
    }
}
