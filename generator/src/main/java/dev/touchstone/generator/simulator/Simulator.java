package dev.touchstone.generator.simulator;

import dev.touchstone.generator.simulator.Exchange.HttpRequest;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A running simulator. Listens on the loopback interface alone, and answers only requests that name it. */
public final class Simulator implements AutoCloseable {

    private static final int BACKLOG = 1_024;

    private final ServerSocket listener;
    private final Dialect dialect;
    private final Ledger ledger;
    private final ExecutorService threads;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private Simulator(ServerSocket listener, Dialect dialect, Ledger ledger) {
        this.listener = listener;
        this.dialect = dialect;
        this.ledger = ledger;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "simulator");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts a simulator; it takes requests when this returns.
     *
     * @param port to listen on; 0 takes a free one
     * @throws SimulatorException if the port is taken
     */
    public static Simulator start(DialectName dialect, int port, SimulatorSettings settings) {
        Ledger ledger = new Ledger();
        try {
            ServerSocket listener = new ServerSocket();
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            Simulator simulator = new Simulator(listener, dialect.over(new SimulatedModel(settings, ledger)), ledger);
            simulator.threads.execute(simulator::accept);
            return simulator;
        } catch (BindException e) {
            throw new SimulatorException(
                    "simulate: expected a free port, found that " + port + " is taken. Name another with --port.", e);
        } catch (IOException e) {
            throw new SimulatorException("simulate: expected to listen on port " + port + ", found " + e, e);
        }
    }

    /** Where it answers, such as {@code http://127.0.0.1:18099}. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** What it did. */
    public Ledger ledger() {
        return ledger;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new SimulatorException("simulate: expected a connection, found " + e, e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            RequestParser parser = new RequestParser(socket.getInputStream());
            for (Optional<HttpRequest> request = parser.next(); request.isPresent(); request = parser.next()) {
                Exchange exchange = new Exchange(socket, request.get());
                if (exchange.header("host").orElse("").matches("(127\\.0\\.0\\.1|localhost|\\[::1])(:[0-9]+)?")) {
                    dialect.serve(exchange);
                }
                if (!exchange.answered()) {
                    exchange.error(404, "invalid_request_error", "not_found", "there is nothing at this address");
                }
                if (!exchange.lasting()) {
                    return;
                }
            }
        } catch (IOException e) {
            // who asked has gone, or said something that is no request: there is nobody to tell
        } finally {
            open.remove(socket);
        }
    }

    /** Stops taking requests and breaks off those that run. */
    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new SimulatorException("simulate: expected to close, found " + e, e);
        } finally {
            threads.shutdownNow();
        }
    }
}
