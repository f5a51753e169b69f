package dev.touchstone.cli.command;

import dev.touchstone.generator.scene.Workflow;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a workflow by its name. */
final class WorkflowConverter implements ITypeConverter<Workflow> {

    @Override
    public Workflow convert(String text) {
        return Arrays.stream(Workflow.values())
                .filter(workflow -> workflow.id().equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("expected one of "
                        + Arrays.stream(Workflow.values()).map(Workflow::id).collect(Collectors.joining(", "))
                        + ", found \"" + text + "\""));
    }
}
