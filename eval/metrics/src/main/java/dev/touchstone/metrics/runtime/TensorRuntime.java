package dev.touchstone.metrics.runtime;

import java.util.Map;

/** One loaded network: named tensors in and out. Used from one thread at a time. */
public interface TensorRuntime extends AutoCloseable {

    /**
     * Ties tensors to the network's inputs and outputs, so that runs copy nothing.
     *
     * @param inputs one tensor per input of the network
     * @param outputs one tensor per wanted output, of the shape that the network gives for these inputs
     * @throws TensorRuntimeException if a name is missing or unknown
     */
    Binding bind(Map<String, ? extends Tensor> inputs, Map<String, Tensor.Floats> outputs);

    /** Binds, runs once, and lets go. */
    default void run(Map<String, ? extends Tensor> inputs, Map<String, Tensor.Floats> outputs) {
        try (Binding binding = bind(inputs, outputs)) {
            binding.run();
        }
    }

    @Override
    void close();

    /** Tensors tied to a network. */
    interface Binding extends AutoCloseable {

        /**
         * Computes the outputs from what the inputs hold now.
         *
         * @throws TensorRuntimeException if the library refuses
         */
        void run();

        @Override
        void close();
    }
}
