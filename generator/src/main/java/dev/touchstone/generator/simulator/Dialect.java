package dev.touchstone.generator.simulator;

import java.io.IOException;

/**
 * How a kind of server is spoken to. One object serves all connections of a simulator, each from a thread of its own. To add one:
 * a class that is handed the {@link SimulatedModel} and reads and answers {@link Exchange}s, and a constant of {@link DialectName}.
 */
interface Dialect {

    /**
     * Answers one request. What is not answered when this returns is answered with 404.
     *
     * @throws IOException if the client has gone
     */
    void serve(Exchange exchange) throws IOException;
}
