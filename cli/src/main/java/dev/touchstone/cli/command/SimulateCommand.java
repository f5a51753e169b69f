package dev.touchstone.cli.command;

import dev.touchstone.generator.simulator.DialectName;
import dev.touchstone.generator.simulator.Fault;
import dev.touchstone.generator.simulator.FaultPlan;
import dev.touchstone.generator.simulator.Simulator;
import dev.touchstone.generator.simulator.SimulatorException;
import dev.touchstone.generator.simulator.SimulatorSettings;
import dev.touchstone.metrics.file.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A server with known truth, until somebody stops it. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description =
                "Serve drawn pictures on this machine as an image server does, with known truth and known faults.")
final class SimulateCommand implements Callable<Integer> {

    private static final int MOST_PORT = 65_535;

    /** Share of first tries that a storm strikes. */
    private static final double STORM_SHARE = 0.3;

    @Option(
            names = "--dialect",
            required = true,
            completionCandidates = Dialects.class,
            description = "What it speaks: ${COMPLETION-CANDIDATES}.")
    String dialect;

    @Option(
            names = "--port",
            defaultValue = "18099",
            description = "Port; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    int port;

    @Option(
            names = "--faults",
            defaultValue = "none",
            completionCandidates = Faults.class,
            description =
                    "What goes wrong: nothing, a third of all first tries by lot, or one thing with every request:"
                            + " ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    String faults;

    @Option(names = "--seed", defaultValue = "20260101", description = "Seed of the storm (default: ${DEFAULT-VALUE}).")
    long seed;

    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    /** Names of dialects. */
    static final class Dialects implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(DialectName.values()).map(DialectName::id).iterator();
        }
    }

    /** Names of what can go wrong. */
    static final class Faults implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.concat(
                            Stream.of("none", "storm"),
                            Arrays.stream(Fault.values()).map(Fault::id))
                    .iterator();
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        Usage.atLeast(spec, "--port", 0, port);
        if (port > MOST_PORT) {
            throw new ParameterException(
                    spec.commandLine(), "--port: expected at most " + MOST_PORT + ", found " + port);
        }
        SimulatorSettings settings = SimulatorSettings.standard().with(plan());
        try (Simulator simulator = Simulator.start(dialect(), port, settings)) {
            String address = simulator.address().toString();
            System.out.println(
                    common.json ? Json.line(Json.object().put("address", address)) : "simulator: " + address);
            System.out.flush();
            common.tell("serving " + dialect + " until interrupted; every request is answered from this machine alone");
            Thread.currentThread().join(); // until a signal ends the process
        } catch (SimulatorException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        return 0;
    }

    private DialectName dialect() {
        return Arrays.stream(DialectName.values())
                .filter(one -> one.id().equals(dialect))
                .findFirst()
                .orElseThrow(() -> unknown("--dialect", new Dialects(), dialect));
    }

    private FaultPlan plan() {
        if (faults.equals("none")) {
            return FaultPlan.NONE;
        }
        if (faults.equals("storm")) {
            return FaultPlan.storm(seed, STORM_SHARE);
        }
        return Arrays.stream(Fault.values())
                .filter(one -> one.id().equals(faults))
                .findFirst()
                .map(FaultPlan::always)
                .orElseThrow(() -> unknown("--faults", new Faults(), faults));
    }

    private ParameterException unknown(String option, Iterable<String> names, String found) {
        List<String> known = new ArrayList<>();
        names.forEach(known::add);
        return new ParameterException(
                spec.commandLine(),
                option + ": expected one of " + String.join(", ", known) + ", found \"" + found + "\"");
    }
}
