package dev.touchstone.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.cli.exit.ExitCode;
import dev.touchstone.cli.pipeline.Project;
import dev.touchstone.generator.run.Host;
import dev.touchstone.generator.run.RunHeader;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.runtime.RuntimeReport;
import dev.touchstone.metrics.runtime.Runtimes;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What works here. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Say what works here and what does not, and why; ends with 0 if a run can be made.")
final class DoctorCommand implements Callable<Integer> {

    @Mixin
    CommonOptions common;

    @Mixin
    WeightsCommand.Store store;

    @Override
    public Integer call() {
        Project project = Project.here();
        Host host = Host.here();
        RunHeader.Touchstone version = project.touchstone();
        List<RuntimeReport> runtimes = Runtimes.installed().probe();
        List<HealthCheck> checks = new HealthChecks(project, store.open(), runtimes).all();
        List<HealthCheck> failed = checks.stream()
                .filter(check -> check.state() == HealthCheck.State.FAILED)
                .toList();
        if (common.json) {
            System.out.println(Json.line(json(host, version, runtimes, checks, failed)));
        } else {
            print(host, version, runtimes, checks);
        }
        failed.forEach(check -> System.err.println("touchstone: " + check.subject() + ": " + check.detail()));
        return failed.isEmpty() ? ExitCode.DONE.status() : ExitCode.INVALID_INPUT.status();
    }

    private static void print(
            Host host, RunHeader.Touchstone version, List<RuntimeReport> runtimes, List<HealthCheck> checks) {
        Table table = new Table()
                .row(
                        "touchstone",
                        version.version() + ", commit " + version.commit() + ", sources "
                                + version.state().name().toLowerCase(Locale.ROOT))
                .row("java", host.java())
                .row("system", host.os())
                .row("processor", host.processor() + ", " + host.logicalCores() + " cores")
                .row("memory", String.format(Locale.ROOT, "%.1f GB", host.memoryBytes() / 1e9));
        System.out.println(table);
        System.out.println();
        Table findings = new Table();
        for (RuntimeReport runtime : runtimes) {
            findings.row(
                    runtime.works() ? "ok" : "missing",
                    "runtime " + runtime.name(),
                    runtime.version() + " on " + runtime.device() + ". " + runtime.reason());
        }
        for (HealthCheck check : checks) {
            findings.row(check.state().text(), check.subject(), check.detail());
        }
        System.out.println(findings);
    }

    private static ObjectNode json(
            Host host,
            RunHeader.Touchstone version,
            List<RuntimeReport> runtimes,
            List<HealthCheck> checks,
            List<HealthCheck> failed) {
        ObjectNode answer = Json.object().put("works", failed.isEmpty());
        answer.putObject("touchstone")
                .put("version", version.version())
                .put("commit", version.commit())
                .put("sources", version.state().name().toLowerCase(Locale.ROOT));
        answer.putObject("host")
                .put("os", host.os())
                .put("processor", host.processor())
                .put("logicalCores", host.logicalCores())
                .put("memoryBytes", host.memoryBytes())
                .put("java", host.java());
        ArrayNode list = answer.putArray("runtimes");
        runtimes.forEach(runtime -> list.addObject()
                .put("name", runtime.name())
                .put("works", runtime.works())
                .put("version", runtime.version())
                .put("device", runtime.device())
                .put("reason", runtime.reason()));
        ArrayNode findings = answer.putArray("checks");
        checks.forEach(check -> findings.addObject()
                .put("subject", check.subject())
                .put("state", check.state().text())
                .put("detail", check.detail()));
        return answer;
    }
}
